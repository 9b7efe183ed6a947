"""Steps as calendar entries. What is done by a day is an entry of that whole day in every time zone;
a talk has its time in the plan's zone, which the file explains.
"""

import hashlib
from collections.abc import Iterable

from icalendar import Calendar, Event, vText

from app.link.visits import Visit
from app.settings import Settings
from app.shared_plan.calendar import ics
from app.shared_plan.commitment import Status
from app.shared_plan.steps_now import StepNow


def calendar(here: Visit, steps: Iterable[StepNow], settings: Settings) -> Calendar:
    whole = ics.begun("Mutual action plan")
    whole.add("x-wr-calname", here.title)
    for step in steps:
        whole.add_component(_entry(here, step, settings))
    whole.add_missing_timezones()
    return whole


def _entry(here: Visit, step: StepNow, settings: Settings) -> Event:
    entry = Event()
    entry.add("uid", _uid(here, step))
    assert step.last is not None  # a step begins with an act
    entry.add("dtstamp", step.last.at)
    entry.add("sequence", step.last.number)
    _say_when(entry, here, step)
    entry.add("summary", step.agreed_title or step.title)
    if step.reason:
        entry.add("description", step.reason)
    entry.add("url", f"{settings.base_url}/p/{here.ref}")
    entry.add("status", vText(_certainty(step)))
    return entry


def _say_when(entry: Event, here: Visit, step: StepNow) -> None:
    day, at = (step.agreed_day, step.agreed_time) if step.agreed_day else (step.due_on, step.due_at)
    if at is None:
        ics.set_whole_day(entry, day)
        return
    ics.set_hour(entry, day, at, here.time_zone)
    if step.place:
        entry.add("location", step.place)


def _certainty(step: StepNow) -> str:
    if step.status is Status.DROPPED:
        return "CANCELLED"
    return "CONFIRMED" if step.agreed_day or step.status is Status.DONE else "TENTATIVE"


def _uid(here: Visit, step: StepNow) -> str:
    """Stable for the step, so that a second download replaces the first, whatever becomes of the keys.

    It tells nothing: the reader's own address is random, and no entry is known by another reader's.
    """
    return hashlib.sha256(f"uid:{here.ref}:{step.number}".encode()).hexdigest()[:32] + "@jointly"
