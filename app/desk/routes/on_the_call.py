"""On the call: the shared words alone, fit for screen sharing, with a row to add a step while talking.

The other side's phone opens their own link by a QR code; what they answer stands here within two seconds.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.deal.people import choice
from app.deal.tables import Person
from app.desk.days import chips as day_chips
from app.desk.doors import OpenPlan, PlanToChange, PlanToSee
from app.desk.drafting.draft import choose_people, new_draft
from app.desk.drafting.pair import BOTH, THEM, US
from app.desk.sharing.link import drawn, fresh_address
from app.desk.sharing.share import participant_meant, share_one
from app.journal import Event, Press
from app.needs import NeedsSomething
from app.pages import Pages, answer, render, wants_fragment
from app.press import PressForm, once, router_for_forms
from app.shared_plan import store as plans
from app.shared_plan.commitment import Kind, Status
from app.shared_plan.steps_now import StepNow, next_talk
from app.shared_plan.whole_plan import PlanState
from app.typed import Line, NeededDay, NeededLine, TimeOfDay

router = router_for_forms()


class CodeForm(PressForm):
    participant: NeededLine


class StepForm(PressForm):
    title: NeededLine
    who: Line = US
    due_on: NeededDay
    due_at: TimeOfDay = None
    participant: Line = ""


@dataclass(frozen=True)
class CallView:
    """Only what both sides read anyway: no verdict, point, draft or link list finds its way in here."""

    ref: str
    company: str
    title: str
    goal: str
    goal_on: date | None
    zone: str
    today: date
    steps: tuple[StepNow, ...]
    done: tuple[StepNow, ...]
    talk: StepNow | None
    people: tuple[tuple[str, str], ...]
    chips: tuple[day_chips.Chip, ...]
    may_act: bool
    is_open: bool
    digest: str


@router.get("/plans/{ref}/on-the-call")
def show_call(
    request: Request, opened: PlanToSee, seen: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """For the poll: 204 while the screen would say what it says already."""
    view = call_view(opened)
    if not wants_fragment(request):
        return _whole(request, view)
    if seen == view.digest:
        return Response(status_code=204)
    return HTMLResponse(_steps(request, view), headers={"Vary": "HX-Request"})


@router.post("/plans/{ref}/on-the-call")
def show_code(request: Request, opened: PlanToChange, form: Annotated[CodeForm, Form()]) -> Response:
    """A fresh link for one person, as a QR code: their phone shows their own page."""
    code = once(request, opened, form, lambda pressed: _code(request, opened, form, pressed), _shown_before)
    if wants_fragment(request):
        return HTMLResponse(_rendered(request, "desk/_call_code.html", code=code))
    opened.session.flush()
    return _whole(request, call_view(opened), code)


@router.post("/plans/{ref}/on-the-call/steps")
def add_step(request: Request, opened: PlanToChange, form: Annotated[StepForm, Form()]) -> Response:
    """What was just said aloud stands on the plan at once, said yes to by the seller."""
    once(request, opened, form, lambda pressed: _share_at_once(opened, form, pressed))
    return answer(
        request, f"/plans/{opened.plan.ref}/on-the-call", lambda: _steps(request, call_view(opened))
    )


def call_view(opened: OpenPlan) -> CallView:
    plan, today = opened.plan, opened.today
    steps = opened.steps_now()
    ahead = sorted((one for one in steps if one.is_open), key=lambda one: (one.due_on, one.number))
    shown = (plan.goal, plan.title, plan.goal_on, plan.state, today, steps)
    return CallView(
        ref=plan.ref,
        company=plan.company,
        title=plan.title,
        goal=plan.goal,
        goal_on=plan.goal_on,
        zone=plan.time_zone,
        today=today,
        steps=tuple(ahead),
        done=tuple(one for one in steps if one.status is Status.DONE),
        talk=next_talk(steps, today),
        people=tuple(_named(opened)),
        chips=tuple(day_chips.chips(today)),
        may_act=opened.me.may_act,
        is_open=plan.state is PlanState.OPEN,
        digest=hashlib.sha256(repr(shown).encode()).hexdigest()[:16],
    )


def _code(request: Request, opened: OpenPlan, form: CodeForm, pressed: Press) -> dict[str, Any]:
    participant = participant_meant(opened, form.participant)
    address = fresh_address(request, opened, participant, pressed)
    return {"name": participant.name, "qr": drawn(address), "address": address}


def _shown_before(_event: Event) -> dict[str, Any]:
    raise NeedsSomething("This code was shown once and is not kept. Make another one.")


def _on_the_plan(opened: OpenPlan) -> list[Person]:
    """Whom the shared screen may name: who is on the plan; before anybody is, whom the seller met last."""
    people = opened.people()
    return [person for person in people if person.participant_id] or people[:1]


def _named(opened: OpenPlan) -> list[tuple[str, str]]:
    """What a form calls each of them, and the name that the plan shows; private notes may have another."""
    shown = {one.id: one.name for one in plans.participants_of(opened.session, opened.plan_id)}
    people = _on_the_plan(opened)
    return [(choice("them", one), shown.get(one.participant_id, "them")) for one in people]


def _share_at_once(opened: OpenPlan, form: StepForm, pressed: Press) -> None:
    draft = new_draft(opened, form.title)
    draft.due_on = form.due_on
    if form.who == BOTH:
        if form.due_at is None:
            raise NeedsSomething("A talk needs a time.")
        draft.kind, draft.due_at = Kind.TALK, form.due_at
    person = _person(opened, form.participant)
    choose_people(opened, draft, THEM if form.who == THEM else US, "")
    draft.person_id = person.id
    opened.session.flush()
    share_one(opened, draft, person, pressed)
    opened.plan.discussed_on = opened.today


def _person(opened: OpenPlan, typed: str) -> Person:
    """Whoever is picked, else whom the seller met last: the one on the call."""
    people = _on_the_plan(opened)
    if not people:
        raise NeedsSomething(f"Add somebody at {opened.deal.company} first: somebody must be able to answer.")
    return next((one for one in people if typed in (choice("them", one), one.name)), people[0])


def _whole(request: Request, view: CallView, code: dict[str, Any] | None = None) -> Response:
    return HTMLResponse(_rendered(request, "desk/on_the_call.html", view=view, code=code, today=view.today))


def _steps(request: Request, view: CallView) -> str:
    return _rendered(request, "desk/_call_steps.html", view=view, today=view.today, polled=True)


def _rendered(request: Request, name: str, **values: Any) -> str:
    pages: Pages = request.app.state.pages
    return render(pages.seller, name, **values)
