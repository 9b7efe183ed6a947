"""The deal's position as its page: each form answers one question that a red flag asks."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Form, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from app.account import store as accounts
from app.deal.doors import DealToChange, DealToSee, OpenDeal, act_on_deal
from app.deal.people import choice
from app.deal.position import store
from app.deal.position.influence import GLOSS, AlternativeKind, Area, BuyingRole, Mode
from app.deal.position.position import where
from app.deal.tables import Alternative, Dispute, ModeSeen, OwnFlag, Person, RolePlayed, Strength
from app.needs import NeedsSomething
from app.pages import answer, page, render
from app.press import PressForm, router_for_forms
from app.typed import (
    Day,
    Id,
    Line,
    NeededLine,
    NeededRemark,
    Number,
    Remark,
    YesNo,
    empty_is_none,
)

router = router_for_forms()


AMode = Annotated[Mode | None, BeforeValidator(empty_is_none)]


class StillTrueForm(PressForm):
    true: Annotated[bool, Field()]
    bets: YesNo = None


class InfluenceForm(PressForm):
    """All of one person's cell of the grid; what is empty is not known."""

    role: list[BuyingRole] = Field(default_factory=list, max_length=len(BuyingRole))
    mode: AMode = None
    evidence: Id = None
    win: Remark = ""
    result: Remark = ""
    told_by: Line = ""
    covered_by: Line = ""
    spoken_on: Day = None
    started_on: Day = None


class GapForm(PressForm):
    gap: bool


class AlternativeForm(PressForm):
    kind: AlternativeKind
    name: Line = ""
    answer: Remark = ""


class CheckForm(PressForm):
    answer: Remark = ""


class StrengthForm(PressForm):
    words: NeededRemark
    area: Area = Area.COMPETITION
    gap: Id = None


class FlagForm(PressForm):
    words: NeededRemark
    area: Area = Area.COVERAGE
    point: Id = None


class DisputeForm(PressForm):
    flag: Annotated[NeededLine, Field(max_length=60)]
    reason: NeededRemark


@router.get("/deals/{ref}/position")
def show_position(request: Request, opened: DealToSee) -> Response:
    return page(request, "deal/position.html", **position_values(opened))


@router.post("/deals/{ref}/objective")
def confirm_objective(
    request: Request, opened: DealToChange, form: Annotated[StillTrueForm, Form()]
) -> Response:
    """Still true, and would you bet on the day? Not true: it has to be written anew."""

    def confirm() -> None:
        if not form.true:
            raise NeedsSomething("Then write down what is true now: change the objective.")
        opened.deal.confirmed_on, opened.deal.bets = opened.today, form.bets

    return _act(request, opened, form, "objective confirmed", "objective", confirm)


@router.post("/deals/{ref}/people/{id}")
def describe_influence(
    request: Request, id: Number, opened: DealToChange, form: Annotated[InfluenceForm, Form()]
) -> Response:
    person = store.own_person(opened.session, opened.deal.id or 0, id)
    return _act(
        request, opened, form, "influence described", f"person-{id}", lambda: _describe(opened, person, form)
    )


@router.post("/deals/{ref}/points/{id}/gap")
def mark_gap(
    request: Request, id: Number, opened: DealToChange, form: Annotated[GapForm, Form()]
) -> Response:
    point = store.own_point(opened.session, opened.deal.id or 0, id)

    def mark() -> None:
        point.is_gap = form.gap

    return _act(request, opened, form, "gap marked", "gaps", mark)


@router.post("/deals/{ref}/alternatives")
def add_alternative(
    request: Request, opened: DealToChange, form: Annotated[AlternativeForm, Form()]
) -> Response:
    def add() -> None:
        words = {"kind": form.kind, "name": form.name, "answer": form.answer, "checked_on": opened.today}
        opened.session.add(Alternative(**_of(opened), **words))

    return _act(request, opened, form, "alternative added", "competition", add)


@router.post("/deals/{ref}/alternatives/{id}")
def check_alternative(
    request: Request, id: Number, opened: DealToChange, form: Annotated[CheckForm, Form()]
) -> Response:
    def check() -> None:
        one = store.one_of(store.alternatives_of(opened.session, opened.deal.id or 0), id)
        one.answer, one.checked_on = form.answer or one.answer, opened.today

    return _act(request, opened, form, "alternative checked", "competition", check)


@router.post("/deals/{ref}/alternatives/{id}/removal")
def remove_alternative(
    request: Request, id: Number, opened: DealToChange, form: Annotated[PressForm, Form()]
) -> Response:
    def remove() -> None:
        one = store.one_of(store.alternatives_of(opened.session, opened.deal.id or 0), id)
        one.removed_at = opened.now

    return _act(request, opened, form, "alternative removed", "competition", remove)


@router.post("/deals/{ref}/strengths")
def add_strength(request: Request, opened: DealToChange, form: Annotated[StrengthForm, Form()]) -> Response:
    return _act(request, opened, form, "strength added", "strengths", lambda: _add_strength(opened, form))


@router.post("/deals/{ref}/strengths/{id}/removal")
def remove_strength(
    request: Request, id: Number, opened: DealToChange, form: Annotated[PressForm, Form()]
) -> Response:
    def remove() -> None:
        one = store.one_of(store.strengths_of(opened.session, opened.deal.id or 0), id)
        one.gone_at = opened.now

    return _act(request, opened, form, "strength gone", "strengths", remove)


