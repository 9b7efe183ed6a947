"""Handing a link out: its address is shown once, with the text to paste and a QR code."""

import segno
from fastapi import Request
from fastapi.responses import Response
from markupsafe import Markup

from app.desk.doors import OpenPlan
from app.desk.sharing.message import message_for
from app.journal import Press
from app.link import store as links
from app.link.token import new_token
from app.pages import page
from app.shared_plan.steps_now import StepNow, as_they_stand, behind
from app.shared_plan.tables import Participant


def hand_out(request: Request, opened: OpenPlan, participant: Participant, pressed: Press) -> Response:
    """Make a fresh link for one person and show it, once."""
    address = fresh_address(request, opened, participant, pressed)
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
        qr=drawn(address),
        today=opened.today,
    )


def fresh_address(request: Request, opened: OpenPlan, participant: Participant, pressed: Press) -> str:
    """The address of a fresh link; it is kept nowhere."""
    settings = request.app.state.settings
    token = new_token(settings.keys)
    links.make_link(opened.session, opened.plan, participant, token, pressed, opened.now)
    return f"{settings.base_url}/l/{token}"


def drawn(address: str) -> Markup:
    """The address as a QR code, drawn by the library as one SVG element."""
    code = segno.make(address, error="m")
    return Markup(code.svg_inline(svgclass="qr", omitsize=True, border=0, title="The link as a QR code"))


def _steps_of(opened: OpenPlan, participant: Participant) -> list[StepNow]:
    rows = opened.rows_now()
    known = behind(rows)
    open_steps = [step for step in as_they_stand(rows) if step.is_open]
    own = [step for step in open_steps if known[step.number].participant_id == participant.id]
    return sorted(own, key=lambda step: (step.due_on, step.number))
