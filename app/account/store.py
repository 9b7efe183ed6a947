"""Queries about the people who work here."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, select

from app.account.tables import Seller, SellerSession, Workspace

IDLE_FOR = timedelta(days=14)
USE_NOTED_EVERY = timedelta(hours=1)


def seller_by_email(session: Session, email: str) -> Seller | None:
    return session.exec(select(Seller).where(Seller.email == email)).first()


def signed_in_seller(session: Session, token_hash: str, now: datetime) -> tuple[Seller, SellerSession] | None:
    query = (
        select(Seller, SellerSession)
        .join(SellerSession, SellerSession.seller_id == Seller.id)
        .where(SellerSession.token_hash == token_hash, SellerSession.last_used_at > now - IDLE_FOR)
    )
    return session.exec(query).first()


def note_use(session: Session, kept: SellerSession, now: datetime) -> None:
    query = update(SellerSession).where(SellerSession.id == kept.id)
    session.exec(query.values(last_used_at=now))


def end_sessions(session: Session, *, token_hash: str = "", seller_id: int = 0) -> None:
    """End one browser's session by its digest, or all of one seller's."""
    mine = SellerSession.token_hash == token_hash if token_hash else SellerSession.seller_id == seller_id
    session.exec(delete(SellerSession).where(mine))


def workspace_of(session: Session, workspace_id: int, *, lock: bool = False) -> Workspace:
    query = select(Workspace).where(Workspace.id == workspace_id)
    return session.exec(query.with_for_update() if lock else query).one()


def workspace_named(session: Session, company: str) -> Workspace | None:
    return session.exec(select(Workspace).where(Workspace.company == company)).first()


def sellers_of(session: Session, workspace_id: int) -> list[Seller]:
    query = select(Seller).where(Seller.workspace_id == workspace_id).order_by(Seller.name, Seller.id)
    return list(session.exec(query))
