"""What is kept of a step's history for queries: its standing and its commitments."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from app.shared_plan import store
from app.shared_plan.commitment import Side, Standing, standing
from app.shared_plan.record import commitments
from app.shared_plan.tables import Commitment, Plan, Step


def refresh(step: Step, zone: str, at: datetime) -> None:
    """Write down what the history now means: the step's standing and its commitments."""
    now = standing(step.acts)
    step.version, step.status, step.waits_for = now.version, now.status, now.waits_for
    step.since, step.is_stuck = now.since or at, now.stuck is not None
    step.ask_again_on = named_day(now)
    _keep_commitments(step, zone)


def named_day(now: Standing) -> date | None:
    """When a stuck buyer wants to be asked again; a seller cannot grant that."""
    stuck: Any = now.stuck  # an act, or a plain row of one
    return stuck.ask_again_on if stuck is not None and stuck.side is Side.BUYER else None


def rejudge(session: Session, plan: Plan) -> None:
    """Judge every promise anew: the plan's days begin and end in another time zone now."""
    for step in store.steps_of(session, plan.id or 0):
        _keep_commitments(step, plan.time_zone)


def _keep_commitments(step: Step, zone: str) -> None:
    days = {terms.version: terms.due_on for terms in step.terms}
    owners = {terms.version: terms.owner for terms in step.terms}
    for number, stretch in enumerate(commitments(step.acts, days, zone), start=1):
        if number > len(step.commitments):
            step.commitments.append(
                Commitment(
                    workspace_id=step.workspace_id,
                    plan_id=step.plan_id,
                    step_id=step.id or 0,
                    seller_id=step.seller_id,
                    number=number,
                    version=stretch.version,
                    owner=owners[stretch.version],
                    day=stretch.day,
                    agreed_at=stretch.agreed_at,
                )
            )
        row = step.commitments[number - 1]
        row.ended_at, row.why, row.outcome = stretch.ended_at, stretch.why, stretch.outcome
