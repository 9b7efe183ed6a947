"""Writing, changing and removing drafts."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BeforeValidator, Field

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
from app.press import PressForm, router_for_forms
from app.shared_plan import store as plans
from app.shared_plan.word_fields import WordFields
from app.shared_plan.words import WORDS
from app.specificity import verdict
from app.typed import Line, clean_line, empty_is_none, needed

router = router_for_forms()


Kept = Annotated[KeepBecause | None, BeforeValidator(lambda typed: clean_line(typed) or None)]
PlacedDays = Annotated[int | None, Field(ge=0, le=MOST_DAYS), BeforeValidator(empty_is_none)]
PlacedAfter = Annotated[int | None, Field(ge=1, le=plans.HIGHEST_NUMBER), BeforeValidator(empty_is_none)]


# What a form that says everything leaves empty; a kind stays as it is, and so does whoever owns the step.
EMPTY = {name: Draft.model_fields[name].get_default() for name in WORDS if name not in ("kind", "owner")}


class DraftFields(PressForm, WordFields):
    owner: Line | None = None
    counterpart: Line | None = None
    placed_days: PlacedDays = None
    placed_after: PlacedAfter = None
    keep_because: Kept = None


class DraftForm(DraftFields):
    title: Annotated[Line | None, AfterValidator(needed)]


class ChangeForm(DraftFields):
    """With a title all words are meant; without one the rest stays, so that one tap can say why."""

    about: Line = ""


@router.post("/plans/{ref}/drafts")
def write_draft(request: Request, opened: PlanToChange, form: Annotated[DraftForm, Form()]) -> Response:
    def write() -> None:
        draft = new_draft(opened, form.title or "")
        draft.keep_because = form.keep_because
        _say(opened, draft, form)
        choose_people(opened, draft, form.owner or "", form.counterpart or "")

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


def _say(opened: OpenPlan, draft: Draft, form: DraftFields) -> None:
    """All words as the form has them, and where the day hangs."""
    draft.sqlmodel_update(EMPTY | {name: value for name, value in form.words().items() if value is not None})
    place(opened, draft, form.placed_days, form.placed_after, opened.steps_now())


def _change(opened: OpenPlan, draft: Draft, form: ChangeForm) -> None:
    if form.title is not None:
        if not form.title:
            raise NeedsSomething("Say what happens.")
        _say(opened, draft, form)
    elif form.reason:
        draft.reason = form.reason
    if form.owner is not None or form.counterpart is not None:
        choose_people(opened, draft, form.owner or "", form.counterpart or "")
    draft.keep_because = form.keep_because or draft.keep_because
    if form.about:
        text = verdict.Passage(verdict.TextKind.STEP, draft.title, draft.reason)
        tell(opened, text, form.about, Press(opened.actor))
