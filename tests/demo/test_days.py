"""The demo's calendar."""

from datetime import UTC, date, datetime

import pytest

from app.demo.days import instant, next_of, working_day

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("today", "count", "day"),
    [
        (FRIDAY, 1, MONDAY),
        (SATURDAY, 1, MONDAY),
        (MONDAY, -1, FRIDAY),
        (FRIDAY, 5, date(2026, 11, 27)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
    ],
)
def test_days_are_counted_over_the_weekend(today: date, count: int, day: date):
    assert working_day(today, count) == day


def test_today_is_today_even_on_a_saturday():
    assert working_day(SATURDAY, 0) == SATURDAY


def test_a_clock_is_the_plans_own():
    assert instant(date(2026, 7, 1), "09:40", "Europe/Berlin") == datetime(2026, 7, 1, 7, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 21), date(2027, 3, 1)),
        (date(2027, 2, 20), date(2028, 3, 1)),
        (date(2026, 1, 30), date(2026, 3, 1)),
    ],
)
def test_a_goal_lies_far_enough_ahead(today: date, day: date):
    assert next_of(3, 1, today) == day
