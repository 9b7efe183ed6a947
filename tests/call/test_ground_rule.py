"""An action uses a strength, removes a red flag, or both; and it says who, and what one will know."""

from dataclasses import dataclass, replace

import pytest

from app.call.ground_rule import Refusal, breaks_ground_rule, does_both, refusals

ONE, NONE = frozenset({"strength:1"}), frozenset[str]()
FLAG = frozenset({"role:economic"})


@dataclass(frozen=True)
class Ask:
    """Ask Petra who signs above five thousand."""

    uses: frozenset[str] = NONE
    removes: frozenset[str] = FLAG
    secures: str = "Who signs above five thousand"
    who: str = "Maria, with Petra Lang"


@pytest.mark.parametrize(
    ("uses", "removes", "breaks", "both"),
    [
        (NONE, NONE, True, False),
        (ONE, NONE, False, False),
        (NONE, FLAG, False, False),
        (ONE, FLAG, False, True),
    ],
)
def test_an_action_uses_a_strength_or_removes_a_red_flag_and_best_of_all_both(
    uses: frozenset[str], removes: frozenset[str], breaks: bool, both: bool
):
    action = Ask(uses, removes)

    assert breaks_ground_rule(action) is breaks
    assert (Refusal.NO_TRACE in refusals(action)) is breaks
    assert does_both(action) is both


def test_what_says_who_and_what_it_secures_is_an_action():
    assert refusals(Ask()) == []


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t"])
def test_an_action_that_secures_nothing_or_names_nobody_is_none(nothing: str):
    assert refusals(replace(Ask(), secures=nothing)) == [Refusal.SECURES_NOTHING]
    assert refusals(replace(Ask(), who=nothing)) == [Refusal.NOBODY]


def test_everything_that_is_wrong_is_said_at_once():
    assert refusals(Ask(NONE, NONE, "", "")) == [Refusal.NO_TRACE, Refusal.SECURES_NOTHING, Refusal.NOBODY]
