"""A talk has its time by the plan's clock, and beside it by the reader's own where the two differ."""

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from app.pages import spoken_day
from tests.browser.people import Jonas, Maria
from tests.browser.windows import Windows
from tests.cast import in_days

BERLIN = ZoneInfo("Europe/Berlin")
TALK = datetime.combine(in_days(3), time(14, 30), BERLIN)


@pytest.fixture
def talk(jonas: Jonas, maria: Maria) -> None:
    """The third step: a talk at half past two, Berlin time."""
    maria.describes_plan(time_zone="Europe/Berlin")
    maria.proposes_talk(due_on=str(TALK.date()))


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu"])
def test_the_readers_own_time_stands_beside_the_plans(windows: Windows, talk: None, jonas: Jonas, zone: str):
    page = jonas.opens(windows.phone(timezone_id=zone))

    own = TALK.astimezone(ZoneInfo(zone))
    expect(clock(page)).to_have_text(f"14:30 Berlin time ({own:%H:%M} where you are)")


def test_where_the_reader_has_another_day_it_is_said(windows: Windows, talk: None, jonas: Jonas):
    page = jonas.opens(windows.phone(timezone_id="Pacific/Kiritimati"))

    own = TALK.astimezone(ZoneInfo("Pacific/Kiritimati"))
    expect(clock(page)).to_contain_text(
        re.compile(rf"\({own:%a}.*\b{own.day}\b.*{own:%H:%M} where you are\)")
    )


def test_the_readers_own_day_is_written_like_every_other_day(windows: Windows, talk: None, jonas: Jonas):
    page = jonas.opens(windows.phone(timezone_id="Pacific/Kiritimati"))

    own = TALK.astimezone(ZoneInfo("Pacific/Kiritimati"))
    expect(clock(page)).to_contain_text(spoken_day(own.date(), "en"), timeout=1_000)


def test_equal_clocks_are_said_once(windows: Windows, talk: None, jonas: Jonas):
    page = jonas.opens(windows.phone(timezone_id="Europe/Paris"))

    expect(page.locator("time[data-zone]")).to_have_count(0)
    expect(clock(page)).to_have_text("14:30 Berlin time")


def test_the_own_time_is_there_after_an_answer_too(windows: Windows, talk: None, jonas: Jonas):
    page = jonas.opens(windows.phone(timezone_id="Europe/London"))
    page.locator("#step-3").get_by_role("button", name="Yes, ").click()
    page.get_by_label("I am Jonas Weber").check()

    page.get_by_role("button", name="Send my answer").click()

    expect(page.locator("#step-3")).to_contain_text("Both said yes")
    own = TALK.astimezone(ZoneInfo("Europe/London"))
    expect(clock(page)).to_have_text(f"14:30 Berlin time ({own:%H:%M} where you are)")


def test_the_own_time_is_there_once_on_a_screen_that_keeps_itself_fresh(
    windows: Windows, talk: None, jonas: Jonas, maria: Maria
):
    screen = maria.opens(windows.desktop(timezone_id="Europe/London"), f"{maria.plan}/on-the-call")

    jonas.elsewhere().acts(3, "yes")
    expect(screen.locator("#step-3")).to_contain_text("Both said yes")

    own = TALK.astimezone(ZoneInfo("Europe/London"))
    expect(clock(screen)).to_have_text(f"14:30 Berlin time ({own:%H:%M} where you are)")


def test_without_script_the_plans_own_clock_is_named(windows: Windows, talk: None, jonas: Jonas):
    page = jonas.opens(windows.phone(script=False, timezone_id="Europe/London"))

    expect(clock(page)).to_have_text("14:30 Berlin time")
    expect(clock(page)).to_have_attribute("datetime", f"{TALK.astimezone(UTC):%Y-%m-%dT%H:%MZ}")


def clock(page: Page):
    return page.locator("#step-3 time")
