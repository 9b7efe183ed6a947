"""Queries of the follow-ups. Each is carried by one index, so a seller with 2,000 plans waits no longer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, func, not_
from sqlmodel import Session, col, select

from app.deal.tables import Deal
from app.follow_up.tables import Touch
from app.follow_up.training import LAST
from app.shared_plan.commitment import Side, What
from app.shared_plan.record import Outcome
from app.shared_plan.tables import Act, Commitment, Participant, Plan, PlanAct, Step, Terms
from app.shared_plan.whole_plan import PlanState, PlanWhat
from app.shared_plan.words import WORDS

MOST = 50


def waiting_for_us(session: Session, seller_id: int) -> Sequence[Row[Any]]:
    """Steps on which the other side answered and waits, longest first."""
    return session.execute(_waiting().where(Step.seller_id == seller_id).limit(MOST)).all()


def waits_on(session: Session, plan_id: int) -> Sequence[Row[Any]]:
    """The same on one plan."""
    return session.execute(_waiting().where(Step.plan_id == plan_id)).all()


def _waiting() -> Any:
    latest = _latest_act()
    return (
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
        .join(Act, and_(Act.step_id == Step.id, Act.number == latest))
        .where(Step.waits_for == Side.SELLER)
        .order_by(Step.since, Step.id)
    )


def commitments_ahead(session: Session, seller_id: int) -> Sequence[Row[Any]]:
    """Open commitments by day, the overdue first; those with an obstacle entitle to nothing meanwhile."""
    return session.execute(_promised().where(Commitment.seller_id == seller_id).limit(MOST)).all()


def promised_on(session: Session, plan_id: int) -> Sequence[Row[Any]]:
    """The same on one plan."""
    return session.execute(_promised().where(Commitment.plan_id == plan_id)).all()


def _promised() -> Any:
    return (
        select(
            *_STEP, Commitment.day, Commitment.agreed_at, Commitment.owner.label("promised_by"), Step.version
        )
        .join(Step, Step.id == Commitment.step_id)
        .join(Terms, and_(Terms.step_id == Commitment.step_id, Terms.version == Commitment.version))
        .join(Plan, Plan.id == Commitment.plan_id)
        .join(Participant, Participant.id == Terms.participant_id)
        .where(Commitment.ended_at.is_(None), not_(Step.is_stuck))
        .order_by(Commitment.day, Commitment.step_id)
    )


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


def last_touches(session: Session, person_id: int, most: int = LAST) -> list[Touch]:
    """The last messages to somebody, the newest first."""
    query = select(Touch).where(Touch.person_id == person_id, Touch.removed_at.is_(None))
    return list(session.exec(query.order_by(Touch.at.desc(), Touch.id.desc()).limit(most)))


def touch_of(session: Session, deal_id: int, touch_id: int) -> Touch | None:
    query = select(Touch).where(Touch.id == touch_id, Touch.deal_id == deal_id, Touch.removed_at.is_(None))
    return session.exec(query).first()


def removed_touch(session: Session, deal_id: int, touch_id: int) -> Touch | None:
    """A message that was never sent: its words may be wanted again."""
    query = select(Touch).where(Touch.id == touch_id, Touch.deal_id == deal_id, Touch.removed_at.is_not(None))
    return session.exec(query).first()


def last_answer(session: Session, participant_id: int) -> datetime | None:
    """When somebody of the buyer's side last did something with a step or with the plan."""
    on_step = session.exec(select(func.max(Act.at)).where(Act.participant_id == participant_id)).one()
    on_plan = session.exec(select(func.max(PlanAct.at)).where(PlanAct.participant_id == participant_id)).one()
    return max((at for at in (on_step, on_plan) if at), default=None)


def promises_kept(session: Session, participant_id: int) -> Sequence[datetime]:
    """When the seller's promises to somebody were kept."""
    query = (
        select(Commitment.ended_at)
        .join(Terms, and_(Terms.step_id == Commitment.step_id, Terms.version == Commitment.version))
        .where(
            Terms.participant_id == participant_id,
            Commitment.owner == Side.SELLER,
            Commitment.outcome == Outcome.KEPT,
        )
    )
    return [at for at in session.exec(query.order_by(Commitment.ended_at)) if at]


def touches_since(session: Session, seller_id: int, since: datetime) -> tuple[int, int]:
    """How many of a seller's messages had a reason, of how many."""
    query = (
        select(Touch.is_permitted, func.count())
        .where(Touch.seller_id == seller_id, Touch.at >= since, Touch.removed_at.is_(None))
        .group_by(Touch.is_permitted)
    )
    counted: dict[bool, int] = dict(session.execute(query).all())
    return counted.get(True, 0), sum(counted.values())


def words_to_others(session: Session, seller_id: int, deal_id: int, most: int = 200) -> list[str]:
    """The newest messages of a seller in other deals."""
    query = select(Touch.words).where(
        Touch.seller_id == seller_id, Touch.deal_id != deal_id, Touch.removed_at.is_(None)
    )
    return list(session.exec(query.order_by(Touch.id.desc()).limit(most)))


def language_of(session: Session, participant_id: int | None) -> str:
    query = select(Participant.language).where(Participant.id == participant_id)
    return session.exec(query).first() or ""


def unanswered_since(session: Session, participant_id: int | None) -> datetime | None:
    """Since when somebody's oldest proposal waits for an answer of theirs."""
    query = (
        select(func.min(Step.since))
        .join(Terms, and_(Terms.step_id == Step.id, Terms.version == Step.version))
        .where(Terms.participant_id == participant_id, Step.waits_for == Side.BUYER)
    )
    return session.exec(query).one()


def has_deals(session: Session, seller_id: int) -> bool:
    return session.exec(select(Deal.id).where(Deal.seller_id == seller_id).limit(1)).first() is not None


_STEP = (
    Step.id.label("step_id"),
    Step.number,
    *(getattr(Terms, name) for name in WORDS),
    Participant.id.label("participant_id"),
    Participant.name.label("buyer"),
    Plan.ref.label("plan_ref"),
    Plan.company,
    Plan.quiet_until,
)


def _latest_act() -> Any:
    """The last act on a step that is no comment."""
    other = Act.__table__.alias("other")
    return (
        select(func.max(other.c.number))
        .where(other.c.step_id == Step.id, other.c.what != What.COMMENTED)
        .correlate(Step.__table__)
        .scalar_subquery()
    )
