"""Words in the place of another of their kind: "the school" for the hospital, "Swansea" for Cardiff."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.specificity.anchors import Span
from app.specificity.field import Field
from app.specificity.lexicon import LOOSE_FAMILIES
from app.specificity.meanings import rivals
from app.specificity.tokens import Token

Tied = Mapping[int, Mapping[int, float]]
"""For each point the weights of its anchors by where they start."""
FIRM = 1.5  # with so much else of the same point in the text, another word of the kind is no accident


@dataclass(frozen=True)
class Contrast:
    """A word, the point that has another in its place, and the weight of what else ties the text to it."""

    token: Token
    point: int
    support: float
    loose: bool = False

    @property
    def is_firm(self) -> bool:
        return self.support >= FIRM and not self.loose


def contrasts(field: Field, found: Sequence[Span]) -> list[Contrast]:
    tied: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for anchor in found:
        for point in anchor.points if anchor.weight else ():
            tied[point][anchor.start] += anchor.weight
    return [*_other_kind(field, tied), *_other_name(field, tied)]


def _other_kind(field: Field, tied: Tied) -> Iterator[Contrast]:
    """Yield "north" where they said "south" of the same thing."""
    mine = {concept for _, concept in field.meanings}
    for token, concept in _new_meanings(field):
        others = [
            points for other, points in field.heard.families.get(rivals(concept), ()) if other not in mine
        ]
        for contrast in _nearest(tied, others, token):
            yield replace(contrast, loose=rivals(concept) in LOOSE_FAMILIES)


def _new_meanings(field: Field) -> Iterator[tuple[Token, str]]:
    """Yield the meanings with rivals that nobody is known to have spoken of, in words of no topic."""
    heard = field.heard
    told = {token.start for token, concept in field.meanings if concept in heard.concepts}
    for token, concept in field.meanings:
        new = token.start not in told and token.stem not in heard.stems and token.stem not in field.topic
        if new and rivals(concept):
            yield token, concept


def _other_name(field: Field, tied: Tied) -> Iterator[Contrast]:
    """Yield a name nobody mentioned, in a text about a point that has another one, not mentioned here."""
    here = {token.stem for token in field.tokens}
    missing = [points for stem, points in field.heard.propers.items() if stem not in here]
    for token in strangers(field):
        yield from _nearest(tied, missing, token)


def strangers(field: Field) -> list[Token]:
    """Return the names of places, systems and people that nobody is known to have mentioned."""
    known = field.topic.union(field.heard.stems)
    met = {token.start for token, concept in field.meanings if concept in field.heard.concepts}
    return [token for token in field.propers if token.stem not in known and token.start not in met]


def _nearest(tied: Tied, others: Iterable[Sequence[int]], token: Token) -> Iterator[Contrast]:
    """Yield the rival whose point the rest of the text is tied to most, if it is tied to any."""
    near = {point: _support(tied, point, token) for points in others for point in points}
    best = max(near, key=lambda point: (near[point], -point), default=None)
    if best is not None and near[best]:
        yield Contrast(token, best, near[best])


def _support(tied: Tied, point: int, token: Token) -> float:
    return sum(weight for start, weight in tied.get(point, {}).items() if start != token.start)
