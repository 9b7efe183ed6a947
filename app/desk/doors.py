"""What the desk's requests are loaded with: the plan and its deal, a step for an act, a draft."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from app.account import store as accounts
from app.account.rights import Missing
from app.account.session import Acting, Looking, Me
from app.account.tables import Seller
from app.clock import day_in
from app.database import Reading, Writing, in_lane
from app.deal import store as deals
from app.deal.tables import Deal, Person
from app.desk import store
from app.desk.tables import Draft
from app.journal import Press
from app.link import store as links
from app.now import Now
from app.press import loads_step
from app.shared_plan import store as plans
from app.shared_plan.commitment import Side
from app.shared_plan.deed import AtStep, Party, Who
from app.shared_plan.steps_now import PlanRows, StepNow, as_they_stand
from app.shared_plan.tables import Plan
from app.typed import Number, Ref


@dataclass(frozen=True)
class OpenPlan:
    session: Session
    me: Me
    deal: Deal
    plan: Plan
    now: datetime

    @property
    def actor(self) -> str:
        return self.me.seller.actor

    @property
    def party(self) -> Party:
        """The signed-in seller at this plan, for acts on it."""
        who = Who(Side.SELLER, self.me.seller.id or 0, self.me.seller.name)
        return Party(self.session, self.plan, who, self.now)

    @property
    def plan_id(self) -> int:
        return self.plan.id or 0

    @property
    def today(self) -> date:
        return day_in(self.plan.time_zone, self.now)

    def rows_now(self) -> PlanRows:
        """What the plan's steps are read from, with what this request has done to them."""
        return plans.plan_rows(self.session, self.plan_id)

    def steps_now(self) -> list[StepNow]:
        """The same as steps, by number."""
        return as_they_stand(self.rows_now())

    def people(self) -> list[Person]:
        """Everybody on the buyer's side, whether a note of the deal or only the plan knows them."""
        return deals.everybody_of(self.session, self.deal)

    def colleagues(self) -> list[Seller]:
        return accounts.sellers_of(self.session, self.me.workspace_id)


def plan_to_see(ref: Ref, me: Looking, session: Reading, now: Now) -> OpenPlan:
    deal, plan = deals.own_deal_of_plan(session, me, ref)
    return OpenPlan(session, me, deal, plan, now)


def plan_to_change(ref: Ref, me: Acting, session: Writing, now: Now) -> OpenPlan:
    deal, plan = deals.own_deal_of_plan(session, me, ref, lock=True)
    deal.touched_at = now
    deals.meet_everybody(session, deal, Press(me.seller.actor), now)
    return OpenPlan(session, me, deal, plan, now)


def plan_of_link(id: Number, me: Acting, session: Writing, now: Now) -> OpenPlan:
    """The plan that a link opens; somebody else's link looks missing."""
    ref = links.plan_ref_of(session, id)
    if ref is None:
        raise Missing
    return plan_to_change(ref, me, session, now)


PlanOfLink = Annotated[OpenPlan, Depends(in_lane(plan_of_link))]
PlanToSee = Annotated[OpenPlan, Depends(plan_to_see)]
PlanToChange = Annotated[OpenPlan, Depends(in_lane(plan_to_change))]


@dataclass(frozen=True)
class OpenStep:
    """A step about to be acted on, and the plan whose desk is shown afterwards."""

    plan: OpenPlan
    at: AtStep


@loads_step
def opened_step(request: Request, number: Number, opened: PlanToChange) -> OpenStep:
    """One step of the plan, ready for an act by whoever has the right to the deal."""
    step = plans.step_numbered(opened.session, opened.plan_id, number)
    if step is None:
        raise Missing
    request.state.step_id = step.id
    return OpenStep(opened, AtStep(opened.party, step))


def opened_draft(id: Number, opened: PlanToChange) -> Draft:
    return store.own_draft(opened.session, opened.plan_id, id)


OpenedStep = Annotated[OpenStep, Depends(in_lane(opened_step))]
OpenedDraft = Annotated[Draft, Depends(in_lane(opened_draft))]
