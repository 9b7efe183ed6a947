"""The first page: follow-ups. A polite poll keeps it fresh without a reload."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.account.session import Looking, Me
from app.call import store as calls
from app.clock import day_in
from app.database import Reading
from app.follow_up import store
from app.follow_up.ledger import ledger
from app.now import Now
from app.pages import Pages, render, wants_fragment

router = APIRouter()
ENDED_IS_NEWS_FOR = timedelta(days=14)


@router.get("/")
def show_follow_ups(
    request: Request, me: Looking, session: Reading, now: Now, seen: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """For the poll: 204 while the page would say what the reader `seen` already."""
    values = _values(me, session, now)
    pages: Pages = request.app.state.pages
    digest = _digest(values)
    if wants_fragment(request) and seen == digest:
        return Response(status_code=204)
    name = "follow_up/_follow_ups.html" if wants_fragment(request) else "follow_up/follow_ups.html"
    body = render(pages.seller, name, me=me, digest=digest, polled=wants_fragment(request), **values)
    return HTMLResponse(body, headers={"Vary": "HX-Request"})


def _values(me: Me, session: Reading, now: datetime) -> dict[str, Any]:
    seller_id, zone = me.seller.id or 0, me.workspace.time_zone
    today = day_in(zone, now)
    sorted_out = ledger(
        store.waiting_for_us(session, seller_id), store.commitments_ahead(session, seller_id), today
    )
    month = datetime(today.year, today.month, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return {
        "today": today,
        "yesterday": today - timedelta(days=1),
        "zone": zone,
        "ledger": sorted_out,
        "headline": sorted_out.headline(),
        "calls": calls.calls_due(session, seller_id, today + timedelta(days=1)),
        "ended": store.ended_since(session, seller_id, now - ENDED_IS_NEWS_FOR),
        "goals": store.goals_asked(session, seller_id),
        "quiet": store.without_next_step(session, seller_id),
        "ahead": store.agreed_ahead(session, seller_id, today),
        "outcomes": store.outcomes_since(session, seller_id, month),
        "messages": store.touches_since(session, seller_id, month),
        "is_new": sorted_out.is_empty and not store.has_deals(session, seller_id),
    }


def _digest(values: dict[str, Any]) -> str:
    """Changes when anything on the page would."""
    ledger = values["ledger"]
    lines = [ledger.waiting, ledger.late, ledger.today, ledger.week, ledger.later]
    names = ("calls", "ended", "goals", "quiet", "ahead", "outcomes", "messages", "today")
    shown = repr((lines, [values[name] for name in names]))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]
