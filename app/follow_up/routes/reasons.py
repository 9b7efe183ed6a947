"""Why may I write to this person on that day? With the commitments, or with "there is no reason"."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.account.rights import Missing
from app.account.session import Looking
from app.clock import day_in
from app.database import Reading
from app.deal import store as deals
from app.deal.tables import Person, Point
from app.desk.doors import Number, OpenPlan
from app.follow_up import store
from app.follow_up.doors import grounds_with
from app.follow_up.weighing import effect_of
from app.follow_up.wording import taught
from app.now import Now
from app.pages import page
from app.shared_plan.tables import Plan
from app.shared_plan.whole_plan import PlanState
from app.typed import Day, Ref

router = APIRouter()


@router.get("/deals/{ref}/people/{id}/reasons")
def show_reasons(
    request: Request,
    ref: Ref,
    id: Number,
    me: Looking,
    session: Reading,
    now: Now,
    on: Annotated[Day, Query()] = None,
) -> Response:
    """For today, or for the day asked about."""
    deal = deals.own_deal(session, me, ref)
    opened = OpenPlan(session, me, deal, session.get_one(Plan, deal.plan_id), now)
    people = opened.people()
    person = next((one for one in people if one.id == id), None)
    if person is None:
        raise Missing
    return page(request, "follow_up/reasons.html", people=people, **_values(opened, person, on))


def _values(opened: OpenPlan, person: Person, on: date | None) -> dict[str, Any]:
    today = day_in(opened.me.workspace.time_zone, opened.now)
    asked_on = max(on or today, today)  # what entitled on a day that is over is no question any more
    is_open = opened.plan.state is PlanState.OPEN
    grounds = grounds_with(opened, person) if is_open else []
    session = opened.session
    return {
        "me": opened.me,
        "deal": opened.deal,
        "plan": opened.plan,
        "person": person,
        "on": asked_on,
        "is_over": on is not None and on < today,
        "today": today,
        "zone": opened.plan.time_zone,
        "now": [ground for ground in grounds if ground.opens_on <= asked_on],
        "later": [ground for ground in grounds if ground.opens_on > asked_on],
        "unanswered": store.unanswered_since(session, person.participant_id),
        "touches": store.last_touches(session, person.id or 0),
        "taught": taught(effect_of(session, person.id or 0, person.participant_id), person.name.split()[0]),
        "points": _own_points(opened, person)[:5],
    }


def _own_points(opened: OpenPlan, person: Person) -> list[Point]:
    """What this person said, and what nobody is known to have said: the rest is not theirs to be quoted."""
    said = deals.points_of(opened.session, opened.deal.id or 0)
    return [point for point, _ in said if point.person_id in (None, person.id)]
