"""A deal's position, read from all its rows: influences, what the shared plan tells, flags and strengths."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlmodel import Session

from app.clock import day_in
from app.deal import store as deals
from app.deal.position import store
from app.deal.position.influence import Area, BuyingRole
from app.deal.position.red_flags import SHOWN, Cause, Flag, Influence, Position, SharedStep, line_of, raised
from app.deal.tables import (
    Alternative,
    Deal,
    Dispute,
    ModeSeen,
    ObjectiveWas,
    Person,
    Point,
    RolePlayed,
    Strength,
)
from app.shared_plan import store as plans
from app.shared_plan.calendar.working_days import slack
from app.shared_plan.commitment import Side, What, retracted
from app.shared_plan.steps_now import PlanRows, StepNow, as_they_stand


@dataclass(frozen=True)
class Where:
    """All that the position's page shows. `flags` come weightiest first, disputed ones apart."""

    people: tuple[Person, ...]
    roles: tuple[RolePlayed, ...]
    position: Position
    flags: tuple[Flag, ...]
    disputed: tuple[tuple[Flag, Dispute], ...]
    strengths: tuple[Strength, ...]
    gaps: tuple[Point, ...]
    points: tuple[tuple[Point, str | None], ...]
    alternatives: tuple[Alternative, ...]
    seen: tuple[ModeSeen, ...]
    objectives: tuple[ObjectiveWas, ...]

    @property
    def shown(self) -> tuple[Flag, ...]:
        return self.flags[:SHOWN]

    @property
    def more(self) -> tuple[Flag, ...]:
        return self.flags[SHOWN:]

    @property
    def counting(self) -> tuple[Strength, ...]:
        """Strengths that close a gap the buyer stated; the others do not count yet."""
        gaps = {gap.id for gap in self.gaps}
        return tuple(one for one in self.strengths if one.gap_id in gaps)

    def in_role(self, role: BuyingRole) -> list[Person]:
        playing = {one.person_id for one in self.roles if one.role is role}
        return [person for person in self.people if person.id in playing]

    def roles_of(self, person: Person) -> list[RolePlayed]:
        return [one for one in self.roles if one.person_id == person.id]

    def history_of(self, person: Person) -> list[ModeSeen]:
        return [one for one in self.seen if one.person_id == person.id]

    def titles(self) -> dict[str, str]:
        """What an action that traces to a key traces to."""
        found = {flag.key: line_of(flag) for flag in (*self.flags, *(flag for flag, _ in self.disputed))}
        return found | {one.key: one.words for one in self.strengths}


def where(session: Session, deal: Deal, today: date) -> Where:
    deal_id = deal.id or 0
    people, roles = deals.people_of(session, deal_id), store.roles_of(session, deal_id)
    gaps, alternatives = store.gaps_of(session, deal_id), store.alternatives_of(session, deal_id)
    points = deals.points_of(session, deal_id)
    position = _position(session, deal, today, people, roles, len(gaps), len(alternatives), points)
    flags = sorted([*raised(position), *_own(session, deal_id)], key=lambda flag: (flag.rank, flag.key))
    disputes = {one.flag: one for one in store.disputes_of(session, deal_id)}
    return Where(
        people=tuple(people),
        roles=tuple(roles),
        position=position,
        flags=tuple(flag for flag in flags if flag.key not in disputes),
        disputed=tuple((flag, disputes[flag.key]) for flag in flags if flag.key in disputes),
        strengths=tuple(store.strengths_of(session, deal_id)),
        gaps=tuple(gaps),
        points=tuple(points),
        alternatives=tuple(alternatives),
        seen=tuple(store.modes_seen(session, deal_id)),
        objectives=tuple(store.objectives_of(session, deal_id)),
    )


def _position(
    session: Session,
    deal: Deal,
    today: date,
    people: Sequence[Person],
    roles: Sequence[RolePlayed],
    gaps: int,
    alternatives: int,
    points: Sequence[tuple[Point, str | None]],
) -> Position:
    rows = plans.plan_rows(session, deal.plan_id)
    steps = as_they_stand(rows)
    answers = {act.participant_id for act in rows.acts if act.participant_id}
    held = {(one.step_id, one.version) for one in rows.commitments if one.why is not What.TAKEN_BACK}
    agreed = {one.participant_id for one in rows.terms if (one.step_id, one.version) in held}
    said_on = {point.id: point.said_on for point, _ in points}
    return Position(
        today=today,
        objective=deal.objective,
        amount=deal.amount,
        close_on=deal.close_on,
        confirmed_on=deal.confirmed_on,
        bets=deal.bets,
        influences=[_influence(one, roles, said_on, answers, agreed) for one in people],
        gaps=gaps,
        alternatives=alternatives,
        last_call_on=deal.last_call_on,
        steps=[_shared_step(step, rows, today) for step in steps if step.is_open],
        is_shared=bool(steps),
    )


def _influence(
    person: Person,
    roles: Sequence[RolePlayed],
    said_on: dict[int | None, date],
    answers: set[Any],
    agreed: set[Any],
) -> Influence:
    return Influence(
        id=person.id or 0,
        name=person.name,
        roles=frozenset(one.role for one in roles if one.person_id == person.id),
        mode=person.mode,
        win=person.win,
        result=person.result,
        spoken_on=person.spoken_on,
        started_on=person.started_on,
        said_on=said_on.get(person.mode_point_id),
        answers=person.participant_id in answers,
        agreed=person.participant_id in agreed,
    )


def _shared_step(step: StepNow, rows: PlanRows, today: date) -> SharedStep:
    """What was taken back at once moved nothing."""
    step_id = next(row.step_id for row in rows.terms if row.number == step.number)
    acts = [act for act in rows.acts if act.step_id == step_id]
    gone = {act.version for act in retracted(acts) if act.what is What.PROPOSED}
    days = [row.due_on for row in rows.terms if row.step_id == step_id and row.version not in gone]
    waits = step.waits_for is Side.BUYER and not step.agreed_day
    asked_on = day_in("UTC", step.asked.at) if step.asked else today
    return SharedStep(
        number=step.number,
        title=step.title,
        moved=sum(one != other for one, other in pairwise(days)),
        days_late=step.days_late(today) if step.owner is Side.BUYER and step.is_late(today) else 0,
        days_unanswered=slack(asked_on, today) if waits else 0,
    )


def _own(session: Session, deal_id: int) -> list[Flag]:
    """The flags that the seller raised, ranked after the weightiest of the record."""
    return [
        Flag(one.key, Area(one.area), one.words, ("You raised it.",), Cause.SELLER, 2, one.id)
        for one in store.own_flags_of(session, deal_id)
    ]
