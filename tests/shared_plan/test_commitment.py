"""When a step is a commitment: read from its history alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shared_plan.commitment import Side, Status, What, standing
from app.shared_plan.moves import MOVES
from tests.cast import Said
from tests.shared_plan.factories import AGREED, BUYER, MINUTE, NOON, SELLER, SHARED, said
from tests.shared_plan.naive import reading

OTHER_WORDS = said(What.PROPOSED, BUYER, 2)
STUCK = said(What.STUCK, BUYER)


def test_a_proposal_of_the_seller_waits_for_the_buyer():
    now = standing(SHARED)

    assert (now.status, now.waits_for, now.commitment) == (Status.PROPOSED, BUYER, None)


def test_a_yes_of_each_side_to_the_same_words_is_a_commitment():
    now = standing(AGREED)

    assert (now.status, now.waits_for, now.commitment) == (Status.AGREED, None, 1)


def test_one_side_alone_commits_nobody_however_often_it_says_yes():
    history = (*SHARED, said(What.YES, SELLER), said(What.YES, SELLER))

    assert standing(history).commitment is None


def test_new_words_are_a_new_question():
    history = (*SHARED, OTHER_WORDS)

    now = standing(history)

    assert (now.status, now.waits_for, now.commitment) == (Status.COUNTERED, SELLER, None)


def test_a_yes_to_the_old_words_is_none_to_the_new_ones():
    history = (*AGREED, OTHER_WORDS)

    assert standing(history).yeses == {BUYER}


def test_the_earlier_commitment_stands_until_the_other_side_answers():
    asked = standing((*AGREED, OTHER_WORDS))
    answered = standing((*AGREED, OTHER_WORDS, said(What.YES, SELLER, 2)))

    assert (asked.status, asked.commitment) == (Status.COUNTERED, 1)
    assert (answered.status, answered.commitment) == (Status.AGREED, 2)


def test_a_third_day_instead_of_an_answer_leaves_the_first_commitment_standing():
    now = standing((*AGREED, OTHER_WORDS, said(What.PROPOSED, SELLER, 3)))

    assert (now.status, now.waits_for, now.commitment) == (Status.PROPOSED, BUYER, 1)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("before", [SHARED, AGREED])
def test_who_is_stuck_waits_for_the_other_side(before: tuple[Said, ...], side: Side):
    now = standing((*before, said(What.STUCK, side)))

    assert now.waits_for is side.other
    assert now.commitment == standing(before).commitment


@pytest.mark.parametrize(
    "way_out",
    [
        said(What.PROPOSED, BUYER, 2),
        said(What.PROPOSED, SELLER, 2),
        said(What.YES, BUYER),
        said(What.DONE, BUYER),
        said(What.DROPPED, SELLER),
        said(What.ANSWERED, SELLER),
    ],
    ids=lambda act: f"{act.what} by the {act.side}",
)
@pytest.mark.parametrize("before", [SHARED, AGREED])
def test_an_obstacle_ends_with(before: tuple[Said, ...], way_out: Said):
    assert standing((*before, STUCK)).stuck is STUCK
    assert standing((*before, STUCK, way_out)).stuck is None


@pytest.mark.parametrize("act", [said(What.YES, SELLER), said(What.COMMENTED, SELLER)], ids=lambda a: a.what)
def test_an_obstacle_outlasts_what_does_not_answer_it(act: Said):
    assert standing((*AGREED, STUCK, act)).stuck is STUCK


def test_the_day_of_agreement_stays_when_a_yes_only_lifts_an_obstacle():
    later = said(What.YES, BUYER, at=NOON + MINUTE)

    now = standing((*AGREED, STUCK, later))

    assert (now.stuck, now.agreed_at) == (None, NOON)


@pytest.mark.parametrize("end", [said(What.DONE, BUYER), said(What.DROPPED, SELLER)], ids=lambda a: a.what)
def test_what_is_over_holds_nobody_and_waits_for_nobody(end: Said):
    now = standing((*AGREED, end))

    assert now.status.is_over
    assert (now.commitment, now.waits_for) == (None, None)


def test_reopening_brings_the_commitment_back():
    history = (*AGREED, said(What.DONE, BUYER), said(What.REOPENED, SELLER))

    assert standing(history).commitment == 1


def test_a_comment_changes_nothing():
    assert standing((*AGREED, said(What.COMMENTED, BUYER, at=NOON + MINUTE))) == standing(AGREED)


@st.composite
def any_history(draw: st.DrawFn) -> list[Said]:
    """Shared by the seller, then whatever the moves allow, now and then taken back."""
    history = list(SHARED)
    for what, side in draw(st.lists(st.tuples(st.sampled_from(What), st.sampled_from(Side)), max_size=20)):
        now = standing(history)
        if what is What.TAKEN_BACK:
            allowed = len(history) > 1 and history[-1].what is not What.TAKEN_BACK
        else:
            allowed = now.status in MOVES.get((side, what), ())
        if allowed:
            new = max(act.version for act in history) + 1 if what is What.PROPOSED else now.version
            history.append(said(what, side, new, NOON + MINUTE * len(history)))
    return history


@given(any_history())
def test_a_commitment_exists_exactly_when_both_sides_said_yes_to_the_same_words(history: list[Said]):
    now, expected = standing(history), reading(history)

    assert (now.version, now.status, now.commitment) == (
        expected.version,
        expected.status,
        expected.commitment,
    )
    assert (now.waits_for, now.stuck is not None) == (expected.waits_for, expected.is_stuck)


@given(any_history(), st.sampled_from(What), st.sampled_from(Side))
def test_what_is_taken_back_never_was(history: list[Said], what: What, side: Side):
    hasty = said(what, side, standing(history).version + (what is What.PROPOSED), NOON + MINUTE * 99)

    now = standing([*history, hasty, said(What.TAKEN_BACK, side)])

    assert what is What.TAKEN_BACK or now == standing(history)
