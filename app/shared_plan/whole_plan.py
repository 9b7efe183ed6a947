"""Where a whole plan stands: open, ended or closed, quiet for a while, with a goal to be answered. Pure.

A plan has a history of its own beside those of its steps; like theirs it is only ever added to.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from app.shared_plan.commitment import Side


class PlanWhat(StrEnum):
    """What somebody did with a plan as a whole."""

    ENDED = "not going ahead"
    CLOSED = "closed"
    REOPENED = "reopened"
    PAUSED = "paused"
    RESUMED = "resumed"
    GOAL_ASKED = "goal asked"
    GOAL_AGREED = "goal agreed"
    GOAL_KEPT = "goal kept"
    SELLER_CHANGED = "seller changed"


class PlanState(StrEnum):
    OPEN = "open"
    ENDED = "ended"  # the buyer said: we are not going ahead
    CLOSED = "closed"  # by the seller; it can be read until its links end


class PlanEntry(Protocol):
    """What this rule needs of the plan's history."""

    @property
    def number(self) -> int: ...

    @property
    def what(self) -> PlanWhat: ...

    @property
    def side(self) -> Side: ...

    @property
    def at(self) -> datetime: ...

    @property
    def day(self) -> date | None: ...

    @property
    def words(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SaidOfPlan:
    """One act on the whole plan as others may read it."""

    number: int
    what: PlanWhat
    side: Side
    at: datetime
    day: date | None
    words: str
    name: str


SomePlanEntry = TypeVar("SomePlanEntry", bound=PlanEntry)


@dataclass(frozen=True)
class Course(Generic[SomePlanEntry]):
    """The same history always gives the same course."""

    over: SomePlanEntry | None = None
    pause: SomePlanEntry | None = None
    goal: SomePlanEntry | None = None  # another goal, asked for by the buyer and not answered yet
    handed: SomePlanEntry | None = None  # the last change of the seller in charge

    @property
    def state(self) -> PlanState:
        if self.over is None:
            return PlanState.OPEN
        return PlanState.ENDED if self.over.what is PlanWhat.ENDED else PlanState.CLOSED

    def on(self, today: date) -> "Course[SomePlanEntry]":
        """The course as it stands on a day: quiet that is over is none any more."""
        is_over = self.pause is not None and self.pause.day is not None and self.pause.day <= today
        return replace(self, pause=None) if is_over else self

    @property
    def quiet_until(self) -> date | None:
        return self.pause.day if self.pause else None


def course(history: Iterable[SomePlanEntry]) -> Course[SomePlanEntry]:
    now: Course[SomePlanEntry] = Course()
    for act in history:
        now = _after(now, act)
    return now


def _after(before: Course[SomePlanEntry], act: SomePlanEntry) -> Course[SomePlanEntry]:
    match act.what:
        case PlanWhat.ENDED | PlanWhat.CLOSED:
            return replace(before, over=act, pause=None, goal=None)
        case PlanWhat.REOPENED:
            return replace(before, over=None)
        case PlanWhat.PAUSED:
            return replace(before, pause=act)
        case PlanWhat.RESUMED:
            return replace(before, pause=None)
        case PlanWhat.GOAL_ASKED:
            return replace(before, goal=act)
        case PlanWhat.SELLER_CHANGED:
            return replace(before, handed=act)
        case _:
            return replace(before, goal=None)


def may(what: PlanWhat, side: Side, at: Course[SomePlanEntry]) -> bool:
    """Is this move allowed now? The reason stands beside each line that is not obvious."""
    is_open = at.state is PlanState.OPEN
    match what:
        case PlanWhat.ENDED | PlanWhat.GOAL_ASKED:
            return is_open and side is Side.BUYER
        case PlanWhat.CLOSED | PlanWhat.SELLER_CHANGED:
            return is_open and side is Side.SELLER
        case PlanWhat.REOPENED:
            return at.over is not None and at.over.side is side  # nobody undoes what the other side ended
        case PlanWhat.PAUSED:
            return is_open and (at.pause is None or _may_lift(at.pause, side))
        case PlanWhat.RESUMED:
            return is_open and at.pause is not None and _may_lift(at.pause, side)
        case _:
            return is_open and at.goal is not None and side is Side.SELLER


def _may_lift(pause: PlanEntry, side: Side) -> bool:
    """Quiet that the buyer asked for is the buyer's to end; the buyer may end the seller's too."""
    return side is Side.BUYER or pause.side is Side.SELLER
