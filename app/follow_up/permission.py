"""What entitles the seller to write to somebody, and from which day on. Pure.

Days since the last contact entitle to nothing, and neither does an unanswered proposal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.shared_plan.calendar.working_days import next_working_day
from app.shared_plan.commitment import Kind, Side


class Occasion(StrEnum):
    """What a message starts from; it never starts from nothing."""

    OURS = "keeping our promise"
    THEIRS = "asking about theirs"
    TALK = "a talk both agreed"
    NAMED_DAY = "a day they named"
    ANSWER = "answering them"
    POINT = "something they said"


@dataclass(frozen=True)
class Ground:
    """A reason that this person would recognise; `row` is the step it is about."""

    occasion: Occasion
    row: Any
    opens_on: date

    @property
    def is_quiet(self) -> bool:
        """Is it only the agreed quiet that still holds it back?"""
        return self.row.quiet_until is not None and self.opens_on == self.row.quiet_until


def grounds(answers: Iterable[Any], promises: Iterable[Any]) -> list[Ground]:
    """All reasons by the day they open; `answers` are steps that wait for the seller."""
    found = [_ground(occasion_of_answer(row), row) for row in answers]
    found += [_ground(occasion_of_promise(row), row) for row in promises]
    return sorted(found, key=lambda ground: (ground.opens_on, ground.row.step_id))


def occasion_of_promise(row: Any) -> Occasion:
    """A talk is both sides' to turn up for, whoever offered it."""
    if row.kind is Kind.TALK:
        return Occasion.TALK
    return Occasion.OURS if row.promised_by is Side.SELLER else Occasion.THEIRS


def occasion_of_answer(row: Any) -> Occasion:
    return Occasion.ANSWER if row.ask_again_on is None else Occasion.NAMED_DAY


def opens_on(occasion: Occasion, row: Any) -> date:
    """The first day on which the step entitles to a message; an agreed quiet moves all but an answer."""
    opens = date.min
    if occasion is Occasion.THEIRS:
        opens = next_working_day(row.day)
    elif occasion is Occasion.TALK:
        opens = row.day
    elif occasion is Occasion.NAMED_DAY:
        opens = row.ask_again_on
    if occasion is Occasion.ANSWER or row.quiet_until is None:
        return opens
    return max(opens, row.quiet_until)


def _ground(occasion: Occasion, row: Any) -> Ground:
    return Ground(occasion, row, opens_on(occasion, row))
