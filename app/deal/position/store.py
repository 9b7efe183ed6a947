"""Queries about a deal's position: who decides, what they said, what else they could do, what stands out."""

from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from app.account.rights import Missing
from app.deal.tables import (
    Alternative,
    Dispute,
    ModeSeen,
    ObjectiveWas,
    OwnFlag,
    Person,
    Point,
    RolePlayed,
    Strength,
)

Row = TypeVar("Row", bound=SQLModel)


def roles_of(session: Session, deal_id: int) -> list[RolePlayed]:
    query = select(RolePlayed).where(RolePlayed.deal_id == deal_id)
    return list(session.exec(query.order_by(col(RolePlayed.id))))


def modes_seen(session: Session, deal_id: int) -> list[ModeSeen]:
    """The history of every cell, oldest first."""
    query = select(ModeSeen).where(ModeSeen.deal_id == deal_id)
    return list(session.exec(query.order_by(col(ModeSeen.seen_on), col(ModeSeen.id))))


def objectives_of(session: Session, deal_id: int) -> list[ObjectiveWas]:
    """Earlier objectives, the last one first."""
    query = select(ObjectiveWas).where(ObjectiveWas.deal_id == deal_id)
    return list(session.exec(query.order_by(col(ObjectiveWas.until).desc(), col(ObjectiveWas.id).desc())))


def alternatives_of(session: Session, deal_id: int) -> list[Alternative]:
    query = select(Alternative).where(Alternative.deal_id == deal_id, col(Alternative.removed_at).is_(None))
    return list(session.exec(query.order_by(col(Alternative.id))))


def strengths_of(session: Session, deal_id: int) -> list[Strength]:
    query = select(Strength).where(Strength.deal_id == deal_id, col(Strength.gone_at).is_(None))
    return list(session.exec(query.order_by(col(Strength.id))))


def own_flags_of(session: Session, deal_id: int) -> list[OwnFlag]:
    query = select(OwnFlag).where(OwnFlag.deal_id == deal_id, col(OwnFlag.gone_at).is_(None))
    return list(session.exec(query.order_by(col(OwnFlag.id))))


def disputes_of(session: Session, deal_id: int) -> list[Dispute]:
    query = select(Dispute).where(Dispute.deal_id == deal_id, col(Dispute.lifted_at).is_(None))
    return list(session.exec(query.order_by(col(Dispute.id))))


def gaps_of(session: Session, deal_id: int) -> list[Point]:
    """The points that state the gap the buyer wants closed."""
    query = select(Point).where(Point.deal_id == deal_id, Point.is_gap)
    return list(session.exec(query.order_by(col(Point.id))))


def own_person(session: Session, deal_id: int, person_id: int) -> Person:
    """Raises Missing also for a person of another deal."""
    query = select(Person).where(Person.id == person_id, Person.deal_id == deal_id)
    return _found(session.exec(query).first())


def own_point(session: Session, deal_id: int, point_id: int) -> Point:
    query = select(Point).where(Point.id == point_id, Point.deal_id == deal_id)
    return _found(session.exec(query).first())


def one_of(rows: list[Row], ident: int) -> Row:
    """The row with that id among those of a deal. Raises Missing."""
    return _found(next((row for row in rows if getattr(row, "id", None) == ident), None))


def _found(row: Row | None) -> Row:
    if row is None:
        raise Missing
    return row
