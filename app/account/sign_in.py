"""Signing in and changing a password: short transactions before and after the slow comparison."""

from datetime import datetime

from sqlmodel import Session

from app.account import store
from app.account.rights import NotSignedIn
from app.account.session import begin
from app.account.tables import Seller
from app.database import Database
from app.journal import Press, record


def kept_password(database: Database, email: str) -> str | None:
    with Session(database.reading) as session:
        seller = store.seller_by_email(session, email)
        return seller.password_hash if seller and not seller.ended_at else None


def password_behind(database: Database, digest: str, now: datetime) -> str:
    with Session(database.reading) as session:
        return _seller_behind(session, digest, now).password_hash


def begin_session(database: Database, email: str, now: datetime) -> str:
    """Sign in and return the new session's token."""
    with Session(database.writing, expire_on_commit=False) as session, session.begin():
        seller = store.seller_by_email(session, email)
        if seller is None or seller.ended_at:
            raise NotSignedIn
        return _signed_in(session, seller, "signed in", now)


def replace_password(database: Database, digest: str, hashed: str, now: datetime) -> str:
    """Keep the new password, end every session of this seller and return the token of a new one."""
    with Session(database.writing, expire_on_commit=False) as session, session.begin():
        seller = _seller_behind(session, digest, now)
        seller.password_hash = hashed
        store.end_sessions(session, seller_id=seller.id or 0)
        return _signed_in(session, seller, "changed password", now)


def sign_out(session: Session, seller: Seller, digest: str, now: datetime) -> None:
    store.end_sessions(session, token_hash=digest)
    workspace = store.workspace_of(session, seller.workspace_id, lock=True)
    record(session, workspace, "signed out", Press(seller.actor), now, {})


def _signed_in(session: Session, seller: Seller, what: str, now: datetime) -> str:
    workspace = store.workspace_of(session, seller.workspace_id, lock=True)
    record(session, workspace, what, Press(seller.actor), now, {})
    return begin(session, seller, now)


def _seller_behind(session: Session, digest: str, now: datetime) -> Seller:
    found = store.signed_in_seller(session, digest, now)
    if found is None:
        raise NotSignedIn
    return found[0]
