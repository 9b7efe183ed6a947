"""What a field holds, as amounts: how much ties it to the prospect and how much could go to anyone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.specificity.anchors import FIRM, Span, Tie, by_point
from app.specificity.blanks import Blank
from app.specificity.contradictions import contradictions
from app.specificity.contrasts import Contrast, contrasts, strangers
from app.specificity.field import HOLLOW, Field, own_topic, roles, worth
from app.specificity.lexicon import JARGON, SELLER_DOINGS, TRADE_TALK
from app.specificity.quantities import Quantity
from app.specificity.tokens import Token
from app.specificity.verdict import Saying

WEAK = 1.0  # anchors lighter than this leave a cliché or the seller's name unanswered
NEXT_TO_NOTHING = 0.4


@dataclass(frozen=True)
class Holding:
    """A field and the anchors found in it."""

    field: Field
    found: Sequence[Span]

    @cached_property
    def contrasts(self) -> list[Contrast]:
        return contrasts(self.field, self.found)

    @cached_property
    def contradictions(self) -> list[tuple[Token, Saying]]:
        return list(contradictions(self.field))

    @cached_property
    def best(self) -> float:
        """The weight of the anchors that trace to the one point they agree on best."""
        return max(by_point(self.found).values(), default=0)

    @cached_property
    def total(self) -> float:
        return sum(anchor.weight for anchor in self.found)

    @cached_property
    def near_topic(self) -> frozenset[int]:
        """Where words stand that mean what the seller writes everywhere."""
        near = self.field.others.concepts
        return frozenset(
            token.start
            for token, concept in self.field.meanings
            if concept in near and token.stem not in self.field.topic
        )

    @cached_property
    def topic(self) -> list[Token]:
        """The words of the seller's topic, without those that stand beside a number in what they said."""
        counted = {
            point for anchor in self.tied_by(Tie.NUMBER) if anchor.weight >= FIRM for point in anchor.points
        }
        theirs = frozenset(stem for point in counted for stem in self.field.heard.words[point])
        return [token for token in own_topic(self.field) if token.stem not in theirs]

    @cached_property
    def loose(self) -> list[Token]:
        """The words that trace to nothing and are not the seller's topic either."""
        tied = {anchor.start for anchor in self.found if anchor.weight}
        free = (t for t in self.field.details if t.start not in tied and t.stem not in self.field.topic)
        return [token for token in free if token.start not in self.near_topic]

    def tied_by(self, *ties: Tie) -> list[Span]:
        return [anchor for anchor in self.found if anchor.tie in ties]

    def is_topical(self, anchor: Span) -> bool:
        """Tell an anchor to what every prospect of this seller says."""
        return self.field.topical_points.issuperset(anchor.points)


def amounts(holding: Holding) -> dict[str, float]:
    """Return the amounts by name."""
    return ties(holding) | hollows(holding)


def ties(holding: Holding) -> dict[str, float]:
    """Measure what may tie the field to the prospect."""
    words = holding.tied_by(Tie.WORD, Tie.PART)
    paired = [anchor for anchor in holding.tied_by(Tie.PAIR) if not holding.is_topical(anchor)]
    everything = [token for token in holding.field.open_tokens if not token.value]
    return {
        "number": min(weight(holding.tied_by(Tie.NUMBER, Tie.QUOTE)), 3),
        "name": min(weight(holding.tied_by(Tie.NAME)), 3),
        "word": min(heaviest(a for a in words if not holding.is_topical(a)), 3),
        "word of the topic": min(heaviest(a for a in words if holding.is_topical(a)), 3),
        "pair": min(weight(paired), 1),
        "meaning": min(heaviest(holding.tied_by(Tie.MEANING)), 2),
        "spread": min(max(0, holding.total - holding.best), 3),
        "concrete": min(sum(map(worth, holding.loose)), 4),
        "role": min(len(roles(holding.field)), 1),
        "wordy": (len(everything) - len(holding.field.details)) / (len(everything) or 1),
    }


def hollows(holding: Holding) -> dict[str, float]:
    """Measure what speaks against it."""
    field, weak = holding.field, holding.best < WEAK
    untold = any(is_untold(quantity, field) for quantity in field.quantities)
    return {
        "nothing": float(holding.total < NEXT_TO_NOTHING),
        "topic": min(len(holding.topic), 3),
        "topic share": topic_share(holding),
        "hollow": among(field, HOLLOW, 4),
        "jargon": among(field, JARGON, 3),
        "trade talk": among(field, TRADE_TALK, 3),
        "seller doings": among(field, SELLER_DOINGS, 3),
        "stranger": min(len(strangers(field)), 2),
        "untold number": float(untold and holding.best < 2),
        "contradicted": float(bool(holding.contradictions)),
        "contrast": float(any(each.is_firm for each in holding.contrasts)),
        "hint of contrast": float(any(not each.is_firm for each in holding.contrasts)),
        "seller": float(weak and Blank.SELLER in field.blanks),
        "cliche": float(weak and Blank.CLICHE in field.blanks),
        "few": float(len(field.details) + len(holding.tied_by(Tie.NUMBER)) <= 1),
    }


def topic_share(holding: Holding) -> float:
    details = holding.field.details
    topic = holding.near_topic.union(token.start for token in holding.topic)
    own = (token.start in topic or token.stem in HOLLOW for token in details)
    counted = len(details) + len(holding.tied_by(Tie.NUMBER))
    return sum(own) / counted if counted else 1.0


def is_untold(quantity: Quantity, field: Field) -> bool:
    """Tell a number that nobody said; two or three, an aim and a span of time are the seller's to choose."""
    free = quantity.aim or quantity.times or quantity.chosen
    return not free and quantity.value not in field.heard.values


def among(field: Field, stems: frozenset[str], most: int) -> float:
    return min(sum(token.stem in stems for token in field.open_tokens), most)


def weight(found: Iterable[Span]) -> float:
    return sum(anchor.weight for anchor in found)


def heaviest(found: Iterable[Span]) -> float:
    return max(by_point(list(found)).values(), default=0)
