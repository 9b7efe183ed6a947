"""Writing, changing and removing drafts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from app.deal.doors import act_on_deal
from app.desk.days.backwards import MOST_DAYS
from app.desk.days.placing import place
from app.desk.doors import OpenedDraft, OpenPlan, PlanToChange
from app.desk.drafting.draft import choose_people, new_draft
from app.desk.drafting.tell import tell
from app.desk.page import back_to_desk
from app.desk.tables import Draft, KeepBecause
from app.journal import Press
from app.needs import NeedsSomething
from app.press import PressForm
from app.shared_plan import store as plans
from app.shared_plan.commitment import Kind
from app.specificity import verdict
from app.typed import Day, Line, NeededLine, Place, Text, TimeOfDay, clean_line, empty_is_none, typed_fields

router = APIRouter(dependencies=[Depends(typed_fields)])


Kept = Annotated[KeepBecause | None, BeforeValidator(lambda typed: clean_line(typed) or None)]


PlacedDays = Annotated[int | None, Field(ge=0, le=MOST_DAYS), BeforeValidator(empty_is_none)]
PlacedAfter = Annotated[int | None, Field(ge=1, le=plans.MOST_STEPS_EVER), BeforeValidator(empty_is_none)]


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
    def write() -> None:
        draft = new_draft(opened, form.title, form.reason)
        draft.kind, draft.keep_because = form.kind, form.keep_because
        draft.due_on, draft.due_at, draft.place = form.due_on, form.due_at, form.place
        place(opened, draft, form.placed_days, form.placed_after, opened.steps_now())
        choose_people(opened, draft, form.owner, form.counterpart)

    act_on_deal(request, opened, form, "draft written", write)
    return back_to_desk(request, opened, "drafts")


@router.post("/plans/{ref}/drafts/{id}")
def change_draft(
    request: Request, opened: PlanToChange, draft: OpenedDraft, form: Annotated[ChangeForm, Form()]
) -> Response:
    act_on_deal(request, opened, form, "draft changed", lambda: _change(opened, draft, form), draft=draft.id)
    return back_to_desk(request, opened, f"draft-{draft.id}")


@router.post("/plans/{ref}/drafts/{id}/removal")
def remove_draft(
    request: Request, opened: PlanToChange, draft: OpenedDraft, form: Annotated[PressForm, Form()]
) -> Response:
    def remove() -> None:
        draft.removed_at = opened.now

    act_on_deal(request, opened, form, "draft removed", remove, draft=draft.id)
    return back_to_desk(request, opened, "drafts")


def _change(opened: OpenPlan, draft: Draft, form: ChangeForm) -> None:
    if form.title is not None:
        if not form.title:
            raise NeedsSomething("Say what happens.")
        draft.title, draft.reason, draft.kind = form.title, form.reason or "", form.kind or draft.kind
        draft.due_on, draft.due_at, draft.place = form.due_on, form.due_at, form.place
        place(opened, draft, form.placed_days, form.placed_after, opened.steps_now())
    elif form.reason:
        draft.reason = form.reason
    if form.owner is not None or form.counterpart is not None:
        choose_people(opened, draft, form.owner or "", form.counterpart or "")
    draft.keep_because = form.keep_because or draft.keep_because
    if form.about:
        text = verdict.Text(verdict.Kind.STEP, draft.title, draft.reason)
        tell(opened, text, form.about, Press(opened.actor))
