"""The desk: drafts with their verdicts, the shared steps, the preview, and the seller's acts on steps."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import Field

from app.buyer.page import preview_page
from app.buyer.view import PageRows
from app.clock import known_zones
from app.deal.people import person_meant
from app.desk import store, view
from app.desk.doors import Number, OpenedStep, OpenStep, PlanToChange, PlanToSee
from app.desk.drafting.verdicts import compared_with
from app.desk.page import after_goal_moved, back_to_desk, show_desk
from app.desk.sharing.preview import pretended_rows, pretended_visit
from app.journal import Press, record
from app.needs import NeedsSomething
from app.pages import LANGUAGES, page, see
from app.press import ActForm, PressForm, once, router_for_forms
from app.shared_plan import acts, results
from app.shared_plan import store as plans
from app.shared_plan.deed import Deed, act_on_step
from app.shared_plan.forms import DoneForm, InWordsForm, ObstacleForm
from app.shared_plan.moves import PlanOver
from app.shared_plan.steps_now import PlanRows
from app.shared_plan.whole_plan import PlanState
from app.shared_plan.word_fields import OtherWords
from app.typed import Day, Language, Line, Text, Zone

# Where a press leads back to when it was made elsewhere than on the desk.
BACK = {"home": "/", "call": "/plans/{ref}/on-the-call"}

router = router_for_forms()
Before = Annotated[int, Query(ge=0, le=100_000)]


@router.get("/plans/{ref}")
def look_at_desk(request: Request, opened: PlanToSee) -> Response:
    return show_desk(request, opened)


class PlanForm(PressForm):
    """What is left out stays as it is; what is sent empty is cleared, but a plan keeps a title."""

    title: Line = ""
    goal: Annotated[Text, Field(max_length=500)] = ""
    goal_on: Day = None
    language: Language = "en"
    time_zone: Zone = "UTC"

    def sent(self, typed: dict[str, str]) -> dict[str, object]:
        kept = {name: value for name, value in self.typed().items() if name in typed}
        return {name: value for name, value in kept.items() if value or name in ("goal", "goal_on")}


@router.get("/plans/{ref}/settings")
def show_settings(request: Request, opened: PlanToSee) -> Response:
    zones = [(zone, zone) for zone in sorted(known_zones())]
    return page(
        request, "desk/settings.html", me=opened.me, plan=opened.plan, zones=zones, languages=LANGUAGES
    )


@router.post("/plans/{ref}")
def describe_plan(request: Request, opened: PlanToChange, form: Annotated[PlanForm, Form()]) -> Response:
    if opened.plan.state is not PlanState.OPEN:
        raise PlanOver
    goal_was = opened.plan.goal_on

    def describe(pressed: Press) -> None:
        opened.plan.sqlmodel_update(form.sent(request.state.typed))
        results.rejudge(opened.session, opened.plan)
        for participant in view.participants(opened):
            participant.language = opened.plan.language
        record(opened.session, opened.plan, "plan described", pressed, opened.now, {})

    once(request, opened, form, describe)
    if opened.plan.goal_on != goal_was:
        return after_goal_moved(request, opened)
    return back_to_desk(request, opened, "main")


@router.get("/plans/{ref}/preview")
def preview(
    request: Request, opened: PlanToSee, participant: Annotated[Line, Query(max_length=200)] = ""
) -> Response:
    people = opened.people()
    if not people:
        raise NeedsSomething(f"Add somebody at {opened.deal.company} first: they are who will read it.")
    person = person_meant(participant, people) if participant else people[0]
    drafts = store.drafts_of(opened.session, opened.plan_id)
    terms, said = pretended_rows(
        drafts, people, opened.me.seller.name, opened.plan.steps_ever + 1, opened.now
    )
    shared = plans.plan_rows(opened.session, opened.plan_id)
    history = plans.history_of_plan(opened.session, opened.plan_id)
    pretended = PlanRows([*shared.terms, *terms], [*shared.acts, *said], shared.commitments)
    rows = PageRows(pretended, history)
    here = pretended_visit(opened, person, opened.plan.language)
    banner = view.preview_banner(opened, person, len(terms))
    return HTMLResponse(preview_page(request, here, rows, opened.now, banner))


@router.get("/plans/{ref}/steps/{number}")
def look_at_step(request: Request, number: Number, opened: PlanToSee, before: Before = 0) -> Response:
    return page(request, "desk/step.html", **view.one_step(opened, compared_with(opened), number, before))


@router.post("/plans/{ref}/steps/{number}/terms")
def propose_terms(request: Request, step: OpenedStep, form: Annotated[OtherWords, Form()]) -> Response:
    return _act(request, step, form, lambda deed: acts.propose(deed, form.change(), form.note))


@router.post("/plans/{ref}/steps/{number}/yes")
def say_yes(request: Request, step: OpenedStep, form: Annotated[ActForm, Form()]) -> Response:
    return _act(request, step, form, acts.agree)


@router.post("/plans/{ref}/steps/{number}/obstacle")
def say_what_is_in_the_way(
    request: Request, step: OpenedStep, form: Annotated[ObstacleForm, Form()]
) -> Response:
    return _act(request, step, form, lambda deed: acts.get_stuck(deed, form.reason, form.note))


@router.post("/plans/{ref}/steps/{number}/answer")
def answer_in_words(request: Request, step: OpenedStep, form: Annotated[InWordsForm, Form()]) -> Response:
    return _act(request, step, form, lambda deed: acts.answer_in_words(deed, form.words))


@router.post("/plans/{ref}/steps/{number}/done")
def mark_as_done(request: Request, step: OpenedStep, form: Annotated[DoneForm, Form()]) -> Response:
    return _act(request, step, form, lambda deed: acts.finish(deed, form.note, form.url))


@router.post("/plans/{ref}/steps/{number}/reopening")
def reopen(request: Request, step: OpenedStep, form: Annotated[DoneForm, Form()]) -> Response:
    return _act(request, step, form, lambda deed: acts.reopen(deed, form.note))


@router.post("/plans/{ref}/steps/{number}/drop")
def drop(request: Request, step: OpenedStep, form: Annotated[DoneForm, Form()]) -> Response:
    return _act(request, step, form, lambda deed: acts.drop(deed, form.note))


@router.post("/plans/{ref}/steps/{number}/comments")
def comment(request: Request, step: OpenedStep, form: Annotated[InWordsForm, Form()]) -> Response:
    if form.edits:
        return _act(request, step, form, lambda deed: acts.reword_comment(deed, form.edits, form.words))
    return _act(request, step, form, lambda deed: acts.comment(deed, form.words))


def _act(request: Request, step: OpenStep, form: ActForm, verb: Callable[[Deed], object]) -> Response:
    """Carry out one press exactly once, then lead back to the page it was made on."""
    act_on_step(request, step.at, form, verb)
    back = BACK.get(request.state.typed.get("back", ""))
    if back:
        return see(back.format(ref=step.plan.plan.ref))
    return back_to_desk(request, step.plan, f"step-{step.at.step.number}")
