"""Queries about plans, their people and steps, and the rows that begin them."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func
from sqlmodel import Session, select

from app.account.tables import Seller
from app.journal import Press, record
from app.shared_plan.commitment import Status
from app.shared_plan.moves import PlanOver
from app.shared_plan.steps_now import PlanRows, StepNow, as_they_stand
from app.shared_plan.tables import Act, Commitment, Handover, Participant, Plan, PlanAct, Step, Terms
from app.shared_plan.whole_plan import PlanState, SaidOfPlan
from app.shared_plan.words import WORDS, Version, words_in

MANY_OPEN_STEPS, MOST_OPEN_STEPS, MOST_STEPS_EVER = 12, 30, 500


class TooManySteps(Exception):
    """A plan has room for 30 open steps, and 500 ever."""


def new_ref() -> str:
    """128 random bits for an address; never a counter."""
    return secrets.token_urlsafe(16)


def locked_plan(session: Session, plan_id: int) -> Plan:
    """The plan, its row locked until the transaction ends: acts on one plan come one after the other."""
    return session.exec(select(Plan).where(Plan.id == plan_id).with_for_update()).one()


def step_numbered(session: Session, plan_id: int, number: int) -> Step | None:
    return session.exec(select(Step).where(Step.plan_id == plan_id, Step.number == number)).first()


def steps_of(session: Session, plan_id: int) -> list[Step]:
    return list(session.exec(select(Step).where(Step.plan_id == plan_id).order_by(Step.number)))


def plan_acts(session: Session, plan_id: int) -> list[PlanAct]:
    """The plan's own history, in order."""
    return list(session.exec(select(PlanAct).where(PlanAct.plan_id == plan_id).order_by(PlanAct.number)))


def participants_of(session: Session, plan_id: int) -> list[Participant]:
    """The people who answer; copies for others to read are none."""
    query = select(Participant).where(Participant.plan_id == plan_id, Participant.copy_of_id.is_(None))
    return list(session.exec(query.order_by(Participant.name, Participant.id)))


def participant(session: Session, participant_id: int) -> Participant:
    return session.exec(select(Participant).where(Participant.id == participant_id)).one()


def add_participant(
    session: Session, plan: Plan, name: str, pressed: Press, now: datetime, *, copy_of: int | None = None
) -> Participant:
    """Somebody who takes part, or with `copy_of` a page of that participant's for others to read."""
    participant = Participant(
        workspace_id=plan.workspace_id,
        plan_id=plan.id or 0,
        ref=new_ref(),
        name=name,
        language=plan.language,
        created_at=now,
        copy_of_id=copy_of,
    )
    session.add(participant)
    session.flush()
    record(
        session,
        plan,
        "copy made" if copy_of else "participant added",
        pressed,
        now,
        {"participant": participant.id},
    )
    return participant


def open_handovers(session: Session, plan_id: int) -> list[Handover]:
    """Those that nobody confirmed; whether one still waits is for its step to say."""
    query = select(Handover).where(Handover.plan_id == plan_id, Handover.confirmed_at.is_(None))
    return list(session.exec(query.order_by(Handover.id)))


def new_step(session: Session, plan: Plan, now: datetime) -> Step:
    """The next step of the plan, still without terms. Raises PlanOver, TooManySteps."""
    if plan.state is not PlanState.OPEN:
        raise PlanOver
    if plan.steps_ever >= MOST_STEPS_EVER or open_steps(session, plan.id or 0) >= MOST_OPEN_STEPS:
        raise TooManySteps
    plan.steps_ever += 1
    step = Step(
        workspace_id=plan.workspace_id,
        plan_id=plan.id or 0,
        seller_id=plan.seller_id,
        number=plan.steps_ever,
        since=now,
    )
    session.add(step)
    session.flush()
    return step


def open_steps(session: Session, plan_id: int) -> int:
    query = select(func.count()).select_from(Step)
    return session.exec(
        query.where(Step.plan_id == plan_id, Step.status.not_in([Status.DONE, Status.DROPPED]))
    ).one()


