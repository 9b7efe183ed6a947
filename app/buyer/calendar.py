"""Steps as calendar entries of a whole day: the day entered is the day shown, in every time zone."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta

from fastapi.responses import Response
from icalendar import Calendar, Event, vText

from app.link.store import Visit
from app.settings import Settings
from app.shared_plan.commitment import Status
from app.shared_plan.picture import StepNow


def calendar(here: Visit, steps: Iterable[StepNow], settings: Settings) -> Calendar:
    whole = Calendar()
    whole.add("prodid", "-//Jointly//Mutual action plan//EN")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", here.title)
    for step in steps:
        whole.add_component(_entry(here, step, settings))
    return whole


def file(whole: Calendar, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return Response(whole.to_ical(), media_type="text/calendar; charset=utf-8", headers=headers)


def _entry(here: Visit, step: StepNow, settings: Settings) -> Event:
    entry = Event()
    day = step.agreed_day or step.due_on
    entry.add("uid", _uid(here, step, settings))
    entry.add("dtstamp", step.last.at)
    entry.add("sequence", step.last.number)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", step.agreed_title or step.title)
    if step.reason:
        entry.add("description", step.reason)
    entry.add("url", f"{settings.base_url}/p/{here.ref}")
    entry.add("status", vText(_certainty(step)))
    entry.add("transp", "TRANSPARENT")
    return entry


def _certainty(step: StepNow) -> str:
    if step.status is Status.DROPPED:
        return "CANCELLED"
    return "CONFIRMED" if step.agreed_day or step.status is Status.DONE else "TENTATIVE"


def _uid(here: Visit, step: StepNow, settings: Settings) -> str:
    """Stable for the step, so that a second download replaces the first; tells nothing else."""
    stem = f"uid:{here.plan_id}:{step.number}".encode()
    return hmac.new(settings.keys[0].encode(), stem, hashlib.sha256).hexdigest()[:32] + "@jointly"
