"""Adding people who work here, and the workspace that comes with the first of them."""

from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from app.account import store
from app.account.passwords import hash_password
from app.account.tables import Role, Seller, Workspace
from app.journal import Press, record
from app.typed import Email


class EmailTaken(Exception):
    """Somebody signs in with this address already."""


class EmailUnclear(Exception):
    """Not an e-mail address."""


def add_seller(
    session: Session, email: str, name: str, company: str, role: Role, password: str, now: datetime
) -> Seller:
    """Raises EmailTaken, EmailUnclear, PasswordTooShort."""
    try:
        email = TypeAdapter(Email).validate_python(email)
    except ValidationError as error:
        raise EmailUnclear from error
    if store.seller_by_email(session, email):
        raise EmailTaken
    workspace = store.workspace_named(session, company) or _new_workspace(session, company, now)
    seller = Seller(
        workspace_id=workspace.workspace_id,
        email=email,
        name=name,
        role=role,
        password_hash=hash_password(password),
        created_at=now,
    )
    session.add(seller)
    session.flush()
    record(session, workspace, "seller added", Press("operator"), now, {"seller": seller.id})
    return seller


def _new_workspace(session: Session, company: str, now: datetime) -> Workspace:
    workspace = Workspace(company=company, created_at=now)
    session.add(workspace)
    session.flush()
    return workspace
