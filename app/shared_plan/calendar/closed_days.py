"""Public holidays where a plan's zone lies, and why a day is no working day: hinted at, never refused.

Apart from working_days.py, which is pure: the calendars are a library's, slow to load and loaded when used.
A zone tells the country and no more, so what only a part of it keeps (Epiphany in Bavaria) is not known.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.core import get_global

from app.shared_plan.calendar.working_days import SATURDAY, nearest_working_days

NOWHERE = ("001", "ZZ")  # the world and no known country, as CLDR writes it


@dataclass(frozen=True)
class Holidays(Container[date]):
    """The national ones of a country, read year by year; none where the country is not known."""

    country: str | None
    language: str = "en"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and bool(self.get(day))

    def get(self, day: date, default: str = "") -> str:
        """The holiday's name, in the language if the calendar has it, else in the country's own."""
        return (
            _holidays_of(self.country, self.language, day.year).get(day, default) if self.country else default
        )


@dataclass(frozen=True)
class ClosedDay:
    day: date
    is_weekend: bool
    holiday: str  # its name, or ""
    before: date  # the nearest working days
    after: date


def why_closed(day: date, zone: str, language: str = "en") -> ClosedDay | None:
    """None for a working day."""
    holidays = holidays_in(zone, language)
    around = nearest_working_days(day, holidays)
    return around and ClosedDay(day, day.weekday() >= SATURDAY, holidays.get(day), *around)


def holidays_in(zone: str, language: str = "en") -> Holidays:
    return Holidays(country_of(zone), language)


def country_of(zone: str) -> str | None:
    """The two letters of the country a time zone lies in, by its present or an earlier name."""
    territories = get_global("zone_territories")
    country = territories.get(zone) or territories.get(get_global("zone_aliases").get(zone, ""))
    return None if country in NOWHERE else country


@lru_cache(maxsize=1000)
def _holidays_of(country: str, language: str, year: int) -> Mapping[date, str]:
    """One year: the library's own growing calendar shows other threads a year before it is filled."""
    import holidays

    try:
        spoken = _spoken_in(country, language)
        return dict(holidays.country_holidays(country, years=year, expand=False, language=spoken))
    except NotImplementedError:
        return {}


@lru_cache(maxsize=1000)
def _spoken_in(country: str, language: str) -> str | None:
    """The calendar's name for the reader's language, or its default: left open, the environment decides."""
    import holidays

    calendar = holidays.country_holidays(country)
    known = (calendar.default_language, *calendar.supported_languages)
    fits = (name for name in known if name and name.partition("_")[0] == language)
    return next(fits, calendar.default_language)
