"""From candidates to at most five: three questions, no quota, and not the same set twice."""

from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.call.shortlist import (
    ASKS,
    Answers,
    Question,
    Shortlisted,
    TooManyActions,
    is_same_set,
    may_choose,
    ranked,
    untouched,
)

STRENGTHS, FLAGS = ["strength:1", "strength:2"], ["role:economic", "person:2", "gap"]
PASSES = Answers(logical=True, urgent=True, doable=True)


@dataclass(frozen=True)
class Candidate:
    id: int | None
    uses: frozenset[str] = frozenset()
    removes: frozenset[str] = frozenset()
    secures: str = "Who signs above five thousand"
    who: str = "Maria, with Petra Lang"
    standing: Shortlisted = Shortlisted.CANDIDATE


TRACES = st.builds(
    Candidate,
    st.integers(1, 99),
    st.frozensets(st.sampled_from(STRENGTHS)),
    st.frozensets(st.sampled_from(FLAGS)),
)


@pytest.mark.parametrize("said", list(product([True, False, None], repeat=3)))
def test_a_candidate_passes_three_questions_or_waits(said: tuple[bool | None, ...]):
    answers = Answers(*said)

    assert answers.passes is (said == (True, True, True))
    assert answers.fails == tuple(one for one, answer in zip(Question, said, strict=True) if answer is False)


def test_a_question_nobody_asked_neither_passes_nor_fails():
    assert (Answers().passes, Answers().fails) == (False, ())


def test_each_question_is_put_in_words():
    assert [ASKS[question][-1] for question in Question] == ["?", "?", "?"]


@pytest.mark.parametrize("chosen", range(5))
def test_up_to_five_may_be_chosen(chosen: int):
    may_choose(PASSES, chosen)


@pytest.mark.parametrize("chosen", [5, 6])
def test_a_sixth_means_the_questions_were_not_asked_strictly(chosen: int):
    with pytest.raises(TooManyActions):
        may_choose(PASSES, chosen)


def test_what_fails_a_question_is_turned_down_and_takes_no_place():
    may_choose(Answers(logical=True, urgent=False, doable=True), 5)


@given(st.lists(st.sampled_from(FLAGS), unique=True), st.integers(1, 3))
def test_no_fourth_is_asked_for_when_fewer_touch_every_flag(flags: list[str], count: int):
    actions = [Candidate(one, removes=frozenset(flags[one - 1 :: count])) for one in range(1, count + 1)]

    may_choose(PASSES, count)
    assert untouched(flags, actions) == []


@given(st.lists(TRACES, max_size=5))
def test_what_no_action_touches_is_told_in_its_own_order(actions: list[Candidate]):
    removed = frozenset[str]().union(*(one.removes for one in actions))
    used = frozenset[str]().union(*(one.uses for one in actions))

    assert untouched(FLAGS, actions) == [key for key in FLAGS if key not in removed]
    assert untouched(STRENGTHS, actions) == [key for key in STRENGTHS if key not in used]


def test_a_strength_that_removes_a_flag_stands_first_then_the_order_written():
    use, remove = frozenset(STRENGTHS[:1]), frozenset(FLAGS[:1])
    candidates = [
        Candidate(4, use, remove),
        Candidate(3, removes=remove),
        Candidate(1, uses=use),
        Candidate(2, use, remove),
    ]

    assert [one.id for one in ranked(candidates)] == [2, 4, 1, 3]


WHO_SIGNS = ("Ask Petra who signs", frozenset({"role:economic"}))
STUCK = ("Show the 40 stuck invoices", frozenset({"strength:1", "gap"}))
ALONE = ("Meet Jonas alone", frozenset({"person:1"}))
SETS = st.lists(st.sampled_from([WHO_SIGNS, STUCK, ALONE]), min_size=1, unique=True)


@given(SETS.flatmap(lambda once: st.tuples(st.just(once), st.permutations(once))))
def test_the_same_set_in_another_order_is_the_same(
    sets: tuple[list[tuple[str, frozenset[str]]], list[tuple[str, frozenset[str]]]],
):
    before, now = sets

    assert is_same_set(before, now)


@pytest.mark.parametrize(
    "now",
    [
        [WHO_SIGNS],  # fewer
        [WHO_SIGNS, STUCK, ALONE],
        [WHO_SIGNS, ALONE],  # one came back
        [WHO_SIGNS, (STUCK[0], frozenset({"strength:1", "person:2"}))],  # traced anew
        [WHO_SIGNS, ("Show the nine days", STUCK[1])],
    ],
)
def test_a_set_with_anything_new_in_it_is_another(now: list[tuple[str, frozenset[str]]]):
    assert not is_same_set([WHO_SIGNS, STUCK], now)


def test_nothing_planned_is_no_repetition():
    assert not is_same_set([], [])
    assert not is_same_set([WHO_SIGNS], [])
