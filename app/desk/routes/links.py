"""Making and turning off links. An address is shown once: with the text to paste and a QR code."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from app.account.rights import Missing
from app.deal import store as deals
from app.desk.doors import Number, OpenPlan, PlanOfLink, PlanToChange, PressForm, seller_deed
from app.desk.page import back_to_desk
from app.desk.sharing.link import hand_out
from app.desk.sharing.share import participant_for, participant_meant, share
from app.journal import Press, already_done
from app.link import store as links
from app.link.tables import Link
from app.needs import NeedsSomething
from app.shared_plan import acts
from app.shared_plan import store as plans
from app.shared_plan.acts import Deed
from app.shared_plan.commitment import standing
from app.shared_plan.moves import NotNow
from app.shared_plan.tables import Handover, Participant, Step
from app.typed import Line, NeededLine, typed_fields

router = APIRouter(dependencies=[Depends(typed_fields)])


class ShareForm(PressForm):
    participant: Line = ""


class LinkForm(PressForm):
    participant: NeededLine


@router.post("/plans/{ref}/sharing")
def share_drafts(request: Request, opened: PlanToChange, form: Annotated[ShareForm, Form()]) -> Response:
    """With `participant`, the answer is that person's message with a link of their own."""
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        share(opened, pressed)
    if not form.participant:
        return back_to_desk(request, opened, "steps")
    return hand_out(request, opened, participant_meant(opened, form.participant), Press(pressed.actor))


@router.post("/plans/{ref}/links")
def make_link(request: Request, opened: PlanToChange, form: Annotated[LinkForm, Form()]) -> Response:
    pressed = opened.pressed(request, form)
    if already_done(opened.session, pressed):
        raise NeedsSomething(
            "This link was shown once and is not kept. Make a fresh one; the first goes on working."
        )
    return hand_out(request, opened, participant_meant(opened, form.participant), pressed)


class ConfirmForm(PressForm):
    """Without `participant`, the colleague named by the buyer."""

    participant: Line = ""


@router.post("/plans/{ref}/handovers/{id}/confirmation")
def confirm_handover(
    request: Request, id: Number, opened: PlanToChange, form: Annotated[ConfirmForm, Form()]
) -> Response:
    """The step names the colleague from now on; the answer is their message with a link of their own."""
    pressed = opened.pressed(request, form)
    if already_done(opened.session, pressed):
        raise NeedsSomething(
            "This link was shown once and is not kept. Make a fresh one; the first goes on working."
        )
    handover, deed = _waiting_handover(opened, id)
    colleague = _colleague(opened, deed.step.acts[handover.act_number - 1].colleague, handover.email, form)
    acts.ask_somebody_else(replace(deed, press=pressed), colleague.id or 0)
    handover.confirmed_at, handover.email = opened.now, ""
    return hand_out(request, opened, colleague, Press(pressed.actor))


@router.post("/links/{id}/revocation")
def turn_off_link(
    request: Request, id: Number, opened: PlanOfLink, form: Annotated[PressForm, Form()]
) -> Response:
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        links.revoke(opened.session, opened.plan, opened.session.get_one(Link, id), pressed, opened.now)
    return back_to_desk(request, opened, "links")


def _waiting_handover(opened: OpenPlan, handover_id: int) -> tuple[Handover, Deed]:
    """Raises Missing, and NotNow once the step has moved on without it."""
    found = [one for one in plans.open_handovers(opened.session, opened.plan_id) if one.id == handover_id]
    if not found:
        raise Missing
    step = opened.session.get_one(Step, found[0].step_id)
    stuck = standing(step.acts).stuck
    if stuck is None or stuck is not step.acts[found[0].act_number - 1]:
        raise NotNow
    return found[0], seller_deed(opened, step)


def _colleague(opened: OpenPlan, name: str, email: str, form: ConfirmForm) -> Participant:
    """The participant picked, else the one named, who becomes a person of the deal if nobody knew them."""
    if form.participant:
        return participant_meant(opened, form.participant)
    known = [one for one in opened.people() if one.name.casefold() == name.casefold()]
    if known:
        return participant_for(opened, known[0])
    pressed = Press(opened.me.seller.actor)
    person = deals.add_person(opened.session, opened.deal, name, pressed, opened.now, email=email)
    return participant_for(opened, person)
