"""What the seller does with the whole plan: close it, pause it, answer a goal."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response
from pydantic import Field

from app.desk.doors import OpenPlan, PlanToChange
from app.desk.page import after_goal_moved, back_to_desk
from app.needs import NeedsSomething
from app.press import PressForm, router_for_forms
from app.shared_plan import plan_acts
from app.shared_plan.deed import PlanDeed, act_on_plan
from app.shared_plan.forms import QuietForm
from app.typed import NeededText, Text

router = router_for_forms()


class ClosingForm(PressForm):
    note: Text = ""


class GoalAnswerForm(PressForm):
    """`version` is the number of the plan's act that asked for the goal."""

    version: Annotated[int, Field(ge=0, le=100_000)]


class GoalKeptForm(GoalAnswerForm):
    words: NeededText


@router.post("/plans/{ref}/closing")
def close_plan(request: Request, opened: PlanToChange, form: Annotated[ClosingForm, Form()]) -> Response:
    return _act(request, opened, form, lambda deed: plan_acts.close(deed, form.note))


@router.post("/plans/{ref}/reopening")
def reopen_plan(request: Request, opened: PlanToChange, form: Annotated[PressForm, Form()]) -> Response:
    return _act(request, opened, form, plan_acts.reopen)


@router.post("/plans/{ref}/pause")
def pause_plan(request: Request, opened: PlanToChange, form: Annotated[QuietForm, Form()]) -> Response:
    def pause(deed: PlanDeed) -> object:
        if form.until is None:
            return plan_acts.resume(deed)
        if form.until <= opened.today:
            raise NeedsSomething("Pick a day that is still to come.")
        return plan_acts.pause(deed, form.until)

    return _act(request, opened, form, pause)


@router.post("/plans/{ref}/goal/yes")
def agree_to_goal(
    request: Request, opened: PlanToChange, form: Annotated[GoalAnswerForm, Form()]
) -> Response:
    goal_was = opened.plan.goal_on
    shown = _act(request, opened, form, plan_acts.agree_to_goal, seen=form.version)
    return shown if opened.plan.goal_on == goal_was else after_goal_moved(request, opened)


@router.post("/plans/{ref}/goal/keeping")
def keep_goal(request: Request, opened: PlanToChange, form: Annotated[GoalKeptForm, Form()]) -> Response:
    return _act(request, opened, form, lambda deed: plan_acts.keep_goal(deed, form.words), seen=form.version)


def _act(
    request: Request,
    opened: OpenPlan,
    form: PressForm,
    verb: Callable[[PlanDeed], object],
    seen: int = 0,
) -> Response:
    """Carry out one press exactly once, then show the desk."""
    act_on_plan(request, opened.party, form, verb, seen)
    return back_to_desk(request, opened, "main")
