"""Queries about the people who work here."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col, select

from app.account.tables import Seller, SellerSession, Workspace

IDLE_FOR = timedelta(days=14)
LASTS = timedelta(days=30)  # whatever happens
USE_NOTED_EVERY = timedelta(hours=1)


def seller_by_email(session: Session, email: str) -> Seller | None:
    """Whoever has this address, or had it while they worked here."""
    return session.exec(select(Seller).where(Seller.email == email)).first()


def seller_numbered(session: Session, seller_id: int) -> Seller:
    return session.exec(select(Seller).where(Seller.id == seller_id)).one()


def everybody(session: Session) -> list[tuple[Seller, Workspace]]:
    """All who work or worked here, by workspace and name."""
    query = select(Seller, Workspace).join(Workspace, col(Workspace.id) == Seller.workspace_id)
    return list(session.exec(query.order_by(col(Workspace.company), col(Seller.name), col(Seller.id))))


_SIGNED_IN = (
    select(Seller, SellerSession)
    .join(SellerSession, col(SellerSession.seller_id) == Seller.id)
    .where(
        SellerSession.token_hash == bindparam("digest"),
        col(Seller.ended_at).is_(None),
        col(SellerSession.last_used_at) > bindparam("used_after"),
        col(SellerSession.created_at) > bindparam("begun_after"),
    )
)


def signed_in_seller(session: Session, token_hash: str, now: datetime) -> tuple[Seller, SellerSession] | None:
    """Whoever carries this session, unless it idled for two weeks or began a month ago."""
    since = {"used_after": now - IDLE_FOR, "begun_after": now - LASTS}
    return session.exec(_SIGNED_IN, params={"digest": token_hash, **since}).first()


def note_use(session: Session, kept: SellerSession, now: datetime) -> None:
    query = update(SellerSession).where(col(SellerSession.id) == kept.id)
    session.exec(query.values(last_used_at=now))


def end_sessions(session: Session, *, token_hash: str = "", seller_id: int = 0) -> None:
    """End one browser's session by its digest, or all of one seller's."""
    of_token, of_seller = (
        col(SellerSession.token_hash) == token_hash,
        col(SellerSession.seller_id) == seller_id,
    )
    session.exec(delete(SellerSession).where(of_token if token_hash else of_seller))


_WORKSPACE = select(Workspace).where(Workspace.id == bindparam("workspace"))
# Rows that point at it are written meanwhile: whoever holds a plan's lock does not wait for this one.
_WORKSPACE_LOCKED = _WORKSPACE.with_for_update(key_share=True)


def workspace_of(session: Session, workspace_id: int, *, lock: bool = False) -> Workspace:
    query = _WORKSPACE_LOCKED if lock else _WORKSPACE
    return session.exec(query, params={"workspace": workspace_id}).one()


def companies(session: Session) -> list[str]:
    """The names of all workspaces."""
    return list(session.exec(select(Workspace.company).order_by(Workspace.company)))


def workspace_named(session: Session, company: str) -> Workspace | None:
    """Locked, since whoever asks has somebody join there."""
    query = select(Workspace).where(Workspace.company == company)
    return session.exec(query.with_for_update(key_share=True)).first()


_SELLERS = (
    select(Seller)
    .where(Seller.workspace_id == bindparam("workspace"), col(Seller.ended_at).is_(None))
    .order_by(col(Seller.name), col(Seller.id))
)


def sellers_of(session: Session, workspace_id: int) -> list[Seller]:
    """Who works there now, by name."""
    return list(session.exec(_SELLERS, params={"workspace": workspace_id}))
