"""How promises were kept: each stretch of time in which a step was a commitment, and what came of it. Pure.

Kept means done by the first agreed day; moved in time, a new day was agreed before the old one passed;
everything else that fell due is late.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.shared_plan.commitment import Entry, What, standings


class Outcome(StrEnum):
    KEPT = "kept"
    MOVED = "moved in time"
    LATE = "late"


@dataclass(frozen=True)
class Stretch:
    """One agreed version, from the yes that made it a commitment until something ended it."""

    version: int
    day: date
    agreed_at: datetime
    ended_at: datetime | None = None
    why: What | None = None
    outcome: Outcome | None = None


def commitments(history: Sequence[Entry], days: Mapping[int, date], zone: str) -> list[Stretch]:
    """All commitments of one step in order. `days` has the day of each version, `zone` is the plan's."""
    stretches: list[Stretch] = []
    for act, after in zip(history, standings(history), strict=True):
        open_version = _open_version(stretches)
        if after.commitment == open_version:
            continue
        if open_version is not None:
            stretches[-1] = replace(stretches[-1], ended_at=act.at, why=act.what)
        if after.commitment is not None:
            agreed_at = after.agreed_at or act.at  # one that came back was agreed before
            stretches.append(Stretch(after.commitment, days[after.commitment], agreed_at))
    return _judged(stretches, ZoneInfo(zone))


def _open_version(stretches: list[Stretch]) -> int | None:
    return stretches[-1].version if stretches and stretches[-1].ended_at is None else None


def _judged(stretches: list[Stretch], zone: ZoneInfo) -> list[Stretch]:
    """The last stretch bears the outcome; what was taken back never was."""
    counted = [stretch for stretch in stretches if stretch.why is not What.TAKEN_BACK]
    if not counted or counted[-1].ended_at is None:
        return stretches
    judged = replace(counted[-1], outcome=_outcome(counted, counted[-1].ended_at, zone))
    return [judged if stretch is counted[-1] else stretch for stretch in stretches]


def _outcome(stretches: list[Stretch], ended_at: datetime, zone: ZoneInfo) -> Outcome | None:
    last, ended_on = stretches[-1], ended_at.astimezone(zone).date()
    if last.why is What.DROPPED:
        return Outcome.LATE if ended_on > last.day else None
    if ended_on <= stretches[0].day:
        return Outcome.KEPT
    in_time = ended_on <= last.day and moved_in_time(stretches, zone)
    return Outcome.MOVED if in_time else Outcome.LATE


def moved_in_time(stretches: Sequence[Stretch], zone: ZoneInfo) -> bool:
    """Was every new day agreed before the day it replaces had passed?"""
    return all(new.agreed_at.astimezone(zone).date() <= old.day for old, new in itertools.pairwise(stretches))


@dataclass(frozen=True)
class Tally:
    """Counts of one side's promises that fell due."""

    kept: int = 0
    moved: int = 0
    late: int = 0

    @property
    def due(self) -> int:
        return self.kept + self.moved + self.late


def tally(outcomes: Sequence[Outcome]) -> Tally:
    return Tally(
        kept=outcomes.count(Outcome.KEPT),
        moved=outcomes.count(Outcome.MOVED),
        late=outcomes.count(Outcome.LATE),
    )
