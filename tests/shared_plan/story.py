"""One plan in rows and the people who act on it, for tests that let anything happen in any order.

Whoever acts is refused or has an effect: what is refused writes nothing, what has an effect writes its
events, and its key is taken from then on.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, SQLModel, func, select

from app.account.tables import Workspace
from app.database import Database
from app.journal import Event, KeyReused, Press, already_done, press
from app.shared_plan import acts, moves, store
from app.shared_plan.commitment import Kind, Side
from app.shared_plan.deed import Deed, PlanDeed, Who
from app.shared_plan.tables import Act, Step, Terms
from tests.cast import a_seller
from tests.databases import table_of
from tests.shared_plan.factories import SELLER, SharedPlan, a_plan
from tests.shared_plan.naive import PlanReading, Reading, plan_reading, reading

REFUSED = (
    moves.StaleVersion,
    moves.NotNow,
    moves.NotTheirs,
    moves.NothingChanged,
    moves.ReasonMissing,
    moves.TooLateToUndo,
    moves.PlanOver,
)
TALK: dict[str, Any] = {"kind": Kind.TALK, "due_at": time(10), "place": "Room 4"}
TICK = timedelta(seconds=1)  # people act one after the other
Kept = tuple[object, ...]


class Story:
    """A plan with a step for Jonas and one for Petra; Maria is in charge, Tom could be."""

    def __init__(self, database: Database) -> None:
        self.session = Session(database.writing, expire_on_commit=False)
        self.steps: list[int] = []
        self.named: list[str] = []  # whom each step names now
        self.presses = 0

    def begin(self, zone: str, talks: tuple[bool, bool]) -> None:
        self.plan: SharedPlan = a_plan(self.session, zone)
        workspace = self.session.get_one(Workspace, self.plan.plan.workspace_id)
        tom = a_seller(self.session, workspace, "Tom Reyes")
        self.in_charge = self.plan.maria
        self.sellers = [self.plan.maria, Who(SELLER, tom.id or 0, tom.name)]
        for name, is_talk in zip(("jonas", "petra"), talks, strict=True):
            step = self.plan.shares(who=getattr(self.plan, name), **(TALK if is_talk else {}))
            self.session.flush()
            self._is_there(step, name)

    def _is_there(self, step: Step, named: str) -> None:
        self.steps.append(step.id or 0)
        self.named.append(named)

    def step(self, index: int) -> Step:
        return self.session.get_one(Step, self.steps[index])

    def standing(self, index: int) -> Reading:
        return reading(self.step(index).acts)

    def now(self) -> PlanReading:
        return plan_reading(store.plan_acts(self.session, self.plan.plan.id or 0))

    def quiet(self) -> Any:
        """Who asked for quiet that is not over: on the day it lasts until, people may write again."""
        asked, zone = self.now().quiet, ZoneInfo(self.plan.plan.time_zone)
        return asked if asked and asked.day > self.plan.now.astimezone(zone).date() else None

    def who(self, who: str, index: int = 0) -> Who:
        """By name, or as somebody stands to a step: "named" in it, or the "other" buyer."""
        name = self.named[index]
        if who == "other":
            name = "petra" if name == "jonas" else "jonas"
        elif who != "named":
            name = who
        return self.in_charge if name == "seller" else getattr(self.plan, name)

    def try_to(self, verb: Callable[[Deed], object], index: int, who: str, behind: int = 0) -> bool:
        """Let somebody act on a step, having read `behind` versions too old."""
        step, was_over = self.step(index), self.now().over is not None
        actor, pressed = self._press(self.who(who, index))
        seen = max(step.version - behind, 0)
        deed = Deed(self.session, self.plan.plan, step, actor, self.plan.now, pressed, seen)
        done = self._done(lambda: verb(deed), pressed, events=1)
        assert not (done and was_over), "a plan that is over changed"
        return done

    def try_on_plan(
        self, verb: Callable[[PlanDeed], object], who: str, *, seen: int = 0, events: int = 1
    ) -> bool:
        """Let somebody act on the whole plan; `events` is what it writes if it has an effect."""
        actor, pressed = self._press(self.who(who))
        deed = PlanDeed(self.session, self.plan.plan, actor, self.plan.now, pressed, seen)
        return self._done(lambda: verb(deed), pressed, events)

    def ask_for_step(self, who: str, owner: Side, day: date, meeting: dict[str, Any]) -> bool:
        """Let a buyer put a step on the plan."""
        actor, pressed = self._press(self.who(who))
        asked: list[Step] = []

        def ask() -> Act:
            asked.append(store.new_step(self.session, self.plan.plan, self.plan.now))
            deed = Deed(self.session, self.plan.plan, asked[0], actor, self.plan.now, pressed, seen=0)
            return acts.share(deed, self._terms(actor, owner, day, meeting))

        done = self._done(ask, pressed, events=1)
        if done:
            self._is_there(asked[0], who)
        return done

    def _terms(self, actor: Who, owner: Side, day: date, meeting: dict[str, Any]) -> Terms:
        plan = self.plan.plan
        return Terms(
            workspace_id=plan.workspace_id,
            plan_id=plan.id or 0,
            version=1,
            title="Name the sites that are left out",
            owner=owner,
            seller_id=plan.seller_id,
            participant_id=actor.id,
            due_on=day,
            salt="",
            **meeting,
        )

    def _press(self, actor: Who) -> tuple[Who, Press]:
        self.presses += 1
        self.plan.passes(TICK)
        return actor, press(actor.actor, f"k-{self.presses}", {})

    def _done(self, verb: Callable[[], object], pressed: Press, events: int) -> bool:
        before = self.events()
        try:
            done = verb() is not None
        except REFUSED:
            done = False
        self.session.flush()
        assert self.events() == before + (events if done else 0)
        self._press_again(pressed, done)
        return done

    def _press_again(self, pressed: Press, had_effect: bool) -> None:
        """The same press is known from then on if it had an effect, and its key is taken."""
        assert (already_done(self.session, pressed) is not None) is had_effect
        if had_effect:
            with pytest.raises(KeyReused):
                already_done(self.session, Press(pressed.actor, pressed.key, "another body"))

    def events(self) -> int:
        query = select(func.count()).where(Event.chain == self.plan.plan.chain)
        return self.session.exec(query).one()

    def rows(self, kind: type[SQLModel]) -> dict[int, tuple[object, ...]]:
        """As the database has them, past the session's objects."""
        table = table_of(kind)
        found = self.session.connection().execute(table.select().order_by(table.c.id))
        return {row.id: tuple(row) for row in found}

    def kept(self) -> list[Kept]:
        """What is kept of each step's history."""
        steps = [self.step(index) for index in range(len(self.steps))]
        return [(s.version, s.status, s.waits_for, s.is_stuck, s.ask_again_on, s.since) for s in steps]

    def end(self) -> None:
        self.session.rollback()
        self.session.close()
