"""Writing, changing and removing drafts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from app.buyer.page import plan_rows
from app.desk.anchors import tell
from app.desk.backwards import MOST_DAYS
from app.desk.doors import OpenedDraft, OpenPlan, PlanToChange, PressForm
from app.desk.draft import pair_of
from app.desk.page import back_to_desk
from app.desk.placing import place
from app.desk.tables import Draft, KeepBecause
from app.journal import Press, already_done, record
from app.shared_plan import store as plans
from app.shared_plan.commitment import Kind
from app.shared_plan.picture import StepNow, picture
from app.specificity import verdict
from app.typed import (
    Day,
    Line,
    NeededLine,
    NeedsSomething,
    Place,
    Text,
    TimeOfDay,
    clean_line,
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
        text = verdict.Text(verdict.Kind.STEP, draft.title, draft.reason)
        tell(opened, text, form.about, Press(opened.me.seller.actor))
