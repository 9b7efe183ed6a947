"""Writing, changing and removing drafts, and the Specificity Test beside the form as the seller types."""

import re
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, Field

from app.account.session import Looking
from app.buyer.page import plan_rows
from app.clock import Now
from app.database import Reading
from app.deal import store as deals
from app.deal.evidence import evidence_for
from app.desk import store, verdicts
from app.desk.backwards import MOST_DAYS, Placement, day_for
from app.desk.doors import OpenedDraft, OpenPlan, PlanToChange, PressForm, plan_to_see
from app.desk.draft import pair_of
from app.desk.page import back_to_desk
from app.desk.placing import days_of, place
from app.desk.tables import Draft, KeepBecause
from app.desk.twice import twin_of
from app.journal import already_done, record
from app.pages import page, spoken_day
from app.shared_plan import store as plans
from app.shared_plan.commitment import Kind
from app.shared_plan.picture import StepNow, picture
from app.specificity import verdict
from app.specificity.verdict import Text as Tested
from app.typed import (
    Day,
    Line,
    NeededLine,
    NeedsSomething,
    Place,
    Text,
    TimeOfDay,
    clean_line,
    in_reach,
    typed_fields,
)

router = APIRouter(dependencies=[Depends(typed_fields)])


def _number_or_none(typed: object) -> object:
    return (typed.strip() or None) if isinstance(typed, str) else typed


Kept = Annotated[KeepBecause | None, BeforeValidator(lambda typed: clean_line(typed) or None)]


PlacedDays = Annotated[int | None, Field(ge=0, le=MOST_DAYS), BeforeValidator(_number_or_none)]
PlacedAfter = Annotated[int | None, Field(ge=1, le=plans.MOST_STEPS_EVER), BeforeValidator(_number_or_none)]


class DraftForm(PressForm):
    title: NeededLine
    reason: Text = ""
    kind: Kind = Kind.DO
    owner: Line = ""
    counterpart: Line = ""
    due_on: Day = None
    due_at: TimeOfDay = None
    place: Place = ""
    placed_days: PlacedDays = None
    placed_after: PlacedAfter = None
    keep_because: Kept = None


class ChangeForm(PressForm):
    """Fields that are left out stay as they are, so that one tap can say why a step is kept."""

    title: Line | None = None
    reason: Text | None = None
    owner: Line | None = None
    counterpart: Line | None = None
    kind: Kind | None = None
    due_on: Day = None
    due_at: TimeOfDay = None
    place: Place = ""
    placed_days: PlacedDays = None
    placed_after: PlacedAfter = None
    keep_because: Kept = None
    about: Line = ""


@router.post("/plans/{ref}/drafts")
def write_draft(request: Request, opened: PlanToChange, form: Annotated[DraftForm, Form()]) -> Response:
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        draft = new_draft(opened, form.title, form.reason)
        draft.kind, draft.keep_because = form.kind, form.keep_because
        draft.due_on, draft.due_at, draft.place = form.due_on, form.due_at, form.place
        place(opened, draft, form.placed_days, form.placed_after, steps_of(opened))
        choose_people(opened, draft, form.owner, form.counterpart)
        record(opened.session, opened.deal, "draft written", pressed, opened.now, {})
    return back_to_desk(request, opened, "drafts")


@router.post("/plans/{ref}/drafts/{id}")
def change_draft(
    request: Request, opened: PlanToChange, draft: OpenedDraft, form: Annotated[ChangeForm, Form()]
) -> Response:
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        _change(opened, draft, form)
        record(opened.session, opened.deal, "draft changed", pressed, opened.now, {"draft": draft.id})
    return back_to_desk(request, opened, f"draft-{draft.id}")


@router.post("/plans/{ref}/drafts/{id}/removal")
def remove_draft(
    request: Request, opened: PlanToChange, draft: OpenedDraft, form: Annotated[PressForm, Form()]
) -> Response:
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        draft.removed_at = opened.now
        record(opened.session, opened.deal, "draft removed", pressed, opened.now, {"draft": draft.id})
    return back_to_desk(request, opened, "drafts")


