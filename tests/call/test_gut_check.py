"""What a feeling before and a feeling after say of a plan."""

from itertools import product

import pytest

from app.call.gut_check import WORDS, Gut, reading

EASY, NO_EASIER, EASIER = "All easy?", "No easier:", "Easier:"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (Gut.PANIC, Gut.PANIC, NO_EASIER),
        (Gut.WORRY, Gut.PANIC, NO_EASIER),
        (Gut.OK, Gut.OK, NO_EASIER),
        (Gut.EUPHORIA, Gut.OK, NO_EASIER),
        (Gut.COMFORT, Gut.DOUBT, NO_EASIER),
        (Gut.PANIC, Gut.WORRY, EASIER),
        (Gut.DOUBT, Gut.OK, EASIER),
        (Gut.OK, Gut.COMFORT, EASIER),
        (Gut.PANIC, Gut.COMFORT, EASIER),
        (Gut.COMFORT, Gut.COMFORT, EASY),
        (Gut.COMFORT, Gut.EUPHORIA, EASY),
        (Gut.EUPHORIA, Gut.EUPHORIA, EASY),
        (Gut.PANIC, Gut.EUPHORIA, EASY),
    ],
)
def test_a_plan_that_helps_makes_it_easier_and_not_all_easy(before: Gut, after: Gut, says: str):
    assert reading(before, after).startswith(says)


@pytest.mark.parametrize("before", Gut)
def test_euphoria_is_always_asked_what_it_has_not_checked(before: Gut):
    assert reading(before, Gut.EUPHORIA).endswith("What have you not checked?")


@pytest.mark.parametrize(("before", "after"), [(one, two) for one, two in product(Gut, Gut) if two <= one])
def test_what_gets_no_easier_is_never_praised(before: Gut, after: Gut):
    assert not reading(before, after).startswith(EASIER)


def test_each_feeling_has_its_word_from_panic_to_euphoria():
    assert [WORDS[one] for one in sorted(Gut)] == ["panic", "worry", "doubt", "OK", "comfort", "euphoria"]
