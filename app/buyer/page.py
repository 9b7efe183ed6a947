"""The buyer's page as bytes: the same for a reader with a link and for the seller's preview."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi import Request
from sqlmodel import Session

from app.account.rights import Missing
from app.buyer.view import PageRows, PlanView, plan_view, reader_of, step_view
from app.link import store as links
from app.link.visits import Visit
from app.pages import Pages, render
from app.shared_plan import store
from app.shared_plan.commitment import Obstacle
from app.shared_plan.deed import Party


def plan_page(request: Request, session: Session, here: Visit, now: datetime) -> bytes:
    keys = request.app.state.settings.keys
    view = plan_view(here, all_rows(session, here), keys, now)
    request.state.good_until = view.good_until
    return _render(request, here.language, "buyer/plan.html", view).encode()


def own_page(request: Request, name: str, here: Visit, **values: Any) -> str:
    """Another page of the guest's, in the guest's language."""
    pages: Pages = request.app.state.pages
    return render(pages.environment(here.language), name, reader=reader_of(here), **values)


def step_page(
    request: Request, session: Session, here: Visit, now: datetime, number: int, before: int
) -> str:
    """One step with all its comments. Raises Missing."""
    keys = request.app.state.settings.keys
    step = step_view(here, all_rows(session, here), keys, now, number, before)
    if step is None:
        raise Missing
    return _render(request, here.language, "buyer/step.html", step.plan, card=step.card, before=step.before)


def preview_page(request: Request, here: Visit, rows: PageRows, now: datetime, banner: dict[str, Any]) -> str:
    """The same page with its forms disabled, under a banner of the seller's."""
    view = plan_view(here, rows, request.app.state.settings.keys, now, is_preview=True)
    return _render(request, here.language, "buyer/plan.html", view, banner=banner)


def fragment(request: Request, party: Party, here: Visit) -> str:
    """The part of the page that an act changes, read again after it."""
    plan = party.plan
    here = replace(
        here,
        shared_number=plan.shared_number,
        plan_hash=plan.head_hash,
        guest_id=here.guest_id or 0,
        state=plan.state,
        quiet_until=plan.quiet_until,
    )
    party.session.flush()
    view = plan_view(here, all_rows(party.session, here), request.app.state.settings.keys, party.at)
    return _render(request, here.language, "buyer/_plan.html", view)


def all_rows(session: Session, here: Visit) -> PageRows:
    history = store.history_of_plan(session, here.plan_id)
    return PageRows(store.plan_rows(session, here.plan_id), history, links.copies_made_by(session, here))


def _render(request: Request, language: str, name: str, view: PlanView, **values: Any) -> str:
    pages: Pages = request.app.state.pages
    every: dict[str, Any] = {"view": view, "today": view.today, "obstacles": list(Obstacle), "banner": None}
    return render(pages.environment(language), name, **every | values)
