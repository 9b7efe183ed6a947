"""Queries about calls, their actions and what was learned."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, func, or_
from sqlmodel import Session, select

from app.account.rights import Missing
from app.account.session import Me
from app.call.shortlist import Shortlisted
from app.call.tables import Call, FlagSeen, InMeeting, PlanAction, Review, Trace
from app.deal.tables import Deal
from app.shared_plan.tables import Commitment, Step, Terms


def own_call(session: Session, me: Me, ref: str) -> tuple[Call, Deal]:
    """The call and its deal, if this seller may see the deal. Raises Missing."""
    query = select(Call, Deal).join(Deal, Deal.id == Call.deal_id)
    query = query.where(Call.ref == ref, Call.workspace_id == me.workspace_id)
    if not me.sees_all:
        query = query.where(Deal.seller_id == me.seller.id)
    found = session.exec(query).first()
    if found is None:
        raise Missing
    return found


def calls_of(session: Session, deal_id: int) -> list[Call]:
    """The newest first."""
    return list(session.exec(select(Call).where(Call.deal_id == deal_id).order_by(Call.id.desc())))


def call_of_step(session: Session, deal_id: int, step_id: int) -> Call | None:
    """The call about a talk step that is not over yet."""
    query = select(Call).where(Call.deal_id == deal_id, Call.step_id == step_id, Call.happened_at.is_(None))
    return session.exec(query.order_by(Call.id)).first()


def last_over(session: Session, deal_id: int, before: int | None = None) -> Call | None:
    """The last call that happened, before the one of that id where given."""
    query = select(Call).where(Call.deal_id == deal_id, Call.happened_at.is_not(None))
    if before is not None:
        query = query.where(Call.id != before)
    return session.exec(query.order_by(Call.happened_at.desc(), Call.id.desc())).first()


def waiting_for_debrief(session: Session, deal_id: int) -> Call | None:
    """The first call that happened and was not learned from."""
    query = select(Call).where(Call.deal_id == deal_id, Call.happened_at.is_not(None))
    return session.exec(query.where(Call.learned_at.is_(None)).order_by(Call.happened_at, Call.id)).first()


def actions_of(session: Session, call_id: int) -> list[PlanAction]:
    return list(session.exec(select(PlanAction).where(PlanAction.call_id == call_id).order_by(PlanAction.id)))


def traces_of(session: Session, call_id: int) -> dict[int, list[Trace]]:
    """By the action's id."""
    query = select(Trace).join(PlanAction, PlanAction.id == Trace.action_id)
    found: dict[int, list[Trace]] = {}
    for trace in session.exec(query.where(PlanAction.call_id == call_id).order_by(Trace.id)):
        found.setdefault(trace.action_id, []).append(trace)
    return found


def reviews_of(session: Session, call_id: int) -> dict[str, Review]:
    rows = session.exec(select(Review).where(Review.call_id == call_id).order_by(Review.id))
    return {row.question: row for row in rows}


def in_meeting(session: Session, call_id: int) -> set[int]:
    return set(session.exec(select(InMeeting.person_id).where(InMeeting.call_id == call_id)))


def leave_meeting(session: Session, call_id: int, people: set[int]) -> None:
    for row in session.exec(select(InMeeting).where(InMeeting.call_id == call_id).order_by(InMeeting.id)):
        if row.person_id in people:
            session.delete(row)


def flags_seen(session: Session, call_id: int) -> dict[str, FlagSeen]:
    rows = session.exec(select(FlagSeen).where(FlagSeen.call_id == call_id).order_by(FlagSeen.id))
    return {row.key: row for row in rows}


def calls_due(session: Session, seller_id: int, until: date) -> Sequence[Row[Any]]:
    """Calls up to a day that are not learned from, and those over early. A talk step's day is its own."""
    chosen = select(PlanAction.id).where(
        PlanAction.call_id == Call.id, PlanAction.standing == Shortlisted.CHOSEN
    )
    begun = select(PlanAction.id).where(PlanAction.call_id == Call.id, PlanAction.done.is_not(None))
    day = func.coalesce(Commitment.day, Terms.due_on, Call.day).label("day")
    query = (
        select(
            Call.ref,
            Call.about,
            Deal.company,
            day,
            Call.happened_at,
            or_(chosen.exists(), Call.same_on.is_not(None)).label("is_prepared"),
            begun.exists().label("is_begun"),
        )
        .join(Deal, Deal.id == Call.deal_id)
        .outerjoin(Step, Step.id == Call.step_id)
        .outerjoin(Terms, and_(Terms.step_id == Step.id, Terms.version == Step.version))
        .outerjoin(Commitment, and_(Commitment.step_id == Step.id, Commitment.ended_at.is_(None)))
        .where(
            Call.seller_id == seller_id,
            Call.learned_at.is_(None),
            or_(Call.happened_at.is_not(None), day <= until),
        )
        .order_by(day, Call.id)
        .limit(20)
    )
    return session.execute(query).all()
