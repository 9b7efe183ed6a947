"""The Training Effect: what messages without permission or value teach."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.follow_up.training import Effect, Level, Sent, effect

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def at(day: float) -> datetime:
    return START + timedelta(days=day)


def sent(pattern: str) -> list[Sent]:
    """A message a day: "x" counts, "." does not."""
    return [Sent(at(day), has_value=each != "x") for day, each in enumerate(pattern)]


@pytest.mark.parametrize(
    ("pattern", "count", "level"),
    [
        ("", 0, Level.NONE),
        ("x", 1, Level.NONE),
        ("xx", 2, Level.WARNING),
        ("x.x", 2, Level.WARNING),
        ("xxx", 3, Level.STRONG),
        ("xxxxx", 5, Level.STRONG),
        ("xxx.....", 0, Level.NONE),
        ("xx...x", 2, Level.WARNING),
    ],
)
def test_the_last_five_messages_add_up(pattern: str, count: int, level: Level):
    found = effect(sent(pattern), None, [])

    assert (found.count, found.level) == (count, level)


def test_it_is_told_apart_whether_they_held_nothing_or_came_without_a_reason():
    hollow = [Sent(at(0), False, False), Sent(at(1), True, False)]
    unasked = [*hollow, Sent(at(2), False, True)]

    assert effect(hollow, None, []).is_hollow
    assert not effect(unasked, None, []).is_hollow


def test_an_answer_clears_it():
    assert effect(sent("xxxx"), at(2.5), []) == Effect(1, 1)
    assert effect(sent("xxxx"), at(9), []) == Effect(0, 0)


def test_a_kept_promise_takes_one_off():
    assert effect(sent("xxx"), None, [at(2.5)]).level is Level.WARNING


def test_a_promise_kept_before_the_first_of_them_takes_nothing_off():
    assert effect(sent("xxx"), None, [at(-1)]).count == 3


def test_promises_kept_are_no_credit_for_later():
    messages = [Sent(at(0)), Sent(at(2), has_value=False), Sent(at(3), has_value=False)]

    assert effect(messages, None, [at(1), at(1.5)]).count == 2


@pytest.mark.parametrize(
    ("is_permitted", "has_value", "is_counted"),
    [(True, True, False), (True, None, False), (True, False, True), (False, True, True), (False, None, True)],
)
def test_one_without_permission_or_value_counts(is_permitted: bool, has_value: bool | None, is_counted: bool):
    assert Sent(START, is_permitted, has_value).counts is is_counted


MESSAGES = st.lists(st.booleans(), max_size=12).map(lambda flags: sent("".join(".x"[flag] for flag in flags)))
INSTANTS = st.floats(-1, 13).map(at)


@given(MESSAGES, st.none() | INSTANTS, st.lists(INSTANTS, max_size=4), INSTANTS)
def test_one_more_kept_promise_never_adds_and_takes_at_most_one_off(
    messages: list[Sent], answered: datetime | None, kept: list[datetime], more: datetime
):
    before, after = effect(messages, answered, kept), effect(messages, answered, [*kept, more])

    assert 0 <= before.count - after.count <= 1


@given(MESSAGES, st.none() | INSTANTS, st.lists(INSTANTS, max_size=4), st.randoms())
def test_the_order_in_which_it_is_told_does_not_matter(messages, answered, kept, random):
    shuffled = list(messages)
    random.shuffle(shuffled)

    assert effect(shuffled, answered, kept[::-1]) == effect(messages, answered, kept)
    assert 0 <= effect(messages, answered, kept).count <= 5
