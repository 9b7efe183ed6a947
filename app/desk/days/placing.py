"""Days that hang on the goal or on another step: what they mean, what is left, what would have to move."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.desk.days.backwards import (
    MOST_DAYS,
    Move,
    Placed,
    Placement,
    Trouble,
    Unmet,
    day_for,
    replan,
    slack_of,
    trouble_with,
)
from app.desk.doors import OpenPlan
from app.desk.tables import Draft
from app.needs import NeedsSomething
from app.pages import spoken_day
from app.shared_plan.calendar.closed_days import ClosedDay, Holidays, holidays_in, why_closed
from app.shared_plan.steps_now import StepNow
from app.shared_plan.tables import Plan
from app.typed import LAST_YEAR

LITTLE = 10  # working days to spare; more is said only where somebody counted


@dataclass(frozen=True)
class Days:
    """All days of one plan as they stand, and what hangs on what."""

    placed: tuple[Placed, ...]
    goal_on: date | None
    today: date
    zone: str

    @property
    def holidays(self) -> Holidays:
        return holidays_in(self.zone)

    @property
    def of_steps(self) -> dict[int, date]:
        return {one.number: one.day for one in self.placed if one.number and one.day}

    def slack(self) -> dict[object, int]:
        return dict(slack_of(self.placed, self.goal_on, self.holidays))

    def telling_slack(self) -> dict[object, int]:
        """Where it tells something: beside what was placed, and where little of it is left."""
        placed = {one.key for one in self.placed if one.placement}
        return {key: days for key, days in self.slack().items() if days <= LITTLE or key in placed}

    def moves(self) -> list[Move]:
        """What the goal or another step moved; days beyond every calendar are left out."""
        found = replan(self.placed, self.goal_on, self.holidays)
        return [move for move in found if move.to_day.year <= LAST_YEAR]

    def hints(self, day: date | None, placement: Placement | None = None) -> list[str]:
        """What to say about a day that was just entered; none of it is refused."""
        if day is None:
            return []
        trouble = trouble_with(day, self.today, self.goal_on, placement, self.of_steps, self.holidays)
        closed = why_closed(day, self.zone)
        said = [_trouble_words(trouble, day, self.today)] if trouble else []
        return [*said, closed_words(closed, self.today)] if closed else said


def days_of(
    plan: Plan, today: date, steps: Sequence[StepNow], shared: dict[int, Draft], drafts: Iterable[Draft]
) -> Days:
    placed = [_of_step(step, shared.get(step.number)) for step in steps]
    placed += [_of_draft(draft) for draft in drafts]
    return Days(tuple(placed), plan.goal_on, today, plan.time_zone)


def placement_of(draft: Draft) -> Placement | None:
    return None if draft.placed_days is None else Placement(draft.placed_days, draft.placed_after)


def place(
    opened: OpenPlan, draft: Draft, days: int | None, after: int | None, steps: Sequence[StepNow]
) -> None:
    """Hang a draft's day on the goal or on a step. Without `days` its day is its own."""
    draft.placed_days, draft.placed_after = days, after if days is not None else None
    if days is None:
        return
    of_steps = {step.number: step.agreed_day or step.due_on for step in steps if step.is_open}
    if after is not None and after not in of_steps:
        raise NeedsSomething("Pick one of the open steps for it to come after.")
    day = day_for(Placement(days, after), opened.plan.goal_on, of_steps, holidays_in(opened.plan.time_zone))
    if day is None:
        raise NeedsSomething("This plan has no day for its goal yet. Write one down first, or pick a day.")
    if day.year > LAST_YEAR:
        raise NeedsSomething("That is further off than this century. Pick fewer working days.")
    draft.due_on = day


def days_before(goal_on: date | None, day: date, zone: str) -> int | None:
    """How many working days before the goal a day lies; None when it lies after it or there is none."""
    if goal_on is None or day > goal_on:
        return None
    found = slack_of([Placed("day", None, day, None, False, True)], goal_on, holidays_in(zone)).get("day")
    return found if found is not None and found <= MOST_DAYS else None


def _of_step(step: StepNow, draft: Draft | None) -> Placed:
    """A placement holds only for the version it was made with: later days were chosen on purpose."""
    holds = draft is not None and draft.placed_version == step.version
    placement = placement_of(draft) if draft and holds else None
    return Placed(step.number, step.number, step.due_on, placement, step.agreed_day is not None, step.is_open)


def _of_draft(draft: Draft) -> Placed:
    return Placed(("draft", draft.id), None, draft.due_on, placement_of(draft), False, True)


def closed_words(closed: ClosedDay, today: date) -> str:
    day, before, after = (_spoken(one, today) for one in (closed.day, closed.before, closed.after))
    why = f"a holiday: {closed.holiday}" if closed.holiday else "a weekend"
    return f"{day} is {why}. Keep it, or {before} · {after}?"


def _trouble_words(trouble: Trouble, day: date, today: date) -> str:
    works = f" {_spoken(trouble.works, today)} would work." if trouble.works else ""
    said = _spoken(day, today)
    match trouble.what:
        case Unmet.PAST:
            return f"{said} is over.{works}"
        case Unmet.AFTER_GOAL:
            return f"{said} is after the day of the goal.{works}"
        case Unmet.TOO_EARLY:
            return f"{said} is before the step it comes after is done.{works}"
        case _:
            return f"So many working days from there lead into the past.{works}"


def _spoken(day: date, today: date) -> str:
    return spoken_day(day, "en", today)
