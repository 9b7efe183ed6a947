"""When the goal moves: drafts move along, open proposals get new days, what both agreed is asked about."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BeforeValidator, Field

from app.buyer.page import plan_rows
from app.desk import store
from app.desk.backwards import Move
from app.desk.doors import OpenPlan, PlanToChange, PlanToSee, PressForm, seller_deed
from app.desk.page import back_to_desk
from app.desk.placing import Days, days_of
from app.journal import Press, already_done
from app.pages import page, see, wants_fragment
from app.shared_plan import acts
from app.shared_plan import store as plans
from app.shared_plan.commitment import Status
from app.shared_plan.moves import StaleVersion
from app.shared_plan.picture import StepNow, picture
from app.typed import NeededText, NeedsSomething, clean_line, in_reach, typed_fields

router = APIRouter(dependencies=[Depends(typed_fields)])


def _a_move(typed: str) -> str:
    if not re.fullmatch(r"\d{1,4}-\d{1,6}-\d{4}-\d\d-\d\d", typed):
        raise ValueError("Pick from the list of steps.")
    in_reach(date.fromisoformat(typed.split("-", 2)[2]))  # a ValueError for a day that is none
    return typed


OneMove = Annotated[str, BeforeValidator(clean_line), AfterValidator(_a_move)]


class Moves(PressForm):
    """Each `move` says a step, the version that was on the page, and the day it would get."""

    move: Annotated[list[OneMove], Field(max_length=plans.MOST_OPEN_STEPS)] = Field(default_factory=list)
    note: NeededText


@dataclass(frozen=True)
class StepMove:
    """A shared step whose day no longer fits, with the value of its box on the form."""

    step: StepNow
    move: Move

    @property
    def value(self) -> str:
        return f"{self.step.number}-{self.step.version}-{self.move.to_day.isoformat()}"


@router.get("/plans/{ref}/days")
def show_days(request: Request, opened: PlanToSee) -> Response:
    return page(
        request,
        "desk/days.html",
        me=opened.me,
        plan=opened.plan,
        moves=step_moves(opened),
        today=opened.today,
    )


@router.post("/plans/{ref}/days")
def move_days(request: Request, opened: PlanToChange, form: Annotated[Moves, Form()]) -> Response:
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        if not form.move:
            raise NeedsSomething("Tick the steps for which you want to ask for a new day.")
        for typed in form.move:
            _move(opened, typed, form.note, pressed)
            pressed = Press(pressed.actor)
    return back_to_desk(request, opened, "steps")


def after_goal_moved(request: Request, opened: OpenPlan) -> Response:
    """Move the drafts along; ask about the steps, where there are any."""
    for move in _days(opened).moves():
        if move.number is None and isinstance(move.key, tuple):
            store.own_draft(opened.session, opened.plan_id, move.key[1]).due_on = move.to_day
    if step_moves(opened) and not wants_fragment(request):
        return see(f"/plans/{opened.plan.ref}/days")
    return back_to_desk(request, opened, "main")


def step_moves(opened: OpenPlan) -> list[StepMove]:
    """Steps that no longer stand where they were placed; those waiting for our answer keep theirs."""
    steps = {step.number: step for step in _steps(opened)}
    moves = [move for move in _days(opened).moves() if move.number is not None]
    found = [StepMove(steps[move.number], move) for move in moves if move.number]
    return [
        one for one in found if one.step.status in (Status.PROPOSED, Status.AGREED) and not one.step.is_stuck
    ]


def _move(opened: OpenPlan, typed: str, note: str, pressed: Press) -> None:
    number, version, day = typed.split("-", 2)
    step = plans.step_numbered(opened.session, opened.plan_id, int(number))
    draft = store.shared_drafts_of(opened.session, opened.plan_id).get(int(number))
    if step is None or draft is None:
        raise StaleVersion(int(version))
    deed = replace(seller_deed(opened, step), seen=int(version), press=pressed)
    act = acts.propose(deed, acts.Change(due_on=date.fromisoformat(day)), note)
    draft.placed_version = act.version


def _days(opened: OpenPlan) -> Days:
    shared = store.shared_drafts_of(opened.session, opened.plan_id)
    drafts = store.drafts_of(opened.session, opened.plan_id)
    return days_of(opened.plan, opened.today, _steps(opened), shared, drafts)


def _steps(opened: OpenPlan) -> list[StepNow]:
    opened.session.flush()
    return picture(*plan_rows(opened.session, opened.plan_id))
