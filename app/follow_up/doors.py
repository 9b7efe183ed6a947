"""What a request about a message is loaded with: whom it goes to, and what it starts from."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.clock import day_in
from app.deal.evidence import evidence_for
from app.deal.people import person_meant
from app.deal.tables import Person
from app.desk.doors import OpenPlan
from app.follow_up import store
from app.follow_up.composing import Start
from app.follow_up.permission import Ground, Occasion, grounds
from app.needs import NeedsSomething
from app.pages import Pages
from app.specificity import judgement
from app.specificity.verdict import Code, Evidence, Named, Passage, Saying, TextKind

TELLING = 2  # words of a step that trace to a point, so that the step is about it


class NoReason(Exception):
    """Nothing that this person would recognise is a reason to write; `words` were written already."""

    words = ""

    def __init__(self, desk: OpenPlan) -> None:
        super().__init__(desk.plan.company)
        self.company, self.plan_ref, self.deal_ref = desk.plan.company, desk.plan.ref, desk.deal.ref


@dataclass(frozen=True)
class OpenMessage:
    """A message about to be written: `ground` is missing where only a point starts it."""

    desk: OpenPlan
    person: Person
    start: Start
    ground: Ground | None
    evidence: Evidence

    @property
    def today(self) -> date:
        """The seller's day, by which the follow-ups count."""
        return day_in(self.desk.me.workspace.time_zone, self.desk.now)

    @property
    def step_id(self) -> int | None:
        return self.ground.row.step_id if self.ground else None


def open_message(desk: OpenPlan, person: str, step: int | None, point: int | None) -> OpenMessage:
    """`person` as a form calls them; who is named in the step, where there is one. Without a step or a point
    it starts from the reason that opened first.

    Raises NeedsSomething for somebody who is not of this deal, NoReason where nothing starts a message.
    """
    people, evidence = desk.people(), evidence_for(desk.session, desk.me, desk.deal)
    meant = person_meant(person, people) if person else None
    ground = None if point and step is None else _ground(desk, step, meant)
    said = next((one for one in evidence.points if one.ref == point), None)
    if ground is None and (step is not None or said is None):
        raise NoReason(desk)
    reader = _reader(people, ground, meant, said)
    start = _start(desk, reader, ground, said, evidence)
    points = (*evidence.points, *_said_in_step(start))
    known = (*evidence.people, *(Named(one.name) for one in people if one.id is None))
    return OpenMessage(desk, reader, start, ground, replace(evidence, people=known, points=points))


def grounds_with(desk: OpenPlan, person: Person) -> list[Ground]:
    """All that entitles to write to somebody, by the day it opens; nothing for who is on no plan."""
    return [ground for ground in _grounds(desk) if ground.row.participant_id == person.participant_id]


def language_of(desk: OpenPlan, person: Person, pages: Pages) -> str:
    """The reader's own as far as the pages speak it, else the plan's."""
    language = store.language_of(desk.session, person.participant_id) or desk.plan.language
    return language if language in pages.translations else "en"


def _grounds(desk: OpenPlan) -> list[Ground]:
    return grounds(store.waits_on(desk.session, desk.plan_id), store.promised_on(desk.session, desk.plan_id))


def _ground(desk: OpenPlan, number: int | None, meant: Person | None) -> Ground | None:
    """The reason of that step, else the first one that opened, with whoever is meant."""
    found = [ground for ground in _grounds(desk) if number is None or ground.row.number == number]
    if number is None and meant is not None:
        found = [ground for ground in found if ground.row.participant_id == meant.participant_id]
    return next(iter(found), None)


def _reader(
    people: Sequence[Person], ground: Ground | None, meant: Person | None, said: Saying | None
) -> Person:
    """Who is named in the step, else who was picked, else whoever made the point."""
    in_step = [one for one in people if ground and one.participant_id == ground.row.participant_id]
    if in_step:
        return in_step[0]
    if meant is not None:
        return meant
    if said is not None and said.said_by:
        return person_meant(said.said_by, people)
    if len(people) != 1:
        raise NeedsSomething("Say whom you write to.")
    return people[0]


def _start(
    desk: OpenPlan, person: Person, ground: Ground | None, said: Saying | None, evidence: Evidence
) -> Start:
    writer = desk.me.seller.name
    if ground is None:
        return Start(Occasion.POINT, person.name, writer, point=said)
    row, zone = ground.row, desk.plan.time_zone
    is_answer = ground.occasion in (Occasion.ANSWER, Occasion.NAMED_DAY)
    return Start(
        ground.occasion,
        person.name,
        writer,
        title=row.title,
        agreed_on=None if is_answer else day_in(zone, row.agreed_at),
        due_on=_due_on(ground),
        clock=row.due_at.strftime("%H:%M") if ground.occasion is Occasion.TALK and row.due_at else "",
        note=row.note if is_answer else "",
        point=said or _behind(row, person.name, evidence),
    )


def _due_on(ground: Ground) -> date | None:
    """The day it is about: the one they named, the one they ask for, or the one both agreed."""
    if ground.occasion is Occasion.NAMED_DAY:
        return ground.row.ask_again_on
    if ground.occasion is Occasion.ANSWER:
        return None if ground.row.is_stuck else ground.row.due_on
    return ground.row.day


def _said_in_step(start: Start) -> Iterator[Saying]:
    """What they said yes to, and what they wrote when they answered, are their words as well."""
    if start.agreed_on:
        yield Saying(start.title, start.reader, start.agreed_on)
    if start.note:
        yield Saying(start.note, start.reader)


def _behind(row: Any, reader: str, evidence: Evidence) -> Saying | None:
    """What the reader said that the step is about; what others said is left for the seller to bring up."""
    verdict = judgement.test(Passage(TextKind.STEP, row.title, row.reason), evidence)
    traced = Counter(reason.point for reason in verdict.reasons if reason.code is Code.ANCHORED)
    own = [(count, point) for point, count in traced.items() if point and point.said_by == reader]
    return next((point for count, point in own if count >= TELLING), None)
