"""Queries of the follow-ups. Each is carried by one index, so a seller with 2,000 plans waits no longer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, func, not_
from sqlmodel import Session, col, select

from app.deal.tables import Deal
from app.shared_plan.commitment import Side, What
from app.shared_plan.course import PlanState, PlanWhat
from app.shared_plan.tables import Act, Commitment, Participant, Plan, PlanAct, Step, Terms

MOST = 50


def waiting_for_us(session: Session, seller_id: int) -> Sequence[Row[Any]]:
    """Steps on which the other side answered and waits, longest first."""
    latest = _latest_act()
    query = (
        select(
            *_STEP,
            Step.since,
            Step.is_stuck,
            Step.ask_again_on,
            Step.version,
            Act.obstacle,
            Act.note,
            Act.colleague,
        )
        .join(Terms, and_(Terms.step_id == Step.id, Terms.version == Step.version))
        .join(Plan, Plan.id == Step.plan_id)
        .join(Participant, Participant.id == Terms.participant_id)
        .join(Act, Act.id == latest)
        .where(Step.seller_id == seller_id, Step.waits_for == Side.SELLER)
        .order_by(Step.since, Step.id)
        .limit(MOST)
    )
    return session.execute(query).all()


def commitments_ahead(session: Session, seller_id: int) -> Sequence[Row[Any]]:
    """Open commitments by day, the overdue first; those with an obstacle entitle to nothing meanwhile."""
    query = (
        select(
            *_STEP, Commitment.day, Commitment.agreed_at, Commitment.owner.label("promised_by"), Step.version
        )
        .join(Step, Step.id == Commitment.step_id)
        .join(Terms, and_(Terms.step_id == Commitment.step_id, Terms.version == Commitment.version))
        .join(Plan, Plan.id == Commitment.plan_id)
        .join(Participant, Participant.id == Terms.participant_id)
        .where(Commitment.seller_id == seller_id, Commitment.ended_at.is_(None), not_(Step.is_stuck))
        .order_by(Commitment.day, Commitment.step_id)
        .limit(MOST)
    )
    return session.execute(query).all()


def without_next_step(session: Session, seller_id: int, most: int = 8) -> Sequence[Row[Any]]:
    """Deals in which nothing is agreed, the longest untouched first, with since when a proposal waits."""
    agreed = select(Commitment.id).where(Commitment.plan_id == Deal.plan_id, Commitment.ended_at.is_(None))
    answer_due = select(Step.id).where(Step.plan_id == Deal.plan_id, Step.waits_for == Side.SELLER)
    asked = select(func.min(Step.since)).where(Step.plan_id == Deal.plan_id, Step.waits_for == Side.BUYER)
    ended = select(func.max(Commitment.ended_at)).where(Commitment.plan_id == Deal.plan_id)
    query = (
        select(
            Deal.ref,
            Deal.company,
            Plan.ref.label("plan_ref"),
            asked.scalar_subquery().label("asked"),
            ended.scalar_subquery().label("ended"),
            Plan.quiet_until,
        )
        .join(Plan, Plan.id == Deal.plan_id)
        .where(
            Deal.seller_id == seller_id,
            Plan.state == PlanState.OPEN,
            not_(agreed.exists()),
            not_(answer_due.exists()),
        )
        .order_by(Deal.touched_at, Deal.id)
        .limit(most)
    )
    return session.execute(query).all()


def ended_since(session: Session, seller_id: int, since: datetime) -> Sequence[Row[Any]]:
    """Plans that their buyers ended, the last one first: there is nothing more to write about."""
    query = _said_of_plans(seller_id, PlanWhat.ENDED, PlanState.ENDED).where(PlanAct.at >= since)
    return session.execute(query.order_by(PlanAct.at.desc(), PlanAct.id)).all()


def goals_asked(session: Session, seller_id: int) -> Sequence[Row[Any]]:
    """Plans whose buyers put the goal in other words and wait for an answer, longest first."""
    later = PlanAct.__table__.alias("later")
    answered = select(later.c.id).where(
        later.c.plan_id == PlanAct.plan_id,
        later.c.number > PlanAct.number,
        later.c.what.in_([PlanWhat.GOAL_ASKED, PlanWhat.GOAL_AGREED, PlanWhat.GOAL_KEPT]),
    )
    query = _said_of_plans(seller_id, PlanWhat.GOAL_ASKED, PlanState.OPEN).where(not_(answered.exists()))
    return session.execute(query.order_by(PlanAct.at, PlanAct.id)).all()


def _said_of_plans(seller_id: int, what: PlanWhat, state: PlanState) -> Any:
    """What buyers said of whole plans that still stand so."""
    columns = (Plan.ref.label("plan_ref"), Plan.company, PlanAct.at, PlanAct.words)
    return (
        select(*columns, Participant.name.label("buyer"))
        .join(PlanAct, PlanAct.plan_id == Plan.id)
        .join(Participant, Participant.id == PlanAct.participant_id)
        .where(Plan.seller_id == seller_id, Plan.state == state, PlanAct.what == what)
        .limit(MOST)
    )


def agreed_ahead(session: Session, seller_id: int, today: date) -> int:
    query = select(func.count()).select_from(Commitment)
    ahead = (Commitment.seller_id == seller_id, Commitment.ended_at.is_(None), Commitment.day >= today)
    return session.exec(query.where(*ahead)).one()


def outcomes_since(session: Session, seller_id: int, since: datetime) -> dict[str, int]:
    """How many of the seller's own promises came out how, among those that ended since."""
    query = (
        select(Commitment.outcome, func.count())
        .where(
            Commitment.seller_id == seller_id,
            col(Commitment.ended_at) >= since,
            Commitment.owner == Side.SELLER,
            Commitment.outcome.is_not(None),
        )
        .group_by(Commitment.outcome)
    )
    return {str(outcome): count for outcome, count in session.execute(query).all()}


def has_deals(session: Session, seller_id: int) -> bool:
    return session.exec(select(Deal.id).where(Deal.seller_id == seller_id).limit(1)).first() is not None


_STEP = (
    Step.id.label("step_id"),
    Step.number,
    Terms.title,
    Terms.reason,
    Terms.kind,
    Terms.due_on,
    Terms.due_at,
    Terms.owner,
    Participant.name.label("buyer"),
    Plan.ref.label("plan_ref"),
    Plan.company,
    Plan.quiet_until,
)


def _latest_act() -> Any:
    """The last act on a step that is no comment."""
    other = Act.__table__.alias("other")
    return (
        select(func.max(other.c.id))
        .where(other.c.step_id == Step.id, other.c.what != What.COMMENTED)
        .correlate(Step.__table__)
        .scalar_subquery()
    )
