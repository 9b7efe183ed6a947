"""Making and turning off links. An address is shown once: with the text to paste and a QR code."""

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from markupsafe import Markup

from app.buyer.page import plan_rows
from app.desk.doors import Number, OpenPlan, PlanOfLink, PlanToChange, PressForm
from app.desk.message import message_for
from app.desk.page import back_to_desk
from app.desk.sharing import participant_meant, share
from app.journal import Press, already_done
from app.link import store as links
from app.link.tables import Link
from app.link.token import new_token
from app.pages import page
from app.shared_plan.picture import StepNow, picture
from app.shared_plan.tables import Participant
from app.typed import Line, NeededLine, NeedsSomething, typed_fields

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


@router.post("/links/{id}/revocation")
def turn_off_link(
    request: Request, id: Number, opened: PlanOfLink, form: Annotated[PressForm, Form()]
) -> Response:
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        links.revoke(opened.session, opened.plan, opened.session.get_one(Link, id), pressed, opened.now)
    return back_to_desk(request, opened, "links")


def hand_out(request: Request, opened: OpenPlan, participant: Participant, pressed: Press) -> Response:
    """Make a fresh link for one person and show it, once."""
    settings = request.app.state.settings
    token = new_token(settings.keys)
    links.make_link(opened.session, opened.plan, participant, token, pressed, opened.now)
    address = f"{settings.base_url}/l/{token}"
    steps = _steps_of(opened, participant)
    pages = request.app.state.pages
    return page(
        request,
        "desk/link.html",
        me=opened.me,
        plan=opened.plan,
        person=participant,
        address=address,
        message=message_for(pages, participant.language, participant.name, steps, address, opened.today),
        qr=_drawn(address),
        today=opened.today,
    )


def _drawn(address: str) -> Markup:
    """The address as a QR code, drawn by the library as one SVG element."""
    code = segno.make(address, error="m")
    return Markup(code.svg_inline(svgclass="qr", omitsize=True, border=0, title="The link as a QR code"))


def _steps_of(opened: OpenPlan, participant: Participant) -> list[StepNow]:
    opened.session.flush()
    steps = picture(*plan_rows(opened.session, opened.plan_id))
    own = [step for step in steps if step.is_open and step.participant_id == participant.id]
    return sorted(own, key=lambda step: (step.due_on, step.number))
