"""The desk's page, and the part of it that every act answers."""

from fastapi import Request, Response

from app.desk.days.moving import move_drafts, step_moves
from app.desk.doors import OpenPlan
from app.desk.drafting.verdicts import compared_with
from app.desk.view import desk
from app.pages import Pages, answer, page, render, see, wants_fragment


def show_desk(request: Request, opened: OpenPlan) -> Response:
    return page(request, "desk/plan.html", **desk(opened, compared_with(opened), request.app.state.pages))


def back_to_desk(request: Request, opened: OpenPlan, place: str) -> Response:
    """After an act: the plan as it stands now for htmx, otherwise a redirect to `place` on its page."""
    return answer(request, f"/plans/{opened.plan.ref}#{place}", lambda: _fragment(request, opened))


def after_goal_moved(request: Request, opened: OpenPlan) -> Response:
    """Move the drafts along; ask about the steps, where there are any."""
    move_drafts(opened)
    if step_moves(opened) and not wants_fragment(request):
        return see(f"/plans/{opened.plan.ref}/days")
    return back_to_desk(request, opened, "main")


def _fragment(request: Request, opened: OpenPlan) -> str:
    opened.session.flush()
    pages: Pages = request.app.state.pages
    values = desk(opened, compared_with(opened), pages)
    return render(pages.seller, "desk/_plan.html", **values)
