"""Counting in working days: weekends and the days given as holidays do not count. Pure."""

from collections.abc import Container
from datetime import date, timedelta

SATURDAY = 5


def is_working(day: date, holidays: Container[date] = ()) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Container[date] = ()) -> date:
    """The first working day after `day`."""
    return working_days_after(day, 1, holidays)


def working_days_after(day: date, count: int, holidays: Container[date] = ()) -> date:
    """The working day that is `count` of them after `day`; a negative count goes back."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working(day, holidays):
            day += step
    return day


def nearest_working_days(day: date, holidays: Container[date] = ()) -> tuple[date, date] | None:
    """The working days before and after a day that is none; None when it is one."""
    if is_working(day, holidays):
        return None
    return working_days_after(day, -1, holidays), working_days_after(day, 1, holidays)


def slack(start: date, end: date, holidays: Container[date] = ()) -> int:
    """Working days between two days, the end counted; negative when the end comes first."""
    if end < start:
        return -slack(end, start, holidays)
    days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(is_working(day, holidays) for day in days)
