"""Debrief, the half that learns: each action, influence and flag. A half-done one is kept and may wait."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field, TypeAdapter

from app.call import store
from app.call.closing import close
from app.call.doors import CallToChange, OpenCall
from app.call.lifetime import Doing
from app.call.page import act_on_call
from app.call.shortlist import Shortlisted
from app.call.tables import FlagSeen, PlanAction
from app.deal import store as deals
from app.deal.position.influence import Area, Mode
from app.deal.position.red_flags import line_of
from app.deal.tables import ModeSeen, OwnFlag
from app.journal import Press
from app.needs import NeedsSomething
from app.press import PressForm, router_for_forms
from app.typed import Line, Remark, Text, field_of

router = router_for_forms()
BROUGHT: TypeAdapter[str] = TypeAdapter(Annotated[Text, Field(max_length=2_000)])
WIN: TypeAdapter[str] = TypeAdapter(Remark)


class DebriefForm(PressForm):
    """Besides: `done_ID`, `brought_ID` of actions; `mode_ID`, `win_ID` of people; `gone` holds keys."""

    model_config = ConfigDict(extra="allow")

    gone: list[Annotated[str, Field(max_length=60)]] = Field(default_factory=list, max_length=100)
    new_flag: Annotated[Line, Field(max_length=200)] = ""
    said: Text = ""
    said_by: Annotated[Line, Field(max_length=12)] = ""
    finish: Line = ""


@router.post("/calls/{ref}/debrief")
def learn(request: Request, opened: CallToChange, form: Annotated[DebriefForm, Form()]) -> Response:
    typed: dict[str, str] = request.state.typed

    def write() -> None:
        opened.must_allow(Doing.DEBRIEF)
        actions = _learn_from_actions(opened, typed)
        _learn_about_people(opened, typed)
        _keep_new(opened, form)
        if form.finish:
            _finish(opened, form, actions)

    return act_on_call(
        request, opened, form, "debriefed" if form.finish else "debrief begun", "debrief", write
    )


def _learn_from_actions(opened: OpenCall, typed: dict[str, str]) -> list[PlanAction]:
    """The chosen actions, each with what it brought."""
    actions = store.actions_of(opened.session, opened.call_id)
    chosen = [one for one in actions if one.standing is Shortlisted.CHOSEN]
    for one in chosen:
        done = typed.get(f"done_{one.id}", "")
        one.done = {"yes": True, "no": False}.get(done, one.done)
        one.brought = field_of(typed, f"brought_{one.id}", BROUGHT) or one.brought
    return chosen


def _learn_about_people(opened: OpenCall, typed: dict[str, str]) -> None:
    """What was seen of each influence, kept in the history of its cell."""
    for person in deals.people_of(opened.session, opened.call.deal_id):
        mode, win = typed.get(f"mode_{person.id}", ""), field_of(typed, f"win_{person.id}", WIN)
        if mode not in set(Mode):
            continue
        if (Mode(mode), win or person.win) != (person.mode, person.win):
            seen = ModeSeen(
                workspace_id=opened.me.workspace_id,
                deal_id=opened.call.deal_id,
                person_id=person.id or 0,
                seen_on=opened.today,
                mode=Mode(mode),
                win=win or person.win,
                is_debrief=True,
            )
            opened.session.add(seen)
        person.mode, person.win = Mode(mode), win or person.win
        person.confirmed_on = person.spoken_on = opened.today


def _keep_new(opened: OpenCall, form: DebriefForm) -> None:
    ids = {"workspace_id": opened.me.workspace_id, "deal_id": opened.call.deal_id}
    if form.new_flag:
        seller = {"seller_id": opened.me.seller.id or 0, "created_on": opened.today}
        opened.session.add(OwnFlag(**ids, **seller, area=Area.COVERAGE, words=form.new_flag))
    if form.said:
        people = deals.people_of(opened.session, opened.call.deal_id)
        by = next((one for one in people if str(one.id) == form.said_by), None)
        pressed = Press(opened.me.seller.actor)
        deals.add_point(opened.session, opened.deal, form.said, opened.today, by, pressed, opened.now)


def _finish(opened: OpenCall, form: DebriefForm, actions: list[PlanAction]) -> None:
    """Done when each action was looked at; how the flags stand then is what the next plan begins with."""
    if any(one.done is None for one in actions):
        raise NeedsSomething("Say of each action whether it was done. The rest is kept meanwhile.")
    if opened.call.is_short and opened.call.assumed_on is None:
        raise NeedsSomething("The plan was short for the stakes: say whether what it assumed was confirmed.")
    opened.session.flush()
    for flag in opened.where().flags:
        is_gone = flag.key in form.gone
        ids = {"workspace_id": opened.me.workspace_id, "call_id": opened.call_id}
        opened.session.add(FlagSeen(**ids, key=flag.key, title=line_of(flag)[:500], is_gone=is_gone))
        if is_gone:
            close(opened, flag, "Gone, as the debrief of the call says.")
    opened.call.learned_at = opened.now
