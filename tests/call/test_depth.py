"""How deep to prepare: what the stakes ask for, and what the minutes left allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.call.depth import (
    DEEPEST_FIRST,
    MINUTES,
    Advice,
    Depth,
    Stakes,
    advice,
    is_short,
    needs_reason,
)

FULL, QUICK, ELEVATOR = Depth.FULL, Depth.QUICK, Depth.ELEVATOR
HIGH = Stakes(could_lose=False)

STAKES = st.builds(
    Stakes, st.booleans(), st.sampled_from([None, True, False]), st.integers(0, 9), st.booleans()
)
TIME = st.none() | st.integers(-30, 120)


@pytest.mark.parametrize(
    ("stakes", "depth"),
    [
        (Stakes(could_lose=False), FULL),
        (Stakes(is_large=True), FULL),
        (Stakes(is_large=True, could_lose=True), QUICK),  # the seller's own answer counts
        (Stakes(open_flags=4, has_rival=True), FULL),
        (Stakes(could_lose=True, open_flags=4, has_rival=True), FULL),
        (Stakes(open_flags=3, has_rival=True), QUICK),
        (Stakes(open_flags=4), QUICK),
        (Stakes(has_rival=True), QUICK),
        (Stakes(), QUICK),
    ],
)
def test_the_depth_fits_the_stakes(stakes: Stakes, depth: Depth):
    advised = advice(stakes, None)

    assert (advised.depth, advised.deserved, advised.is_short) == (depth, depth, False)


@given(STAKES)
def test_only_the_full_form_will_do_for_a_deal_one_cannot_afford_to_lose(stakes: Stakes):
    unaffordable = Stakes(stakes.is_large, False, stakes.open_flags, stakes.has_rival)

    assert advice(unaffordable, 60).depth is FULL


@pytest.mark.parametrize(
    ("minutes", "depth"),
    [(61, FULL), (60, FULL), (59, QUICK), (10, QUICK), (9, ELEVATOR), (1, ELEVATOR), (0, ELEVATOR)],
)
def test_with_less_time_left_the_shorter_form_comes_unasked(minutes: int, depth: Depth):
    assert advice(HIGH, minutes).depth is depth


def test_time_alone_makes_no_preparation_deeper():
    assert advice(Stakes(could_lose=True), 600).depth is QUICK


@given(STAKES, TIME)
def test_it_is_the_deepest_that_is_deserved_and_fits(stakes: Stakes, minutes: int | None):
    advised = advice(stakes, minutes)

    allowed = DEEPEST_FIRST[DEEPEST_FIRST.index(advised.deserved) :]
    fits = [one for one in allowed if minutes is None or one is ELEVATOR or MINUTES[one] <= minutes]
    assert advised.depth is fits[0]


@given(STAKES, TIME)
def test_what_the_stakes_deserve_is_the_same_however_late_it_is(stakes: Stakes, minutes: int | None):
    assert advice(stakes, minutes).deserved is advice(stakes, None).deserved


@given(STAKES, TIME)
def test_a_shorter_form_than_deserved_is_stamped_and_says_so(stakes: Stakes, minutes: int | None):
    advised = advice(stakes, minutes)

    is_shorter = advised.depth is not advised.deserved
    assert advised.is_short is is_shorter
    assert is_short(advised.depth, advised) is is_shorter
    assert ("short for these stakes" in advised.why) is is_shorter


@given(STAKES, TIME)
def test_nobody_is_told_that_they_could_afford_to_lose_it_who_did_not_say_so(
    stakes: Stakes, minutes: int | None
):
    claims = advice(stakes, minutes).why.startswith("You could afford to lose it")

    assert stakes.could_lose or not claims


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-5, "no time left: the elevator form"),
        (0, "no time left: the elevator form"),
        (1, "But 1 minute left: the elevator form"),
        (9, "But 9 minutes left: the elevator form"),
        (59, "But 59 minutes left: the quick form"),
    ],
)
def test_the_time_left_is_told_in_words(minutes: int, words: str):
    assert words in advice(HIGH, minutes).why


# What the stakes deserve and what fits, then for each form chosen: does it need a reason, is it stamped?
CHOICES = [
    (Advice(FULL, FULL, ""), FULL, False, False),
    (Advice(FULL, FULL, ""), QUICK, True, True),
    (Advice(FULL, FULL, ""), ELEVATOR, True, True),
    (Advice(QUICK, QUICK, ""), FULL, False, False),
    (Advice(QUICK, QUICK, ""), QUICK, False, False),
    (Advice(QUICK, QUICK, ""), ELEVATOR, True, True),
    (Advice(QUICK, FULL, ""), FULL, False, False),
    (Advice(QUICK, FULL, ""), QUICK, False, True),  # time is short: nobody has to explain that
    (Advice(QUICK, FULL, ""), ELEVATOR, True, True),
    (Advice(ELEVATOR, FULL, ""), ELEVATOR, False, True),
    (Advice(ELEVATOR, FULL, ""), QUICK, False, True),
    (Advice(ELEVATOR, QUICK, ""), QUICK, False, False),
]


@pytest.mark.parametrize(("advised", "chosen", "explained", "stamped"), CHOICES)
def test_a_shorter_form_with_the_time_for_more_needs_a_reason(
    advised: Advice, chosen: Depth, explained: bool, stamped: bool
):
    assert needs_reason(chosen, advised) is explained
    assert is_short(chosen, advised) is stamped


def test_the_forms_take_an_hour_ten_minutes_and_less_than_one():
    assert [MINUTES[depth] for depth in DEEPEST_FIRST] == [60, 10, 1]
