"""What the Specificity Test is asked and what it answers, as values.

They stand apart from the engine so that a better one can take its place behind them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NamedSide(StrEnum):
    SELLER = "seller"
    BUYER = "buyer"


@dataclass(frozen=True)
class Named:
    """A person whose name says nothing about the deal; the role may."""

    name: str
    role: str = ""
    side: NamedSide = NamedSide.BUYER


@dataclass(frozen=True)
class Saying:
    """Something the prospect said; `ref` is the caller's own number for it."""

    words: str
    said_by: str = ""
    said_on: date | None = None
    ref: int | None = None


@dataclass(frozen=True)
class Told:
    """What the seller said of doubtful words: they are about this point, or about none of them."""

    words: str
    point: Saying | None


@dataclass(frozen=True)
class Evidence:
    """What a text is compared with: this deal, and the seller's other plans."""

    company: str = ""
    people: tuple[Named, ...] = ()
    points: tuple[Saying, ...] = ()
    notes: str = ""
    seller_company: str = ""
    products: tuple[str, ...] = ()
    other_texts: tuple[str, ...] = ()
    other_plans: int = 0
    told: tuple[Told, ...] = ()


class TextKind(StrEnum):
    STEP = "step"
    MESSAGE = "message"
    ACTION = "action"


@dataclass(frozen=True)
class Passage:
    """The words under test, and which of who, for whom and when the form has."""

    kind: TextKind
    title: str
    reason: str = ""
    has_owner: bool = True
    has_counterpart: bool = True
    has_day: bool = True


class Answer(StrEnum):
    PASS = "pass"
    FAIL = "fail"
    ASK = "ask"


class Code(StrEnum):
    ANCHORED = "anchored"  # traces to a point they made
    ROLE = "role"  # a buyer's role: supports an anchor, is none alone
    CONTRADICTED = "contradicted"  # they said another number
    UNTRACED = "untraced"  # a detail, but nobody is known to have said it
    OWN_TOPIC = "own_topic"  # what the seller sells
    HABIT = "habit"  # what the seller writes to others, too
    SELLER_CENTRED = "seller_centred"  # the seller's name, product or wish
    CLICHE = "cliche"
    JARGON = "jargon"  # big words that fit every product
    TRADE_TALK = "trade_talk"  # the industry, the times, a study: nothing about this prospect
    REUSED = "reused"  # the seller's other plans say the same
    NAMES_ONLY = "names_only"
    DATE_ONLY = "date_only"
    GENERIC = "generic"  # everyday words alone
    DISOWNED = "disowned"  # the seller said that it is about nothing they said
    PLACEHOLDER = "placeholder"
    EMPTY = "empty"
    NO_WHO = "no_who"
    NO_COUNTERPART = "no_counterpart"
    NO_WHEN = "no_when"


@dataclass(frozen=True)
class Reason:
    """One finding: a span of a field, and the point or the number of plans it traces to.

    `field` is "title", "reason" or "" (the form as a whole). For REUSED, `count` of the
    seller's `of` other plans say the same.
    """

    code: Code
    field: str
    start: int
    end: int
    point: Saying | None = None
    count: int = 0
    words: str = ""
    of: int = 0


@dataclass(frozen=True)
class Verdict:
    """The answer, why, and for ASK up to three points it may be about, best first.

    `guess` is what the test would say of a doubtful text if nobody could be asked: PASS or FAIL.
    """

    answer: Answer
    reasons: tuple[Reason, ...]
    likely: tuple[Saying, ...] = ()
    guess: Answer = Answer.FAIL

    def about(self, field: str) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.field == field)
