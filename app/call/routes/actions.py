"""Candidates and the shortlist: what traces to nothing is refused, five at most are chosen."""

from typing import Annotated

from fastapi import Form, Path, Request
from fastapi.responses import Response
from pydantic import Field

from app.account.rights import Missing
from app.call import store
from app.call.doors import CallToChange, OpenCall
from app.call.ground_rule import refusals
from app.call.lifetime import Doing
from app.call.page import act_on_call
from app.call.shortlist import Answers, Shortlisted, TooManyActions, is_same_set, may_choose
from app.call.tables import PlanAction, Trace
from app.call.view import ActionCard, cards
from app.deal.position.red_flags import line_of
from app.needs import NeedsSomething
from app.press import PressForm, router_for_forms
from app.typed import Day, Key, Line, NeededLine, Remark, YesNo

router = router_for_forms()
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
TraceKey = Annotated[NeededLine, Field(max_length=60)]


class ActionForm(PressForm):
    """`removes` are keys of red flags, `uses` of strengths; `again` the action of an earlier call."""

    words: Annotated[NeededLine, Field(max_length=200)]
    who: Line = ""
    place: Line = ""
    due_on: Day = None
    in_call: bool = False
    secures: Remark = ""
    removes: list[TraceKey] = Field(default_factory=list, max_length=50)
    uses: list[TraceKey] = Field(default_factory=list, max_length=50)
    again: Annotated[Line, Field(max_length=12)] = ""


class QuestionsForm(PressForm):
    """The three questions; a no to any of them, or a reason, turns the candidate down."""

    logical: YesNo = None
    urgent: YesNo = None
    doable: YesNo = None
    reason: Remark = ""
    key: Key = ""


@router.post("/calls/{ref}/actions")
def write_candidate(request: Request, opened: CallToChange, form: Annotated[ActionForm, Form()]) -> Response:
    def write() -> None:
        opened.must_allow(Doing.PREPARE)
        titles = _titles(opened)
        keys = [key for key in dict.fromkeys([*form.removes, *form.uses]) if key in titles]
        row = _row(opened, form)
        refused = refusals(ActionCard(row, tuple(_trace(0, key, titles[key], row) for key in keys)))
        if refused:
            raise NeedsSomething(" ".join(refused))
        opened.session.add(row)
        opened.session.flush()
        opened.session.add_all(_trace(row.id or 0, key, titles[key], row) for key in keys)

    return act_on_call(request, opened, form, "candidate written", "candidates", write)


@router.post("/calls/{ref}/actions/{id}/questions")
def ask_three_questions(
    request: Request, id: Number, opened: CallToChange, form: Annotated[QuestionsForm, Form()]
) -> Response:
    found = [card for card in cards(opened, opened.call_id) if card.id == id]
    if not found:
        raise Missing

    def ask() -> None:
        opened.must_allow(Doing.PREPARE)
        _judge(opened, found[0], form)

    return act_on_call(request, opened, form, "three questions", "candidates", ask)


def _judge(opened: OpenCall, card: ActionCard, form: QuestionsForm) -> None:
    answers = Answers(form.logical, form.urgent, form.doable)
    others = [one for one in cards(opened, opened.call_id) if one.id != card.id]
    chosen = [one for one in others if one.standing is Shortlisted.CHOSEN]
    is_chosen = answers.passes and not form.reason
    try:
        may_choose(answers, len(chosen) if is_chosen else 0)
    except TooManyActions as error:
        raise NeedsSomething(
            "Five actions stand already. Ask the three questions more strictly, or turn one of the five down."
        ) from error
    row = card.row
    row.logical, row.urgent, row.doable = form.logical, form.urgent, form.doable
    _must_differ_from_last(opened, [*chosen, card] if is_chosen else chosen)
    if is_chosen:
        row.standing, row.reason = Shortlisted.CHOSEN, ""
    elif answers.fails or form.reason:
        named = ", ".join(f"not {question}" for question in answers.fails)
        row.standing, row.reason = Shortlisted.TURNED_DOWN, form.reason or named
    else:
        raise NeedsSomething("Answer all three: is it logical, urgent and do-able?")


def _must_differ_from_last(opened: OpenCall, chosen: list[ActionCard]) -> None:
    """The unchanged set again is refused: every call changes what is known."""
    last = store.last_over(opened.session, opened.call.deal_id, opened.call.id)
    if last is None:
        return
    before = [one for one in cards(opened, last.id or 0) if one.standing is Shortlisted.CHOSEN]
    if is_same_set([_traced(one) for one in before], [_traced(one) for one in chosen]):
        raise NeedsSomething(
            "This is the same plan as for the last call. That call changed what you know: what is needed now?"
        )


def _traced(card: ActionCard) -> tuple[str, frozenset[str]]:
    return card.row.words.casefold(), card.removes | card.uses


def _titles(opened: OpenCall) -> dict[str, str]:
    """What may be traced to: open flags, and strengths that close a gap."""
    at = opened.where()
    found = {flag.key: line_of(flag) for flag in at.flags} | {one.key: one.words for one in at.counting}
    if not found:
        raise NeedsSomething("No red flag or strength stands yet. Look at the position first.")
    return found


def _row(opened: OpenCall, form: ActionForm) -> PlanAction:
    return PlanAction(
        workspace_id=opened.me.workspace_id,
        call_id=opened.call_id,
        words=form.words,
        who=form.who,
        place=form.place,
        due_on=form.due_on,
        in_call=form.in_call,
        secures=form.secures,
        again_id=_earlier(opened, form.again),
    )


def _earlier(opened: OpenCall, typed: str) -> int | None:
    """One action of the last call may come back; it is traced anew, as any other."""
    last = store.last_over(opened.session, opened.call.deal_id, opened.call.id)
    known = {one.id for one in store.actions_of(opened.session, last.id or 0)} if last else set()
    return int(typed) if typed.isdecimal() and int(typed) in known else None


def _trace(action_id: int, key: str, title: str, row: PlanAction) -> Trace:
    return Trace(workspace_id=row.workspace_id, action_id=action_id, key=key, title=title[:500])
