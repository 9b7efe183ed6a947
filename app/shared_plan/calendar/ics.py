"""Calendar files: what every one of them begins with, whole days, and talks at their hour."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fastapi.responses import Response
from icalendar import Calendar, Event

TALK_LASTS = timedelta(hours=1)  # calendars want an end; nobody is asked for one


def begun(product: str) -> Calendar:
    whole = Calendar()
    whole.add("prodid", f"-//Jointly//{product}//EN")
    whole.add("version", "2.0")
    return whole


def set_whole_day(entry: Event, day: date) -> None:
    """The same day in every time zone, during which one is not busy."""
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")


def set_hour(entry: Event, day: date, at: time, zone: str) -> None:
    begins = datetime.combine(day, at, ZoneInfo(zone))
    entry.add("dtstart", begins)
    entry.add("dtend", begins + TALK_LASTS)


def file(whole: Calendar, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return Response(whole.to_ical(), media_type="text/calendar; charset=utf-8", headers=headers)
