"""Templates: keep the skeleton of a plan, begin another with it, as drafts that are to be made theirs."""

import re
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response

from app.account import store as accounts
from app.account.rights import Missing
from app.account.session import Acting, Looking
from app.database import Reading, Writing
from app.deal.doors import act_on_deal
from app.desk import store
from app.desk.days.placing import days_before, place
from app.desk.doors import Number, OpenPlan, PlanToChange
from app.desk.drafting.draft import choose_people, new_draft
from app.desk.drafting.pair import THEM, US
from app.desk.page import back_to_desk
from app.desk.tables import Draft, KeepBecause, PlanTemplate, TemplateStep
from app.journal import Press, record
from app.needs import NeedsSomething
from app.now import Now
from app.pages import page, see
from app.press import BareHand, PressForm, once, router_for_forms
from app.shared_plan.commitment import Side, Status
from app.shared_plan.steps_now import StepNow
from app.typed import NeededLine

router = router_for_forms()
COMPANY = "{company}"  # stands for the prospect's name in a kept title


class NameForm(PressForm):
    name: NeededLine


class ChoiceForm(PressForm):
    template: NeededLine


@router.get("/templates")
def list_templates(request: Request, me: Looking, session: Reading) -> Response:
    found = store.templates_of(session, me.workspace_id)
    steps = {one.id: store.steps_of_template(session, one.id or 0) for one in found}
    return page(request, "desk/templates.html", me=me, templates=found, steps=steps)


@router.post("/templates/{id}/removal")
def remove_template(
    request: Request,
    id: Number,
    me: Acting,
    session: Writing,
    now: Now,
    form: Annotated[PressForm, Form()],
) -> Response:
    workspace = accounts.workspace_of(session, me.workspace_id, lock=True)

    def remove(pressed: Press) -> None:
        template = store.template_of(session, me.workspace_id, id)
        if template is None or not (me.sees_all or template.seller_id == me.seller.id):
            raise Missing
        template.removed_at = now
        record(session, workspace, "template removed", pressed, now, {"template": template.id})

    once(request, BareHand(session, me.seller.actor), form, remove)
    return see("/templates")


@router.post("/plans/{ref}/template")
def keep_as_template(request: Request, opened: PlanToChange, form: Annotated[NameForm, Form()]) -> Response:
    act_on_deal(request, opened, form, "template kept", lambda: _keep(opened, form.name))
    return see("/templates")


@router.post("/plans/{ref}/beginning")
def begin_with_template(
    request: Request, opened: PlanToChange, form: Annotated[ChoiceForm, Form()]
) -> Response:
    act_on_deal(request, opened, form, "template used", lambda: _begin(opened, form.template))
    return back_to_desk(request, opened, "drafts")


def _keep(opened: OpenPlan, name: str) -> None:
    """Words without the prospect's name, and no reason: that one was theirs alone."""
    steps = [step for step in opened.steps_now() if step.status is not Status.DROPPED]
    drafts = store.drafts_of(opened.session, opened.plan_id)
    if not steps and not drafts:
        raise NeedsSomething("There is no step to keep yet. Write one down first.")
    template = PlanTemplate(
        workspace_id=opened.me.workspace_id,
        seller_id=opened.me.seller.id or 0,
        name=name,
        created_at=opened.now,
    )
    opened.session.add(template)
    opened.session.flush()
    kept = store.shared_drafts_of(opened.session, opened.plan_id)
    pairs = [(step, kept.get(step.number)) for step in steps] + [(draft, draft) for draft in drafts]
    opened.session.add_all(_skeleton(opened, template, one, draft) for one, draft in pairs)


def _skeleton(
    opened: OpenPlan, template: PlanTemplate, one: StepNow | Draft, draft: Draft | None
) -> TemplateStep:
    company = re.compile(re.escape(opened.plan.company), re.IGNORECASE)
    goal_on, zone = opened.plan.goal_on, opened.plan.time_zone
    return TemplateStep(
        workspace_id=template.workspace_id,
        template_id=template.id or 0,
        title=company.sub(lambda _: COMPANY, one.title)[:200],
        kind=one.kind,
        owner=one.owner,
        placed_days=days_before(goal_on, one.due_on, zone) if one.due_on else None,
        is_for_everyone=draft is not None and draft.keep_because is KeepBecause.EVERYONE,
    )


def _begin(opened: OpenPlan, typed: str) -> None:
    """Drafts: the days count from this plan's goal, where it has one; else each waits for its day."""
    known = store.template_of(opened.session, opened.me.workspace_id, int(typed) if typed.isdecimal() else 0)
    if known is None:
        raise NeedsSomething("Pick one of the templates.")
    shared = opened.steps_now()
    for step in store.steps_of_template(opened.session, known.id or 0):
        draft = new_draft(opened, step.title.replace(COMPANY, opened.plan.company)[:200])
        draft.kind = step.kind
        draft.keep_because = KeepBecause.EVERYONE if step.is_for_everyone else None
        if opened.plan.goal_on:
            place(opened, draft, step.placed_days, None, shared)
        choose_people(opened, draft, THEM if step.owner is Side.BUYER else US, "")
