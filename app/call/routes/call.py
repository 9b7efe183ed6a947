"""Preparing a call and closing it: depth, review, candidates, the gut check, and whether it happened."""

import json
from datetime import date
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from app.account.rights import Missing
from app.call import store
from app.call.closing import close
from app.call.depth import Depth, is_short, needs_reason
from app.call.doors import CallToChange, CallToSee, OpenCall
from app.call.lifetime import DebriefFirst, Doing
from app.call.page import act_on_call, call_page
from app.call.questions import BY_DEPTH
from app.call.tables import Call, InMeeting, Review
from app.call.view import advice_for
from app.clock import day_in
from app.deal import store as deals
from app.deal.doors import DealToChange, DealToSee, OpenDeal
from app.deal.position import store as positions
from app.deal.position.influence import Area
from app.deal.tables import OwnFlag, Strength
from app.desk.doors import PlanToChange
from app.journal import Event, Press, record
from app.needs import NeedsSomething
from app.pages import page, see
from app.press import PressForm, leaves_step_alone, once, router_for_forms
from app.shared_plan import store as plans
from app.shared_plan.commitment import Kind
from app.shared_plan.steps_now import as_they_stand, behind
from app.typed import Day, Id, Line, Remark, TimeOfDay, YesNo, empty_is_none

router = router_for_forms()


AGut = Annotated[int | None, Field(ge=1, le=6), BeforeValidator(empty_is_none)]
Ids = Annotated[list[Annotated[int, Field(ge=1, le=2**31 - 1)]], Field(max_length=200)]


class CallForm(PressForm):
    on: Day = None
    at: TimeOfDay = None
    about: Line = ""


class DepthForm(PressForm):
    """Without a depth, the one that is advised."""

    depth: Annotated[Depth | None, BeforeValidator(empty_is_none)] = None
    could_lose: YesNo = None
    reason: Remark = ""


class SameForm(PressForm):
    same: bool


class ReviewForm(PressForm):
    """An answer, and the flags and strengths that it raises or closes on the spot."""

    question: Annotated[Line, Field(max_length=20)]
    words: Annotated[Line, Field(max_length=200)] = ""
    flag: Remark = ""
    strength: Remark = ""
    gone: list[Annotated[str, Field(max_length=60)]] = Field(default_factory=list, max_length=100)
    gap: Id = None


class MeetingForm(PressForm):
    person: Ids = Field(default_factory=list)


class GutForm(PressForm):
    before: AGut = None
    after: AGut = None


class HappenedForm(PressForm):
    how: Annotated[str, Field(pattern="^(yes|moved|missed)$")]
    on: Day = None
    at: TimeOfDay = None


class AssumedForm(PressForm):
    assumed: Annotated[str, Field(pattern="^(confirmed|moved)$")]


@router.get("/deals/{ref}/calls")
def list_calls(request: Request, opened: DealToSee) -> Response:
    rows = plans.plan_rows(opened.session, opened.deal.plan_id)
    known = behind(rows)
    calls = store.calls_of(opened.session, opened.deal.id or 0)
    talks = [step for step in as_they_stand(rows) if step.is_talk and step.is_open]
    about = {call.step_id for call in calls if call.happened_at is None}
    return page(
        request,
        "call/calls.html",
        me=opened.me,
        deal=opened.deal,
        calls=calls,
        talks=[step for step in talks if known[step.number].step_id not in about],
        plan_ref=deals.plan_ref_of(opened.session, opened.deal),
        today=opened.today,
    )


@router.post("/deals/{ref}/calls")
def plan_call(request: Request, opened: DealToChange, form: Annotated[CallForm, Form()]) -> Response:
    def begin(pressed: Press) -> str:
        if form.on is None:
            raise NeedsSomething("Say on which day the call is.")
        call = _begin(opened, pressed, form.on)
        call.at, call.about = form.at, form.about
        return call.ref

    return see(f"/calls/{once(request, opened, form, begin, lambda event: _planned(opened, event))}")


