"""Counting in working days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shared_plan.calendar.working_days import (
    is_working,
    nearest_working_days,
    next_working_day,
    slack,
    working_days_after,
)

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)
DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))


def test_after_friday_comes_monday():
    assert next_working_day(FRIDAY) == MONDAY


def test_a_holiday_does_not_count():
    assert next_working_day(FRIDAY, holidays={MONDAY}) == date(2026, 12, 1)


def test_a_weekend_names_the_days_around_it():
    assert nearest_working_days(SATURDAY) == (FRIDAY, MONDAY)
    assert nearest_working_days(FRIDAY) is None


@pytest.mark.parametrize(
    ("start", "end", "days"), [(FRIDAY, MONDAY, 1), (MONDAY, FRIDAY, -1), (FRIDAY, FRIDAY, 0)]
)
def test_slack_counts_working_days_and_says_when_there_is_none(start: date, end: date, days: int):
    assert slack(start, end) == days


@given(DAYS, st.integers(1, 60))
def test_forth_and_back_again_ends_no_later(day: date, count: int):
    there = working_days_after(day, count)

    assert is_working(there)
    assert slack(day, there) == count
    assert working_days_after(there, -count) <= day
