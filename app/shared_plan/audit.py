"""Does the record still say what happened? Compares events, history and kept results, plan by plan."""

import json
from collections.abc import Iterator

from sqlmodel import Session, select

from app.journal import Event, Facts, breaks_in
from app.shared_plan.acts import facts_of
from app.shared_plan.commitment import standing
from app.shared_plan.record import commitments
from app.shared_plan.tables import Plan, Step


def breaks(session: Session, plan: Plan) -> Iterator[str]:
    """Name what is broken in one plan, the first broken row of its chain first."""
    query = select(Event).where(Event.chain == plan.chain).order_by(Event.number, Event.id)
    events = list(session.exec(query))
    yield from breaks_in(plan.chain, events, (plan.head_number, plan.head_hash))
    told = _facts_told(events)
    for step in session.exec(select(Step).where(Step.plan_id == plan.id).order_by(Step.number)):
        yield from _changed_acts(plan, step, told)
        yield from _wrong_results(plan, step)
    for number, act in told:
        yield f"{plan.chain}: act {act} of step {number} is missing"


def _facts_told(events: list[Event]) -> dict[tuple[int, int], Facts]:
    """What the journal last said of each act, by step number and act number."""
    told: dict[tuple[int, int], Facts] = {}
    for event in events:
        facts = json.loads(event.facts)
        if "act" in facts:
            told[facts["step"], facts["act"]] = facts
    return told


def _changed_acts(plan: Plan, step: Step, told: dict[tuple[int, int], Facts]) -> Iterator[str]:
    terms = {one.version: one for one in step.terms}
    for act in step.acts:
        facts = told.pop((step.number, act.number), None)
        if act.version not in terms or facts != facts_of(step.number, act, terms[act.version]):
            yield f"{plan.chain}: act {act.number} of step {step.number} was changed"


def _wrong_results(plan: Plan, step: Step) -> Iterator[str]:
    """The kept results must equal what the history says."""
    now = standing(step.acts)
    kept = (step.version, step.status, step.waits_for, step.is_stuck)
    if kept != (now.version, now.status, now.waits_for, now.stuck is not None):
        yield f"{plan.chain}: the standing of step {step.number} is not what its history says"
    days = {terms.version: terms.due_on for terms in step.terms}
    expected = [
        (c.version, c.day, c.agreed_at, c.ended_at, c.why, c.outcome)
        for c in commitments(step.acts, days, plan.time_zone)
    ]
    rows = [(c.version, c.day, c.agreed_at, c.ended_at, c.why, c.outcome) for c in step.commitments]
    if rows != expected or any(row.seller_id != plan.seller_id for row in step.commitments):
        yield f"{plan.chain}: the commitments of step {step.number} are not what its history says"
