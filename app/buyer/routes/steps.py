"""The guest's plan, what they do with one step of it, and the file with its day."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.account.rights import Missing
from app.buyer import calendar, room
from app.buyer.doors import OpenedStep, StepNumber, requests_within_room, within_room
from app.buyer.kept import etag
from app.buyer.page import fragment, plan_page, step_page
from app.clock import day_in
from app.database import Reading, Writing
from app.journal import Press, record
from app.link.guest import Calling, Visiting
from app.link.visits import Visit
from app.now import Now
from app.pages import answer
from app.press import ActForm, keyless, router_for_forms
from app.shared_plan import acts, store
from app.shared_plan.calendar import ics
from app.shared_plan.deed import AtStep, Deed, act_on_step
from app.shared_plan.forms import DoneForm, InWordsForm, ObstacleForm
from app.shared_plan.word_fields import OtherWords
from app.shared_plan.words import Change
from app.typed import (
    Day,
    Email,
    NeededLine,
    Text,
)

router = router_for_forms()
Before = Annotated[int, Query(ge=0, le=100_000)]


@router.get("/p/{ref}")
def show_plan(request: Request, here: Visiting, session: Reading, now: Now) -> Response:
    """Asked for again, it is answered by `kept.py` while nothing that it shows has changed."""
    body = plan_page(request, session, here, now)
    headers = {
        "ETag": etag(request.app.state.settings.keys, body),
        "Cache-Control": "private, no-cache",
        "Vary": "Cookie, HX-Request",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(body, headers=headers)


class CounterForm(OtherWords):
    """Why a step matters to them is the seller's to say."""

    def change(self) -> Change:
        return Change(**self.words() | {"kind": None, "reason": None})


class BuyersObstacleForm(ObstacleForm):
    """Only a buyer can grant a day on which to be asked again."""

    ask_again_on: Day = None


class HandoverForm(ActForm):
    name: NeededLine
    email: Email = ""
    note: Text = ""


class ReopenForm(ActForm):
    note: Text = ""


@router.post("/p/{ref}/steps/{number}/yes")
def say_yes(request: Request, at: OpenedStep, form: Annotated[ActForm, Form()]) -> Response:
    return act_at_step(request, at, form, acts.agree)


@router.post("/p/{ref}/steps/{number}/counter")
def ask_for_other_terms(request: Request, at: OpenedStep, form: Annotated[CounterForm, Form()]) -> Response:
    return act_at_step(request, at, form, lambda deed: acts.propose(deed, form.change(), form.note))


@router.post("/p/{ref}/steps/{number}/obstacle")
def say_what_is_in_the_way(
    request: Request, at: OpenedStep, form: Annotated[BuyersObstacleForm, Form()]
) -> Response:
    return act_at_step(
        request, at, form, lambda deed: acts.get_stuck(deed, form.reason, form.note, form.ask_again_on)
    )


@router.post("/p/{ref}/steps/{number}/answer")
def answer_in_words(request: Request, at: OpenedStep, form: Annotated[InWordsForm, Form()]) -> Response:
    return act_at_step(request, at, form, lambda deed: acts.answer_in_words(deed, form.words))


@router.post("/p/{ref}/steps/{number}/done")
def mark_as_done(request: Request, at: OpenedStep, form: Annotated[DoneForm, Form()]) -> Response:
    return act_at_step(request, at, form, lambda deed: acts.finish(deed, form.note, form.url))


@router.post("/p/{ref}/steps/{number}/reopening")
def reopen(request: Request, at: OpenedStep, form: Annotated[ReopenForm, Form()]) -> Response:
    def again(deed: Deed) -> None:
        acts.reopen(deed, form.note)
        requests_within_room(at.party)

    return act_at_step(request, at, form, again)


@router.post("/p/{ref}/steps/{number}/comments")
def comment(request: Request, at: OpenedStep, form: Annotated[InWordsForm, Form()]) -> Response:
    def reword(deed: Deed) -> None:
        acts.reword_comment(deed, form.edits, form.words)
        room.must_have_room_to_reword(store.rewordings(deed.session, deed.plan, deed.who.actor))

    return act_at_step(
        request, at, form, reword if form.edits else lambda deed: acts.comment(deed, form.words)
    )


@router.post("/p/{ref}/steps/{number}/undo")
def undo(request: Request, at: OpenedStep, form: Annotated[ActForm, Form()]) -> Response:
    act_on_step(request, at, form, acts.take_back)  # never one too many
    return _changed(request, at)


@router.post("/p/{ref}/seen", dependencies=[Depends(keyless)])
def note_first_opening(here: Calling, session: Writing, now: Now) -> Response:
    """Sent once by script after somebody touched the page; a mail scanner that only loads it is not seen."""
    plan = store.locked_plan(session, here.plan_id)
    participant = store.participant(session, here.participant_id)
    if participant.first_opened_on is None:
        participant.first_opened_on = day_in(plan.time_zone, now)
        actor = Press(f"participant-{here.participant_id}")
        record(session, plan, "first opened", actor, now, {"participant": here.participant_id})
    return Response(status_code=204)


@router.get("/p/{ref}/plan.ics")
def download_plan(request: Request, here: Visiting, session: Reading) -> Response:
    steps = [step for step in store.steps_now(session, here.plan_id) if step.is_open]
    return ics.file(calendar.calendar(here, steps, request.app.state.settings), "plan")


@router.get("/p/{ref}/steps/{number}.ics")
def download_step(request: Request, number: StepNumber, here: Visiting, session: Reading) -> Response:
    steps = [step for step in store.steps_now(session, here.plan_id) if step.number == number]
    if not steps:
        raise Missing
    return ics.file(calendar.calendar(here, steps, request.app.state.settings), f"step-{number}")


@router.get("/p/{ref}/steps/{number}")
def show_step(
    request: Request, number: StepNumber, here: Visiting, session: Reading, now: Now, before: Before = 0
) -> Response:
    return HTMLResponse(step_page(request, session, here, now, number, before))


def act_at_step(request: Request, at: AtStep, form: ActForm, verb: Callable[[Deed], object]) -> Response:
    """Carry out one press exactly once, then show the page it changed."""
    act_on_step(request, at, form, lambda deed: within_room(at, verb(deed)))
    return _changed(request, at)


def _changed(request: Request, at: AtStep) -> Response:
    here: Visit = request.state.visit
    return answer(request, f"/p/{here.ref}#step-{at.step.number}", lambda: fragment(request, at.party, here))
