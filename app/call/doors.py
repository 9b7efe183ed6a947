"""What a request about a call is loaded with: the call, its deal, when it is, and in which stage."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends
from sqlmodel import Session

from app.account.session import Acting, Looking, Me
from app.call import store
from app.call.lifetime import Doing, Stage, When, minutes_left, must_be_allowed, stage
from app.call.tables import Call
from app.clock import day_in
from app.database import Reading, Writing, in_lane
from app.deal import store as deals
from app.deal.position.position import Where, where
from app.deal.tables import Deal
from app.now import Now
from app.shared_plan import store as plans
from app.shared_plan.acts import current_terms
from app.shared_plan.tables import Plan, Step
from app.typed import Ref


@dataclass(frozen=True)
class OpenCall:
    session: Session
    me: Me
    deal: Deal
    call: Call
    when: When
    now: datetime

    @property
    def actor(self) -> str:
        return self.me.seller.actor

    @property
    def call_id(self) -> int:
        return self.call.id or 0

    @property
    def stage(self) -> Stage:
        return stage(self.when, self.call.happened_at, self.call.learned_at, self.now)

    @property
    def today(self) -> date:
        return day_in(self.me.workspace.time_zone, self.now)

    @property
    def minutes_left(self) -> int | None:
        return minutes_left(self.when, self.now)

    def where(self) -> Where:
        return where(self.session, self.deal, self.today)

    def must_allow(self, doing: Doing) -> None:
        must_be_allowed(doing, self.stage)


def call_to_see(ref: Ref, me: Looking, session: Reading, now: Now) -> OpenCall:
    call, deal = store.own_call(session, me, ref)
    return OpenCall(session, me, deal, call, when_of(session, me, call), now)


def call_to_change(ref: Ref, me: Acting, session: Writing, now: Now) -> OpenCall:
    """The deal is locked first: acts on one deal come one after the other."""
    _, deal = store.own_call(session, me, ref)
    deals.own_deal(session, me, deal.ref, lock=True)
    call, deal = store.own_call(session, me, ref)
    deal.touched_at = now
    return OpenCall(session, me, deal, call, when_of(session, me, call), now)


CallToSee = Annotated[OpenCall, Depends(call_to_see)]
CallToChange = Annotated[OpenCall, Depends(in_lane(call_to_change))]


def when_of(session: Session, me: Me, call: Call) -> When:
    """A call about a talk step is when both said that they talk: if the buyer moves it, the call moves."""
    step = session.get(Step, call.step_id) if call.step_id else None
    if step is None:
        return When(call.day, call.at, me.workspace.time_zone)
    plan = session.get_one(Plan, step.plan_id)
    held = [one for one in step.commitments if one.ended_at is None]
    version = held[-1].version if held else plans.standing_version(session, step.id or 0)
    terms = next((one for one in step.terms if one.version == version), None) or current_terms(step)
    return When(terms.due_on, terms.due_at, plan.time_zone)
