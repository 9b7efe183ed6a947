"""Who does what to which step or plan, under which press: a deed is made whole here, and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from sqlmodel import Session

from app.clock import day_in
from app.journal import Event, Facts, Press, record
from app.press import ActForm, PressForm, once
from app.shared_plan import store
from app.shared_plan.commitment import Side, Standing, standing
from app.shared_plan.tables import Plan, PlanAct, Step
from app.shared_plan.whole_plan import Course, course


@dataclass(frozen=True)
class Who:
    """Who acts: a seller, or the participant whose link it is, in one browser."""

    side: Side
    id: int
    name: str
    browser: str | None = None

    @property
    def actor(self) -> str:
        return f"{'seller' if self.side is Side.SELLER else 'participant'}-{self.id}"


@dataclass(frozen=True)
class Deed:
    """One act about to happen: on which step of which plan, by whom, when, under which press.

    `seen` is the version of the step's words that it answers, 0 where the step only begins.
    """

    session: Session
    plan: Plan
    step: Step
    who: Who
    at: datetime
    press: Press
    seen: int

    def standing(self) -> Standing:
        return standing(self.step.acts)

    def tell(self, what: str, facts: Facts) -> Event:
        return _tell(self, what, facts)


@dataclass(frozen=True)
class PlanDeed:
    """One act about to happen to a whole plan. `seen` is the number of the plan's act that it answers."""

    session: Session
    plan: Plan
    who: Who
    at: datetime
    press: Press
    seen: int

    def tell(self, what: str, facts: Facts) -> Event:
        return _tell(self, what, facts)

    def course(self) -> Course[PlanAct]:
        return course(store.plan_acts(self.session, self.plan.id or 0))

    def course_today(self) -> Course[PlanAct]:
        return self.course().on(day_in(self.plan.time_zone, self.at))

    def on(self, step: Step) -> Deed:
        """The same hand on one of the plan's steps as it stands; the key belongs to the plan's own event."""
        return Deed(self.session, self.plan, step, self.who, self.at, self.press.rest, step.version)


def _tell(deed: Deed | PlanDeed, what: str, facts: Facts) -> Event:
    """Record what both sides see. The forms of a buyer's page hang on its number, and on nobody's opening."""
    event = record(deed.session, deed.plan, what, deed.press, deed.at, facts)
    deed.plan.shared_number = event.number
    return event


@dataclass(frozen=True)
class Party:
    """Somebody of one side at a plan that is locked for them."""

    session: Session
    plan: Plan
    who: Who
    at: datetime

    @property
    def actor(self) -> str:
        return self.who.actor

    def on(self, step: Step, press: Press, seen: int) -> Deed:
        return Deed(self.session, self.plan, step, self.who, self.at, press, seen)

    def on_plan(self, press: Press, seen: int = 0) -> PlanDeed:
        return PlanDeed(self.session, self.plan, self.who, self.at, press, seen)


@dataclass(frozen=True)
class AtStep:
    """The same, at one of its steps."""

    party: Party
    step: Step


def act_on_step(request: Request, at: AtStep, form: ActForm, verb: Callable[[Deed], object]) -> None:
    """Carry out one press on a step exactly once, against the version that was on the page."""
    once(request, at.party, form, lambda press: verb(at.party.on(at.step, press, form.version)))


def act_on_plan(
    request: Request, party: Party, form: PressForm, verb: Callable[[PlanDeed], object], seen: int = 0
) -> None:
    """Carry out one press on a whole plan exactly once."""
    once(request, party, form, lambda press: verb(party.on_plan(press, seen)))
