"""Tries that may be guesses: passwords and links. Counted in the database, which all processes share.

A try is counted before it is known how it ends, so that many at once are no way around the bound; one that
ends well is forgotten again. Only failures are left, and none for longer than the longest bound.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, bindparam, delete, text
from sqlmodel import Field, Session, SQLModel, col, func, select

from app.database import Database
from app.safety import TooMany

MOST_KEPT = 100_000  # rows, whoever tries from how many addresses


class Try(SQLModel, table=True):
    """`who` is a digest: of an address, or of an account and an address."""

    __table_args__ = (Index("ix_try_who_at", "who", "at"), Index("ix_try_at", "at"))

    id: int | None = Field(default=None, primary_key=True)
    who: str = Field(max_length=64)
    at: datetime


@dataclass(frozen=True)
class Bound:
    most: int
    within: timedelta


SIGN_IN_PER_ACCOUNT = Bound(10, timedelta(minutes=15))
SIGN_IN_PER_ADDRESS = Bound(60, timedelta(minutes=15))
LINKS_PER_ADDRESS = Bound(120, timedelta(minutes=1))
LONGEST = timedelta(minutes=15)


@dataclass(frozen=True)
class Counted:
    """A try whose end is still open: its rows, and whose they are."""

    ids: tuple[int, ...]
    whose: tuple[str, ...]


def begin(database: Database, now: datetime, *tries: tuple[Bound, tuple[str, ...]]) -> Counted:
    """Count one try against each bound; raises TooMany, and counts nothing, where one is used up."""
    whose = tuple(_digest(what) for _, what in tries)
    bounds = [(bound, who) for (bound, _), who in zip(tries, whose, strict=True)]
    with Session(database.reading) as session:  # whoever goes on and on takes no lock from anybody
        _must_have_one_left(session, bounds, now)
    with Session(database.writing) as session, session.begin():
        _one_after_another(session, database, whose)
        _must_have_one_left(session, bounds, now)
        rows = [Try(who=who, at=now) for who in whose]
        session.add_all(rows)
        session.flush()
        _forget_the_old(session, now, max(row.id or 0 for row in rows))
        return Counted(tuple(row.id or 0 for row in rows), whose)


def ended_well(database: Database, counted: Counted, cleared: Sequence[int] = ()) -> None:
    """Forget this try, and all earlier ones against the bounds at the places `cleared`."""
    whose = [counted.whose[place] for place in cleared]
    with Session(database.writing) as session, session.begin():
        session.exec(delete(Try).where(col(Try.id).in_(counted.ids) | col(Try.who).in_(whose)))


_FAILED = select(func.count(), func.min(Try.at)).where(
    Try.who == bindparam("who"), col(Try.at) > bindparam("since")
)


def _must_have_one_left(session: Session, bounds: Sequence[tuple[Bound, str]], now: datetime) -> None:
    for bound, who in bounds:
        times, first = session.exec(_FAILED, params={"who": who, "since": now - bound.within}).one()
        if times >= bound.most:
            raise TooMany(first + bound.within - now if first else bound.within)


def _one_after_another(session: Session, database: Database, whose: Sequence[str]) -> None:
    """On SQLite a writing session has the database to itself; elsewhere tries of one address wait in line."""
    if not database.is_sqlite:
        for who in sorted(whose):
            lock = text("SELECT pg_advisory_xact_lock(:one)")
            session.connection().execute(lock, {"one": int(who[:15], 16)})


def _forget_the_old(session: Session, now: datetime, newest: int) -> None:
    too_old, too_many = col(Try.at) <= now - LONGEST, col(Try.id) <= newest - MOST_KEPT
    session.exec(delete(Try).where(too_old | too_many))


def _digest(what: tuple[str, ...]) -> str:
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()
