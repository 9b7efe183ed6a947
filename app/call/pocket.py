"""The plan in the pocket: the call in the seller's calendar, and an entry for each action with a day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response
from icalendar import Calendar, Event

from app.buyer.calendar import TALK_LASTS, file
from app.call import store
from app.call.doors import CallToSee, OpenCall
from app.call.shortlist import Standing
from app.call.tables import PlanAction

router = APIRouter()


@router.get("/calls/{ref}/call.ics")
def download_call(request: Request, opened: CallToSee) -> Response:
    whole = Calendar()
    whole.add("prodid", "-//Jointly//Action plan//EN")
    whole.add("version", "2.0")
    whole.add_component(_call(opened, f"{request.app.state.settings.base_url}/calls/{opened.call.ref}"))
    for action in store.actions_of(opened.session, opened.call_id):
        if action.standing is Standing.CHOSEN and action.due_on:
            whole.add_component(_action(opened, action))
    whole.add_missing_timezones()
    return file(whole, "call")


def _call(opened: OpenCall, address: str) -> Event:
    entry = _entry(opened, "call", f"{opened.deal.company}: {opened.call.about or 'call'}")
    entry.add("url", address)
    if opened.when.at is None:
        return _whole_day(entry, opened.when.day)
    begins = datetime.combine(opened.when.day, opened.when.at, ZoneInfo(opened.when.zone))
    entry.add("dtstart", begins)
    entry.add("dtend", begins + TALK_LASTS)
    return entry


def _action(opened: OpenCall, action: PlanAction) -> Event:
    entry = _entry(opened, f"action-{action.id}", action.words)
    entry.add("description", f"{action.who}. Secures: {action.secures}")
    if action.place:
        entry.add("location", action.place)
    return _whole_day(entry, action.due_on)


def _entry(opened: OpenCall, part: str, summary: str) -> Event:
    entry = Event()
    entry.add("uid", f"{opened.call.ref}-{part}@jointly")
    entry.add("dtstamp", opened.call.created_at)
    entry.add("summary", summary)
    return entry


def _whole_day(entry: Event, day: object) -> Event:
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))  # ty: ignore
    entry.add("transp", "TRANSPARENT")
    return entry
