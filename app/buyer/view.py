"""All that a buyer's template ever gets: frozen values, for one reader at one instant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.clock import day_in
from app.link.tables import Link
from app.link.token import form_key
from app.link.visits import Visit
from app.needs import _
from app.shared_plan.calendar.closed_days import ClosedDay, why_closed
from app.shared_plan.comments import briefly, page_of
from app.shared_plan.commitment import Side, What
from app.shared_plan.drawing.timeline import Timeline, timeline
from app.shared_plan.moves import EDIT_COMMENT_FOR, UNDO_FOR, may_undo, undo_until
from app.shared_plan.record import Tally
from app.shared_plan.steps_now import Behind, PlanRows, StepNow, as_they_stand, behind, next_talk, records
from app.shared_plan.whole_plan import PlanState, PlanWhat, SaidOfPlan, course, may

A_DAY, NEVER = timedelta(days=1), datetime.min.replace(tzinfo=UTC)


class Section(StrEnum):
    """Where a step stands on the page, in the order of the page: the seller's debts come first."""

    LATE_OURS = "late ours"
    JUST_NOW = "just now"
    ASKS = "asks"
    WE_OWE = "we owe"
    AGREED = "agreed"
    WAITS = "waits"
    OTHERS = "others"
    OVER = "over"

    @property
    def heading(self) -> str:
        """To be translated; %(name)s is the seller's first name."""
        return HEADINGS[self]


