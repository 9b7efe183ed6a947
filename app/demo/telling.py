"""Acts out one deal: every call, answer and draft at its own instant, in the order in which they happened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from sqlmodel import Session

from app.account.session import Me
from app.account.tables import Seller
from app.deal import store as deals
from app.deal.tables import Person
from app.demo.days import instant, next_of, working_day
from app.demo.script import CallTold, DealTold, Did, StepTold, Verb, Wrote
from app.desk.doors import OpenPlan
from app.desk.drafting.draft import choose_people, new_draft
from app.desk.sharing.share import participant_for, share
from app.desk.tables import Draft
from app.follow_up.doors import open_message
from app.follow_up.tables import Way
from app.follow_up.touches import log
from app.journal import Press, record
from app.link import store as links
from app.link.token import new_token
from app.shared_plan import acts
from app.shared_plan import store as plans
from app.shared_plan.commitment import Kind, Side
from app.shared_plan.deed import Deed, Who
from app.shared_plan.words import Change

DRAFTS_ARE_WRITTEN = (-1, "17:10")
Moment = tuple[datetime, Callable[[OpenPlan], object]]
Numbers = dict[StepTold, int]  # filled as calls take place


@dataclass(frozen=True)
class Scene:
    """Where a deal is acted out: Maria's, signed in, with everybody who works there."""

    session: Session
    me: Me
    sellers: tuple[Seller, ...]
    keys: list[str]
    today: date

    def day(self, count: int) -> date:
        return working_day(self.today, count)

    def at(self, count: int, clock: str) -> datetime:
        return instant(self.day(count), clock, self.me.workspace.time_zone)


def act_out(told: DealTold, stage: Scene) -> OpenPlan:
    """The plan as it stands when all of it has happened."""
    opened = _begin(told, stage)
    for at, happen in sorted(_moments(told, stage), key=lambda moment: moment[0]):
        opened.deal.touched_at = at
        happen(replace(opened, now=at))
        stage.session.flush()
    return opened


def _begin(told: DealTold, stage: Scene) -> OpenPlan:
    first = told.calls[0]
    at, pressed = stage.at(first.day, first.clock), Press(stage.me.seller.actor)
    deal, plan = deals.begin_deal(stage.session, stage.me, told.company, pressed, at)
    deal.objective, deal.amount, deal.currency = told.objective, Decimal(told.amount), "EUR"
    deal.close_on = stage.day(told.closes)
    record(stage.session, deal, "deal described", pressed, at, {})
    plan.title, plan.goal, plan.language = told.title, told.goal, told.language
    plan.goal_on = next_of(*told.goal_on, stage.today)
    record(stage.session, plan, "plan described", pressed, at, {})
    return OpenPlan(stage.session, stage.me, deal, plan, at)


def _moments(told: DealTold, stage: Scene) -> Iterator[Moment]:
    """Everything that happens, still in no order: a step has its number once its call is over."""
    numbers: Numbers = {}
    for call in told.calls:
        yield stage.at(call.day, call.clock), partial(_hold, call, stage, numbers)
        for step in call.steps:
            for did in step.then:
                yield stage.at(did.day, did.clock), partial(_do, did, step, stage, numbers)
    for wrote in told.wrote:
        yield stage.at(wrote.day, wrote.clock), partial(_log, wrote, numbers)
    for step in told.drafts:
        yield stage.at(*DRAFTS_ARE_WRITTEN), partial(_write, step, stage)


def _hold(call: CallTold, stage: Scene, numbers: Numbers, opened: OpenPlan) -> None:
    """A call, written down and shared right after it, with a link for everybody who was new in it."""
    pressed = Press(stage.me.seller.actor)
    deals.note_call(opened.session, opened.deal, pressed, opened.now)
    for one in call.meets:
        contact = {"title": one.title, "email": one.email}
        deals.add_person(opened.session, opened.deal, one.name, pressed, opened.now, **contact)
    _note_points(call, opened, pressed)
    drafts = {step: _write(step, stage, opened) for step in call.steps}
    opened.session.flush()
    share(opened, pressed)
    numbers.update({step: draft.shared_step or 0 for step, draft in drafts.items()})
    for one in call.meets:
        _hand_out(opened, _called(opened, one.name), stage.keys, pressed)


def _note_points(call: CallTold, opened: OpenPlan, pressed: Press) -> None:
    for name, words in call.said:
        person = _called(opened, name)
        person.met_at = opened.now
        deals.add_point(opened.session, opened.deal, words, opened.today, person, pressed, opened.now)


def _write(step: StepTold, stage: Scene, opened: OpenPlan) -> Draft:
    draft = new_draft(opened, step.title, step.reason)
    draft.due_on, draft.keep_because = stage.day(step.due), step.keep_because
    if step.at:
        draft.kind, draft.due_at, draft.place = Kind.TALK, step.at, step.place
    choose_people(opened, draft, step.owner, step.counterpart)
    record(opened.session, opened.deal, "draft written", Press(stage.me.seller.actor), opened.now, {})
    return draft


def _hand_out(opened: OpenPlan, person: Person, keys: list[str], pressed: Press) -> None:
    participant = participant_for(opened, person)
    links.make_link(opened.session, opened.plan, participant, new_token(keys), pressed, opened.now)


def _log(wrote: Wrote, numbers: Numbers, opened: OpenPlan) -> None:
    number = next((number for step, number in numbers.items() if step.title == wrote.about), None)
    points = deals.points_of(opened.session, opened.deal.id or 0)
    message = open_message(opened, wrote.to, number, None if number else points[0][0].id)
    log(message, wrote.words, "", Way.COPIED, Press(opened.me.seller.actor))


def _called(opened: OpenPlan, name: str) -> Person:
    return next(person for person in opened.people() if person.name == name)


def _do(did: Did, step: StepTold, stage: Scene, numbers: Numbers, opened: OpenPlan) -> None:
    row = plans.step_numbered(opened.session, opened.plan_id, numbers[step])
    assert row is not None
    who = _who(did.who, opened, stage)
    deed = Deed(opened.session, opened.plan, row, who, opened.now, Press(who.actor), row.version)
    VERBS[did.verb](deed, did, None if did.until is None else stage.day(did.until))


def _who(name: str, opened: OpenPlan, stage: Scene) -> Who:
    for seller in stage.sellers:
        if seller.name == name:
            return Who(Side.SELLER, seller.id or 0, name)
    return Who(Side.BUYER, _called(opened, name).participant_id or 0, name)


VERBS: dict[Verb, Callable[[Deed, Did, date | None], object]] = {
    Verb.SAYS_YES: lambda deed, did, until: acts.agree(deed),
    Verb.ASKS_FOR: lambda deed, did, until: acts.propose(deed, Change(due_on=until), did.words),
    Verb.IS_STUCK: lambda deed, did, until: acts.get_stuck(deed, did.why, did.words, until),
    Verb.FINISHES: lambda deed, did, until: acts.finish(deed, did.words),
    Verb.DROPS: lambda deed, did, until: acts.drop(deed, did.words),
    Verb.COMMENTS: lambda deed, did, until: acts.comment(deed, did.words),
}
