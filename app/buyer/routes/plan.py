"""What a guest does with the whole plan: yes to all, asking, the goal, copies, quiet, not going ahead."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import Field

from app.account.rights import Missing
from app.buyer import doors, room
from app.buyer.doors import OpenedPlan, StepToHandOver, requests_within_room, within_room
from app.buyer.page import fragment, own_page
from app.buyer.routes.steps import HandoverForm, act_at_step
from app.clock import day_in
from app.journal import Event, Press
from app.link import store as links
from app.link.token import new_token
from app.link.visits import Visit
from app.needs import NeedsSomething
from app.pages import answer
from app.press import PressForm, once, router_for_forms
from app.shared_plan import acts, plan_acts, store
from app.shared_plan.commitment import Kind, Side
from app.shared_plan.deed import Deed, Party, PlanDeed, act_on_plan
from app.shared_plan.forms import QuietForm
from app.shared_plan.tables import Handover, Terms
from app.typed import Day, NeededDay, NeededLine, NeededText, Text, TimeOfDay, _

router = router_for_forms()


class Does(StrEnum):
    """Who would do what the buyer asks for: the seller's side, the buyer, or both, in a talk."""

    SELLER = "seller"
    BUYER = "buyer"
    BOTH = "both"


class AskForm(PressForm):
    title: NeededLine
    due_on: NeededDay
    who: Does = Does.SELLER
    due_at: TimeOfDay = None
    reason: Annotated[Text, Field(max_length=1_000)] = ""


Numbers = Annotated[list[Annotated[int, Field(ge=0, le=100_000)]], Field(max_length=store.MOST_OPEN_STEPS)]


class YesToAll(PressForm):
    """The steps by number, and the version of each that was on the page, in the same order."""

    step: Numbers = Field(default_factory=list)
    version: Numbers = Field(default_factory=list)


class GoalForm(PressForm):
    words: Annotated[NeededText, Field(max_length=500)]
    due_on: Day = None


class EndingForm(PressForm):
    reason: Text = ""


@router.post("/p/{ref}/yes")
def say_yes_to_all(request: Request, party: OpenedPlan, form: Annotated[YesToAll, Form()]) -> Response:
    """All or none: where one of the steps has changed, nothing is agreed."""

    def agree(deed: PlanDeed) -> None:
        pressed = deed.press
        for number, version in _told_apart(form):
            step = doors.step_of(request, number, party)
            if acts.agree(party.on(step, pressed, version)):
                pressed = pressed.rest

    return _act(request, party, form, agree)


@router.post("/p/{ref}/steps")
def ask_for_step(request: Request, party: OpenedPlan, form: Annotated[AskForm, Form()]) -> Response:
    def ask(deed: PlanDeed) -> None:
        step = store.new_step(deed.session, deed.plan, deed.at, asked_for=True)
        acts.share(party.on(step, deed.press, seen=0), _asked(form, party, step.id or 0))
        requests_within_room(party)

    return _act(request, party, form, ask)


@router.post("/p/{ref}/goal")
def ask_for_goal(request: Request, party: OpenedPlan, form: Annotated[GoalForm, Form()]) -> Response:
    return _act(request, party, form, lambda deed: plan_acts.ask_for_goal(deed, form.words, form.due_on))


@router.post("/p/{ref}/pause")
def ask_for_quiet(request: Request, party: OpenedPlan, form: Annotated[QuietForm, Form()]) -> Response:
    return _act(request, party, form, lambda deed: pause_or_resume(deed, form.until))


@router.post("/p/{ref}/ending")
def end_plan(request: Request, party: OpenedPlan, form: Annotated[EndingForm, Form()]) -> Response:
    return _act(request, party, form, lambda deed: plan_acts.end(deed, form.reason))


@router.post("/p/{ref}/reopening")
def go_on_after_all(request: Request, party: OpenedPlan, form: Annotated[PressForm, Form()]) -> Response:
    return _act(request, party, form, plan_acts.reopen)


