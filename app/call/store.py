"""Queries about calls, their actions and what was learned."""

from datetime import date
from functools import cache

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, and_, col, or_, select

from app.account.rights import Missing
from app.account.session import Me
from app.call.shortlist import Shortlisted
from app.call.tables import Call, FlagSeen, InMeeting, PlanAction, Review, Trace
from app.database import ColumnsQuery, Rows, rows_of, select_columns
from app.deal.tables import Deal
from app.shared_plan.tables import Commitment, Step, Terms


def own_call(session: Session, me: Me, ref: str) -> tuple[Call, Deal]:
    """The call and its deal, if this seller may see the deal. Raises Missing."""
    query = select(Call, Deal).join(Deal, col(Deal.id) == Call.deal_id)
    query = query.where(Call.ref == ref, Call.workspace_id == me.workspace_id)
    if not me.sees_all:
        query = query.where(Deal.seller_id == me.seller.id)
    found = session.exec(query).first()
    if found is None:
        raise Missing
    return found


def calls_of(session: Session, deal_id: int) -> list[Call]:
    """The newest first."""
    return list(session.exec(select(Call).where(Call.deal_id == deal_id).order_by(col(Call.id).desc())))


def call_of_step(session: Session, deal_id: int, step_id: int) -> Call | None:
    """The call about a talk step that is not over yet."""
    query = select(Call).where(
        Call.deal_id == deal_id, Call.step_id == step_id, col(Call.happened_at).is_(None)
    )
    return session.exec(query.order_by(col(Call.id))).first()


def last_over(session: Session, deal_id: int, before: int | None = None) -> Call | None:
    """The last call that happened, before the one of that id where given."""
    query = select(Call).where(Call.deal_id == deal_id, col(Call.happened_at).is_not(None))
    if before is not None:
        query = query.where(Call.id != before)
    return session.exec(query.order_by(col(Call.happened_at).desc(), col(Call.id).desc())).first()


def waiting_for_debrief(session: Session, deal_id: int) -> Call | None:
    """The first call that happened and was not learned from."""
    query = select(Call).where(
        Call.deal_id == deal_id, col(Call.happened_at).is_not(None), col(Call.learned_at).is_(None)
    )
    return session.exec(query.order_by(col(Call.happened_at), col(Call.id))).first()


def actions_of(session: Session, call_id: int) -> list[PlanAction]:
    query = select(PlanAction).where(PlanAction.call_id == call_id)
    return list(session.exec(query.order_by(col(PlanAction.id))))


def traces_of(session: Session, call_id: int) -> dict[int, list[Trace]]:
    """By the action's id."""
    query = select(Trace).join(PlanAction, col(PlanAction.id) == Trace.action_id)
    found: dict[int, list[Trace]] = {}
    for trace in session.exec(query.where(PlanAction.call_id == call_id).order_by(col(Trace.id))):
        found.setdefault(trace.action_id, []).append(trace)
    return found


def reviews_of(session: Session, call_id: int) -> dict[str, Review]:
    rows = session.exec(select(Review).where(Review.call_id == call_id).order_by(col(Review.id)))
    return {row.question: row for row in rows}


def hand_on(session: Session, seller_id: int) -> None:
    """Somebody's calls that were not learned from yet are for whoever has the deal now."""
    in_charge = select(Deal.seller_id).where(Deal.id == Call.deal_id).scalar_subquery()
    query = update(Call).where(col(Call.seller_id) == seller_id, col(Call.learned_at).is_(None))
    session.exec(query.values(seller_id=in_charge))


def in_meeting(session: Session, call_id: int) -> set[int]:
    return set(session.exec(select(InMeeting.person_id).where(InMeeting.call_id == call_id)))


def leave_meeting(session: Session, call_id: int, people: set[int]) -> None:
    query = select(InMeeting).where(InMeeting.call_id == call_id)
    for row in session.exec(query.order_by(col(InMeeting.id))):
        if row.person_id in people:
            session.delete(row)


def flags_seen(session: Session, call_id: int) -> dict[str, FlagSeen]:
    rows = session.exec(select(FlagSeen).where(FlagSeen.call_id == call_id).order_by(col(FlagSeen.id)))
    return {row.key: row for row in rows}


def calls_due(session: Session, seller_id: int, until: date) -> Rows:
    """Calls up to a day that are not learned from, and those over early. A talk step's day is its own."""
    return rows_of(session, _due(), seller=seller_id, until=until)


@cache
def _due() -> ColumnsQuery:
    chosen = select(PlanAction.id).where(
        PlanAction.call_id == Call.id, PlanAction.standing == Shortlisted.CHOSEN
    )
    begun = select(PlanAction.id).where(PlanAction.call_id == Call.id, col(PlanAction.done).is_not(None))
    day = func.coalesce(Commitment.day, Terms.due_on, Call.day).label("day")
    return (
        select_columns(
            Call.ref,
            Call.about,
            Deal.company,
            day,
            Call.happened_at,
            or_(chosen.exists(), col(Call.same_on).is_not(None)).label("is_prepared"),
            begun.exists().label("is_begun"),
        )
        .join(Deal, col(Deal.id) == Call.deal_id)
        .outerjoin(Step, col(Step.id) == Call.step_id)
        .outerjoin(Terms, and_(Terms.step_id == Step.id, Terms.version == Step.version))
        .outerjoin(Commitment, and_(Commitment.step_id == Step.id, col(Commitment.ended_at).is_(None)))
        .where(
            Call.seller_id == bindparam("seller"),
            col(Call.learned_at).is_(None),
            or_(col(Call.happened_at).is_not(None), day <= bindparam("until")),
        )
        .order_by(day, col(Call.id))
        .limit(20)
    )
