"""From the goal backwards: what day a placement means, what moves along, what slack is left. Pure.

What is over, and what stands in a circle, keeps its day and hangs on nothing.
"""

from collections import defaultdict
from collections.abc import Container, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.shared_plan.calendar.working_days import is_working, next_working_day, slack, working_days_after

MOST_DAYS = 520  # two years of working days; counting them is a loop
A_DAY = timedelta(days=1)
FAR = timedelta(days=1000)  # slack further off than this is not counted day by day


@dataclass(frozen=True)
class Placement:
    """So many working days before the plan's goal day, or after the step of that number."""

    days: int
    after: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.days <= MOST_DAYS:
            raise ValueError(f"{self.days} is not 0 to {MOST_DAYS} working days")


@dataclass(frozen=True)
class Placed:
    """A step or a draft as far as its day goes; only a shared one has a number and can be followed."""

    key: Hashable
    number: int | None
    day: date | None
    placement: Placement | None
    is_agreed: bool
    is_open: bool


@dataclass(frozen=True)
class Move:
    key: Hashable
    number: int | None
    from_day: date | None
    to_day: date
    is_agreed: bool
    follows: int | None  # the step it hangs on; None: the goal


class Unmet(StrEnum):
    """Why a day cannot be met."""

    PLACED_IN_THE_PAST = "placed in the past"  # goal or step, and the days between, leave only days gone by
    PAST = "past"
    TOO_EARLY = "too early"  # the step it follows is not done that soon
    AFTER_GOAL = "after goal"


@dataclass(frozen=True)
class Trouble:
    what: Unmet
    works: date | None  # the nearest day that would do; None when there is none


def day_for(
    placement: Placement | None,
    goal_on: date | None,
    days_of_steps: Mapping[int, date],
    holidays: Container[date] = (),
) -> date | None:
    """The day a placement means; None without one, and while what it hangs on has no day."""
    if placement is None:
        return None
    if placement.after is None:
        return goal_on and working_days_after(goal_on, -placement.days, holidays)
    anchor = days_of_steps.get(placement.after)
    return anchor and working_days_after(anchor, placement.days, holidays)


def replan(placed: Sequence[Placed], goal_on: date | None, holidays: Container[date] = ()) -> list[Move]:
    """What has to move for each placement to hold again, each after what it hangs on.

    A chain counts from the new days, as if everything agreed were moved too. To see what follows when
    an agreed one stays, give it without its placement.
    """
    days = {one.number: one.day for one in placed if one.number is not None and one.day}
    moves = []
    for one in _in_order(placed):
        to_day = day_for(one.placement, goal_on, days, holidays)
        if one.placement is None or to_day is None or to_day == one.day:
            continue
        moves.append(Move(one.key, one.number, one.day, to_day, one.is_agreed, one.placement.after))
        if one.number is not None:
            days[one.number] = to_day
    return moves


def slack_of(
    placed: Sequence[Placed], goal_on: date | None, holidays: Container[date] = ()
) -> dict[Hashable, int]:
    """By how many working days each open one could slip, all that follow it along, and the goal be met.

    One placed before the goal has to keep that distance. Without a goal day the last of a chain stands
    for it. Negative: cannot be met. Only for those with a day that something bounds.
    """
    too_late = _first_days_too_late(placed, goal_on, holidays)
    return {
        one.key: _days_left(one.day, too_late[one.key], holidays)
        for one in placed
        if one.is_open and one.day and one.key in too_late
    }


def trouble_with(
    day: date,
    today: date,
    goal_on: date | None,
    placement: Placement | None = None,
    days_of_steps: Mapping[int, date] | None = None,
    holidays: Container[date] = (),
) -> Trouble | None:
    """What cannot be met about a day just entered, and the nearest working day that could."""
    meant = day_for(placement, goal_on, days_of_steps or {}, holidays)
    first, last = today, goal_on
    if placement and meant and meant >= today:
        first, last = (today, meant) if placement.after is None else (meant, goal_on)
    what = _what_is_unmet(day, today, first, goal_on, meant)
    return Trouble(what, _day_that_works(day, first, last, holidays)) if what else None


