"""When the goal moves: drafts move along, open proposals get new days, what both agreed is asked about."""

from dataclasses import dataclass
from datetime import date

from app.desk import store
from app.desk.days.backwards import Move
from app.desk.days.placing import Days, days_of
from app.desk.doors import OpenPlan
from app.journal import Press
from app.shared_plan import acts
from app.shared_plan import store as plans
from app.shared_plan.commitment import Status
from app.shared_plan.moves import StaleVersion
from app.shared_plan.steps_now import StepNow
from app.shared_plan.words import Change


@dataclass(frozen=True)
class StepMove:
    """A shared step whose day no longer fits, with the value of its box on the form."""

    step: StepNow
    move: Move

    @property
    def value(self) -> str:
        return f"{self.step.number}-{self.step.version}-{self.move.to_day.isoformat()}"


def move_drafts(opened: OpenPlan) -> None:
    for move in _days(opened).moves():
        if move.number is None and isinstance(move.key, tuple):
            store.own_draft(opened.session, opened.plan_id, move.key[1]).due_on = move.to_day


def step_moves(opened: OpenPlan) -> list[StepMove]:
    """Steps that no longer stand where they were placed; those waiting for our answer keep theirs."""
    steps = {step.number: step for step in opened.steps_now()}
    moves = [move for move in _days(opened).moves() if move.number is not None]
    found = [StepMove(steps[move.number], move) for move in moves if move.number]
    return [
        one for one in found if one.step.status in (Status.PROPOSED, Status.AGREED) and not one.step.is_stuck
    ]


def move_step(opened: OpenPlan, typed: str, note: str, pressed: Press) -> None:
    """Ask for the day that a box of the form stands for. Raises StaleVersion."""
    number, version, day = typed.split("-", 2)
    step = plans.step_numbered(opened.session, opened.plan_id, int(number))
    draft = store.shared_drafts_of(opened.session, opened.plan_id).get(int(number))
    if step is None or draft is None:
        raise StaleVersion(int(version))
    act = acts.propose(
        opened.party.on(step, pressed, int(version)), Change(due_on=date.fromisoformat(day)), note
    )
    draft.placed_version = act.version


def _days(opened: OpenPlan) -> Days:
    shared = store.shared_drafts_of(opened.session, opened.plan_id)
    drafts = store.drafts_of(opened.session, opened.plan_id)
    return days_of(opened.plan, opened.today, opened.steps_now(), shared, drafts)