@router.post("/p/{ref}/steps/{number}/handover")
def hand_over(request: Request, at: StepToHandOver, form: Annotated[HandoverForm, Form()]) -> Response:
    def ask(deed: Deed) -> None:
        if form.name.casefold() == deed.who.name.casefold():
            raise NeedsSomething(_("Name somebody else: this step asks you already."))
        act = acts.hand_over(deed, form.name, form.note)
        deed.session.flush()
        deed.session.add(
            Handover(
                workspace_id=deed.plan.workspace_id,
                plan_id=deed.plan.id or 0,
                step_id=deed.step.id or 0,
                act_number=act.number,
                email=form.email,
            )
        )

    return act_at_step(request, at, form, ask)


@router.post("/p/{ref}/copies")
def make_copy(request: Request, party: OpenedPlan, form: Annotated[PressForm, Form()]) -> Response:
    """Answers with the address of the copy, once."""
    here: Visit = request.state.visit
    settings = request.app.state.settings

    def make(pressed: Press) -> Response:
        made = links.copies_made_by(party.session, here)
        room.must_have_room_for_copy(sum(link.works_at(party.at) for link in made), len(made))
        token = new_token(settings.keys)
        links.make_copy(party.session, party.plan, here, token, pressed, party.at)
        address = f"{settings.base_url}/l/{token}"
        return HTMLResponse(own_page(request, "buyer/copy.html", here, address=address))

    def shown_before(_event: Event) -> Response:
        raise NeedsSomething(_("This address was shown once and is not kept. Make another copy."))

    return once(request, party, form, make, shown_before)


@router.post("/p/{ref}/copies/{number}/revocation")
def turn_off_copy(
    request: Request, number: doors.CopyNumber, party: OpenedPlan, form: Annotated[PressForm, Form()]
) -> Response:
    here: Visit = request.state.visit

    def turn_off(pressed: Press) -> None:
        made = links.copies_made_by(party.session, here)
        if number > len(made) or made[number - 1].revoked_at is not None:
            raise Missing
        links.revoke(party.session, party.plan, made[number - 1], pressed, party.at)

    once(request, party, form, turn_off)
    return answer(request, f"/p/{here.ref}#copies", lambda: fragment(request, party, here))


def pause_or_resume(deed: PlanDeed, until: Day) -> object:
    if until is None:
        return plan_acts.resume(deed)
    if until <= day_in(deed.plan.time_zone, deed.at):
        raise NeedsSomething(_("Pick a day that is still to come."))
    return plan_acts.pause(deed, until)


def _told_apart(form: YesToAll) -> list[tuple[int, int]]:
    if not form.step or len(form.step) != len(form.version):
        raise NeedsSomething(_("Say yes on the page itself: this form does not say to which steps."))
    return list(zip(form.step, form.version, strict=True))


def _asked(form: AskForm, party: Party, step_id: int) -> Terms:
    is_talk = form.who is Does.BOTH
    if is_talk and form.due_at is None:
        raise NeedsSomething(_("A talk needs a time."))
    return Terms(
        workspace_id=party.plan.workspace_id,
        plan_id=party.plan.id or 0,
        step_id=step_id,
        version=1,
        title=form.title,
        reason=form.reason,
        kind=Kind.TALK if is_talk else Kind.DO,
        owner=Side.BUYER if form.who is Does.BUYER else Side.SELLER,
        seller_id=party.plan.seller_id,
        participant_id=party.who.id,
        due_on=form.due_on,
        due_at=form.due_at if is_talk else None,
        salt="",
    )


def _act(request: Request, party: Party, form: PressForm, verb: Callable[[PlanDeed], object]) -> Response:
    """Carry out one press exactly once, then show the page it changed."""
    act_on_plan(request, party, form, lambda deed: within_room(party, verb(deed)))
    here: Visit = request.state.visit
    return answer(request, f"/p/{here.ref}", lambda: fragment(request, party, here))
