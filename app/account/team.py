"""The people who work here as the operator arranges them, and the workspace that comes with the first.

Each act is an event in the workspace's chain.
"""

from datetime import datetime

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from app.account import store
from app.account.passwords import hash_password
from app.account.tables import Role, Seller, Workspace
from app.journal import Press, record
from app.needs import NeedsSomething
from app.typed import LINE, Email, NeededLine

OPERATOR = Press("operator")


class EmailTaken(Exception):
    """Somebody signs in with this address already, or did."""


class EmailUnclear(Exception):
    """Not an e-mail address."""


def add_seller(
    session: Session,
    email: str,
    name: str,
    company: str,
    role: Role,
    password: str,
    now: datetime,
    *,
    new_workspace: bool = False,
) -> Seller:
    """Raises EmailTaken, EmailUnclear, PasswordTooShort, NeedsSomething."""
    email, name, company = _clear(email), _line("name", name), _line("workspace", company)
    if store.seller_by_email(session, email):
        raise EmailTaken
    workspace = _workspace(session, company, new_workspace, now)
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
    record(session, workspace, "seller added", OPERATOR, now, {"seller": seller.id})
    return seller


def seller_at(session: Session, email: str, *, lock: bool = False) -> Seller:
    """Whoever works here with this address. Raises NeedsSomething.

    With `lock` nobody else joins, ends or gets another role in their workspace until the commit: of two last
    admins who leave at once, each would count the other.
    """
    seller = store.seller_by_email(session, email.strip().lower())
    if seller and lock:
        store.workspace_of(session, seller.workspace_id, lock=True)
        session.refresh(seller)
    if seller is None:
        raise NeedsSomething(f"Nobody here has the address {email}. See: jointly seller list")
    if seller.ended_at:
        raise NeedsSomething(f"{seller.name} works here no more, since {seller.ended_at.date()}.")
    return seller


def change_role(session: Session, seller: Seller, role: Role, now: datetime) -> None:
    """From the next request on; the caller holds the workspace's lock.

    Raises NeedsSomething where no admin would be left.
    """
    if role is not Role.ADMIN:
        must_not_be_last_admin(session, seller)
    seller.role = role
    _note(session, seller, "role changed", now, role=str(role))


def set_password(session: Session, seller: Seller, hashed: str, now: datetime) -> None:
    """Every session of theirs ends."""
    seller.password_hash = hashed
    store.end_sessions(session, seller_id=seller.id or 0)
    _note(session, seller, "password set", now)


def must_not_be_last_admin(session: Session, seller: Seller) -> None:
    """Raises NeedsSomething; ask with the workspace's lock."""
    there = store.sellers_of(session, seller.workspace_id)
    if seller.role is Role.ADMIN and not [o for o in there if o.role is Role.ADMIN and o.id != seller.id]:
        raise NeedsSomething(
            f"{seller.name} is the last admin of this workspace. Make somebody else one first:"
            " jointly seller role EMAIL admin"
        )


def _note(session: Session, seller: Seller, what: str, now: datetime, **facts: str) -> None:
    workspace = store.workspace_of(session, seller.workspace_id, lock=True)
    record(session, workspace, what, OPERATOR, now, {"seller": seller.id, **facts})


def _clear(email: str) -> str:
    try:
        return TypeAdapter(Email).validate_python(email)
    except ValidationError as error:
        raise EmailUnclear from error


def _line(what: str, typed: str) -> str:
    try:
        return TypeAdapter(NeededLine).validate_python(typed)
    except ValidationError as error:
        raise NeedsSomething(f"A {what} has 1 to {LINE} letters.") from error


def _workspace(session: Session, company: str, is_new: bool, now: datetime) -> Workspace:
    """The one of that name; the first of an installation is made, another only when it is asked for."""
    known, there = store.workspace_named(session, company), store.companies(session)
    if known and is_new:
        raise NeedsSomething(f"There is a workspace {company} already: leave out --new-workspace.")
    if there and not known and not is_new:
        raise NeedsSomething(
            f"There is no workspace {company}, only {', '.join(there)}. To make one more: --new-workspace"
        )
    return known or _made(session, company, now)


def _made(session: Session, company: str, now: datetime) -> Workspace:
    workspace = Workspace(company=company, created_at=now)
    session.add(workspace)
    session.flush()
    return workspace