def cycle_in(placed: Sequence[Placed]) -> list[Hashable]:
    """The keys of those that follow each other in a circle, in the order given."""
    hangs_on = _hangs_on(placed)
    return [one.key for one in placed if one.key in _chain(one.key, hangs_on)]


def _what_is_unmet(
    day: date, today: date, first: date, goal_on: date | None, meant: date | None
) -> Unmet | None:
    if meant and meant < today:
        return Unmet.PLACED_IN_THE_PAST
    if day < today:
        return Unmet.PAST
    if day < first:
        return Unmet.TOO_EARLY
    return Unmet.AFTER_GOAL if goal_on and day > goal_on else None


def _day_that_works(day: date, first: date, last: date | None, holidays: Container[date]) -> date | None:
    """From an early day forwards, from a late one back; a closed day only if no other is left."""
    early = first if is_working(first, holidays) else next_working_day(first, holidays)
    if last is None or max(day, early) <= last:
        return early
    late = last if is_working(last, holidays) else working_days_after(last, -1, holidays)
    return next((works for works in (late, last) if works >= first), None)


def _first_days_too_late(
    placed: Sequence[Placed], goal_on: date | None, holidays: Container[date]
) -> dict[Hashable, date]:
    """The backward pass: the goal bounds everything, and what follows bounds what it hangs on.

    It counts in first days too late, not in last days that do, since those may be closed days.
    """
    in_order = _in_order(placed)
    hangs_on = _hangs_on(in_order)
    bounds: dict[Hashable, list[date]] = defaultdict(list)
    for one in reversed(in_order):
        if goal_on:
            bounds[one.key].append(_last_day_before_goal(one, goal_on, holidays) + A_DAY)
        too_late = min(bounds[one.key], default=one.day and one.day + A_DAY)
        if one.placement and one.key in hangs_on and too_late:
            latest = working_days_after(too_late, -one.placement.days, holidays)
            bounds[hangs_on[one.key]].append(latest)
    return {key: min(days) for key, days in bounds.items() if days}


def _last_day_before_goal(one: Placed, goal_on: date, holidays: Container[date]) -> date:
    if one.placement is None or one.placement.after is not None:
        return goal_on
    return working_days_after(goal_on, -one.placement.days, holidays)


def _days_left(day: date, too_late: date, holidays: Container[date]) -> int:
    """Working days to slip, or, negative, to go back until it is not too late."""
    if day < too_late:
        return slack(day, min(too_late - A_DAY, day + FAR), holidays)
    return -1 - slack(max(too_late, day - FAR) - A_DAY, day - A_DAY, holidays)


def _in_order(placed: Sequence[Placed]) -> list[Placed]:
    """Each after what it hangs on; those that hang on nothing any more without their placement."""
    circle = set(cycle_in(placed))
    free = [one if one.is_open and one.key not in circle else replace(one, placement=None) for one in placed]
    hangs_on = _hangs_on(free)
    return sorted(free, key=lambda one: len(_chain(one.key, hangs_on)))


def _hangs_on(placed: Sequence[Placed]) -> dict[Hashable, Hashable]:
    keys = {one.number: one.key for one in placed if one.number is not None}
    return {
        one.key: keys[one.placement.after]
        for one in placed
        if one.is_open and one.placement and one.placement.after in keys
    }


def _chain(key: Hashable, hangs_on: Mapping[Hashable, Hashable]) -> list[Hashable]:
    """What it hangs on, what that hangs on, and so on, up to where it would come round again."""
    chain: list[Hashable] = []
    while key in hangs_on and hangs_on[key] not in chain:
        key = hangs_on[key]
        chain.append(key)
    return chain
