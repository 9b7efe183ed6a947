"""Candidates that the record suggests, and the one thing to find out when there is time for no more."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.call.proposals import MOST, Proposal, one_thing, proposals
from app.call.routes.actions import ActionForm
from app.deal.position.influence import GLOSS, Area, BuyingRole
from app.deal.position.red_flags import Cause, Flag, Influence, Position, raised
from app.deal.tables import OwnFlag
from tests.cast import today
from tests.databases import longest

NO_MONEY = Flag("role:economic", Area.COVERAGE, "Economic role uncovered", ("Nobody is known.",), rank=0)
TWO_NAMES = Flag("role:economic:two", Area.COVERAGE, "Two names", ("Petra and Jonas.",), rank=0)
NO_GAP = Flag("gap", Area.OBJECTIVE, "No gap stated", ("Nothing they said states it.",), rank=1)
NO_RIVAL = Flag("competition", Area.COMPETITION, "No alternative considered", ("None was.",), rank=3)
JONAS = Flag("person:2", Area.MODES, "Jonas Weber", ("Their mode is unknown.",), rank=3, subject=2)
PETRA = Flag("person:1", Area.WINS, "Petra Lang", ("What they win by it is unknown.",), rank=0, subject=1)
FLAGS = [NO_MONEY, TWO_NAMES, PETRA, NO_GAP, JONAS, NO_RIVAL]
SIGNS = ("strength:1", "Shows who signs")
FASTER = ("strength:2", "Two days instead of nine")
STRENGTHS = [SIGNS, FASTER]

SOME_FLAGS = st.lists(st.sampled_from(FLAGS), unique=True)
SOME_STRENGTHS = st.lists(st.sampled_from(STRENGTHS), unique=True)
TRACED = st.sets(st.sampled_from([*(flag.key for flag in FLAGS), *(key for key, _ in STRENGTHS)]))
MEETING = st.sets(st.sampled_from([1, 2, 3]))


def traced_by(one: Proposal) -> str:
    return one.removes or one.uses


@given(SOME_FLAGS, SOME_STRENGTHS, TRACED)
def test_each_open_flag_without_an_action_is_proposed_then_each_strength_not_used(
    flags: list[Flag], strengths: list[tuple[str, str]], traced: set[str]
):
    keys = [flag.key for flag in flags] + [key for key, _ in strengths]

    found = proposals(flags, strengths, traced)

    assert [traced_by(one) for one in found] == [key for key in keys if key not in traced][:MOST]


@given(SOME_FLAGS, SOME_STRENGTHS)
def test_a_proposal_removes_a_flag_or_uses_a_strength_and_leaves_the_rest_to_the_seller(
    flags: list[Flag], strengths: list[tuple[str, str]]
):
    found = proposals(flags, strengths, set())

    assert all(one.words and bool(one.removes) is not bool(one.uses) for one in found)
    assert all(one.uses.startswith("strength:") is bool(one.uses) for one in found)
    assert {field.name for field in fields(Proposal)} == {"words", "removes", "uses"}


def test_no_more_are_proposed_than_one_can_look_through():
    assert len(proposals(FLAGS, STRENGTHS, set())) == MOST < len(FLAGS) + len(STRENGTHS)


def test_where_all_is_traced_nothing_is_proposed():
    assert proposals([NO_GAP], [SIGNS], {"gap", "strength:1"}) == []


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        (NO_MONEY, "Find out who releases the money for this."),
        (TWO_NAMES, "Find out who releases the money for this."),
        (JONAS, "Find out about Jonas Weber: their mode is unknown."),
        (NO_GAP, "Find out: no gap stated."),
    ],
)
def test_a_flag_is_proposed_as_something_to_find_out(flag: Flag, words: str):
    assert proposals([flag], [], set()) == [Proposal(words, removes=flag.key)]


def test_a_strength_is_proposed_as_something_to_show():
    assert proposals([], [SIGNS], set()) == [Proposal("Show: Shows who signs", uses="strength:1")]


@pytest.mark.parametrize("role", [BuyingRole.USER, BuyingRole.TECHNICAL, BuyingRole.COACH])
def test_of_an_uncovered_role_one_asks_who_it_is(role: BuyingRole):
    flag = next(flag for flag in raised(Position(today())) if flag.key == f"role:{role}")

    (proposal,) = proposals([flag], [], set())

    assert proposal.words.startswith("Find out who")
    assert proposal.words.endswith(f" {GLOSS[role]}.")


@pytest.mark.parametrize("words", ["Jonas leaves in March", "SAP comes first.", "IT screens it out"])
def test_the_seller_s_own_words_come_back_as_they_were_written(words: str):
    own = Flag("own:1", Area.COVERAGE, words, ("You raised it.",), Cause.SELLER, 2, 1)

    (proposal,) = proposals([own], [], set())

    assert proposal.words == f"Find out: {words.rstrip('.')}."


def test_a_proposal_fits_the_form_that_it_begins():
    words = "x" * longest(OwnFlag, "words")
    own = Flag("own:1", Area.COVERAGE, words, ("You raised it.",), Cause.SELLER, 2, 1)

    for one in proposals([own], [("strength:1", words)], set()):
        ActionForm(words=one.words)


def test_when_nothing_is_flagged_one_asks_what_has_changed():
    assert one_thing([], {1, 2}) == "Nothing is flagged: ask what has changed since you last spoke."


@pytest.mark.parametrize(
    ("flags", "there", "asks"),
    [
        ([NO_MONEY, JONAS, NO_GAP], {2}, NO_MONEY),  # the money comes before whoever is there
        ([NO_GAP, NO_RIVAL, JONAS], {2}, JONAS),
        ([NO_GAP, JONAS], {9}, NO_GAP),  # of somebody who is not there one cannot ask
        ([PETRA, NO_GAP, JONAS], {2}, JONAS),
        ([PETRA, NO_GAP, JONAS], {1, 2}, PETRA),
        ([PETRA, NO_GAP], set(), PETRA),  # nobody is known to be there
        ([NO_RIVAL], {1}, NO_RIVAL),
    ],
)
def test_one_finds_out_what_weighs_most_of_whoever_is_there(flags: list[Flag], there: set[int], asks: Flag):
    assert one_thing(flags, there) == proposals([asks], [], set())[0].words


@given(SOME_FLAGS, MEETING)
def test_the_one_thing_is_one_of_those_that_are_open(flags: list[Flag], there: set[int]):
    open_ones = {one.words for flag in flags for one in proposals([flag], [], set())}

    asked = one_thing(flags, there)

    assert asked in open_ones or not flags


@given(st.sets(st.sampled_from(BuyingRole)), MEETING)
def test_while_nobody_releases_the_money_that_is_the_one_thing(roles: set[BuyingRole], there: set[int]):
    somebody = Influence(1, "Jonas Weber", frozenset(roles - {BuyingRole.ECONOMIC}))

    flags = raised(Position(today(), influences=[somebody]))

    assert one_thing(flags, there) == "Find out who releases the money for this."