@router.post("/deals/{ref}/flags")
def raise_flag(request: Request, opened: DealToChange, form: Annotated[FlagForm, Form()]) -> Response:
    def add() -> None:
        if form.point:
            store.own_point(opened.session, opened.deal.id or 0, form.point)
        words = {"area": form.area, "words": form.words, "point_id": form.point}
        seller = {"seller_id": opened.me.seller.id or 0, "created_on": opened.today}
        opened.session.add(OwnFlag(**_of(opened), **words, **seller))

    return _act(request, opened, form, "flag raised", "flags", add)


@router.post("/deals/{ref}/flags/{id}/removal")
def close_flag(
    request: Request, id: Number, opened: DealToChange, form: Annotated[PressForm, Form()]
) -> Response:
    def close() -> None:
        one = store.one_of(store.own_flags_of(opened.session, opened.deal.id or 0), id)
        one.gone_at = opened.now

    return _act(request, opened, form, "flag gone", "flags", close)


@router.post("/deals/{ref}/disputes")
def dispute_flag(request: Request, opened: DealToChange, form: Annotated[DisputeForm, Form()]) -> Response:
    """The seller knows better, and says why; the flag stands apart from then on."""

    def dispute() -> None:
        known = {flag.key for flag in where(opened.session, opened.deal, opened.today).flags}
        if form.flag not in known:
            raise NeedsSomething("This flag stands no more. Look at those that do.")
        words = {"flag": form.flag, "reason": form.reason, "since": opened.today}
        opened.session.add(Dispute(**_of(opened), seller_id=opened.me.seller.id or 0, **words))

    return _act(request, opened, form, "flag disputed", "flags", dispute)


@router.post("/deals/{ref}/disputes/{id}/removal")
def lift_dispute(
    request: Request, id: Number, opened: DealToChange, form: Annotated[PressForm, Form()]
) -> Response:
    def lift() -> None:
        one = store.one_of(store.disputes_of(opened.session, opened.deal.id or 0), id)
        one.lifted_at = opened.now

    return _act(request, opened, form, "dispute lifted", "flags", lift)


def position_values(opened: OpenDeal) -> dict[str, Any]:
    """All values of `deal/_position.html`."""
    today = opened.today
    sellers = accounts.sellers_of(opened.session, opened.me.workspace_id)
    return {
        "me": opened.me,
        "deal": opened.deal,
        "where": where(opened.session, opened.deal, today),
        "today": today,
        "gloss": GLOSS,
        "roles": list(BuyingRole),
        "modes": list(Mode),
        "areas": list(Area),
        "kinds": list(AlternativeKind),
        "sellers": [(choice("us", one), one.name) for one in sellers],
    }


def _describe(opened: OpenDeal, person: Person, form: InfluenceForm) -> None:
    today, deal_id = opened.today, opened.deal.id or 0
    if form.evidence:
        store.own_point(opened.session, deal_id, form.evidence)
    if (form.mode, form.win) != (person.mode, person.win):
        seen = ModeSeen(**_of(opened), person_id=person.id or 0, seen_on=today, mode=form.mode, win=form.win)
        opened.session.add(seen)
    person.mode, person.mode_point_id = form.mode, form.evidence
    person.win, person.result = form.win, form.result
    person.spoken_on, person.started_on = form.spoken_on, form.started_on
    person.covered_by_id = _seller_id(opened, form.covered_by)
    person.confirmed_on = today
    _play(opened, person, form)


def _play(opened: OpenDeal, person: Person, form: InfluenceForm) -> None:
    """The roles ticked are the ones this person plays from now on."""
    every = store.roles_of(opened.session, opened.deal.id or 0)
    playing = {one.role: one for one in every if one.person_id == person.id}
    for role, one in playing.items():
        if role not in form.role:
            opened.session.delete(one)
    for role in dict.fromkeys(form.role):
        fresh = RolePlayed(**_of(opened), person_id=person.id or 0, role=role, confirmed_on=opened.today)
        one = playing.get(role, fresh)
        one.told_by, one.confirmed_on = form.told_by, opened.today
        opened.session.add(one)


def _add_strength(opened: OpenDeal, form: StrengthForm) -> None:
    if form.gap and form.gap not in {gap.id for gap in store.gaps_of(opened.session, opened.deal.id or 0)}:
        raise NeedsSomething("Pick one of the gaps that they stated.")
    words = {"area": form.area, "words": form.words, "gap_id": form.gap, "created_on": opened.today}
    opened.session.add(Strength(**_of(opened), **words))


def _seller_id(opened: OpenDeal, typed: str) -> int | None:
    sellers = accounts.sellers_of(opened.session, opened.me.workspace_id)
    return next((one.id for one in sellers if choice("us", one) == typed), None)


def _of(opened: OpenDeal) -> dict[str, Any]:
    return {"workspace_id": opened.me.workspace_id, "deal_id": opened.deal.id or 0}


def _act(
    request: Request,
    opened: OpenDeal,
    form: PressForm,
    what: str,
    place: str,
    verb: Callable[[], None],
) -> Response:
    """Carry out one press exactly once, then show the position it changed."""
    act_on_deal(request, opened, form, what, verb)

    def fragment() -> str:
        opened.session.flush()
        return render(request.app.state.pages.seller, "deal/_position.html", **position_values(opened))

    return answer(request, f"/deals/{opened.deal.ref}/position#{place}", fragment)
