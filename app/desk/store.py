"""Queries about drafts."""

from sqlmodel import Session, select

from app.account.rights import Missing
from app.desk.tables import Draft


def drafts_of(session: Session, plan_id: int) -> list[Draft]:
    """What is still to be shared, in the order it was written."""
    query = select(Draft).where(Draft.plan_id == plan_id, Draft.shared_step == None, Draft.removed_at == None)  # noqa: E711
    return list(session.exec(query.order_by(Draft.id)))


def shared_drafts_of(session: Session, plan_id: int) -> dict[int, Draft]:
    """The drafts that became steps, by the step's number."""
    query = select(Draft).where(Draft.plan_id == plan_id, Draft.shared_step != None)  # noqa: E711
    return {draft.shared_step: draft for draft in session.exec(query.order_by(Draft.id)) if draft.shared_step}


def own_draft(session: Session, plan_id: int, draft_id: int) -> Draft:
    """Raises Missing also for one that was shared or removed."""
    found = [draft for draft in drafts_of(session, plan_id) if draft.id == draft_id]
    if not found:
        raise Missing
    return found[0]