# What a page shows of a plan, as plain rows: objects would cost four times as much.
_TERMS = (
    select(
        Terms.step_id,
        Step.number,
        Step.status,
        Step.version.label("now"),
        Step.waits_for,
        Step.is_stuck,
        Step.ask_again_on,
        Terms.version,
        *(getattr(Terms, name) for name in WORDS),
        Terms.participant_id,
        Participant.name.label("buyer"),
        Seller.name.label("seller"),
    )
    .join(Step, Step.id == Terms.step_id)
    .join(Participant, Participant.id == Terms.participant_id)
    .join(Seller, Seller.id == Terms.seller_id)
    .where(Terms.plan_id == bindparam("plan"))
    .order_by(Step.number, Terms.version)
)
_ACTS = (
    select(
        Act.step_id,
        Act.number,
        Act.what,
        Act.side,
        Act.at,
        Act.version,
        Act.obstacle,
        Act.ask_again_on,
        Act.note,
        Act.url,
        Act.colleague,
        Act.browser,
        Act.edited_at,
        Act.seller_id,
        Act.participant_id,
        func.coalesce(Seller.name, Participant.name).label("name"),
    )
    .outerjoin(Seller, Seller.id == Act.seller_id)
    .outerjoin(Participant, Participant.id == Act.participant_id)
    .where(Act.plan_id == bindparam("plan"))
    .order_by(Act.step_id, Act.number)
)
_COMMITMENTS = (
    select(
        Commitment.step_id,
        Commitment.version,
        Commitment.owner,
        Commitment.day,
        Commitment.agreed_at,
        Commitment.ended_at,
        Commitment.why,
        Commitment.outcome,
    )
    .where(Commitment.plan_id == bindparam("plan"))
    .order_by(Commitment.step_id, Commitment.number)
)


_HISTORY = (
    select(
        PlanAct.number,
        PlanAct.what,
        PlanAct.side,
        PlanAct.at,
        PlanAct.day,
        PlanAct.words,
        func.coalesce(Seller.name, Participant.name).label("name"),
    )
    .outerjoin(Seller, Seller.id == PlanAct.seller_id)
    .outerjoin(Participant, Participant.id == PlanAct.participant_id)
    .where(PlanAct.plan_id == bindparam("plan"))
    .order_by(PlanAct.number)
)


def plan_rows(session: Session, plan_id: int) -> PlanRows:
    """Terms by step and version, acts, commitments: all that the state of a plan's steps is read from."""
    return PlanRows(*(_rows(session, query, plan_id) for query in (_TERMS, _ACTS, _COMMITMENTS)))


def steps_now(session: Session, plan_id: int) -> list[StepNow]:
    """The steps of a plan by number, as they stand in the database."""
    return as_they_stand(plan_rows(session, plan_id))


def history_of_plan(session: Session, plan_id: int) -> list[SaidOfPlan]:
    """What people did with the plan as a whole, in order."""
    return [SaidOfPlan(**row._mapping) for row in _rows(session, _HISTORY, plan_id)]


def _rows(session: Session, query: Any, plan_id: int) -> Sequence[Row[Any]]:
    """Through the session's connection: the session itself would wrap each row once more."""
    return session.connection().execute(query, {"plan": plan_id}).all()


def last_answers(session: Session, plan_id: int) -> dict[int, datetime]:
    """When each participant last did something with a step of the plan."""
    query = select(Act.participant_id, func.max(Act.at)).where(
        Act.plan_id == plan_id, Act.participant_id.is_not(None)
    )
    return dict(session.execute(query.group_by(Act.participant_id)).all())


def standing_version(session: Session, step_id: int) -> int:
    return session.exec(select(Step.version).where(Step.id == step_id)).one()


def versions_of(session: Session, step_id: int, *versions: int) -> list[Version]:
    query = select(Terms).where(Terms.step_id == step_id, Terms.version.in_(versions))
    found = session.exec(query.order_by(Terms.version))
    return [Version(**words_in(terms), version=terms.version) for terms in found]
