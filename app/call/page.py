"""The page of a call, and how a press on it is carried out."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response

from app.call.doors import OpenCall
from app.call.view import call_values
from app.deal.doors import act_on_deal
from app.pages import answer, page, render
from app.press import PressForm


def call_page(request: Request, opened: OpenCall) -> Response:
    return page(request, "call/call.html", **call_values(opened))


def act_on_call(
    request: Request,
    opened: OpenCall,
    form: PressForm,
    what: str,
    place: str,
    verb: Callable[[], None],
) -> Response:
    """Carry out one press exactly once, then show the page of the call."""
    act_on_deal(request, opened, form, what[:40], verb, call=opened.call.id)

    def fragment() -> str:
        opened.session.flush()
        return render(request.app.state.pages.seller, "call/_call.html", **call_values(opened))

    return answer(request, f"/calls/{opened.call.ref}#{place}", fragment)
