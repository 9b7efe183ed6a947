"""Steps as calendar entries: whole days, stable, and harmless whatever the words are."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlmodel import Session

from app.buyer import calendar
from app.link.visits import Visit
from app.settings import Settings
from app.shared_plan import acts
from app.shared_plan.steps_now import StepNow
from app.shared_plan.words import Change
from tests.cast import Buyer, SellerAtWork
from tests.shared_plan.factories import MONDAY, THURSDAY, SharedPlan, a_plan

DAY = timedelta(days=1)


class Here:
    """The little a calendar needs of a visit."""

    plan_id, ref, title, time_zone = 1, "the-ref", "Next steps with Nordwind", "Europe/Berlin"


HERE = cast(Visit, Here())


@pytest.fixture
def plan(session: Session) -> SharedPlan:
    return a_plan(session)


def entry(step: StepNow, settings: Settings) -> Any:
    whole = calendar.calendar(HERE, [step], settings)
    (found,) = Calendar.from_ical(whole.to_ical()).walk("VEVENT")
    return found


def test_a_step_is_a_whole_day(plan: SharedPlan, settings: Settings):
    found = entry(plan.shown(plan.shares(day=THURSDAY)), settings)

    assert (found.decoded("dtstart"), found.decoded("dtend")) == (THURSDAY, THURSDAY + DAY)
    assert b"DTSTART;VALUE=DATE:20261126" in found.to_ical()


def test_a_talk_has_its_time_in_the_plans_zone_and_the_file_explains_the_zone(
    plan: SharedPlan, settings: Settings
):
    talk = plan.shown(plan.talk(time(10, 30), "https://meet.test/room", day=THURSDAY))

    whole = calendar.calendar(HERE, [talk], settings)

    found = Calendar.from_ical(whole.to_ical())
    (event,), (zone,) = found.walk("VEVENT"), found.walk("VTIMEZONE")
    assert event["dtstart"].params["TZID"] == str(zone["tzid"]) == "Europe/Berlin"
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    assert str(event["location"]) == "https://meet.test/room"
    assert "transp" not in event


def test_a_talk_that_was_moved_stands_at_the_agreed_time_until_both_said_yes(
    plan: SharedPlan, settings: Settings
):
    talk = plan.talk(time(10), day=THURSDAY)
    acts.propose(plan.deed(talk, plan.jonas), Change(due_at=time(15)))

    assert entry(plan.shown(talk), settings).decoded("dtstart").hour == 10


def test_the_agreed_day_counts_until_another_is_agreed(plan: SharedPlan, settings: Settings):
    step = plan.agrees(title="Send the invoices", day=THURSDAY)
    acts.propose(plan.deed(step, plan.jonas), Change(title="Send some", due_on=MONDAY))
    asked = entry(plan.shown(step), settings)

    acts.agree(plan.deed(step, plan.maria))

    assert (asked.decoded("dtstart"), str(asked["summary"])) == (THURSDAY, "Send the invoices")
    assert entry(plan.shown(step), settings).decoded("dtstart") == MONDAY


def test_a_calendar_says_how_sure_a_day_is(plan: SharedPlan, settings: Settings):
    asked, agreed, done, dropped = plan.shares(), plan.agrees(), plan.agrees(), plan.agrees()
    acts.finish(plan.deed(done, plan.jonas))
    acts.drop(plan.deed(dropped, plan.maria))

    said = [str(entry(plan.shown(step), settings)["status"]) for step in (asked, agreed, done, dropped)]

    assert said == ["TENTATIVE", "CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_a_later_download_replaces_the_earlier_one(plan: SharedPlan, settings: Settings):
    step, other = plan.shares(), plan.shares()
    before = entry(plan.shown(step), settings)

    acts.propose(plan.deed(step, plan.jonas), Change(due_on=MONDAY))

    after = entry(plan.shown(step), settings)
    assert after["uid"] == before["uid"] != entry(plan.shown(other), settings)["uid"]
    assert after["sequence"] > before["sequence"]


def test_a_calendar_leads_back_to_the_readers_own_page(plan: SharedPlan, settings: Settings):
    assert entry(plan.shown(plan.shares()), settings)["url"] == "http://testserver/p/the-ref"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\r\n;:,\\"), min_size=1))
def test_no_words_become_a_line_of_their_own(words: str):
    whole = calendar.Calendar()
    item = calendar.Event()
    item.add("summary", f"{words}\r\nATTACH:https://evil.test\nBEGIN:VALARM")

    whole.add_component(item)

    (found,) = Calendar.from_ical(whole.to_ical()).walk("VEVENT")
    assert list(found) == ["SUMMARY"]
    assert found.subcomponents == []


def test_the_plan_holds_every_open_step_and_no_other(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "done")

    answer = jonas.client.get(f"{jonas.path}/plan.ics")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert [str(one["summary"])[:20] for one in Calendar.from_ical(answer.content).walk("VEVENT")] == [
        "Send the data-reside"
    ]


def test_a_step_that_is_not_there_has_no_calendar(jonas: Buyer):
    assert jonas.client.get(f"{jonas.path}/steps/9.ics").status_code == 404
    assert jonas.client.get(f"{jonas.path}/steps/0.ics").status_code == 404


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_people_can_mean_fits_in_a_calendar(day: date):
    item = calendar.Event()
    item.add("dtstart", day)
    item.add("dtend", day + DAY)

    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}".encode() in item.to_ical()
