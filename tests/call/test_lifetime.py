"""A plan lives until its call has happened; a moved or missed call keeps it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.call.lifetime import CallOver, Doing, Stage, When, minutes_left, must_be_allowed, stage

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
THURSDAY = date(2026, 11, 26)
CALL = When(THURSDAY, time(14), BERLIN)
BEGINS = datetime(2026, 11, 26, 13, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # Berlin's clocks change at 01:00 UTC


@pytest.mark.parametrize(
    ("happened", "learned", "now", "where"),
    [
        (None, None, BEGINS - SECOND, Stage.AHEAD),
        (None, None, BEGINS, Stage.ASKED),
        (None, None, BEGINS + 90 * 24 * HOUR, Stage.ASKED),  # nobody said so: it has not happened
        (BEGINS, None, BEGINS, Stage.OVER),
        (BEGINS - 2 * HOUR, None, BEGINS - HOUR, Stage.OVER),  # calls happen early, too
        (BEGINS, BEGINS + HOUR, BEGINS + HOUR, Stage.LEARNED),
    ],
)
def test_a_call_is_over_when_the_seller_says_that_it_happened(
    happened: datetime | None, learned: datetime | None, now: datetime, where: Stage
):
    assert stage(CALL, happened, learned, now) is where


ALLOWED = {
    (Stage.AHEAD, Doing.PREPARE),
    (Stage.AHEAD, Doing.MOVE),
    (Stage.AHEAD, Doing.SAY_IT_HAPPENED),
    (Stage.ASKED, Doing.PREPARE),
    (Stage.ASKED, Doing.MOVE),
    (Stage.ASKED, Doing.SAY_IT_HAPPENED),
    (Stage.OVER, Doing.DEBRIEF),
}


@pytest.mark.parametrize(("at", "deed"), list(product(Stage, Doing)))
def test_each_stage_allows_what_is_its_own(at: Stage, deed: Doing):
    if (at, deed) in ALLOWED:
        must_be_allowed(deed, at)
    else:
        with pytest.raises(CallOver):
            must_be_allowed(deed, at)


CALLS = st.builds(
    When,
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.none() | st.times(),
    st.sampled_from([BERLIN, NEW_YORK, "UTC", "Asia/Kolkata", "Pacific/Apia"]),
)
NOWS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(CALLS, CALLS, NOWS)
def test_a_missed_and_moved_call_keeps_its_plan(was: When, moved: When, now: datetime):
    for when in (was, moved):
        at = stage(when, None, None, now)

        assert at in (Stage.AHEAD, Stage.ASKED)
        must_be_allowed(Doing.PREPARE, at)
        must_be_allowed(Doing.MOVE, at)


@given(CALLS, NOWS)
def test_a_call_that_happened_is_over_wherever_its_day_is(when: When, now: datetime):
    assert stage(when, now, None, now) is Stage.OVER
    assert stage(when, now, now, now) is Stage.LEARNED


def test_moving_a_missed_call_to_tomorrow_puts_it_ahead_again():
    late = BEGINS + HOUR
    assert stage(CALL, None, None, late) is Stage.ASKED

    moved = When(THURSDAY + timedelta(days=1), CALL.at, CALL.zone)

    assert stage(moved, None, None, late) is Stage.AHEAD


@pytest.mark.parametrize(
    ("when", "begins"),
    [
        (When(THURSDAY, time(14), BERLIN), datetime(2026, 11, 26, 13, tzinfo=UTC)),
        (When(THURSDAY, time(14), NEW_YORK), datetime(2026, 11, 26, 19, tzinfo=UTC)),
        (When(SPRING - timedelta(days=1), time(9), BERLIN), datetime(2026, 3, 28, 8, tzinfo=UTC)),
        (When(SPRING, time(9), BERLIN), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (When(SPRING, time(2, 30), BERLIN), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # no such hour
        (When(AUTUMN - timedelta(days=1), time(9), BERLIN), datetime(2026, 10, 24, 7, tzinfo=UTC)),
        (When(AUTUMN, time(9), BERLIN), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        (When(AUTUMN, time(2, 30), BERLIN), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice: the first
    ],
)
def test_a_call_begins_by_the_clock_of_those_who_meet(when: When, begins: datetime):
    assert when.instant.astimezone(UTC) == begins
    assert stage(when, None, None, begins - SECOND) is Stage.AHEAD
    assert stage(when, None, None, begins) is Stage.ASKED
    assert minutes_left(when, begins - 5 * MINUTE) == 5


def test_without_a_time_it_is_asked_about_when_the_day_ends_where_they_meet():
    some_time = When(THURSDAY, None, NEW_YORK)

    assert stage(some_time, None, None, datetime(2026, 11, 27, 4, 58, tzinfo=UTC)) is Stage.AHEAD
    assert stage(some_time, None, None, datetime(2026, 11, 27, 5, 0, tzinfo=UTC)) is Stage.ASKED


@pytest.mark.parametrize(
    ("before", "minutes"),
    [
        (timedelta(days=1, minutes=1), None),  # more than a day off: no hurry to tell
        (timedelta(days=1), 1440),
        (HOUR, 60),
        (HOUR - SECOND, 59),  # whole minutes only: nobody has the sixtieth
        (59 * SECOND, 0),
        (timedelta(0), 0),
        (-3 * HOUR, 0),
    ],
)
def test_whole_minutes_are_left_until_it_begins(before: timedelta, minutes: int | None):
    assert minutes_left(CALL, BEGINS - before) == minutes


def test_without_a_time_nobody_knows_the_minutes():
    assert minutes_left(When(THURSDAY, None, BERLIN), BEGINS) is None


@pytest.mark.parametrize(
    ("day", "now", "minutes"),
    [
        (SPRING, datetime(2026, 3, 28, 8, tzinfo=UTC), 23 * 60),  # nine to nine, one hour lost
        (AUTUMN, datetime(2026, 10, 24, 7, tzinfo=UTC), None),  # nine to nine, 25 hours
        (AUTUMN, datetime(2026, 10, 24, 8, tzinfo=UTC), 24 * 60),
        (AUTUMN, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 7 * 60 + 30),
    ],
)
def test_the_minutes_left_are_real_ones_when_the_clocks_change(day: date, now: datetime, minutes: int | None):
    assert minutes_left(When(day, time(9), BERLIN), now) == minutes
