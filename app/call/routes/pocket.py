"""The plan in the pocket: the call in the seller's calendar, and an entry for each action with a day."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from icalendar import Event

from app.call import store
from app.call.doors import CallToSee, OpenCall
from app.call.shortlist import Shortlisted
from app.call.tables import PlanAction
from app.shared_plan.calendar import ics

router = APIRouter()


@router.get("/calls/{ref}/call.ics")
def download_call(request: Request, opened: CallToSee) -> Response:
    whole = ics.begun("Action plan")
    whole.add_component(_call(opened, f"{request.app.state.settings.base_url}/calls/{opened.call.ref}"))
    for action in store.actions_of(opened.session, opened.call_id):
        if action.standing is Shortlisted.CHOSEN and action.due_on:
            whole.add_component(_action(opened, action, action.due_on))
    whole.add_missing_timezones()
    return ics.file(whole, "call")


def _call(opened: OpenCall, address: str) -> Event:
    entry = _entry(opened, "call", f"{opened.deal.company}: {opened.call.about or 'call'}")
    entry.add("url", address)
    if opened.when.at is None:
        ics.set_whole_day(entry, opened.when.day)
    else:
        ics.set_hour(entry, opened.when.day, opened.when.at, opened.when.zone)
    return entry


def _action(opened: OpenCall, action: PlanAction, due_on: date) -> Event:
    entry = _entry(opened, f"action-{action.id}", action.words)
    entry.add("description", f"{action.who}. Secures: {action.secures}")
    if action.place:
        entry.add("location", action.place)
    ics.set_whole_day(entry, due_on)
    return entry


def _entry(opened: OpenCall, part: str, summary: str) -> Event:
    entry = Event()
    entry.add("uid", f"{opened.call.ref}-{part}@jointly")
    entry.add("dtstamp", opened.call.created_at)
    entry.add("summary", summary)
    return entry
