"""How a message stands: what entitles to it, whom it could be sent to, and what is in it for the reader."""

from dataclasses import dataclass, replace
from datetime import date

from app.desk import store as desk
from app.desk.tables import KeepBecause
from app.desk.verdicts import Compared, Shown, shown
from app.follow_up import store
from app.follow_up.checks import Check, checks_for
from app.follow_up.composing import says_reminder
from app.follow_up.doors import Opened
from app.follow_up.permission import Occasion
from app.follow_up.training import Effect, Sent, counts, effect
from app.specificity.value import Value, value_of
from app.specificity.verdict import Evidence, Kind, Point, Text


@dataclass(frozen=True)
class Weighed:
    """`opens_on` is the day from which it is permitted, None where nothing ever permits it."""

    checks: frozenset[Check]
    opens_on: date | None
    is_permitted: bool
    is_formality: bool
    is_reminder: bool
    verdict: Shown
    value: Value
    needs_value: bool

    @property
    def has_value(self) -> bool | None:
        """None where keeping a promise is the value."""
        return self.value.passes if self.needs_value else None

    @property
    def passes(self) -> bool:
        specific = self.verdict.is_theirs or self.is_formality
        valuable = self.value.passes or Check.VALUE not in self.checks
        return self.is_permitted and specific and valuable


def weigh(opened: Opened, text: str) -> Weighed:
    occasion = opened.start.occasion
    opens_on = opened.ground.opens_on if opened.ground else None
    is_reminder = says_reminder(text)
    return Weighed(
        checks_for(occasion, is_reminder=is_reminder),
        opens_on,
        opens_on is not None and opens_on <= opened.today and opened.plan.plan.state == "open",
        _is_formality(opened),
        is_reminder,
        shown(Text(Kind.MESSAGE, text), _compared(opened)),
        value_of(text, _known(opened), Kind.MESSAGE, days_count=occasion is Occasion.ANSWER),
        Check.VALUE in checks_for(occasion),
    )


def effect_on(opened: Opened) -> Effect:
    """What the last messages taught this reader."""
    return effect_of(opened.plan.session, opened.person.id or 0, opened.person.participant_id)


def effect_of(session: store.Session, person_id: int, participant_id: int | None) -> Effect:
    touches = store.last_touches(session, person_id)
    sent = [Sent(one.at, counts(is_permitted=one.is_permitted, has_value=one.has_value)) for one in touches]
    if participant_id is None:
        return effect(sent, None, [])
    answered = store.last_answer(session, participant_id)
    return effect(sent, answered, store.promises_kept(session, participant_id))


def _compared(opened: Opened) -> Compared:
    """The same message to somebody else is as telling as the same step on another plan."""
    plan = opened.plan
    sent = store.words_to_others(plan.session, plan.deal.seller_id, plan.deal.id or 0)
    evidence = opened.evidence
    return Compared(replace(evidence, other_texts=(*evidence.other_texts, *sent)) if sent else evidence)


def _known(opened: Opened) -> Evidence:
    """What is no news to the reader: what they said, and the words of the step."""
    agreed = Point(opened.start.title)
    return replace(opened.evidence, points=(*opened.evidence.points, agreed))


def _is_formality(opened: Opened) -> bool:
    """A step that everyone needs may be written about in everyone's words."""
    if opened.ground is None:
        return False
    drafts = desk.shared_drafts_of(opened.plan.session, opened.plan.plan_id)
    draft = drafts.get(opened.ground.row.number)
    return draft is not None and draft.keep_because is KeepBecause.EVERYONE
