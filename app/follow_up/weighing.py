"""How a message stands: what entitles to it, whom it could be sent to, and what is in it for the reader."""

from dataclasses import dataclass, replace
from datetime import date

from app.desk import store as desk_store
from app.desk.drafting.verdicts import Compared, Shown, shown
from app.desk.tables import KeepBecause
from app.follow_up import store
from app.follow_up.checks import Check, checks_for
from app.follow_up.composing import says_reminder, without
from app.follow_up.doors import OpenMessage
from app.follow_up.permission import Occasion
from app.follow_up.training import Effect, Sent, effect
from app.shared_plan.whole_plan import PlanState
from app.specificity.value import Use, Value, value_of
from app.specificity.verdict import Evidence, Passage, Saying, TextKind


@dataclass(frozen=True)
class Weighed:
    """`opens_on` is the day from which it is permitted, None where nothing ever permits it.

    `likely` are the points that a doubt may be about, those the seller can pick.
    """

    checks: frozenset[Check]
    opens_on: date | None
    is_permitted: bool
    is_formality: bool
    is_reminder: bool
    verdict: Shown
    likely: tuple[Saying, ...]
    value: Value
    needs_value: bool

    @property
    def has_value(self) -> bool | None:
        """None where keeping a promise is the value."""
        return self.value.passes if self.needs_value else None

    @property
    def is_specific(self) -> bool:
        return self.verdict.is_theirs or self.is_formality

    @property
    def passes(self) -> bool:
        valuable = self.value.passes or Check.VALUE not in self.checks
        return self.is_permitted and self.is_specific and valuable


def weigh(message: OpenMessage, text: str, brings: str = "") -> Weighed:
    """`brings` is the part of the text that is news: it should be of use, and contradicts nobody."""
    start, occasion = message.start, message.start.occasion
    opens_on = message.ground.opens_on if message.ground else None
    is_reminder = says_reminder(text, start)
    verdict = _verdict(message, text, brings)
    return Weighed(
        checks_for(occasion, is_reminder=is_reminder),
        opens_on,
        opens_on is not None and opens_on <= message.today and message.desk.plan.state is PlanState.OPEN,
        _is_formality(message),
        is_reminder,
        verdict,
        _pickable(verdict, message),
        value_of(text, _known(message), TextKind.MESSAGE, days_count=_answers_with_day(message, brings)),
        Check.VALUE in checks_for(occasion),
    )


def effect_on(message: OpenMessage) -> Effect:
    """What the last messages taught this reader."""
    return effect_of(message.desk.session, message.person.id or 0, message.person.participant_id)


def effect_of(session: store.Session, person_id: int, participant_id: int | None) -> Effect:
    touches = store.last_touches(session, person_id)
    sent = [Sent(one.at, one.is_permitted, one.has_value) for one in touches]
    if participant_id is None:
        return effect(sent, None, [])
    answered = store.last_answer(session, participant_id)
    return effect(sent, answered, store.promises_kept(session, participant_id))


def _verdict(message: OpenMessage, text: str, brings: str) -> Shown:
    """What continues the conversation makes it theirs; the answer that it brings is new by nature."""
    compared = _compared(message)
    whole = shown(Passage(TextKind.MESSAGE, text), compared)
    rest = without(text, brings)
    if whole.is_theirs or whole.is_unfinished or rest == text:
        return whole
    alone = shown(Passage(TextKind.MESSAGE, rest), compared)
    return alone if alone.is_theirs else whole


def _pickable(verdict: Shown, message: OpenMessage) -> tuple[Saying, ...]:
    """Points of the deal; where the doubt is about the step's own words, the last ones said."""
    kept = tuple(point for point in verdict.likely if point.ref)
    return kept or tuple(point for point in message.evidence.points if point.ref)[: len(verdict.likely)]


def _compared(message: OpenMessage) -> Compared:
    """The same message to somebody else is as telling as the same step on another plan."""
    desk, evidence = message.desk, message.evidence
    sent = store.words_to_others(desk.session, desk.me.seller.id or 0, desk.deal.id or 0)
    return Compared(replace(evidence, other_texts=(*evidence.other_texts, *sent)) if sent else evidence)


def _answers_with_day(message: OpenMessage, brings: str) -> bool:
    """Who asked for a day can use a day, if it is more than their own repeated."""
    named = value_of(brings, message.evidence, TextKind.MESSAGE, days_count=True)
    return message.start.occasion is Occasion.ANSWER and any(one.use is Use.DAY for one in named.uses)


def _known(message: OpenMessage) -> Evidence:
    """What is no news to the reader: what they said, and the words of the step."""
    agreed = Saying(message.start.title)
    return replace(message.evidence, points=(*message.evidence.points, agreed))


def _is_formality(message: OpenMessage) -> bool:
    """A step that everyone needs may be written about in everyone's words."""
    if message.ground is None:
        return False
    drafts = desk_store.shared_drafts_of(message.desk.session, message.desk.plan_id)
    draft = drafts.get(message.ground.row.number)
    return draft is not None and draft.keep_because is KeepBecause.EVERYONE
