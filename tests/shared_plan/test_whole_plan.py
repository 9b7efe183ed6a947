"""Where a whole plan stands, read bare from its history."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from app.shared_plan.commitment import Side
from app.shared_plan.whole_plan import Course, PlanState, PlanWhat, course, may
from tests.shared_plan.factories import BUYER, MONDAY, NOON, SELLER


@dataclass(frozen=True)
class Said:
    what: PlanWhat
    side: Side
    day: date | None = None
    words: str = ""
    number: int = 1
    at: datetime = NOON


ENDED, CLOSED = Said(PlanWhat.ENDED, BUYER), Said(PlanWhat.CLOSED, SELLER)
THEIR_QUIET, OUR_QUIET = Said(PlanWhat.PAUSED, BUYER, MONDAY), Said(PlanWhat.PAUSED, SELLER, MONDAY)
GOAL = Said(PlanWhat.GOAL_ASKED, BUYER, words="Two days, by March")


def test_a_plan_nobody_said_anything_of_is_open():
    assert course([]) == Course()
    assert course([]).state is PlanState.OPEN


@pytest.mark.parametrize(("act", "state"), [(ENDED, PlanState.ENDED), (CLOSED, PlanState.CLOSED)])
def test_an_end_takes_the_quiet_and_the_open_goal_with_it(act: Said, state: PlanState):
    now = course([THEIR_QUIET, GOAL, act])

    assert (now.state, now.quiet_until, now.goal) == (state, None, None)


def test_a_plan_that_goes_on_is_open_without_what_was_open_before():
    now = course([GOAL, ENDED, Said(PlanWhat.REOPENED, BUYER)])

    assert (now.state, now.goal) == (PlanState.OPEN, None)


def test_quiet_ends_when_somebody_says_so():
    assert course([THEIR_QUIET]).quiet_until == MONDAY
    assert course([THEIR_QUIET, Said(PlanWhat.RESUMED, BUYER)]).quiet_until is None


def test_quiet_that_is_over_is_none_on_its_day():
    asked = course([THEIR_QUIET])

    assert asked.on(MONDAY - timedelta(days=1)).quiet_until == MONDAY
    assert asked.on(MONDAY).quiet_until is None
    assert may(PlanWhat.PAUSED, SELLER, asked.on(MONDAY))


@pytest.mark.parametrize("answer", [PlanWhat.GOAL_AGREED, PlanWhat.GOAL_KEPT])
def test_an_answered_goal_is_open_no_more(answer: PlanWhat):
    assert course([GOAL]).goal == GOAL
    assert course([GOAL, Said(answer, SELLER)]).goal is None


# Who may do what, when: (history, what, side) and whether it is allowed.
MOVES = [
    ([], PlanWhat.ENDED, BUYER, True),
    ([], PlanWhat.ENDED, SELLER, False),
    ([], PlanWhat.CLOSED, SELLER, True),
    ([], PlanWhat.CLOSED, BUYER, False),
    ([ENDED], PlanWhat.ENDED, BUYER, False),
    ([ENDED], PlanWhat.REOPENED, BUYER, True),
    ([ENDED], PlanWhat.REOPENED, SELLER, False),
    ([CLOSED], PlanWhat.REOPENED, SELLER, True),
    ([CLOSED], PlanWhat.REOPENED, BUYER, False),
    ([], PlanWhat.REOPENED, BUYER, False),
    ([], PlanWhat.PAUSED, BUYER, True),
    ([], PlanWhat.PAUSED, SELLER, True),
    ([THEIR_QUIET], PlanWhat.PAUSED, SELLER, False),
    ([THEIR_QUIET], PlanWhat.RESUMED, SELLER, False),
    ([THEIR_QUIET], PlanWhat.RESUMED, BUYER, True),
    ([OUR_QUIET], PlanWhat.RESUMED, SELLER, True),
    ([OUR_QUIET], PlanWhat.RESUMED, BUYER, True),
    ([], PlanWhat.RESUMED, BUYER, False),
    ([CLOSED], PlanWhat.PAUSED, SELLER, False),
    ([], PlanWhat.GOAL_ASKED, BUYER, True),
    ([], PlanWhat.GOAL_ASKED, SELLER, False),
    ([], PlanWhat.GOAL_AGREED, SELLER, False),
    ([GOAL], PlanWhat.GOAL_AGREED, SELLER, True),
    ([GOAL], PlanWhat.GOAL_AGREED, BUYER, False),
    ([GOAL], PlanWhat.GOAL_KEPT, SELLER, True),
    ([GOAL, ENDED], PlanWhat.GOAL_AGREED, SELLER, False),
    ([], PlanWhat.SELLER_CHANGED, SELLER, True),
    ([ENDED], PlanWhat.SELLER_CHANGED, SELLER, False),
]


@pytest.mark.parametrize(("history", "what", "side", "allowed"), MOVES)
def test_each_side_may_do_what_is_theirs(history: list[Said], what: PlanWhat, side: Side, allowed: bool):
    assert may(what, side, course(history)) is allowed
