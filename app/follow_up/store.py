"""Queries of the follow-ups. Each is carried by one index, so a seller with 2,000 plans waits no longer."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import bindparam, case, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, not_, select

from app.database import ColumnsQuery, Rows, rows_of, select_columns
from app.deal.tables import Deal
from app.follow_up.tables import Touch
from app.follow_up.training import LAST
from app.shared_plan.commitment import Side, What
from app.shared_plan.record import Outcome
from app.shared_plan.tables import Act, Commitment, Participant, Plan, PlanAct, Step, Terms
from app.shared_plan.whole_plan import PlanState, PlanWhat
from app.shared_plan.words import WORDS

MOST, MOST_DEALS = 50, 8
_STEP = (
    col(Step.id).label("step_id"),
    Step.number,
    *(getattr(Terms, name) for name in WORDS),
    col(Participant.id).label("participant_id"),
    col(Participant.name).label("buyer"),
    col(Plan.ref).label("plan_ref"),
    Plan.company,
    Plan.quiet_until,
)
_EARLIER, _NEXT = aliased(Act, name="earlier"), aliased(Act, name="next")
# The number of the act that a step waits with: what is in the way, else the other day, if it still counts.
_WAITS_WITH = (
    select(func.max(_EARLIER.number))
    .outerjoin(_NEXT, and_(_NEXT.step_id == _EARLIER.step_id, _NEXT.number == _EARLIER.number + 1))
    .where(
        _EARLIER.step_id == Step.id,
        _EARLIER.what == case((col(Step.is_stuck), What.STUCK), else_=What.PROPOSED),
        func.coalesce(_NEXT.what, What.PROPOSED) != What.TAKEN_BACK,
    )
    .correlate(Step)
    .scalar_subquery()
)
_WAITING = (
    select_columns(
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
    .join(Plan, col(Plan.id) == Step.plan_id)
    .join(Participant, col(Participant.id) == Terms.participant_id)
    .join(Act, and_(Act.step_id == Step.id, Act.number == _WAITS_WITH))
    .where(Step.waits_for == Side.SELLER)
    .order_by(col(Step.since), col(Step.id))
)
_WAITING_FOR_SELLER = _WAITING.where(Step.seller_id == bindparam("seller")).limit(MOST)
_WAITING_ON_PLAN = _WAITING.where(Step.plan_id == bindparam("plan"))


def waiting_for_us(session: Session, seller_id: int) -> Rows:
    """Steps on which the other side answered and waits, longest first."""
    return rows_of(session, _WAITING_FOR_SELLER, seller=seller_id)


def waits_on(session: Session, plan_id: int) -> Rows:
    """The same on one plan."""
    return rows_of(session, _WAITING_ON_PLAN, plan=plan_id)


_PROMISED = (
    select_columns(
        *_STEP,
        Commitment.day,
        Commitment.agreed_at,
        col(Commitment.owner).label("promised_by"),
        Step.version,
    )
    .join(Step, col(Step.id) == Commitment.step_id)
    .join(Terms, and_(Terms.step_id == Commitment.step_id, Terms.version == Commitment.version))
    .join(Plan, col(Plan.id) == Commitment.plan_id)
    .join(Participant, col(Participant.id) == Terms.participant_id)
    .where(col(Commitment.ended_at).is_(None), not_(Step.is_stuck))
    .order_by(col(Commitment.day), col(Commitment.step_id))
)
_PROMISED_BY_SELLER = _PROMISED.where(Commitment.seller_id == bindparam("seller")).limit(MOST)
_PROMISED_ON_PLAN = _PROMISED.where(Commitment.plan_id == bindparam("plan"))


def commitments_ahead(session: Session, seller_id: int) -> Rows:
    """Open commitments by day, the overdue first; those with an obstacle entitle to nothing meanwhile."""
    return rows_of(session, _PROMISED_BY_SELLER, seller=seller_id)


def promised_on(session: Session, plan_id: int) -> Rows:
    """The same on one plan."""
    return rows_of(session, _PROMISED_ON_PLAN, plan=plan_id)


def without_next_step(session: Session, seller_id: int) -> Rows:
    """Deals in which nothing is agreed, the longest untouched first, with since when a proposal waits."""
    return rows_of(session, _without_next_step(), seller=seller_id)


@cache
def _without_next_step() -> ColumnsQuery:
    agreed = select(Commitment.id).where(
        Commitment.plan_id == Deal.plan_id, col(Commitment.ended_at).is_(None)
    )
    answer_due = select(Step.id).where(Step.plan_id == Deal.plan_id, Step.waits_for == Side.SELLER)
    asked = select(func.min(Step.since)).where(Step.plan_id == Deal.plan_id, Step.waits_for == Side.BUYER)
    ended = select(func.max(Commitment.ended_at)).where(Commitment.plan_id == Deal.plan_id)
    return (
        select_columns(
            Deal.ref,
            Deal.company,
            col(Plan.ref).label("plan_ref"),
            asked.scalar_subquery().label("asked"),
            ended.scalar_subquery().label("ended"),
            Plan.quiet_until,
        )
        .join(Plan, col(Plan.id) == Deal.plan_id)
        .where(
            Deal.seller_id == bindparam("seller"),
            Plan.state == PlanState.OPEN,
            not_(agreed.exists()),
            not_(answer_due.exists()),
        )
        .order_by(col(Deal.touched_at), col(Deal.id))
        .limit(MOST_DEALS)
    )


def _said_of_plans(what: PlanWhat, state: PlanState) -> ColumnsQuery:
    """What buyers said of whole plans that still stand so."""
    columns = (col(Plan.ref).label("plan_ref"), Plan.company, PlanAct.at, PlanAct.words)
    return (
        select_columns(*columns, col(Participant.name).label("buyer"))
        .join(PlanAct, col(PlanAct.plan_id) == Plan.id)
        .join(Participant, col(Participant.id) == PlanAct.participant_id)
        .where(Plan.seller_id == bindparam("seller"), Plan.state == state, PlanAct.what == what)
        .limit(MOST)
    )


_ENDED = (
    _said_of_plans(PlanWhat.ENDED, PlanState.ENDED)
    .where(col(PlanAct.at) >= bindparam("since"))
    .order_by(col(PlanAct.at).desc(), col(PlanAct.id))
)


def ended_since(session: Session, seller_id: int, since: datetime) -> Rows:
    """Plans that their buyers ended, the last one first: there is nothing more to write about."""
    return rows_of(session, _ENDED, seller=seller_id, since=since)


_LATER = aliased(PlanAct, name="later")
_ANSWERED = select(_LATER.id).where(
    _LATER.plan_id == PlanAct.plan_id,
    _LATER.number > PlanAct.number,
    col(_LATER.what).in_([PlanWhat.GOAL_ASKED, PlanWhat.GOAL_AGREED, PlanWhat.GOAL_KEPT]),
)
_GOALS_ASKED = (
    _said_of_plans(PlanWhat.GOAL_ASKED, PlanState.OPEN)
    .where(not_(_ANSWERED.exists()))
    .order_by(col(PlanAct.at), col(PlanAct.id))
)


def goals_asked(session: Session, seller_id: int) -> Rows:
    """Plans whose buyers put the goal in other words and wait for an answer, longest first."""
    return rows_of(session, _GOALS_ASKED, seller=seller_id)


_AGREED_AHEAD = (
    select(func.count())
    .select_from(Commitment)
    .where(
        Commitment.seller_id == bindparam("seller"),
        col(Commitment.ended_at).is_(None),
        col(Commitment.day) >= bindparam("today"),
    )
)


def agreed_ahead(session: Session, seller_id: int, today: date) -> int:
    return session.exec(_AGREED_AHEAD, params={"seller": seller_id, "today": today}).one()


_OUTCOMES = (
    select_columns(Commitment.outcome, func.count())
    .where(
        Commitment.seller_id == bindparam("seller"),
        col(Commitment.ended_at) >= bindparam("since"),
        Commitment.owner == Side.SELLER,
        col(Commitment.outcome).is_not(None),
    )
    .group_by(col(Commitment.outcome))
)


def outcomes_since(session: Session, seller_id: int, since: datetime) -> dict[str, int]:
    """How many of the seller's own promises came out how, among those that ended since."""
    counted = rows_of(session, _OUTCOMES, seller=seller_id, since=since)
    return {str(outcome): count for outcome, count in counted}