HEADINGS = {
    Section.LATE_OURS: _("Late, ours"),
    Section.JUST_NOW: _("Just now"),
    Section.ASKS: _("Needs your answer"),
    Section.WE_OWE: _("We owe you"),
    Section.AGREED: _("Agreed"),
    Section.WAITS: _("Waiting for %(name)s"),
    Section.OTHERS: _("Waiting for others on your side"),
    Section.OVER: _("Done"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A step for one reader. `key` is the stem of its forms' keys; each form adds its act."""

    step: StepNow
    section: Section
    is_mine: bool
    is_late: bool
    days_late: int
    key: str
    undo_until: datetime | None
    editable: frozenset[int]
    marked_on: date | None
    closed: ClosedDay | None


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of one plan, as `shared_plan.store` gives them, and every copy that this reader ever made."""

    plan: PlanRows
    history: Sequence[SaidOfPlan] = ()
    copies: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """What was done with the plan as a whole, as this reader may see and answer it."""

    state: PlanState
    over: SaidOfPlan | None  # the act that ended or closed it
    over_on: date | None
    may_reopen: bool
    undo_until: datetime | None
    quiet_until: date | None
    quiet_by: SaidOfPlan | None
    goal: SaidOfPlan | None  # another goal that waits for the seller
    goal_kept: SaidOfPlan | None  # the seller's answer to the last one, while nothing came after it
    handed: SaidOfPlan | None  # the last change of the seller in charge


@dataclass(frozen=True, slots=True)
class Copy:
    """A page for others to read, by its place among those that this reader made."""

    number: int
    made_on: date


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page that is not the plan itself, and whom it is with."""

    ref: str
    name: str
    company: str
    title: str
    seller_name: str
    seller_company: str


def reader_of(here: Visit) -> Reader:
    return Reader(*(getattr(here, field.name) for field in fields(Reader)))


@dataclass(frozen=True, slots=True)
class PlanView:
    me: str
    ref: str
    company: str
    title: str
    goal: str
    goal_on: date | None
    discussed_on: date | None
    seller: str
    writer: str  # who wrote down what was discussed: whoever was in charge then
    seller_company: str
    zone: str
    today: date
    works_until: date
    is_known: bool
    is_seen: bool
    is_preview: bool
    is_copy: bool
    key: str
    whole: Whole
    copies: tuple[Copy, ...]
    copies_made: int  # ever: the next one is another press
    sections: tuple[tuple[Section, tuple[Card, ...]], ...]
    asks: int
    owed: int
    owed_by: date | None
    next_step: StepNow | None
    talk: StepNow | None
    timeline: Timeline | None
    ours: Tally
    theirs: Tally
    good_until: datetime


def plan_view(
    here: Visit, rows: PageRows, keys: Sequence[str], now: datetime, *, is_preview: bool = False
) -> PlanView:
    today = day_in(here.time_zone, now)
    steps = briefly(as_they_stand(rows.plan))
    people = behind(rows.plan)
    cards = [_card(step, people[step.number], here, keys, now, today) for step in steps]
    owed = [step for step in steps if step.owner is Side.SELLER and step.agreed_day and step.is_open]
    promised = [step for step in steps if step.agreed_day and step.is_open and not step.is_stuck]
    tallies = records(rows.plan, today)
    return PlanView(
        me=here.name,
        ref=here.ref,
        company=here.company,
        title=here.title,
        goal=here.goal,
        goal_on=here.goal_on,
        discussed_on=here.discussed_on,
        seller=here.seller_name,
        writer=_writer(here, rows.history),
        seller_company=here.seller_company,
        zone=here.time_zone,
        today=today,
        works_until=day_in(here.time_zone, here.expires_at),
        is_known=here.is_known,
        is_seen=here.first_opened_on is not None,
        is_preview=is_preview,
        is_copy=here.is_copy,
        key=form_key(keys, here.participant_id, "plan", here.shared_number),
        whole=_whole(here, rows.history, now),
        copies=tuple(_copies(here, rows.copies)),
        copies_made=len(rows.copies),
        sections=_sections(cards),
        asks=sum(card.is_mine and card.step.waits_for is Side.BUYER for card in cards),
        owed=len(owed),
        owed_by=min((step.agreed_day for step in owed if step.agreed_day), default=None),
        next_step=min(promised, key=lambda step: (step.agreed_day, step.number), default=None),
        talk=next_talk(steps, today),
        timeline=timeline(steps, today, here.goal_on),
        ours=tallies[Side.SELLER],
        theirs=tallies[Side.BUYER],
        good_until=_good_until(cards, rows, here, now),
    )


def _copies(here: Visit, made: Sequence[Link]) -> Iterator[Copy]:
    for number, link in enumerate(made, start=1):
        if link.revoked_at is None:
            yield Copy(number, day_in(here.time_zone, link.created_at))


@dataclass(frozen=True, slots=True)
class StepView:
    """One step with its comments whole; there are more below the number `before`, unless that is 0."""

    plan: PlanView
    card: Card
    before: int


def step_view(
    here: Visit, rows: PageRows, keys: Sequence[str], now: datetime, number: int, before: int
) -> StepView | None:
    """None where the plan has no such step."""
    view = plan_view(here, rows, keys, now)
    found = next((card for _, cards in view.sections for card in cards if card.step.number == number), None)
    if found is None:
        return None
    step = next(step for step in as_they_stand(rows.plan) if step.number == number)
    shown = page_of(step, before)
    step = replace(step, comments=shown.comments)
    editable = _editable(step, behind(rows.plan)[number], here, now)
    return StepView(view, replace(found, step=step, editable=editable), shown.before)


def _good_until(cards: list[Card], rows: PageRows, here: Visit, now: datetime) -> datetime:
    """When the page would say something else though nobody did anything: midnight, or the end of an undo."""
    midnight = datetime.combine(day_in(here.time_zone, now) + A_DAY, time.min, ZoneInfo(here.time_zone))
    own = [act.at for card in cards for act in card.step.comments if act.number in card.editable]
    ends = [card.undo_until for card in cards if card.undo_until] + [at + EDIT_COMMENT_FOR for at in own]
    ends += [act.at + UNDO_FOR for act in rows.history if may_undo(act.at, now)]
    return min([midnight, *ends])


def _writer(here: Visit, history: Sequence[SaidOfPlan]) -> str:
    handed = course(history).handed
    is_older = handed and here.discussed_on and here.discussed_on <= day_in(here.time_zone, handed.at)
    return handed.words if handed and is_older else here.seller_name


def _whole(here: Visit, history: Sequence[SaidOfPlan], now: datetime) -> Whole:
    at = course(history).on(day_in(here.time_zone, now))
    last = history[-1] if history else None
    return Whole(
        state=at.state,
        over=at.over,
        over_on=day_in(here.time_zone, at.over.at) if at.over else None,
        may_reopen=may(PlanWhat.REOPENED, Side.BUYER, at),
        undo_until=at.over.at + UNDO_FOR if at.over and may_undo(at.over.at, now) else None,
        quiet_until=at.quiet_until,
        quiet_by=at.pause,
        goal=at.goal,
        goal_kept=last if last and last.what is PlanWhat.GOAL_KEPT else None,
        handed=at.handed,
    )


def _card(step: StepNow, known: Behind, here: Visit, keys: Sequence[str], now: datetime, today: date) -> Card:
    undo_until = None if here.state is not PlanState.OPEN else _undo_until(known, here, now)
    # A copy is nobody's: its readers answer nothing.
    is_mine = known.participant_id == here.participant_id
    return Card(
        step=step,
        section=_section(step, is_mine, today, undo_until),
        is_mine=is_mine,
        is_late=step.is_late(today),
        days_late=step.days_late(today),
        key=form_key(keys, here.participant_id, step.number, here.shared_number),
        undo_until=undo_until,
        editable=_editable(step, known, here, now),
        marked_on=day_in(here.time_zone, step.ended.at) if step.ended else None,
        closed=why_closed(step.due_on, here.time_zone, here.language) if step.is_open else None,
    )


def _section(step: StepNow, is_mine: bool, today: date, undo_until: datetime | None) -> Section:
    if undo_until:
        return Section.JUST_NOW
    if not step.is_open:
        return Section.OVER
    if step.owner is Side.SELLER and step.is_late(today):
        return Section.LATE_OURS
    if step.waits_for is Side.BUYER:
        return Section.ASKS if is_mine else Section.OTHERS
    if step.waits_for is Side.SELLER:
        return Section.WAITS
    return Section.WE_OWE if step.owner is Side.SELLER and not step.is_talk else Section.AGREED


def _undo_until(known: Behind, here: Visit, now: datetime) -> datetime | None:
    """Until when this browser may take its last answer back, if it gave the last one at all."""
    last = known.last
    ours = last and last.browser == here.browser and last.participant_id == here.participant_id
    return undo_until(last, now) if ours else None


def _editable(step: StepNow, known: Behind, here: Visit, now: datetime) -> frozenset[int]:
    """Numbers of the reader's own comments that are young enough to change."""
    return frozenset(
        said.number
        for said in step.comments
        if said.what is What.COMMENTED
        and not said.is_cut
        and known.authors.get(said.number) == here.participant_id
        and now < said.at + EDIT_COMMENT_FOR
    )


def _sections(cards: list[Card]) -> tuple[tuple[Section, tuple[Card, ...]], ...]:
    found = [(section, tuple(c for c in cards if c.section is section)) for section in Section]
    return tuple((section, _in_order(section, inside)) for section, inside in found if inside)


def _in_order(section: Section, cards: tuple[Card, ...]) -> tuple[Card, ...]:
    if section is Section.JUST_NOW:
        return tuple(sorted(cards, key=_last_first, reverse=True))
    if section is Section.OVER:
        return tuple(sorted(cards, key=_ended_first, reverse=True))
    return tuple(sorted(cards, key=lambda card: (card.step.agreed_day or card.step.due_on, card.step.number)))


def _last_first(card: Card) -> tuple[datetime, int]:
    return (card.step.last.at if card.step.last else NEVER, card.step.number)


def _ended_first(card: Card) -> tuple[datetime, int]:
    return (card.step.ended.at if card.step.ended else NEVER, card.step.number)
