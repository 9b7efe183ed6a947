"""Private pages of deals: the list, one deal, its people and what they said."""

from typing import Annotated, Any

from fastapi import Form, Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from app.account import store as accounts
from app.account.session import Acting, Looking
from app.clock import day_in
from app.database import Reading, Writing
from app.deal import store
from app.deal.doors import DealToChange, DealToSee, OpenDeal, act_on_deal
from app.deal.people import options, person_meant
from app.deal.position import store as positions
from app.deal.tables import Deal, ObjectiveWas, Person
from app.journal import Press
from app.now import Now
from app.pages import answer, page, render, see
from app.press import BareHand, PressForm, once, router_for_forms
from app.typed import (
    Amount,
    Day,
    Email,
    Instant,
    Line,
    NeededLine,
    NeededText,
    Number,
    Text,
    clean_line,
)

router = router_for_forms()

Currency = Annotated[
    str, Field(pattern="^([A-Z]{3})?$"), BeforeValidator(lambda typed: clean_line(typed).upper())
]


OBJECTIVE = {"objective", "amount", "currency", "close_on"}


class DealForm(PressForm):
    company: NeededLine
    objective: Text = ""
    amount: Amount = None
    currency: Currency = ""
    close_on: Day = None


class PersonForm(PressForm):
    name: NeededLine
    title: Line = ""
    email: Email = ""


class PointForm(PressForm):
    words: NeededText
    said_by: Line = ""
    said_on: Day = None


@router.get("/deals")
def list_deals(
    request: Request,
    me: Looking,
    session: Reading,
    now: Now,
    before: Annotated[Instant | None, Query()] = None,
) -> Response:
    deals = store.deals_of(session, me, before)
    today = day_in(me.workspace.time_zone, now)
    return page(request, "deal/deals.html", me=me, deals=deals, today=today, more=len(deals) == store.PAGE)


@router.post("/deals")
def add_deal(
    request: Request, me: Acting, session: Writing, now: Now, form: Annotated[DealForm, Form()]
) -> Response:
    accounts.workspace_of(session, me.workspace_id, lock=True)

    def add(pressed: Press) -> str:
        deal, _ = store.begin_deal(session, me, form.company, pressed, now)
        _describe(deal, form, set(DealForm.model_fields))
        deal.confirmed_on = day_in(me.workspace.time_zone, now) if deal.objective else None
        return deal.ref

    hand = BareHand(session, me.seller.actor)
    return see(
        f"/deals/{once(request, hand, form, add, lambda made: store.ref_of_chain(session, made.chain))}"
    )


@router.get("/deals/{ref}")
def show_deal(request: Request, opened: DealToSee) -> Response:
    return page(request, "deal/deal.html", **_shown(opened))


@router.post("/deals/{ref}")
def describe_deal(request: Request, opened: DealToChange, form: Annotated[DealForm, Form()]) -> Response:
    def describe() -> None:
        _keep_objective(opened, form, set(request.state.typed))
        _describe(opened.deal, form, set(request.state.typed))

    act_on_deal(request, opened, form, "deal described", describe)
    return _back(request, opened, "main")


@router.post("/deals/{ref}/people")
def add_person(request: Request, opened: DealToChange, form: Annotated[PersonForm, Form()]) -> Response:
    def add(pressed: Press) -> None:
        typed = {"title": form.title, "email": form.email}
        store.add_person(opened.session, opened.deal, form.name, pressed, opened.now, **typed)

    once(request, opened, form, add)
    return _back(request, opened, "people")


@router.post("/deals/{ref}/points")
def add_point(request: Request, opened: DealToChange, form: Annotated[PointForm, Form()]) -> Response:
    def add(pressed: Press) -> None:
        by, said_on = _said_by(opened, form), form.said_on or opened.today
        store.add_point(opened.session, opened.deal, form.words, said_on, by, pressed, opened.now)

    once(request, opened, form, add)
    return _back(request, opened, "points")


@router.post("/deals/{ref}/points/{id}")
def correct_point(
    request: Request, id: Number, opened: DealToChange, form: Annotated[PointForm, Form()]
) -> Response:
    """What they said, written down better; every step is compared with it anew from now on."""
    point = positions.own_point(opened.session, opened.deal.id or 0, id)

    def correct() -> None:
        point.words, point.said_on = form.words, form.said_on or point.said_on
        by = _said_by(opened, form)
        point.person_id = by.id if by else None

    act_on_deal(request, opened, form, "point corrected", correct, point=id)
    return _back(request, opened, "points")


def _said_by(opened: OpenDeal, form: PointForm) -> Person | None:
    people = store.people_of(opened.session, opened.deal.id or 0)
    return person_meant(form.said_by, people) if form.said_by else None


def _shown(opened: OpenDeal) -> dict[str, Any]:
    """All values of `deal/deal.html`."""
    deal_id = opened.deal.id or 0
    people = store.everybody_of(opened.session, opened.deal)
    return {
        "me": opened.me,
        "deal": opened.deal,
        "plan_ref": store.plan_ref_of(opened.session, opened.deal),
        "people": people,
        "people_options": options(people),
        "points": store.points_of(opened.session, deal_id),
        "today": opened.today,
    }


def _back(request: Request, opened: OpenDeal, place: str) -> Response:
    def fragment() -> str:
        opened.session.flush()
        return render(request.app.state.pages.seller, "deal/_deal.html", **_shown(opened))

    return answer(request, f"/deals/{opened.deal.ref}#{place}", fragment)


def _describe(deal: Deal, form: DealForm, sent: set[str]) -> None:
    """What was not sent stays as it is; what was sent empty is cleared. What it was before is kept."""
    for name, value in form.typed().items():
        if name in sent:
            setattr(deal, name, value)


def _keep_objective(opened: OpenDeal, form: DealForm, sent: set[str]) -> None:
    """An objective that is changed was one until today; whoever writes a new one has asked if it is true."""
    deal, names = opened.deal, OBJECTIVE & sent
    if all(getattr(form, name) == getattr(deal, name) for name in names):
        return
    if deal.objective:
        was: dict[str, Any] = {name: getattr(deal, name) for name in OBJECTIVE}
        was |= {"workspace_id": deal.workspace_id, "deal_id": deal.id or 0, "until": opened.today}
        opened.session.add(ObjectiveWas(**was))
    deal.confirmed_on, deal.bets = opened.today, None
