"""What a request about a message is loaded with: whom it goes to, and what it starts from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.clock import day_in
from app.deal.evidence import evidence_for
from app.deal.people import person_meant
from app.deal.tables import Person
from app.desk.doors import OpenPlan
from app.desk.verdicts import Compared, shown
from app.follow_up import store
from app.follow_up.composing import Start
from app.follow_up.permission import Ground, Occasion, grounds
from app.pages import Pages
from app.specificity.verdict import Evidence, Kind, Point, Text
from app.typed import NeedsSomething


class NoReason(Exception):
    """Nothing that this person would recognise is a reason to write about that."""

    def __init__(self, opened: OpenPlan) -> None:
        super().__init__(opened.plan.company)
        self.company = opened.plan.company
        self.plan, self.people = f"/plans/{opened.plan.ref}", f"/deals/{opened.deal.ref}#people"


@dataclass(frozen=True)
class Opened:
    """A message about to be written: `ground` is missing where only a point starts it."""

    plan: OpenPlan
    person: Person
    start: Start
    ground: Ground | None
    evidence: Evidence

    @property
    def today(self) -> date:
        """The seller's day, by which the follow-ups count."""
        return day_in(self.plan.me.workspace.time_zone, self.plan.now)

    @property
    def step_id(self) -> int | None:
        return self.ground.row.step_id if self.ground else None


def open_message(opened: OpenPlan, person: str, step: int | None, point: int | None) -> Opened:
    """`person` as a form calls them; who is named in the step, where there is one. Without a step or a point
    it starts from the reason that opened first.

    Raises NeedsSomething for somebody who is not of this deal, NoReason where nothing starts a message.
    """
    evidence = evidence_for(opened.session, opened.me, opened.deal)
    ground = None if point and step is None else _ground(opened, step)
    if step is not None and ground is None:
        raise NoReason(opened)
    said = next((one for one in evidence.points if one.ref == point), None)
    reader = _reader(opened, person, ground, said)
    if ground is None and said is None:
        raise NoReason(opened)
    start = _start(opened, reader, ground, said, evidence)
    also = tuple(_said_in_step(start))
    return Opened(opened, reader, start, ground, replace(evidence, points=(*evidence.points, *also)))


def grounds_with(opened: OpenPlan, person: Person) -> list[Ground]:
    """All that entitles to write to somebody, by the day it opens; nothing for who is on no plan."""
    if person.participant_id is None:
        return []
    answers = store.waits_for(opened.session, person.participant_id)
    return grounds(answers, store.promised_with(opened.session, person.participant_id))


def language_of(opened: OpenPlan, person: Person, pages: Pages) -> str:
    """The reader's own as far as the pages speak it, else the plan's."""
    language = store.language_of(opened.session, person.participant_id) or opened.plan.language
    return language if language in pages.translations else "en"


def _ground(opened: OpenPlan, number: int | None) -> Ground | None:
    people = [one for one in opened.people() if one.participant_id]
    found = [ground for person in people for ground in grounds_with(opened, person)]
    meant = [ground for ground in found if number is None or ground.row.number == number]
    return min(meant, key=lambda ground: ground.opens_on, default=None)


def _reader(opened: OpenPlan, typed: str, ground: Ground | None, said: Point | None) -> Person:
    """Who is named in the step, else who was picked, else whoever made the point."""
    people = opened.people()
    if ground is not None:
        return next(one for one in people if one.participant_id == ground.row.participant_id)
    if not people:
        raise NeedsSomething(f"Nobody is known at {opened.deal.company} yet. Add somebody to the deal first.")
    meant = typed or (said.said_by if said else "")
    if not meant and len(people) > 1:
        raise NeedsSomething("Say whom you write to.")
    return person_meant(meant, people) if meant else people[0]


def _start(
    opened: OpenPlan, person: Person, ground: Ground | None, said: Point | None, evidence: Evidence
) -> Start:
    writer = opened.me.seller.name
    if ground is None:
        return Start(Occasion.POINT, person.name, writer, point=said)
    row, zone = ground.row, opened.plan.time_zone
    is_answer = ground.occasion in (Occasion.ANSWER, Occasion.NAMED_DAY)
    return Start(
        ground.occasion,
        person.name,
        writer,
        title=row.title,
        agreed_on=None if is_answer else day_in(zone, row.agreed_at),
        due_on=row.ask_again_on if is_answer else row.day,
        clock=row.due_at.strftime("%H:%M") if ground.occasion is Occasion.TALK and row.due_at else "",
        note=row.note if is_answer else "",
        point=said or _behind(row, evidence),
    )


def _said_in_step(start: Start) -> Iterator[Point]:
    """What they said yes to, and what they wrote when they answered, are their words as well."""
    if start.agreed_on:
        yield Point(start.title, start.reader, start.agreed_on)
    if start.note:
        yield Point(start.note, start.reader)


def _behind(row: object, evidence: Evidence) -> Point | None:
    """The point that a step traces to first."""
    text = Text(Kind.STEP, getattr(row, "title", ""), getattr(row, "reason", ""))
    return next(iter(shown(text, Compared(evidence)).uses), None)
