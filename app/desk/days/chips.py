"""The days a seller most often means, one tap each. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

THURSDAY, FRIDAY, SATURDAY = 3, 4, 5


@dataclass(frozen=True)
class Chip:
    day: date
    words: str
    is_usual: bool = False


def chips(today: date) -> list[Chip]:
    """Tomorrow, Thursday, Friday and a week from now, none twice, none on a weekend but tomorrow."""
    week = after_weekend(today + timedelta(days=7))
    meant = [
        (today + timedelta(days=1), "Tomorrow"),
        *((day, f"{day:%a} {day.day}") for day in (_next(today, THURSDAY), _next(today, FRIDAY), week)),
    ]
    days = dict(reversed(meant))
    return [Chip(day, words, day == week) for day, words in sorted(days.items())]


def after_weekend(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day


def _next(today: date, weekday: int) -> date:
    """The next such weekday that is at least two days off."""
    return today + timedelta(days=(weekday - today.weekday() - 2) % 7 + 2)