def last_touches(session: Session, person_id: int, most: int = LAST) -> list[Touch]:
    """The last messages to somebody, the newest first."""
    query = select(Touch).where(Touch.person_id == person_id, col(Touch.removed_at).is_(None))
    return list(session.exec(query.order_by(col(Touch.at).desc(), col(Touch.id).desc()).limit(most)))


def touch_of(session: Session, deal_id: int, touch_id: int) -> Touch | None:
    query = select(Touch).where(Touch.id == touch_id, Touch.deal_id == deal_id)
    return session.exec(query.where(col(Touch.removed_at).is_(None))).first()


def removed_touch(session: Session, deal_id: int, touch_id: int) -> Touch | None:
    """A message that was never sent: its words may be wanted again."""
    query = select(Touch).where(Touch.id == touch_id, Touch.deal_id == deal_id)
    return session.exec(query.where(col(Touch.removed_at).is_not(None))).first()


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
    return [at for at in session.exec(query.order_by(col(Commitment.ended_at))) if at]


_TOUCHES = (
    select_columns(Touch.is_permitted, func.count())
    .where(
        Touch.seller_id == bindparam("seller"),
        col(Touch.at) >= bindparam("since"),
        col(Touch.removed_at).is_(None),
    )
    .group_by(col(Touch.is_permitted))
)


def touches_since(session: Session, seller_id: int, since: datetime) -> tuple[int, int]:
    """How many of a seller's messages had a reason, of how many."""
    counted: dict[bool, int] = dict(map(tuple, rows_of(session, _TOUCHES, seller=seller_id, since=since)))
    return counted.get(True, 0), sum(counted.values())


def words_to_others(session: Session, seller_id: int, deal_id: int, most: int = 200) -> list[str]:
    """The newest messages of a seller in other deals."""
    query = select(Touch.words).where(
        Touch.seller_id == seller_id, Touch.deal_id != deal_id, col(Touch.removed_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Touch.id).desc()).limit(most)))


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


_A_DEAL = select(Deal.id).where(Deal.seller_id == bindparam("seller")).limit(1)


def has_deals(session: Session, seller_id: int) -> bool:
    return session.exec(_A_DEAL, params={"seller": seller_id}).first() is not None
