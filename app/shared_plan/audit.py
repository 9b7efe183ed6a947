"""Does the record still say what happened? Compares events, history and kept results, plan by plan."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlmodel import Session, col, select

from app.database import Rows, rows_of, select_columns
from app.journal import Facts
from app.shared_plan.acts import facts_of
from app.shared_plan.commitment import What, standing
from app.shared_plan.plan_acts import facts_of as plan_facts_of
from app.shared_plan.record import Stretch, commitments
from app.shared_plan.results import named_day
from app.shared_plan.tables import Act, Commitment, Plan, PlanAct, Step, Terms
from app.shared_plan.whole_plan import course

Grouped = Mapping[int, Sequence[Any]]


@dataclass(frozen=True)
class History:
    """What the plans between two ids hold: plan acts and steps by plan, the rest by step, each in order."""

    plan_acts: Grouped
    steps: Grouped
    terms: Grouped
    acts: Grouped
    commitments: Grouped


@dataclass
class Recorded:
    """What the journal last said of each act of one plan, and of each act on the plan itself."""

    acts: dict[tuple[int, int], Facts] = field(default_factory=dict)
    plan_acts: dict[int, Facts] = field(default_factory=dict)


def history_between(session: Session, first: int, last: int) -> History:
    """Raises LookupError where a row holds a word that is none of ours."""
    of_plans, steps = col(PlanAct.plan_id).between(first, last), col(Step.plan_id).between(first, last)
    of_steps = select(Step.id).where(steps)
    return History(
        _grouped(session, PlanAct, of_plans, PlanAct.plan_id, PlanAct.number),
        _grouped(session, Step, steps, Step.plan_id, Step.number),
        _grouped(session, Terms, col(Terms.step_id).in_(of_steps), Terms.step_id, Terms.version),
        _grouped(session, Act, col(Act.step_id).in_(of_steps), Act.step_id, Act.number),
        _grouped(
            session, Commitment, col(Commitment.step_id).in_(of_steps), Commitment.step_id, Commitment.number
        ),
    )


def _grouped(session: Session, table: Any, which: Any, by: Any, order: Any) -> Grouped:
    rows: Rows = rows_of(session, select_columns(*table.__table__.columns).where(which).order_by(by, order))
    return defaultdict(
        list, {key: list(each) for key, each in groupby(rows, lambda row: getattr(row, by.key))}
    )


def breaks(plan: Any, events: Sequence[Any], history: History) -> Iterator[str]:
    """Name what is broken in one plan beside its chain. Raises LookupError, ValueError at unreadable rows."""
    chain = Plan.chain_of(plan.id)
    told = _told(events)
    yield from _changed_plan_acts(plan, chain, history.plan_acts[plan.id], told.plan_acts)
    for step in history.steps[plan.id]:
        terms = {one.version: one for one in history.terms[step.id]}
        acts = history.acts[step.id]
        yield from _changed_acts(plan, chain, step, terms, acts, told.acts)
        yield from _wrong_results(plan, chain, step, terms, acts, history.commitments[step.id])
    for number, act in told.acts:
        yield f"{chain}: act {act} of step {number} is missing"


def _told(events: Sequence[Any]) -> Recorded:
    told = Recorded()
    for event in events:
        facts = json.loads(event.facts)
        if "act" in facts:
            told.acts[facts["step"], facts["act"]] = facts
        elif "plan_act" in facts:
            told.plan_acts[facts["plan_act"]] = facts
    return told


def _changed_plan_acts(
    plan: Any, chain: str, history: Sequence[Any], told: dict[int, Facts]
) -> Iterator[str]:
    """The plan's own history and what is kept of it."""
    for act in history:
        if told.pop(act.number, None) != plan_facts_of(act):
            yield f"{chain}: act {act.number} of the plan was changed"
    for number in told:
        yield f"{chain}: act {number} of the plan is missing"
    now = course(history)
    if (plan.state, plan.quiet_until) != (now.state, now.quiet_until):
        yield f"{chain}: where the plan stands is not what its history says"


def _changed_acts(
    plan: Any,
    chain: str,
    step: Any,
    terms: dict[int, Any],
    acts: Sequence[Any],
    told: dict[tuple[int, int], Facts],
) -> Iterator[str]:
    for act in acts:
        facts, said = told.pop((step.number, act.number), None), terms.get(act.version)
        here = said and act.plan_id == said.plan_id == plan.id
        if not (here and facts == facts_of(step.number, act, said)):
            yield f"{chain}: act {act.number} of step {step.number} was changed"
    proposed = {act.version for act in acts if act.what is What.PROPOSED}
    for version in sorted(terms.keys() - proposed):
        yield f"{chain}: nobody proposed terms {version} of step {step.number}"


def _wrong_results(
    plan: Any, chain: str, step: Any, terms: dict[int, Any], acts: Sequence[Any], kept: Sequence[Any]
) -> Iterator[str]:
    """The kept results must equal what the history says."""
    now = standing(acts)
    stands = (step.version, step.status, step.waits_for, step.since, step.is_stuck, step.ask_again_on)
    told = (now.version, now.status, now.waits_for, now.since, now.stuck is not None, named_day(now))
    if (*stands, step.seller_id) != (*told, plan.seller_id):
        yield f"{chain}: the standing of step {step.number} is not what its history says"
    promised = commitments(acts, {version: one.due_on for version, one in terms.items()}, plan.time_zone)
    expected = [(terms[one.version].owner, plan.id, plan.seller_id, *_outline(one)) for one in promised]
    rows = [(row.owner, row.plan_id, row.seller_id, *_outline(row)) for row in kept]
    if rows != expected:
        yield f"{chain}: the commitments of step {step.number} are not what its history says"


def _outline(one: Stretch | Any) -> tuple[object, ...]:
    return one.version, one.day, one.agreed_at, one.ended_at, one.why, one.outcome
