"""Public holidays by time zone, and why a day is no working day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import known_zones
from app.shared_plan.calendar.closed_days import ClosedDay, country_of, holidays_in, why_closed
from app.shared_plan.calendar.working_days import is_working, next_working_day

CHRISTMAS = date(2026, 12, 25)


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("America/Los_Angeles", "US"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("US/Eastern", "US"),
        ("UTC", None),
        ("Etc/GMT+5", None),
        ("Mars/Olympus", None),
    ],
)
def test_a_zone_tells_the_country_by_any_of_its_names(zone: str, country: str | None):
    assert country_of(zone) == country


def test_a_holiday_is_named_in_the_readers_language():
    assert holidays_in("Europe/Berlin", "en").get(CHRISTMAS) == "Christmas Day"
    assert holidays_in("Europe/Berlin", "de").get(CHRISTMAS) == "Erster Weihnachtstag"


def test_where_the_calendar_lacks_the_language_it_names_the_holiday_in_its_own(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("LANGUAGE", "th")

    assert holidays_in("America/New_York", "de").get(date(2026, 11, 26)) == "Thanksgiving Day"


def test_english_is_that_of_the_country():
    assert holidays_in("Europe/London", "en").get(date(2026, 12, 28)) == "Boxing Day (observed)"


def test_a_holiday_of_a_part_of_the_country_does_not_close_the_day():
    assert date(2026, 1, 6) not in holidays_in("Europe/Berlin")


def test_a_day_off_in_lieu_is_found_in_the_year_before_the_holiday():
    assert date(2027, 12, 31) in holidays_in("America/New_York")


def test_a_zone_of_no_country_has_no_holidays():
    assert CHRISTMAS not in holidays_in("UTC")
    assert holidays_in("UTC").get(CHRISTMAS) == ""


def test_working_days_are_counted_around_holidays():
    assert next_working_day(date(2026, 12, 24), holidays_in("Europe/Berlin")) == date(2026, 12, 28)


def test_a_weekend_is_closed_with_the_working_days_around_it():
    assert why_closed(date(2026, 11, 28), "Europe/Berlin") == ClosedDay(
        date(2026, 11, 28), is_weekend=True, holiday="", before=date(2026, 11, 27), after=date(2026, 11, 30)
    )


def test_a_holiday_is_closed_by_its_name():
    assert why_closed(CHRISTMAS, "Europe/Berlin", "de") == ClosedDay(
        CHRISTMAS, False, "Erster Weihnachtstag", before=date(2026, 12, 24), after=date(2026, 12, 28)
    )


def test_a_holiday_on_a_weekend_is_both():
    closed = why_closed(date(2026, 10, 3), "Europe/Berlin")

    assert closed
    assert (closed.is_weekend, closed.holiday) == (True, "German Unity Day")


def test_a_working_day_is_not_closed():
    assert why_closed(date(2026, 11, 27), "Europe/Berlin") is None


@pytest.mark.filterwarnings("ignore:Requested Holidays are available")
@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(sorted(known_zones())),
    st.sampled_from(["en", "de", "fr", ""]),
)
def test_any_day_anywhere_is_a_working_day_or_has_one_on_each_side(day: date, zone: str, language: str):
    closed = why_closed(day, zone, language)

    assert (closed is None) == is_working(day, holidays_in(zone, language))
    if closed:
        assert closed.is_weekend or closed.holiday
        assert closed.before < day < closed.after <= day + timedelta(days=20)


@pytest.mark.filterwarnings("ignore:Requested Holidays are available")
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo", "UTC", "America/Sao_Paulo"])
def test_the_last_days_of_2099_are_days_like_any_other(zone: str):
    days = [date(2099, 12, 1) + timedelta(days=days) for days in range(31)]

    closed = [why_closed(day, zone) for day in days]

    assert all(one.after <= other.after for one, other in pairwise(filter(None, closed)))
