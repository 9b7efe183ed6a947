"""The Specificity Test beside the form, as the seller types: it reads, and changes nothing until a tap."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.account.session import Looking
from app.database import Reading
from app.deal.people import choice
from app.desk import store
from app.desk.days.backwards import MOST_DAYS, Placement, day_for
from app.desk.days.placing import days_of
from app.desk.doors import OpenPlan, PlanToChange, plan_to_see
from app.desk.drafting import verdicts
from app.desk.drafting.points import quotes_to, readers_of
from app.desk.drafting.quote import Quote
from app.desk.drafting.tell import DoubtForm, tell
from app.desk.drafting.twin import twin_of
from app.now import Now
from app.pages import page, see, spoken_day, wants_fragment
from app.press import keyless, once, router_for_forms
from app.settings import Settings
from app.shared_plan.steps_now import StepNow
from app.specificity.opinion import Likeness
from app.specificity.verdict import Passage, Saying, TextKind
from app.typed import Line, Text, in_reach

router = router_for_forms()


class LiveForm(BaseModel):
    plan: Line
    title: Line = ""
    reason: Text = ""
    owner: Line = ""
    counterpart: Line = ""
    due_on: Line = ""
    placed_days: Line = ""
    placed_after: Line = ""

    def text(self) -> Passage:
        who, whom, when = bool(self.owner), bool(self.counterpart), bool(self.due_on)
        return Passage(TextKind.STEP, self.title, self.reason, who, whom, when)

    def day(self) -> date | None:
        """While somebody types, half a day is none."""
        try:
            return in_reach(date.fromisoformat(self.due_on))
        except ValueError:
            return None

    def placement(self) -> Placement | None:
        days, after = self.placed_days, self.placed_after
        if not re.fullmatch(r"[0-9]{1,3}", days) or int(days) > MOST_DAYS:
            return None
        return Placement(int(days), int(after) if re.fullmatch(r"[0-9]{1,3}", after) else None)


class TellForm(DoubtForm):
    was_title: Line = ""
    was_reason: Text = ""
    was_owner: Line = ""
    was_counterpart: Line = ""
    was_due_on: Line = ""
    was_placed_days: Line = ""
    was_placed_after: Line = ""

    def was(self) -> LiveForm:
        return LiveForm(plan="", **self.as_it_was())


@router.post("/specificity", dependencies=[Depends(keyless)])
def test_as_typed(
    request: Request, me: Looking, session: Reading, now: Now, form: Annotated[LiveForm, Form()]
) -> Response:
    return checked(request, plan_to_see(form.plan, me, session, now), form)


@router.post("/plans/{ref}/anchors")
def tell_what_it_is_about(
    request: Request, opened: PlanToChange, form: Annotated[TellForm, Form()]
) -> Response:
    """Answers with the check once more, which need not ask now."""
    was = form.was()
    once(request, opened, form, lambda pressed: tell(opened, was.text(), form.about, pressed))
    if wants_fragment(request):
        return checked(request, opened, was)
    return see(f"/plans/{opened.plan.ref}#drafts")


def checked(
    request: Request, opened: OpenPlan, form: LiveForm, likenesses: tuple[Likeness, ...] | None = None
) -> Response:
    """What can be said of the step as it stands; `likenesses` are a second opinion, if one was asked."""
    compared, steps = verdicts.compared_with(opened), opened.steps_now()
    settings: Settings = request.app.state.settings
    return page(
        request,
        "desk/_live_check.html",
        verdict=verdicts.shown(form.text(), compared),
        quotes=_quotes(request, opened, compared.evidence.points, form),
        typed=form,
        plan=opened.plan,
        may_act=opened.me.may_act,
        likenesses=likenesses,
        model=settings.model_host,
        hints=_hints(opened, form, steps),
        twin=twin_of(form.title, _titles(opened, steps)),
    )


def _quotes(request: Request, opened: OpenPlan, points: Sequence[Saying], form: LiveForm) -> list[Quote]:
    people = {choice("them", one): one.name for one in opened.people()}
    reader = people.get(form.counterpart) or people.get(form.owner, "")
    return quotes_to(opened, request.app.state.pages, points, reader, readers_of(opened))


def _hints(opened: OpenPlan, form: LiveForm, steps: list[StepNow]) -> list[str]:
    days = days_of(opened.plan, opened.today, steps, {}, ())
    placement = form.placement()
    meant = day_for(placement, days.goal_on, days.of_steps, days.holidays) if placement else form.day()
    said = [f"That is {spoken_day(meant, 'en', opened.today)}."] if placement and meant else []
    return said + days.hints(meant, placement)


def _titles(opened: OpenPlan, steps: list[StepNow]) -> list[str]:
    drafts = store.drafts_of(opened.session, opened.plan_id)
    return [step.title for step in steps if step.is_open] + [draft.title for draft in drafts]
