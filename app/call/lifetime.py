"""The plan ends with its call: a table of what may happen when. Pure.

Source: The New Strategic Selling: an Action Plan is disposable. It is obsolete when the call has happened; a
moved or missed call keeps it; before the next one there is a debrief.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Stage(StrEnum):
    AHEAD = "ahead"  # to be prepared
    ASKED = "did it happen?"
    OVER = "over"  # obsolete, to be debriefed
    LEARNED = "learned"


class Doing(StrEnum):
    PREPARE = "prepare"
    SAY_IT_HAPPENED = "say it happened"
    MOVE = "move"
    DEBRIEF = "debrief"


# What may be done in which stage; a plan whose call is over can only be read and learned from.
MAY: dict[Stage, frozenset[Doing]] = {
    Stage.AHEAD: frozenset({Doing.PREPARE, Doing.MOVE, Doing.SAY_IT_HAPPENED}),  # calls happen early, too
    Stage.ASKED: frozenset({Doing.PREPARE, Doing.MOVE, Doing.SAY_IT_HAPPENED}),
    Stage.OVER: frozenset({Doing.DEBRIEF}),
    Stage.LEARNED: frozenset(),
}


class CallOver(Exception):
    """This plan ended with its call. Debrief first, then plan the next."""


class DebriefFirst(Exception):
    """The last call of this deal waits for its debrief; the argument is what its address calls it."""


@dataclass(frozen=True)
class When:
    """The day of a call, and its time in the zone of those who meet; without a time the day's end counts."""

    day: date
    at: time | None
    zone: str

    @property
    def instant(self) -> datetime:
        return datetime.combine(self.day, self.at or time(23, 59), ZoneInfo(self.zone))


def stage(when: When, happened_at: datetime | None, learned_at: datetime | None, now: datetime) -> Stage:
    if learned_at:
        return Stage.LEARNED
    if happened_at:
        return Stage.OVER
    return Stage.ASKED if now >= when.instant else Stage.AHEAD


def must_be_allowed(doing: Doing, at: Stage) -> None:
    """Raises CallOver."""
    if doing not in MAY[at]:
        raise CallOver


def minutes_left(when: When, now: datetime) -> int | None:
    """Whole minutes until the call begins; None without a time, or when it is more than a day off."""
    left = int((when.instant - now).total_seconds() // 60)
    return None if when.at is None or left > 24 * 60 else max(left, 0)