@router.post("/plans/{ref}/steps/{number}/call", dependencies=[Depends(leaves_step_alone)])
def prepare_talk(
    request: Request,
    number: Annotated[int, Field(ge=1, le=plans.HIGHEST_NUMBER)],
    opened: PlanToChange,
    form: Annotated[PressForm, Form()],
) -> Response:
    """The call about a talk step: the one that is there, else a new one."""
    step = plans.step_numbered(opened.session, opened.plan_id, number)
    if step is None or step.terms[-1].kind is not Kind.TALK:
        raise Missing
    on = OpenDeal(opened.session, opened.me, opened.deal, opened.now)

    def begin(pressed: Press) -> str:
        call = store.call_of_step(opened.session, opened.deal.id or 0, step.id or 0)
        if call is None:
            call = _begin(on, pressed, step.terms[-1].due_on)
            call.step_id, call.about = step.id, step.terms[-1].title
        return call.ref

    return see(f"/calls/{once(request, opened, form, begin, lambda event: _planned(on, event))}")


@router.get("/calls/{ref}")
def show_call(request: Request, opened: CallToSee) -> Response:
    return call_page(request, opened)


@router.post("/calls/{ref}/depth")
def choose_depth(request: Request, opened: CallToChange, form: Annotated[DepthForm, Form()]) -> Response:
    def choose() -> None:
        opened.must_allow(Doing.PREPARE)
        if form.could_lose is not None:
            opened.call.could_lose = form.could_lose
        advised = advice_for(opened, opened.where())
        depth = form.depth or advised.depth
        if needs_reason(depth, advised) and not form.reason:
            raise NeedsSomething(f"{advised.why} Say why the {depth} form is enough.")
        opened.call.depth, opened.call.depth_reason, opened.call.same_on = depth, form.reason, None
        opened.call.is_short = is_short(depth, advised)

    return act_on_call(request, opened, form, "depth chosen", "review", choose)


@router.post("/calls/{ref}/same")
def say_the_same(request: Request, opened: CallToChange, form: Annotated[SameForm, Form()]) -> Response:
    """Same people, same roles, nothing new: yes stamps the grid as confirmed, no opens the quick form."""

    def say() -> None:
        opened.must_allow(Doing.PREPARE)
        if not form.same:
            opened.call.depth, opened.call.same_on = Depth.QUICK, None
            return
        opened.call.same_on = opened.today
        for person in deals.people_of(opened.session, opened.call.deal_id):
            person.confirmed_on = opened.today
        for role in positions.roles_of(opened.session, opened.call.deal_id):
            role.confirmed_on = opened.today

    return act_on_call(request, opened, form, "nothing new" if form.same else "something new", "review", say)


@router.post("/calls/{ref}/review")
def review(request: Request, opened: CallToChange, form: Annotated[ReviewForm, Form()]) -> Response:
    def write() -> None:
        opened.must_allow(Doing.PREPARE)
        asked_for = BY_DEPTH[_depth_at_once(opened)]
        asked = next((one for one in asked_for if one.key == form.question), None)
        if asked is None:
            raise NeedsSomething("Pick one of the questions of this form.")
        row = store.reviews_of(opened.session, opened.call_id).get(form.question) or Review(
            workspace_id=opened.me.workspace_id, call_id=opened.call_id, question=form.question, at=opened.now
        )
        row.words, row.at = form.words or row.words, opened.now
        opened.session.add(row)
        for flag in opened.where().flags:
            if flag.key in form.gone:
                close(opened, flag, form.words or "Gone, as the review says.")
        _raise_on_the_spot(opened, form, asked.areas[0])

    return act_on_call(request, opened, form, "reviewed", f"question-{form.question}", write)


@router.post("/calls/{ref}/meeting")
def say_who_is_there(
    request: Request, opened: CallToChange, form: Annotated[MeetingForm, Form()]
) -> Response:
    def say() -> None:
        opened.must_allow(Doing.PREPARE)
        _depth_at_once(opened)
        known = {one.id for one in deals.people_of(opened.session, opened.call.deal_id)}
        there = store.in_meeting(opened.session, opened.call_id)
        for ident in (set(form.person) & known) - there:
            row = InMeeting(workspace_id=opened.me.workspace_id, call_id=opened.call_id, person_id=ident or 0)
            opened.session.add(row)
        store.leave_meeting(opened.session, opened.call_id, there - set(form.person))

    return act_on_call(request, opened, form, "who is there", "one-thing", say)


