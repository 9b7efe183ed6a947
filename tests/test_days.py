"""A day entered is the day shown and exported, wherever the plan, the reader and the server are."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from fastapi import FastAPI
from icalendar import Calendar
from sqlmodel import Session
from starlette.testclient import TestClient

from app import verify
from app.clock import day_in
from app.database import Database
from tests.cast import Buyer, SellerAtWork, a_workspace
from tests.markup import text_of

ZONES = [
    "Pacific/Kiritimati",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "UTC",
    "Atlantic/Azores",
    "America/Sao_Paulo",
    "America/New_York",
    "Pacific/Honolulu",
    "Pacific/Pago_Pago",
]
LEAP_DAY = date(2028, 2, 29)
# Both clock changes of Europe and of North America, and the leap day.
SPECIAL = [LEAP_DAY, date(2028, 3, 26), date(2028, 10, 29)], [LEAP_DAY, date(2028, 3, 12), date(2028, 11, 5)]
SECOND = timedelta(seconds=1)


def midnight(day: date, zone: str) -> datetime:
    """The instant at which `day` begins in `zone`."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


@contextmanager
def at(instant: datetime, server_zone: str = "UTC") -> Generator[Any]:
    """The clock stands at an instant, on a server whose own clock shows `server_zone`."""
    with time_machine.travel(instant.astimezone(ZoneInfo(server_zone)), tick=False) as clock:
        yield clock


def a_plan_with(app: FastAPI, database: Database, zone: str, days: list[date]) -> tuple[SellerAtWork, Buyer]:
    """Maria writes down a step for each day and shares them with Jonas; the plan's clock is `zone`."""
    maria = SellerAtWork(TestClient(app, follow_redirects=False), a_workspace(database))
    maria.client.post("/workspace", data={"company": "Ledgerline", "time_zone": zone, "language": "en"})
    rows = {"what_1": "", "due_on_1": "", "what_2": "", "due_on_2": ""}
    for number, day in enumerate(days, start=1):
        rows |= {f"what_{number}": f"Step {number}", f"who_{number}": "them", f"due_on_{number}": str(day)}
    maria.writes_down(**rows)
    address = maria.shares_with("Jonas Weber")
    return maria, Buyer(TestClient(app, follow_redirects=False), address)


def days_exported(jonas: Buyer, path: str = "plan.ics") -> list[tuple[date, date]]:
    whole = Calendar.from_ical(jonas.client.get(f"{jonas.path}/{path}").content)
    return [(one.decoded("dtstart"), one.decoded("dtend")) for one in whole.walk("VEVENT")]


def spelled(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_entered_is_the_day_shown_and_exported(app: FastAPI, database: Database, zone: str):
    days = SPECIAL[zone.startswith("America")]
    with at(midnight(LEAP_DAY, zone) - SECOND, server_zone=zone) as clock:
        maria, jonas = a_plan_with(app, database, zone, days)
        clock.shift(2 * SECOND)
        jonas.acts(1, "yes")

        for page in (text_of(jonas.page()), text_of(maria.page(maria.plan))):
            assert [day for day in days if spelled(day) not in page] == []
        assert days_exported(jonas) == [(day, day + timedelta(days=1)) for day in days]
        assert days_exported(jonas, "steps/1.ics") == [(LEAP_DAY, date(2028, 3, 1))]


@pytest.mark.parametrize("zone", ZONES)
def test_a_promise_is_late_from_midnight_of_the_plans_zone(app: FastAPI, database: Database, zone: str):
    day = SPECIAL[zone.startswith("America")][1]
    with at(midnight(day, zone), server_zone=ZONES[-1 - ZONES.index(zone)]) as clock:
        _, jonas = a_plan_with(app, database, zone, [day])
        jonas.acts(1, "yes")

        clock.move_to(midnight(day + timedelta(days=1), zone) - SECOND)
        in_time = text_of(jonas.page())
        clock.shift(SECOND)
        too_late = text_of(jonas.page())

    assert "late" not in in_time.casefold()
    assert f"One day late: both said yes to {spelled(day)}" in too_late


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"])
def test_the_follow_ups_of_today_begin_at_midnight_of_the_sellers_zone(
    app: FastAPI, database: Database, zone: str
):
    with at(midnight(LEAP_DAY, zone) - SECOND) as clock:
        maria, jonas = a_plan_with(app, database, zone, [LEAP_DAY])
        jonas.acts(1, "yes")

        before = text_of(maria.page("/"))
        clock.shift(SECOND)
        after = text_of(maria.page("/"))

    assert "ne for today" not in before
    assert "One for today" in after


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago"])
@pytest.mark.parametrize(("seconds", "words"), [(-1, "kept 1 of 1"), (0, "one late")])
def test_a_promise_is_kept_until_midnight_of_the_plans_zone(
    app: FastAPI, database: Database, zone: str, seconds: int, words: str
):
    with at(midnight(LEAP_DAY, zone)) as clock:
        _, jonas = a_plan_with(app, database, zone, [LEAP_DAY])
        jonas.acts(1, "yes")
        clock.move_to(midnight(date(2028, 3, 1), zone) + seconds * SECOND)

        jonas.acts(1, "done")

        assert words in text_of(jonas.page())


def test_another_zone_for_the_plan_judges_its_promises_anew(
    app: FastAPI, database: Database, session: Session
):
    with at(midnight(date(2028, 3, 1), "UTC") - SECOND):
        maria, jonas = a_plan_with(app, database, "UTC", [LEAP_DAY])
        jonas.acts(1, "yes")
        jonas.acts(1, "done")
        before = text_of(jonas.page())
        described = {"title": "Next steps", "time_zone": "Pacific/Kiritimati", "language": "en"}
        answer = maria.client.post(maria.plan, data=described)

        assert answer.status_code == 303
        assert "kept 1 of 1" in before
        assert "one late" in text_of(jonas.page())
        assert list(verify.broken(session)) == []


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Pacific/Kiritimati", 1), ("Asia/Kathmandu", 29), ("UTC", 29), ("Pacific/Pago_Pago", 28)],
)
def test_today_is_what_people_in_the_zone_read_off(zone: str, day: int):
    instant = datetime(2028, 2, 29, 10, 30, tzinfo=UTC)

    assert day_in(zone, instant).day == day


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", sorted({*SPECIAL[0], *SPECIAL[1]}), ids=str)
def test_a_day_lasts_from_midnight_to_midnight(zone: str, day: date):
    begins, ends = midnight(day, zone), midnight(day + timedelta(days=1), zone)

    assert day_in(zone, begins - SECOND) == day - timedelta(days=1)
    assert day_in(zone, begins) == day_in(zone, ends - SECOND) == day
    assert day_in(zone, ends) == day + timedelta(days=1)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_first_day_a_buyer_can_pick_is_today_in_the_plans_zone(
    app: FastAPI, database: Database, zone: str
):
    with at(midnight(LEAP_DAY, zone)):
        _, jonas = a_plan_with(app, database, zone, [date(2028, 3, 10)])

        assert set(re.findall(r'min="([\d-]+)"', jonas.page())) == {"2028-02-29"}