class LiveForm(BaseModel):
    plan: Line
    title: Line = ""
    reason: Text = ""
    owner: Line = ""
    counterpart: Line = ""
    due_on: Line = ""
    placed_days: Line = ""
    placed_after: Line = ""

    def day(self) -> date | None:
        """While somebody types, half a day is none."""
        try:
            return in_reach(date.fromisoformat(self.due_on))
        except ValueError:
            return None

    def placement(self) -> Placement | None:
        days, after = self.placed_days, self.placed_after
        if not re.fullmatch(r"[0-9]{1,3}", days) or int(days) > MOST_DAYS:
            return None
        return Placement(int(days), int(after) if re.fullmatch(r"[0-9]{1,3}", after) else None)


@router.post("/specificity")
def test_as_typed(
    request: Request, me: Looking, session: Reading, now: Now, form: Annotated[LiveForm, Form()]
) -> Response:
    """The live check: reads, and changes nothing."""
    opened = plan_to_see(form.plan, me, session, now)
    text = Tested(
        verdict.Kind.STEP,
        form.title,
        form.reason,
        bool(form.owner),
        bool(form.counterpart),
        bool(form.due_on),
    )
    evidence = evidence_for(session, me, opened.deal)
    return page(
        request,
        "desk/_live_check.html",
        verdict=verdicts.shown(text, evidence),
        hints=_hints(opened, form),
        twin=twin_of(form.title, _titles(opened)),
    )


def _hints(opened: OpenPlan, form: LiveForm) -> list[str]:
    days = days_of(opened.plan, opened.today, steps_of(opened), {}, ())
    placement = form.placement()
    meant = day_for(placement, days.goal_on, days.of_steps, days.holidays) if placement else form.day()
    said = [f"That is {spoken_day(meant, 'en', opened.today)}."] if placement and meant else []
    return said + days.hints(meant, placement)


def _titles(opened: OpenPlan) -> list[str]:
    drafts = store.drafts_of(opened.session, opened.plan_id)
    return [step.title for step in steps_of(opened) if step.is_open] + [draft.title for draft in drafts]


def steps_of(opened: OpenPlan) -> list[StepNow]:
    return picture(*plan_rows(opened.session, opened.plan_id))


def new_draft(opened: OpenPlan, title: str, reason: str = "") -> Draft:
    draft = Draft(
        workspace_id=opened.me.workspace_id,
        plan_id=opened.plan_id,
        title=title,
        reason=reason,
        written_on=opened.today,
        created_at=opened.now,
    )
    opened.session.add(draft)
    return draft


def choose_people(opened: OpenPlan, draft: Draft, owner: str, counterpart: str) -> None:
    pair = pair_of(owner, counterpart, opened.me.seller, opened.colleagues(), opened.people())
    draft.owner = pair.owner
    draft.seller_id = pair.seller.id if pair.seller else None
    draft.person_id = pair.person.id if pair.person else None


def _change(opened: OpenPlan, draft: Draft, form: ChangeForm) -> None:
    if form.title is not None:
        if not form.title:
            raise NeedsSomething("Say what happens.")
        draft.title, draft.reason, draft.kind = form.title, form.reason or "", form.kind or draft.kind
        draft.due_on, draft.due_at, draft.place = form.due_on, form.due_at, form.place
        place(opened, draft, form.placed_days, form.placed_after, steps_of(opened))
    elif form.reason:
        draft.reason = form.reason
    if form.owner is not None or form.counterpart is not None:
        choose_people(opened, draft, form.owner or "", form.counterpart or "")
    draft.keep_because = form.keep_because or draft.keep_because
    if form.about:
        draft.point_id = _point_id(opened, form.about)


def _point_id(opened: OpenPlan, typed: str) -> int:
    points = [point.id for point, _ in deals.points_of(opened.session, opened.deal.id or 0)]
    if not typed.isdecimal() or int(typed) not in points:
        raise NeedsSomething("Pick one of the things they said.")
    return int(typed)
