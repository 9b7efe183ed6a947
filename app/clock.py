"""The one place that asks what time it is; everything else is told. Standard library only."""

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones


def right_now() -> datetime:
    return datetime.now(UTC)


def day_in(zone: str, at: datetime) -> date:
    """The calendar day that people in `zone` read off at the instant `at`."""
    return at.astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Time-zone keys that may be stored: `ZoneInfo` itself accepts paths and raises on odd ones."""
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
