"""Queries about plans, their people and steps, and the rows that begin them."""

import secrets
from datetime import datetime

from sqlalchemy import bindparam, func, null
from sqlmodel import Session, col, select

from app.account.tables import Seller
from app.database import Rows, rows_of, select_columns
from app.journal import Event, Press, record
from app.shared_plan.commitment import REWORDED, Side, Status
from app.shared_plan.moves import PlanOver
from app.shared_plan.steps_now import PlanRows, StepNow, as_they_stand
from app.shared_plan.tables import Act, Commitment, Handover, Participant, Plan, PlanAct, Step, Terms
from app.shared_plan.whole_plan import PlanState, SaidOfPlan
from app.shared_plan.words import WORDS, Version, words_in

MANY_OPEN_STEPS, MOST_OPEN_STEPS, MOST_STEPS_EVER = 12, 30, 500
HIGHEST_NUMBER = 600  # of a step: 500 of the seller's own, and 100 that the buyer's side asked for


class TooManySteps(Exception):
    """A plan has room for 30 open steps, and 500 ever, beside what the buyer's side asks for."""


def new_ref() -> str:
    """128 random bits for an address; never a counter."""
    return secrets.token_urlsafe(16)


_PLAN_LOCKED = select(Plan).where(Plan.id == bindparam("plan")).with_for_update()


def locked_plan(session: Session, plan_id: int) -> Plan:
    """The plan, its row locked until the transaction ends: acts on one plan come one after the other."""
    return session.exec(_PLAN_LOCKED, params={"plan": plan_id}).one()


_STEP = select(Step).where(Step.plan_id == bindparam("plan"), Step.number == bindparam("number"))


def step_numbered(session: Session, plan_id: int, number: int) -> Step | None:
    return session.exec(_STEP, params={"plan": plan_id, "number": number}).first()


_STEPS = select(Step).where(Step.plan_id == bindparam("plan")).order_by(col(Step.number))


def steps_of(session: Session, plan_id: int) -> list[Step]:
    return list(session.exec(_STEPS, params={"plan": plan_id}))


def plan_acts(session: Session, plan_id: int) -> list[PlanAct]:
    """The plan's own history, in order."""
    query = select(PlanAct).where(PlanAct.plan_id == plan_id)
    return list(session.exec(query.order_by(col(PlanAct.number))))


_PARTICIPANTS = (
    select(Participant)
    .where(Participant.plan_id == bindparam("plan"), col(Participant.copy_of_id).is_(None))
    .order_by(col(Participant.name), col(Participant.id))
)


def participants_of(session: Session, plan_id: int) -> list[Participant]:
    """The people who answer; copies for others to read are none."""
    return list(session.exec(_PARTICIPANTS, params={"plan": plan_id}))


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


_ENDED = select(Seller.id).where(Seller.id == bindparam("seller"), col(Seller.ended_at).is_not(None))


def works_here(session: Session, seller_id: int) -> bool:
    return session.exec(_ENDED, params={"seller": seller_id}).first() is None


_HANDOVERS = (
    select(Handover)
    .where(Handover.plan_id == bindparam("plan"), col(Handover.confirmed_at).is_(None))
    .order_by(col(Handover.id))
)


def open_handovers(session: Session, plan_id: int) -> list[Handover]:
    """Those that nobody confirmed; whether one still waits is for its step to say."""
    return list(session.exec(_HANDOVERS, params={"plan": plan_id}))


def _must_have_room(session: Session, plan: Plan) -> None:
    """What the buyer's side asked for takes none of the seller's places, not even once it is agreed."""
    asked = requests_of(session, plan.id or 0)
    own = open_steps(session, plan.id or 0) - sum(not status.is_over for _who, status in asked)
    if plan.steps_ever - len(asked) >= MOST_STEPS_EVER or own >= MOST_OPEN_STEPS:
        raise TooManySteps


def new_step(session: Session, plan: Plan, now: datetime, *, asked_for: bool = False) -> Step:
    """The next step of the plan, still without terms; `asked_for`: by the buyer's side, whose room is bounded
    by rules of its own. Raises PlanOver, TooManySteps.
    """
    if plan.state is not PlanState.OPEN:
        raise PlanOver
    if not asked_for:
        _must_have_room(session, plan)
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


_OPEN_STEPS = (
    select(func.count())
    .select_from(Step)
    .where(Step.plan_id == bindparam("plan"), col(Step.status).not_in([Status.DONE, Status.DROPPED]))
)


def open_steps(session: Session, plan_id: int) -> int:
    return session.exec(_OPEN_STEPS, params={"plan": plan_id}).one()


_REQUESTS = (
    select_columns(Terms.participant_id, Step.status)
    .join(Step, col(Step.id) == Terms.step_id)
    .where(Terms.plan_id == bindparam("plan"), Terms.version == 1, Terms.author == Side.BUYER)
    .order_by(col(Terms.id))
)


