"""The one place that asks what time it is; everything else is told."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from fastapi import Depends


async def now() -> datetime:
    return right_now()


def right_now() -> datetime:
    return datetime.now(UTC)


Now = Annotated[datetime, Depends(now)]


def day_in(zone: str, at: datetime) -> date:
    """The calendar day that people in `zone` read off at the instant `at`."""
    return at.astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Time-zone keys that may be stored: `ZoneInfo` itself accepts paths and raises on odd ones."""
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