@router.post("/calls/{ref}/gut")
def feel(request: Request, opened: CallToChange, form: Annotated[GutForm, Form()]) -> Response:
    def say() -> None:
        opened.must_allow(Doing.PREPARE)
        opened.call.gut_before = form.before or opened.call.gut_before
        opened.call.gut_after = form.after or opened.call.gut_after

    return act_on_call(request, opened, form, "gut check", "gut", say)


@router.post("/calls/{ref}/happened")
def say_whether_it_happened(
    request: Request, opened: CallToChange, form: Annotated[HappenedForm, Form()]
) -> Response:
    """Yes: the plan is obsolete from now on. Moved, or they did not come: it lives on."""

    def say() -> None:
        if form.how == "yes":
            opened.must_allow(Doing.SAY_IT_HAPPENED)
            opened.call.happened_at = opened.now
            opened.deal.last_call_on = day_in(opened.me.workspace.time_zone, opened.now)
        else:
            opened.must_allow(Doing.MOVE)
            _move(opened, form.on, form)

    return act_on_call(request, opened, form, f"call: {form.how}", "main", say)


@router.post("/calls/{ref}/assumed")
def settle_what_was_assumed(
    request: Request, opened: CallToChange, form: Annotated[AssumedForm, Form()]
) -> Response:
    """After a short form: what it assumed was confirmed, or the decision was moved."""

    def settle() -> None:
        opened.must_allow(Doing.DEBRIEF)
        opened.call.assumed_on = opened.today

    return act_on_call(request, opened, form, f"assumed: {form.assumed}", "debrief", settle)


def _planned(opened: OpenDeal, event: Event) -> str:
    return opened.session.get_one(Call, json.loads(event.facts)["call"]).ref


def _begin(opened: OpenDeal, pressed: Press, on: date) -> Call:
    """The next call of a deal. Raises DebriefFirst while the last one was not learned from."""
    waiting = store.waiting_for_debrief(opened.session, opened.deal.id or 0)
    if waiting:
        raise DebriefFirst(waiting.ref)
    call = Call(
        workspace_id=opened.deal.workspace_id,
        deal_id=opened.deal.id or 0,
        seller_id=opened.deal.seller_id,
        ref=plans.new_ref(),
        day=on,
        created_at=opened.now,
    )
    opened.session.add(call)
    opened.session.flush()
    record(opened.session, opened.deal, "call planned", pressed, opened.now, {"call": call.id})
    return call


def _depth_at_once(opened: OpenCall) -> Depth:
    """The form that was there unasked, because time is short, is chosen by its first answer."""
    if opened.call.depth is None:
        advised = advice_for(opened, opened.where())
        opened.call.depth, opened.call.is_short = advised.depth, advised.is_short
    return opened.call.depth


def _raise_on_the_spot(opened: OpenCall, form: ReviewForm, area: Area) -> None:
    ids = {"workspace_id": opened.me.workspace_id, "deal_id": opened.call.deal_id, "area": area}
    if form.flag:
        seller = {"seller_id": opened.me.seller.id or 0, "created_on": opened.today}
        opened.session.add(OwnFlag(**ids, **seller, words=form.flag))
    if form.strength:
        gaps = {gap.id for gap in positions.gaps_of(opened.session, opened.call.deal_id)}
        gap = form.gap if form.gap in gaps else None
        opened.session.add(Strength(**ids, words=form.strength, gap_id=gap, created_on=opened.today))


def _move(opened: OpenCall, on: date | None, form: HappenedForm) -> None:
    """A call about a talk step moves with the step, which only both sides can move."""
    if opened.call.step_id:
        return
    if on is None:
        raise NeedsSomething("To which day was it moved?")
    opened.call.day, opened.call.at = on, form.at or opened.call.at
