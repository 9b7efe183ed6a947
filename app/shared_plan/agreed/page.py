"""What was agreed when, as both sides' pages show it, and the same as a table to take along."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator
from sqlmodel import Session

from app.clock import day_in
from app.shared_plan.agreed import spreadsheet
from app.shared_plan.agreed.agreements import Agreement, Difference, agreed_on, agreements, changes
from app.shared_plan.store import plan_rows
from app.typed import Day, in_reach


def _day_or_nothing(typed: object) -> object:
    """An address that somebody changed by hand shows the page all the same."""
    try:
        return in_reach(date.fromisoformat(str(typed)))
    except ValueError:
        return None


AnyDay = Annotated[Day, Query(), BeforeValidator(_day_or_nothing)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class AgreedPage:
    """Every agreement, the last one first; and what changed between the ends of two days, if named."""

    every: tuple[Agreement, ...]
    before: date | None
    after: date
    changes: tuple[Difference, ...]
    zone: str
    today: date


def agreed_page(
    session: Session, plan_id: int, zone: str, now: datetime, before: date | None, after: date | None
) -> AgreedPage:
    today = day_in(zone, now)
    until = after or today
    every = agreements(plan_rows(session, plan_id))
    stood = [agreed_on(every, _end_of(day, zone)) for day in (before or until, until)]
    return AgreedPage(tuple(reversed(every)), before, until, tuple(changes(*stood)), zone, today)


def words_of(request: Request, language: str) -> Callable[[str], str]:
    translations = request.app.state.pages.translations
    return translations.get(language, translations["en"]).gettext


def as_csv(session: Session, plan_id: int, zone: str, words: Callable[[str], str]) -> Response:
    body = spreadsheet.csv_of(agreements(plan_rows(session, plan_id)), zone, words)
    return Response(body, media_type="text/csv; charset=utf-8", headers=_named("csv"))


def as_xlsx(session: Session, plan_id: int, zone: str, words: Callable[[str], str]) -> Response:
    body = spreadsheet.xlsx_of(agreements(plan_rows(session, plan_id)), zone, words)
    return Response(body, media_type=XLSX, headers=_named("xlsx"))


def _end_of(day: date, zone: str) -> datetime:
    """The first instant of the next day there: what was agreed on the day itself counts."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))


def _named(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="agreed.{ending}"'}
