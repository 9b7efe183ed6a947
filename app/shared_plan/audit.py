"""Does the record still say what happened? Compares events, history and kept results, plan by plan."""

import json
from collections.abc import Iterator

from sqlmodel import Session, col, select

from app.journal import Event, Facts, breaks_in
from app.shared_plan.acts import facts_of
from app.shared_plan.commitment import What, standing
from app.shared_plan.plan_acts import facts_of as plan_facts_of
from app.shared_plan.record import Stretch, commitments
from app.shared_plan.results import named_day
from app.shared_plan.store import plan_acts, steps_of
from app.shared_plan.tables import Commitment, Plan, Step
from app.shared_plan.whole_plan import course


def breaks(session: Session, plan: Plan) -> Iterator[str]:
    """Name what is broken in one plan, the first broken row of its chain first."""
    try:
        yield from _breaks(session, plan)
    except (LookupError, ValueError):
        # Somebody wrote what no act of ours writes, or took away what others lean on.
        yield f"{plan.chain}: a row cannot be read any more"


def _breaks(session: Session, plan: Plan) -> Iterator[str]:
    query = select(Event).where(Event.chain == plan.chain).order_by(col(Event.number), col(Event.id))
    events = list(session.exec(query))
    yield from breaks_in(plan.chain, events, (plan.head_number, plan.head_hash))
    told = _facts_told(events)
    yield from _changed_plan_acts(session, plan, events)
    for step in steps_of(session, plan.id or 0):
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


def _changed_plan_acts(session: Session, plan: Plan, events: list[Event]) -> Iterator[str]:
    """The plan's own history and what is kept of it."""
    facts = [json.loads(event.facts) for event in events]
    told = {said["plan_act"]: said for said in facts if "plan_act" in said}
    history = plan_acts(session, plan.id or 0)
    for act in history:
        if told.pop(act.number, None) != plan_facts_of(act):
            yield f"{plan.chain}: act {act.number} of the plan was changed"
    for number in told:
        yield f"{plan.chain}: act {number} of the plan is missing"
    now = course(history)
    if (plan.state, plan.quiet_until) != (now.state, now.quiet_until):
        yield f"{plan.chain}: where the plan stands is not what its history says"


def _changed_acts(plan: Plan, step: Step, told: dict[tuple[int, int], Facts]) -> Iterator[str]:
    terms = {one.version: one for one in step.terms}
    for act in step.acts:
        facts, said = told.pop((step.number, act.number), None), terms.get(act.version)
        here = said and act.plan_id == said.plan_id == plan.id
        if not (here and facts == facts_of(step.number, act, said)):
            yield f"{plan.chain}: act {act.number} of step {step.number} was changed"
    proposed = {act.version for act in step.acts if act.what is What.PROPOSED}
    for version in sorted(terms.keys() - proposed):
        yield f"{plan.chain}: nobody proposed terms {version} of step {step.number}"


def _wrong_results(plan: Plan, step: Step) -> Iterator[str]:
    """The kept results must equal what the history says."""
    now = standing(step.acts)
    kept = (step.version, step.status, step.waits_for, step.since, step.is_stuck, step.ask_again_on)
    told = (now.version, now.status, now.waits_for, now.since, now.stuck is not None, named_day(now))
    if (*kept, step.seller_id) != (*told, plan.seller_id):
        yield f"{plan.chain}: the standing of step {step.number} is not what its history says"
    days = {terms.version: terms.due_on for terms in step.terms}
    owners = {terms.version: terms.owner for terms in step.terms}
    promised = commitments(step.acts, days, plan.time_zone)
    expected = [(owners[one.version], plan.id, plan.seller_id, *_outline(one)) for one in promised]
    rows = [(row.owner, row.plan_id, row.seller_id, *_outline(row)) for row in step.commitments]
    if rows != expected:
        yield f"{plan.chain}: the commitments of step {step.number} are not what its history says"


def _outline(one: Stretch | Commitment) -> tuple[object, ...]:
    return one.version, one.day, one.agreed_at, one.ended_at, one.why, one.outcome
