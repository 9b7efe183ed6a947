"""When words are a Single Sales Objective, and what keeps them from being one."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deal.position.objective import Flaw, flaws

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)
SOUND: dict[str, Any] = {
    "words": "Invoice approval for Husum",
    "amount": Decimal(24000),
    "close_on": TODAY + 60 * DAY,
    "confirmed_on": TODAY,
    "bets": True,
}
WORST_FIRST = [
    Flaw.MISSING,
    Flaw.PAST,
    Flaw.VAGUE,
    Flaw.NO_AMOUNT,
    Flaw.NO_DAY,
    Flaw.NOT_ASKED,
    Flaw.NO_BET,
]


def flaws_of(**changes: Any) -> list[Flaw]:
    return flaws(today=TODAY, **(SOUND | changes))


def test_what_exactly_how_much_by_when_and_still_true_is_an_objective():
    assert flaws_of() == []


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"words": ""}, Flaw.MISSING),
        ({"words": "Sell more"}, Flaw.VAGUE),
        ({"amount": None}, Flaw.NO_AMOUNT),
        ({"close_on": None}, Flaw.NO_DAY),
        ({"close_on": TODAY - DAY}, Flaw.PAST),
        ({"confirmed_on": None}, Flaw.NOT_ASKED),
        ({"confirmed_on": TODAY - 31 * DAY}, Flaw.NOT_ASKED),
        ({"bets": False}, Flaw.NO_BET),
    ],
)
def test_each_thing_that_is_not_said_is_one_flaw(changes: dict[str, Any], flaw: Flaw):
    assert flaws_of(**changes) == [flaw]


@pytest.mark.parametrize(
    "changes",
    [
        {"words": "Approval for Husum"},  # three words can name a thing
        {"close_on": TODAY},  # the day itself has not passed
        {"confirmed_on": TODAY - 30 * DAY},
        {"bets": None},  # nobody asked for a bet
    ],
)
def test_what_is_just_enough_is_enough(changes: dict[str, Any]):
    assert flaws_of(**changes) == []


def test_without_words_nothing_else_is_asked():
    assert flaws("", None, TODAY - DAY, TODAY) == [Flaw.MISSING]


def test_words_alone_lack_all_the_rest():
    assert flaws("Sell more", None, None, TODAY) == [
        Flaw.VAGUE,
        Flaw.NO_AMOUNT,
        Flaw.NO_DAY,
        Flaw.NOT_ASKED,
    ]


@pytest.mark.parametrize("confirmed_on", [None, TODAY - 31 * DAY])
def test_an_old_bet_counts_for_nothing_until_it_is_asked_again(confirmed_on: date | None):
    assert flaws_of(confirmed_on=confirmed_on, bets=False) == [Flaw.NOT_ASKED]


DAYS = st.none() | st.dates(TODAY - 90 * DAY, TODAY + 90 * DAY)
SAID = st.fixed_dictionaries(
    {
        "words": st.sampled_from(["", "Sell more", "Invoice approval for Husum"]),
        "amount": st.sampled_from([None, Decimal(24000)]),
        "close_on": DAYS,
        "confirmed_on": DAYS,
        "bets": st.sampled_from([None, True, False]),
    }
)


@given(SAID)
def test_the_worst_flaw_stands_first_and_none_twice(said: dict[str, Any]):
    found = flaws_of(**said)

    assert found == [flaw for flaw in WORST_FIRST if flaw in found]


@given(
    SAID.filter(lambda said: said["words"]),
    st.sampled_from(["words", "amount", "close_on", "confirmed_on", "bets"]),
)
def test_putting_one_thing_right_finds_nothing_worse(said: dict[str, Any], known: str):
    before, after = flaws_of(**said), flaws_of(**(said | {known: SOUND[known]}))

    now_asked = (
        {Flaw.NO_BET} if known == "confirmed_on" else set()
    )  # a bet is looked at once it is asked anew
    assert set(after) - set(before) <= now_asked
