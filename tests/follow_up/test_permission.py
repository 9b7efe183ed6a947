"""What entitles the seller to write, and from which day on."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.follow_up.permission import Occasion, grounds, opens_on
from app.shared_plan.commitment import Kind, Side

FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 30)


@dataclass(frozen=True)
class Promise:
    day: date = FRIDAY
    promised_by: Side = Side.SELLER
    kind: Kind = Kind.DO
    quiet_until: date | None = None
    step_id: int = 1


@dataclass(frozen=True)
class Answer:
    ask_again_on: date | None = None
    quiet_until: date | None = None
    step_id: int = 2


def first_day(answers: list[Answer], promises: list[Promise]) -> tuple[Occasion, date]:
    (ground,) = grounds(answers, promises)
    return ground.occasion, ground.opens_on


def test_our_promise_may_be_kept_on_any_day():
    assert first_day([], [Promise()]) == (Occasion.OURS, date.min)


def test_asking_about_theirs_opens_the_working_day_after_it_was_due():
    assert first_day([], [Promise(promised_by=Side.BUYER)]) == (Occasion.THEIRS, MONDAY)


@pytest.mark.parametrize("offered_by", Side)
def test_a_talk_entitles_on_its_day_whoever_offered_it(offered_by: Side):
    assert first_day([], [Promise(promised_by=offered_by, kind=Kind.TALK)]) == (Occasion.TALK, FRIDAY)


def test_a_day_they_named_entitles_from_that_day():
    assert first_day([Answer(ask_again_on=MONDAY)], []) == (Occasion.NAMED_DAY, MONDAY)


def test_who_waits_for_an_answer_may_be_answered_at_once_even_in_the_quiet():
    assert first_day([Answer(quiet_until=MONDAY)], []) == (Occasion.ANSWER, date.min)


@pytest.mark.parametrize("promise", [Promise(), Promise(promised_by=Side.BUYER), Promise(kind=Kind.TALK)])
def test_an_agreed_quiet_holds_everything_else_back(promise: Promise):
    quiet = Promise(promise.day, promise.promised_by, promise.kind, quiet_until=FRIDAY + timedelta(days=30))

    (ground,) = grounds([], [quiet])

    assert ground.opens_on == quiet.quiet_until
    assert ground.is_quiet


def test_without_an_answer_or_a_promise_there_is_no_reason():
    assert grounds([], []) == []


DAYS = st.dates(date(2026, 10, 1), date(2027, 1, 31))
PROMISES = st.builds(Promise, DAYS, st.sampled_from(Side), st.sampled_from(Kind), st.none() | DAYS)
ANSWERS = st.builds(Answer, st.none() | DAYS, st.none() | DAYS)


@given(st.lists(ANSWERS, max_size=4), st.lists(PROMISES, max_size=4))
def test_every_reason_is_listed_once_in_the_order_in_which_they_open(
    answers: list[Answer], promises: list[Promise]
):
    found = grounds(answers, promises)

    assert len(found) == len(answers) + len(promises)
    assert [ground.opens_on for ground in found] == sorted(ground.opens_on for ground in found)


@given(PROMISES, st.sampled_from(Occasion))
def test_nobody_is_asked_about_their_promise_before_its_day_is_over(promise: Promise, occasion: Occasion):
    if occasion is Occasion.THEIRS:
        assert opens_on(occasion, promise) > promise.day
