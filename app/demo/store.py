"""What the demo asks the database before it begins."""

from sqlmodel import Session, col, select

from app.account.tables import Seller, Workspace
from app.shared_plan.tables import Participant


def is_empty(session: Session) -> bool:
    return session.exec(select(Workspace.id).limit(1)).first() is None


def only_workspace(session: Session, email: str) -> int | None:
    """The workspace of the seller with this address, if there is no other one."""
    theirs = session.exec(select(Seller.workspace_id).where(Seller.email == email)).all()
    return theirs[0] if theirs == session.exec(select(Workspace.id).limit(2)).all() else None


def participant_called(session: Session, workspace_id: int, name: str) -> Participant:
    query = select(Participant).where(Participant.workspace_id == workspace_id, Participant.name == name)
    return session.exec(query.order_by(col(Participant.id)).limit(1)).one()
