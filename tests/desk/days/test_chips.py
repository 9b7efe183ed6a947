"""The days a seller most often means, one tap each."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.days.chips import after_weekend, chips

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (MONDAY, ["Tomorrow", "Thu 26", "Fri 27", "Mon 30"]),
        (date(2026, 11, 25), ["Tomorrow", "Fri 27", "Wed 2", "Thu 3"]),
        (date(2026, 11, 26), ["Tomorrow", "Thu 3", "Fri 4"]),
        (date(2026, 11, 27), ["Tomorrow", "Thu 3", "Fri 4"]),
        (date(2026, 11, 28), ["Tomorrow", "Thu 3", "Fri 4", "Mon 7"]),
    ],
)
def test_the_days_offered(today: date, expected: list[str]):
    assert [chip.words for chip in chips(today)] == expected


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)))
def test_no_day_is_offered_twice_or_in_the_past(today: date):
    days = [chip.day for chip in chips(today)]

    assert days == sorted(set(days))
    assert days[0] == today + timedelta(days=1)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)))
def test_no_weekend_is_offered_but_tomorrow(today: date):
    assert all(chip.day.weekday() < 5 for chip in chips(today)[1:])


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)))
def test_exactly_one_day_is_the_usual_one_about_a_week_from_now(today: date):
    (usual,) = [chip for chip in chips(today) if chip.is_usual]

    assert timedelta(days=7) <= usual.day - today <= timedelta(days=9)


@pytest.mark.parametrize(("day", "moved"), [(27, 27), (28, 30), (29, 30), (30, 30)])
def test_a_weekend_becomes_the_monday_after_it(day: int, moved: int):
    assert after_weekend(date(2026, 11, day)) == date(2026, 11, moved)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)))
def test_a_day_is_offered_under_its_own_name(today: date):
    assert all(chip.words == f"{chip.day:%a} {chip.day.day}" for chip in chips(today)[1:])
