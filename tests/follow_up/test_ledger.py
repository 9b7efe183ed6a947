"""Whom may I write to today, and why: promises and answers sorted into the days of a seller."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.follow_up.ledger import Ledger, ledger
from app.shared_plan.calendar.working_days import next_working_day
from app.shared_plan.commitment import Kind, Side

TODAY = date(2026, 11, 26)  # a Thursday
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Promise:
    day: date
    promised_by: Side
    step_id: int = 1
    kind: Kind = Kind.DO
    quiet_until: date | None = None


@dataclass(frozen=True)
class Answer:
    ask_again_on: date | None = None
    step_id: int = 2
    quiet_until: date | None = None


def section_of(sorted_out: Ledger) -> str:
    (found,) = [name for name in ("waiting", "late", "today", "week", "later") if getattr(sorted_out, name)]
    return found


@pytest.mark.parametrize(
    ("days", "ours", "theirs"),
    [
        (-2, "late", "today"),
        (-1, "late", "today"),
        (0, "today", "today"),
        (1, "week", "week"),
        (7, "week", "week"),
        (8, "later", "later"),
    ],
)
def test_a_promise_stands_where_its_day_is(days: int, ours: str, theirs: str):
    day = TODAY + days * DAY

    assert section_of(ledger([], [Promise(day, Side.SELLER)], TODAY)) == ours
    assert section_of(ledger([], [Promise(day, Side.BUYER)], TODAY)) == theirs


def test_an_answer_waits_above_everything():
    assert section_of(ledger([Answer()], [], TODAY)) == "waiting"


@pytest.mark.parametrize(("days", "section"), [(-1, "today"), (0, "today"), (3, "week"), (30, "later")])
def test_who_asked_to_be_left_alone_until_a_day_is_left_alone_until_then(days: int, section: str):
    sorted_out = ledger([Answer(TODAY + days * DAY)], [], TODAY)

    assert section_of(sorted_out) == section
    assert getattr(sorted_out, section)[0].is_asking_again


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 11, 25), None),  # yesterday: open since this morning
        (date(2026, 11, 26), date(2026, 11, 27)),
        (date(2026, 11, 27), date(2026, 11, 30)),  # Friday: not before Monday
        (date(2026, 11, 28), date(2026, 11, 30)),
    ],
)
def test_writing_about_what_they_owe_opens_the_next_working_day(day: date, opens: date | None):
    sorted_out = ledger([], [Promise(day, Side.BUYER)], TODAY)

    assert [line.write_on for line in (*sorted_out.today, *sorted_out.week)] == [opens]


def test_what_we_owe_is_written_about_at_any_time():
    assert ledger([], [Promise(TODAY, Side.SELLER)], TODAY).today[0].write_on is None


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_the_next_working_day_is_no_weekend_and_at_most_three_days_off(day: date):
    following = next_working_day(day)

    assert following.weekday() < 5
    assert DAY <= following - day <= 3 * DAY


PROMISES = st.builds(
    Promise, st.dates(date(2026, 10, 1), date(2027, 1, 31)), st.sampled_from(Side), st.integers(1, 9)
)
ANSWERS = st.builds(Answer, st.none() | st.dates(date(2026, 10, 1), date(2027, 1, 31)), st.integers(10, 19))


@given(st.lists(ANSWERS), st.lists(PROMISES))
def test_nothing_is_lost_and_every_section_is_in_the_order_of_its_days(
    answers: list[Answer], promises: list[Promise]
):
    found = ledger(answers, promises, TODAY)

    lines = [*found.late, *found.today, *found.week, *found.later]
    assert len(found.waiting) + len(lines) == len(answers) + len(promises)
    for section in (found.late, found.today, found.week, found.later):
        days = [(line.day, line.row.step_id) for line in section]
        assert days == sorted(days)


def test_an_empty_day_says_so_kindly():
    empty = ledger([], [], TODAY)

    assert (empty.is_empty, empty.headline(), empty.next) == (True, "Nobody waits for you today", None)


def test_the_day_is_told_in_a_sentence():
    late, due = Promise(TODAY - DAY, Side.SELLER), Promise(TODAY, Side.BUYER)

    assert ledger([Answer()], [late, due], TODAY).headline() == (
        "One waits for your answer, one promise of yours is late, one for today"
    )
    assert ledger([Answer()] * 2, [late] * 7, TODAY).headline() == (
        "Two wait for your answer, 7 promises of yours are late"
    )


def test_what_comes_next_is_the_first_day_ahead():
    far, near = Promise(TODAY + 20 * DAY, Side.BUYER), Promise(TODAY + 2 * DAY, Side.SELLER)

    assert ledger([], [far, near], TODAY).next.row is near


def test_a_talk_is_ours_to_turn_up_for_whoever_offered_it():
    talk = Promise(TODAY, Side.BUYER, kind=Kind.TALK)

    (line,) = ledger([], [talk], TODAY).today

    assert line.is_ours
    assert line.write_on is None


def test_quiet_moves_what_they_owe_to_its_end_and_leaves_what_we_owe():
    quiet = TODAY + 20 * DAY
    theirs = Promise(TODAY, Side.BUYER, quiet_until=quiet)
    ours = Promise(TODAY, Side.SELLER, quiet_until=quiet)

    sorted_out = ledger([Answer(TODAY, quiet_until=quiet)], [theirs, ours], TODAY)

    assert [line.row for line in sorted_out.today] == [ours]
    assert [line.day for line in sorted_out.later] == [quiet, quiet]


def test_quiet_that_is_over_changes_nothing():
    past = Promise(TODAY, Side.BUYER, quiet_until=TODAY - DAY)

    assert ledger([], [past], TODAY).today[0].day == TODAY
