"""New links for everybody who has one: for when a signing key has to go, and with it every link it made."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response

from app.account.session import Administering, Looking, needs_admin
from app.database import Writing
from app.deal import store as deals
from app.journal import Event, Press
from app.link import store as links
from app.link.token import new_token
from app.needs import NeedsSomething
from app.now import Now
from app.pages import page
from app.press import BareHand, PressForm, once, router_for_forms
from app.shared_plan import store as plans

router = router_for_forms()


@router.get("/workspace/links")
def ask_for_new_links(request: Request, me: Looking) -> Response:
    needs_admin(me)
    return page(request, "desk/new_links.html", me=me, made=None)


@router.post("/workspace/links")
def make_new_links(
    request: Request, me: Administering, session: Writing, now: Now, form: Annotated[PressForm, Form()]
) -> Response:
    """Every address is shown once; the earlier ones go on working as long as their key is there."""
    settings = request.app.state.settings

    def make(pressed: Press) -> Response:
        made = []
        emails = deals.emails_of_participants(session, me.workspace_id)
        for participant, plan in links.everybody_with_a_link(session, me.workspace_id, now):
            token = new_token(settings.keys)
            links.make_link(
                session, plans.locked_plan(session, plan.id or 0), participant, token, pressed, now
            )
            pressed = pressed.rest
            email = emails.get(participant.id or 0, "")
            made.append((plan.company, participant.name, email, f"{settings.base_url}/l/{token}"))
        return page(request, "desk/new_links.html", me=me, made=made)

    return once(request, BareHand(session, me.seller.actor), form, make, _shown_before)


def _shown_before(_event: Event) -> Response:
    raise NeedsSomething("These links were shown once and are not kept. Make them once more.")
