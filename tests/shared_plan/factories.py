"""One plan of Ledgerline's with Nordwind, in rows: Maria shares, Jonas and Petra answer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app.account.tables import Role, Workspace
from app.journal import Event, press
from app.shared_plan import acts, store
from app.shared_plan.commitment import Kind, Side, What
from app.shared_plan.deed import Deed, Who
from app.shared_plan.steps_now import StepNow
from app.shared_plan.tables import Plan, Step, Terms
from tests.cast import INVOICES, Said, a_seller

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
TODAY = NOON.date()
THURSDAY = date(2026, 11, 26)
MONDAY = date(2026, 11, 30)
MINUTE = timedelta(minutes=1)

SELLER, BUYER = Side.SELLER, Side.BUYER
SHARED = (Said(What.PROPOSED, SELLER, NOON),)
AGREED = (*SHARED, Said(What.YES, BUYER, NOON))


def said(what: What, side: Side, version: int = 1, at: datetime = NOON) -> Said:
    return Said(what, side, at, version)


@dataclass
class SharedPlan:
    """A plan and its three people. `now` is when the next thing happens."""

    session: Session
    plan: Plan
    maria: Who
    jonas: Who
    petra: Who
    now: datetime = NOON

    def shares(
        self,
        title: str = INVOICES,
        *,
        day: date = THURSDAY,
        owner: Side = BUYER,
        who: Who | None = None,
        **meeting: Any,
    ) -> Step:
        """A step that Maria proposes; `who` is the buyer named in it, Jonas unless told otherwise."""
        step = store.new_step(self.session, self.plan, self.now)
        terms = Terms(
            workspace_id=self.plan.workspace_id,
            plan_id=self.plan.id or 0,
            version=1,
            title=title,
            owner=owner,
            seller_id=self.maria.id,
            participant_id=(who or self.jonas).id,
            due_on=day,
            salt="",
            **meeting,
        )
        acts.share(self.deed(step, self.maria), terms)
        return step

    def talk(self, at: time = time(10), place: str = "", **terms: Any) -> Step:
        """A talk that Maria proposed and Jonas said yes to."""
        return self.agrees(kind=Kind.TALK, due_at=at, place=place, **terms)

    def agrees(self, **terms: Any) -> Step:
        """A step that Maria proposed and Jonas said yes to."""
        step = self.shares(**terms)
        acts.agree(self.deed(step, self.jonas))
        return step

    def deed(self, step: Step, who: Who, *, seen: int | None = None, key: str = "", **fields: object) -> Deed:
        seen = step.version if seen is None else seen
        return Deed(self.session, self.plan, step, who, self.now, press(who.actor, key, fields), seen)

    def passes(self, length: timedelta) -> None:
        self.now += length

    def events(self) -> list[Event]:
        query = select(Event).where(Event.chain == self.plan.chain).order_by(col(Event.number))
        return list(self.session.exec(query))

    def shown(self, step: Step) -> StepNow:
        """The step as both sides' pages get it."""
        return next(shown for shown in self.all_shown() if shown.number == step.number)

    def all_shown(self) -> list[StepNow]:
        self.session.flush()
        return store.steps_now(self.session, self.plan.id or 0)


def a_plan(session: Session, zone: str = "UTC") -> SharedPlan:
    """A plan without steps, nothing of it committed to the database."""
    workspace = Workspace(company="Ledgerline", created_at=NOON)
    session.add(workspace)
    session.flush()
    maria = a_seller(session, workspace, "Maria Keller", Role.ADMIN)
    plan = Plan(
        workspace_id=workspace.id or 0,
        seller_id=maria.id or 0,
        ref=store.new_ref(),
        company="Nordwind",
        title="Next steps with Nordwind",
        time_zone=zone,
        created_at=NOON,
    )
    session.add(plan)
    session.flush()
    jonas, petra = _somebody(session, plan, "Jonas Weber"), _somebody(session, plan, "Petra Lang")
    return SharedPlan(session, plan, Who(SELLER, maria.id or 0, maria.name), jonas, petra)


def _somebody(session: Session, plan: Plan, name: str) -> Who:
    somebody = store.add_participant(session, plan, name, press("seller-1", "", {}), NOON)
    return Who(BUYER, somebody.id or 0, name, browser=f"{name}'s phone")
