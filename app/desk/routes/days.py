"""When the goal moves: drafts move along, open proposals get new days, what both agreed is asked about."""

import re
from datetime import date
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BeforeValidator, Field

from app.desk.days.moving import move_step, step_moves
from app.desk.doors import PlanToChange, PlanToSee
from app.desk.page import back_to_desk
from app.journal import Press
from app.needs import NeedsSomething
from app.pages import page
from app.press import PressForm, once, router_for_forms
from app.shared_plan import store as plans
from app.typed import NeededText, clean_line, in_reach

router = router_for_forms()


def _a_move(typed: str) -> str:
    if not re.fullmatch(r"\d{1,4}-\d{1,6}-\d{4}-\d\d-\d\d", typed):
        raise ValueError("Pick from the list of steps.")
    in_reach(date.fromisoformat(typed.split("-", 2)[2]))  # a ValueError for a day that is none
    return typed


OneMove = Annotated[str, BeforeValidator(clean_line), AfterValidator(_a_move)]


class MovesForm(PressForm):
    """Each `move` says a step, the version that was on the page, and the day it would get."""

    move: Annotated[list[OneMove], Field(max_length=plans.MOST_OPEN_STEPS)] = Field(default_factory=list)
    note: NeededText


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
def move_days(request: Request, opened: PlanToChange, form: Annotated[MovesForm, Form()]) -> Response:
    def move(pressed: Press) -> None:
        if not form.move:
            raise NeedsSomething("Tick the steps for which you want to ask for a new day.")
        for typed in form.move:
            move_step(opened, typed, form.note, pressed)
            pressed = pressed.rest

    once(request, opened, form, move)
    return back_to_desk(request, opened, "steps")
