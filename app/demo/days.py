"""The demo's calendar: it counts working days, so that nobody promises anything for a Sunday. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5
FAR_ENOUGH = timedelta(days=30)  # a goal lies at least this far ahead


def working_day(today: date, count: int) -> date:
    """`count` working days after today, before it where negative; 0 is today, whatever day that is."""
    step, day = timedelta(days=1 if count > 0 else -1), today
    for _ in range(abs(count)):
        day += step
        while day.weekday() >= SATURDAY:
            day += step
    return day


def instant(day: date, clock: str, zone: str) -> datetime:
    """When a clock in `zone` shows `clock` ("09:40") on that day."""
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone)).astimezone(UTC)


def next_of(month: int, day: int, today: date) -> date:
    """The next such day of the year that leaves a plan time to get there."""
    days = (date(today.year + later, month, day) for later in range(3))
    return next(one for one in days if one >= today + FAR_ENOUGH)
