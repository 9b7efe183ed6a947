"""After a call: what did you just agree? One screen, under a minute."""

from datetime import date, time
from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import Response

from app.account import store as accounts
from app.account.session import Acting, Looking, Me, needs_seller
from app.clock import day_in
from app.database import Reading, Writing
from app.deal import store as deals
from app.deal.people import options
from app.deal.tables import Person
from app.desk.days import chips as day_chips
from app.desk.doors import OpenPlan, plan_to_change
from app.desk.drafting.draft import choose_people, new_draft
from app.desk.drafting.pair import BOTH, THEM, US
from app.desk.sharing.link import hand_out
from app.desk.sharing.share import participant_for, share, value_of
from app.journal import Event, Press
from app.needs import NeedsSomething
from app.now import Now
from app.pages import page, see
from app.press import BareHand, PressForm, once, router_for_forms
from app.shared_plan.commitment import Kind
from app.typed import Day, Email, Line, Text, TimeOfDay, in_reach

router = router_for_forms()
ROWS = 3
PICK = "pick"


class AfterCallForm(PressForm):
    deal: Line = ""
    company: Line = ""
    person: Line = ""
    email: Email = ""
    said: Text = ""
    what_1: Line = ""
    who_1: Line = ""
    due_on_1: Line = ""
    other_day_1: Day = None
    at_1: TimeOfDay = None
    what_2: Line = ""
    who_2: Line = ""
    due_on_2: Line = ""
    other_day_2: Day = None
    at_2: TimeOfDay = None
    what_3: Line = ""
    who_3: Line = ""
    due_on_3: Line = ""
    other_day_3: Day = None
    at_3: TimeOfDay = None
    share: Line = ""

    def rows(self) -> list[tuple[str, str, date | None, time | None]]:
        """What, us or them or both, by when, at what time: the rows that say something."""
        found = []
        for number in range(1, ROWS + 1):
            what, who = getattr(self, f"what_{number}"), getattr(self, f"who_{number}")
            if what:
                found.append((what, who, self._day(number), getattr(self, f"at_{number}")))
        return found

    def _day(self, number: int) -> date | None:
        chip, other = getattr(self, f"due_on_{number}"), getattr(self, f"other_day_{number}")
        if chip in ("", PICK):
            return other
        try:
            return in_reach(date.fromisoformat(chip))
        except ValueError as error:
            raise NeedsSomething("Pick a day for each step, such as 2026-11-26.") from error


@router.get("/after-call")
def show_after_call(
    request: Request,
    me: Looking,
    session: Reading,
    now: Now,
    deal: Annotated[Line, Query(max_length=64)] = "",
) -> Response:
    """For the deal named in the address, else the one last worked on, else a company to be typed."""
    needs_seller(me)
    recent = deals.last_deals(session, me)
    chosen = next((one for one in recent if one.ref == deal), None)
    if deal and deal != "new" and chosen is None:
        chosen = deals.own_deal(session, me, deal)
    if chosen is None and deal != "new" and recent:
        chosen = recent[0]
    today = day_in(me.workspace.time_zone, now)
    people = deals.everybody_of(session, chosen) if chosen else []
    return page(
        request,
        "desk/after_call.html",
        me=me,
        deal=chosen,
        recent=[one for one in recent if one is not chosen],
        people=people,
        people_options=options(people),
        chips=day_chips.chips(today),
        today=today,
        rows=range(1, ROWS + 1),
    )


@router.post("/after-call")
def write_down(
    request: Request, me: Acting, session: Writing, now: Now, form: Annotated[AfterCallForm, Form()]
) -> Response:
    accounts.workspace_of(session, me.workspace_id, lock=True)

    def write(pressed: Press) -> tuple[OpenPlan, Person]:
        opened = _opened(session, me, form, pressed, now)
        return opened, _written_down(opened, form, pressed if form.deal else pressed.rest)

    def find(earlier: Event) -> tuple[OpenPlan, Person]:
        opened = _opened_earlier(session, me, earlier.chain, now)
        return opened, _person_called(opened, form)

    opened, person = once(request, BareHand(session, me.seller.actor), form, write, find)
    if form.share:
        return _shared(request, opened, person)
    return see(f"/plans/{opened.plan.ref}/preview?participant={value_of(person)}")


def _opened(session: Writing, me: Me, form: AfterCallForm, pressed: Press, now: Now) -> OpenPlan:
    if form.deal:
        ref = deals.plan_ref_of(session, deals.own_deal(session, me, form.deal))
        return plan_to_change(ref, me, session, now)
    if not form.company:
        raise NeedsSomething("Write which company the call was with.")
    deal, plan = deals.begin_deal(session, me, form.company, pressed, now)
    return OpenPlan(session, me, deal, plan, now)


def _opened_earlier(session: Writing, me: Me, chain: str, now: Now) -> OpenPlan:
    ref = deals.plan_ref_of(session, deals.own_deal(session, me, deals.ref_of_chain(session, chain)))
    deal, plan = deals.own_deal_of_plan(session, me, ref, lock=True)
    return OpenPlan(session, me, deal, plan, now)


def _written_down(opened: OpenPlan, form: AfterCallForm, pressed: Press) -> Person:
    """The person, what they said and the drafts; an error leaves nothing behind."""
    if not form.rows() and not form.said:
        raise NeedsSomething("Write down at least one next step, or one thing they said.")
    person = _person_called(opened, form)
    person.met_at = opened.now
    deals.note_call(opened.session, opened.deal, pressed, opened.now)
    if form.said:
        deals.add_point(
            opened.session, opened.deal, form.said, opened.today, person, pressed.rest, opened.now
        )
    for what, who, due_on, at in form.rows():
        draft = new_draft(opened, what)
        draft.due_on = due_on
        if who == BOTH:
            draft.kind, draft.due_at = Kind.TALK, at
        choose_people(opened, draft, THEM if who == THEM else US, "")
        draft.person_id = person.id
    opened.session.flush()
    return person


def _person_called(opened: OpenPlan, form: AfterCallForm) -> Person:
    """The person picked or typed; somebody new on a deal is added to it."""
    people = opened.people()
    known = [one for one in people if form.person.casefold() in (one.name.casefold(), value_of(one))]
    if known:
        return known[0]
    if form.person:
        actor = Press(opened.actor)
        return deals.add_person(opened.session, opened.deal, form.person, actor, opened.now, email=form.email)
    if not people:
        raise NeedsSomething(f"Write who you spoke with at {opened.deal.company}.")
    return people[0]


def _shared(request: Request, opened: OpenPlan, person: Person) -> Response:
    share(opened, Press(opened.actor))
    return hand_out(request, opened, participant_for(opened, person), Press(opened.actor))