def requests_of(session: Session, plan_id: int) -> list[tuple[int, Status]]:
    """Who asked for a step, and how it stands: countered means that it waits for the seller."""
    return [(who, status) for who, status in map(tuple, rows_of(session, _REQUESTS, plan=plan_id))]


_DONE_TO_STEPS = (
    select_columns(Act.participant_id, Act.step_id, Act.what, func.count())
    .where(Act.plan_id == bindparam("plan"), col(Act.participant_id).is_not(None))
    .group_by(col(Act.participant_id), col(Act.step_id), col(Act.what))
)
_DONE_TO_PLAN = (
    select_columns(PlanAct.participant_id, null(), null(), func.count())
    .where(PlanAct.plan_id == bindparam("plan"), col(PlanAct.participant_id).is_not(None))
    .group_by(col(PlanAct.participant_id))
)


def done_by_buyers(session: Session, plan_id: int) -> Rows:
    """(participant, step, what, times) of the buyer's side; step and what are None for the whole plan."""
    to_steps = rows_of(session, _DONE_TO_STEPS, plan=plan_id)
    return [*to_steps, *rows_of(session, _DONE_TO_PLAN, plan=plan_id)]


_REWORDED = (
    select(func.count())
    .select_from(Event)
    .where(Event.chain == bindparam("chain"), Event.actor == bindparam("actor"), Event.what == REWORDED)
)


def rewordings(session: Session, plan: Plan, actor: str) -> int:
    """How often somebody changed the words of their comments on a plan."""
    return session.exec(_REWORDED, params={"chain": plan.chain, "actor": actor}).one()


# What a page shows of a plan, as plain rows: objects would cost four times as much.
_TERMS = (
    select_columns(
        Terms.step_id,
        Step.number,
        Step.status,
        col(Step.version).label("now"),
        Step.waits_for,
        Step.is_stuck,
        Step.ask_again_on,
        Terms.version,
        *(getattr(Terms, name) for name in WORDS),
        Terms.participant_id,
        col(Participant.name).label("buyer"),
        col(Seller.name).label("seller"),
    )
    .join(Step, col(Step.id) == Terms.step_id)
    .join(Participant, col(Participant.id) == Terms.participant_id)
    .join(Seller, col(Seller.id) == Terms.seller_id)
    .where(Terms.plan_id == bindparam("plan"))
    .order_by(col(Step.number), col(Terms.version))
)
_ACTS = (
    select_columns(
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
    .outerjoin(Seller, col(Seller.id) == Act.seller_id)
    .outerjoin(Participant, col(Participant.id) == Act.participant_id)
    .where(Act.plan_id == bindparam("plan"))
    .order_by(col(Act.step_id), col(Act.number))
)
_COMMITMENTS = (
    select_columns(
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
    .order_by(col(Commitment.step_id), col(Commitment.number))
)


_HISTORY = (
    select_columns(
        PlanAct.number,
        PlanAct.what,
        PlanAct.side,
        PlanAct.at,
        PlanAct.day,
        PlanAct.words,
        func.coalesce(Seller.name, Participant.name).label("name"),
    )
    .outerjoin(Seller, col(Seller.id) == PlanAct.seller_id)
    .outerjoin(Participant, col(Participant.id) == PlanAct.participant_id)
    .where(PlanAct.plan_id == bindparam("plan"))
    .order_by(col(PlanAct.number))
)


def plan_rows(session: Session, plan_id: int) -> PlanRows:
    """Terms by step and version, acts, commitments: all that the state of a plan's steps is read from."""
    return PlanRows(*(rows_of(session, query, plan=plan_id) for query in (_TERMS, _ACTS, _COMMITMENTS)))


def steps_now(session: Session, plan_id: int) -> list[StepNow]:
    """The steps of a plan by number, as they stand in the database."""
    return as_they_stand(plan_rows(session, plan_id))


def history_of_plan(session: Session, plan_id: int) -> list[SaidOfPlan]:
    """What people did with the plan as a whole, in order."""
    return [SaidOfPlan(**row._mapping) for row in rows_of(session, _HISTORY, plan=plan_id)]


_LAST_ANSWERS = (
    select_columns(Act.participant_id, func.max(Act.at))
    .where(Act.plan_id == bindparam("plan"), col(Act.participant_id).is_not(None))
    .group_by(col(Act.participant_id))
)


def last_answers(session: Session, plan_id: int) -> dict[int, datetime]:
    """When each participant last did something with a step of the plan."""
    return dict(map(tuple, rows_of(session, _LAST_ANSWERS, plan=plan_id)))


def standing_version(session: Session, step_id: int) -> int:
    return session.exec(select(Step.version).where(Step.id == step_id)).one()


def versions_of(session: Session, step_id: int, *versions: int) -> list[Version]:
    query = select(Terms).where(Terms.step_id == step_id, col(Terms.version).in_(versions))
    found = session.exec(query.order_by(col(Terms.version)))
    return [Version(**words_in(terms), version=terms.version) for terms in found]
