"""Making and turning off links. An address is shown once: with the text to paste and a QR code."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response

from app.account.rights import Missing
from app.deal import store as deals
from app.desk.doors import Number, OpenPlan, PlanOfLink, PlanToChange
from app.desk.page import back_to_desk
from app.desk.sharing.link import hand_out
from app.desk.sharing.share import participant_for, participant_meant, share
from app.journal import Event, Press
from app.link import store as links
from app.link.tables import Link
from app.needs import NeedsSomething
from app.press import PressForm, once, router_for_forms
from app.shared_plan import acts
from app.shared_plan import store as plans
from app.shared_plan.commitment import standing
from app.shared_plan.moves import NotNow
from app.shared_plan.tables import Handover, Participant, Step
from app.typed import Line, NeededLine

router = router_for_forms()


class ShareForm(PressForm):
    participant: Line = ""


class LinkForm(PressForm):
    participant: NeededLine


@router.post("/plans/{ref}/sharing")
def share_drafts(request: Request, opened: PlanToChange, form: Annotated[ShareForm, Form()]) -> Response:
    """With `participant`, the answer is that person's message with a link of their own."""
    once(request, opened, form, lambda pressed: share(opened, pressed))
    if not form.participant:
        return back_to_desk(request, opened, "steps")
    return hand_out(request, opened, participant_meant(opened, form.participant), Press(opened.actor))


@router.post("/plans/{ref}/links")
def make_link(request: Request, opened: PlanToChange, form: Annotated[LinkForm, Form()]) -> Response:
    def make(pressed: Press) -> Response:
        return hand_out(request, opened, participant_meant(opened, form.participant), pressed)

    return once(request, opened, form, make, _shown_before)


class ConfirmForm(PressForm):
    """Without `participant`, the colleague named by the buyer."""

    participant: Line = ""


@router.post("/plans/{ref}/handovers/{id}/confirmation")
def confirm_handover(
    request: Request, id: Number, opened: PlanToChange, form: Annotated[ConfirmForm, Form()]
) -> Response:
    """The step names the colleague from now on; the answer is their message with a link of their own."""

    def confirm(pressed: Press) -> Response:
        handover, step = _waiting_handover(opened, id)
        named = step.acts[handover.act_number - 1].colleague
        colleague = _colleague(opened, named, handover.email, form)
        # What was seen is the hand-over itself, which is refused once the step has moved on without it.
        acts.ask_somebody_else(opened.party.on(step, pressed, seen=step.version), colleague.id or 0)
        handover.confirmed_at, handover.email = opened.now, ""
        return hand_out(request, opened, colleague, pressed.rest)

    return once(request, opened, form, confirm, _shown_before)


@router.post("/links/{id}/revocation")
def turn_off_link(
    request: Request, id: Number, opened: PlanOfLink, form: Annotated[PressForm, Form()]
) -> Response:
    def turn_off(pressed: Press) -> None:
        links.revoke(opened.session, opened.plan, opened.session.get_one(Link, id), pressed, opened.now)

    once(request, opened, form, turn_off)
    return back_to_desk(request, opened, "links")


def _shown_before(_event: Event) -> Response:
    raise NeedsSomething(
        "This link was shown once and is not kept. Make a fresh one; the first goes on working."
    )


def _waiting_handover(opened: OpenPlan, handover_id: int) -> tuple[Handover, Step]:
    """Raises Missing, and NotNow once the step has moved on without it."""
    found = [one for one in plans.open_handovers(opened.session, opened.plan_id) if one.id == handover_id]
    if not found:
        raise Missing
    step = opened.session.get_one(Step, found[0].step_id)
    stuck = standing(step.acts).stuck
    if stuck is None or stuck is not step.acts[found[0].act_number - 1]:
        raise NotNow
    return found[0], step


def _colleague(opened: OpenPlan, name: str, email: str, form: ConfirmForm) -> Participant:
    """The participant picked, else the one named, who becomes a person of the deal if nobody knew them."""
    if form.participant:
        return participant_meant(opened, form.participant)
    known = [one for one in opened.people() if one.name.casefold() == name.casefold()]
    if known:
        return participant_for(opened, known[0])
    pressed = Press(opened.actor)
    person = deals.add_person(opened.session, opened.deal, name, pressed, opened.now, email=email)
    return participant_for(opened, person)
