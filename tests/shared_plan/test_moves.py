"""Who may do what, when."""

from dataclasses import replace

import pytest

from app.shared_plan.commitment import Side, Standing, Status, What, standing
from app.shared_plan.moves import (
    UNDO_FOR,
    NotNow,
    StaleVersion,
    may_undo,
    must_be_allowed,
    yes_changes_something,
)
from tests.cast import Said
from tests.shared_plan.factories import AGREED, BUYER, MINUTE, NOON, SELLER, SHARED, said

OPEN = {
    Status.PROPOSED: standing(SHARED),
    Status.COUNTERED: standing((*SHARED, said(What.PROPOSED, BUYER, 2))),
    Status.AGREED: standing(AGREED),
}
DONE = standing((*AGREED, said(What.DONE, BUYER)))
DROPPED = standing((*AGREED, said(What.DROPPED, SELLER)))
ON_OPEN_STEPS = [What.YES, What.PROPOSED, What.STUCK, What.DONE]


def may(what: What, side: Side, at: Standing, seen: int | None = None) -> bool:
    try:
        must_be_allowed(what, side, at, at.version if seen is None else seen)
    except NotNow:
        return False
    return True


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize("what", ON_OPEN_STEPS)
def test_either_side_may_answer_an_open_step(what: What, status: Status, side: Side):
    assert may(what, side, OPEN[status])


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("over", [DONE, DROPPED], ids=["done", "dropped"])
@pytest.mark.parametrize("what", [*ON_OPEN_STEPS, What.ANSWERED, What.DROPPED])
def test_what_is_over_takes_no_more_answers(what: What, over: Standing, side: Side):
    assert not may(what, side, over)


@pytest.mark.parametrize("side", Side)
def test_only_what_is_done_can_be_reopened(side: Side):
    assert may(What.REOPENED, side, DONE)
    assert not any(may(What.REOPENED, side, at) for at in (*OPEN.values(), DROPPED))


@pytest.mark.parametrize("status", OPEN)
def test_only_the_seller_drops_a_step(status: Status):
    assert may(What.DROPPED, SELLER, OPEN[status])
    assert not may(What.DROPPED, BUYER, OPEN[status])


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("at", [*OPEN.values(), DONE, DROPPED])
def test_a_comment_is_always_welcome(at: Standing, side: Side):
    assert may(What.COMMENTED, side, at, seen=0)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("at", [*OPEN.values(), DONE, DROPPED])
def test_nobody_writes_a_retraction_but_by_undo(at: Standing, side: Side):
    assert not may(What.TAKEN_BACK, side, at)


@pytest.mark.parametrize("seen", [0, 1, 3])
@pytest.mark.parametrize("what", [*ON_OPEN_STEPS, What.DROPPED])
def test_an_act_counts_only_for_the_version_that_was_on_the_page(what: What, seen: int):
    at = replace(OPEN[Status.PROPOSED], version=2)

    with pytest.raises(StaleVersion) as refused:
        must_be_allowed(what, SELLER, at, seen)

    assert refused.value.seen == seen


@pytest.mark.parametrize("side", Side)
def test_an_obstacle_is_answered_by_the_other_side_alone(side: Side):
    at = standing((*AGREED, said(What.STUCK, side)))

    assert may(What.ANSWERED, side.other, at)
    assert not may(What.ANSWERED, side, at)


@pytest.mark.parametrize("side", Side)
def test_without_an_obstacle_there_is_nothing_to_answer(side: Side):
    assert not may(What.ANSWERED, side, OPEN[Status.AGREED])


@pytest.mark.parametrize(
    ("side", "history", "changes"),
    [
        (BUYER, SHARED, True),
        (SELLER, SHARED, False),
        (BUYER, AGREED, False),
        (BUYER, (*AGREED, said(What.STUCK, BUYER)), True),
        (BUYER, (*AGREED, said(What.STUCK, SELLER)), False),
        (SELLER, (*AGREED, said(What.PROPOSED, BUYER, 2)), True),
    ],
)
def test_a_yes_said_before_changes_nothing_unless_it_lifts_ones_own_obstacle(
    side: Side, history: tuple[Said, ...], changes: bool
):
    assert yes_changes_something(side, standing(history)) is changes


def test_an_answer_can_be_taken_back_for_ten_minutes():
    assert may_undo(NOON, NOON)
    assert may_undo(NOON, NOON + 10 * MINUTE - MINUTE / 60)
    assert not may_undo(NOON, NOON + 10 * MINUTE)
    assert 10 * MINUTE == UNDO_FOR
