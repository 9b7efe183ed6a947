"""A plan's steps as they stand: the rows of its history gathered step by step, as frozen values. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

from app.shared_plan.commitment import Obstacle, Side, Status, What, retracted
from app.shared_plan.record import Outcome, Tally, tally
from app.shared_plan.words import Words, words_in

Rows = Sequence[Any]


@dataclass(frozen=True, slots=True)
class PlanRows:
    """One plan's rows: terms by the step's number and version, acts and commitments by step and number."""

    terms: Rows
    acts: Rows
    commitments: Rows


@dataclass(frozen=True, slots=True)
class Said:
    """One act on a step as others may read it: what somebody did, when, and in which words."""

    number: int
    what: What
    side: Side
    name: str
    at: datetime
    note: str
    url: str
    colleague: str
    obstacle: Obstacle | None
    ask_again_on: date | None
    edited_at: datetime | None
    is_cut: bool = False
    """Its words are longer than the page shows."""


@dataclass(frozen=True, slots=True)
class LastAct:
    what: What
    at: datetime
    browser: str | None
    participant_id: int | None


@dataclass(frozen=True, slots=True)
class Behind:
    """What the program knows beside what a page is given: rows, people and the browser of the last answer."""

    step_id: int
    participant_id: int
    last: LastAct | None
    authors: dict[int, int | None]  # the participant of each comment, by the comment's number


@dataclass(frozen=True, slots=True)
class StepNow(Words):
    """A step as it stands. `buyer` and `seller` are the names of its two people."""

    number: int
    status: Status
    version: int
    buyer: str
    seller: str
    waits_for: Side | None
    is_stuck: bool
    ask_again_on: date | None
    agreed_day: date | None
    agreed_at: datetime | None
    agreed_title: str
    agreed_time: time | None
    moved_from: date | None
    asked: Said | None  # who proposed these terms
    obstacle: Said | None  # who said what is in the way, while it is
    ended: Said | None  # who marked it done or dropped it
    comments: tuple[Said, ...]
    last: Said | None
    earlier: int = 0
    """How many comments stand on the page of the step alone."""

    @property
    def is_open(self) -> bool:
        return not self.status.is_over

    def is_late(self, today: date) -> bool:
        """Agreed, not done, and its day has passed; an obstacle somebody named is no lateness."""
        return self.is_open and not self.is_stuck and self.agreed_day is not None and self.agreed_day < today

    def days_late(self, today: date) -> int:
        return (today - self.agreed_day).days if self.agreed_day else 0


def as_they_stand(rows: PlanRows) -> list[StepNow]:
    """All steps of a plan by number."""
    by_step = _grouped(rows.terms)
    done_with = _grouped(rows.acts)
    agreed = _grouped(rows.commitments)
    return [_step(rows, done_with[step_id], agreed[step_id]) for step_id, rows in by_step.items()]


def _grouped(rows: Rows) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.step_id].append(row)
    return groups


def _step(terms: list[Any], acts: list[Any], agreed: list[Any]) -> StepNow:
    now = next(row for row in terms if row.version == row.now)
    open_row = agreed[-1] if agreed and agreed[-1].ended_at is None else None
    held_to = next((row for row in terms if open_row and row.version == open_row.version), None)
    taken_back = {act.number for act in retracted(acts)}
    said = [act for act in acts if act.number not in taken_back]
    return StepNow(
        **words_in(now),
        number=now.number,
        status=now.status,
        version=now.version,
        buyer=now.buyer,
        seller=now.seller,
        waits_for=now.waits_for,
        is_stuck=now.is_stuck,
        ask_again_on=now.ask_again_on,
        agreed_day=open_row.day if open_row else None,
        agreed_at=open_row.agreed_at if open_row else None,
        agreed_title=held_to.title if held_to else "",
        agreed_time=held_to.due_at if held_to else None,
        moved_from=_moved_from(now, terms, agreed),
        asked=_latest(said, What.PROPOSED, now.version),
        obstacle=_latest(said, What.STUCK) if now.is_stuck else None,
        ended=_latest(said, What.DONE if now.status is Status.DONE else What.DROPPED)
        if now.status.is_over
        else None,
        comments=tuple(_said(act) for act in said if act.what in (What.COMMENTED, What.ANSWERED)),
        last=_said(acts[-1]) if acts else None,
    )


def behind(rows: PlanRows) -> dict[int, Behind]:
    """What stands behind each step of `as_they_stand`, by its number."""
    done_with = _grouped(rows.acts)
    return {now.number: _behind(now, done_with[now.step_id]) for now in rows.terms if now.version == now.now}


def _behind(now: Any, acts: list[Any]) -> Behind:
    last = acts[-1] if acts else None
    return Behind(
        step_id=now.step_id,
        participant_id=now.participant_id,
        last=LastAct(last.what, last.at, last.browser, last.participant_id) if last else None,
        authors={act.number: act.participant_id for act in acts if act.what is What.COMMENTED},
    )


def _latest(acts: Iterable[Any], what: What, version: int | None = None) -> Said | None:
    found = [act for act in acts if act.what is what and version in (None, act.version)]
    return _said(found[-1]) if found else None


_SAID = tuple(field.name for field in fields(Said) if field.name != "is_cut")


def _said(act: Any) -> Said:
    return Said(*(getattr(act, name) for name in _SAID))


def _moved_from(now: Any, terms: list[Any], agreed: list[Any]) -> date | None:
    """The day to strike through: the first agreed one, or the one that the proposal would replace."""
    if agreed:
        before = agreed[0].day if now.status in (Status.AGREED, Status.DONE) else agreed[-1].day
    else:
        before = terms[-2].due_on if len(terms) > 1 and now.version > 1 else now.due_on
    return before if before != now.due_on else None


def next_talk(steps: Iterable[StepNow], today: date) -> StepNow | None:
    """When the two sides talk next: the first agreed talk that is not over, else the first proposed one."""
    ahead = [step for step in steps if step.is_talk and step.is_open and not step.is_stuck]
    agreed = [step for step in ahead if step.agreed_day and step.agreed_day >= today]
    asked = [step for step in ahead if not step.agreed_day and step.due_on >= today]
    return min(
        agreed or asked,
        key=lambda step: (step.agreed_day or step.due_on, step.agreed_time or step.due_at or time.min),
        default=None,
    )


def records(rows: PlanRows, today: date) -> dict[Side, Tally]:
    """Kept, moved in time and late, for each side: promises that were judged or are overdue now.

    While somebody is stuck on a step, it is not called late.
    """
    stuck = {row.step_id for row in rows.terms if row.is_stuck}
    outcomes: dict[Side, list[Outcome]] = {Side.SELLER: [], Side.BUYER: []}
    for row in rows.commitments:
        is_overdue = row.ended_at is None and row.day < today and row.step_id not in stuck
        outcome = row.outcome or (Outcome.LATE if is_overdue else None)
        if outcome:
            outcomes[row.owner].append(outcome)
    return {side: tally(found) for side, found in outcomes.items()}
