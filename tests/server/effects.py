"""What came of many presses at the same time: how they were answered, and what the database holds."""

import time
from collections import Counter
from datetime import date

from sqlmodel import Session, select

from app.database import Database
from app.shared_plan.commitment import What
from app.shared_plan.tables import Act
from app.verify import broken
from tests.server.visitors import Press

ANSWERED_WITHIN = 5  # seconds of a machine that does nothing else


def assert_honest(presses: list[Press], expected: dict[int, int]) -> None:
    """Only these statuses came back, each in time."""
    statuses = Counter(press.status for press in presses)
    assert statuses == expected, statuses
    assert max(press.seconds for press in presses) < ANSWERED_WITHIN * slowness()


def slowness() -> float:
    """How much longer work takes than it would if no other test ran beside this one, at least 1."""
    began, worked = time.monotonic(), time.process_time()
    while time.process_time() - worked < 0.05:
        pass
    return max(1.0, (time.monotonic() - began) / (time.process_time() - worked))


def acts(database: Database, what: What) -> int:
    with Session(database.reading) as session:
        return len(session.exec(select(Act).where(Act.what == what)).all())


def whole(database: Database) -> bool:
    with Session(database.reading) as session:
        return list(broken(session)) == []


def said(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
