"""Numbers that the prospect gave otherwise: "three days" where they said nine."""

from collections.abc import Iterator

from app.specificity.everyday import EVERYDAY
from app.specificity.field import Field
from app.specificity.quantities import Quantity
from app.specificity.tokens import Token
from app.specificity.verdict import Point

# Days and percents are counted of many things: more of the sentence has to agree before they can clash.
SHARED_BY_MEASURES = 2
SHARED_BY_COUNTS = 1


def contradictions(field: Field) -> Iterator[tuple[Token, Point]]:
    """Yield each number of the text with the point that has another one for the same thing."""
    stems = frozenset(token.stem for token in field.details)
    said = {mine.value for mine in field.quantities}
    for mine in field.quantities:
        for number, theirs in _rivals(field, mine):
            if theirs.value not in said and _clash(mine, theirs, stems & field.heard.words_of(number)):
                yield field.tokens[mine.index], field.heard.points[number]
                break


def _rivals(field: Field, mine: Quantity) -> tuple[tuple[int, Quantity], ...]:
    """Return the numbers heard for the same thing, none when one of them agrees or the text names an aim."""
    thing = mine.label or "".join(mine.units[:1])
    heard = field.heard.things.get(thing, ())
    agreed = any(theirs.value == mine.value for _, theirs in heard)
    return () if mine.aim or agreed else heard


def _clash(mine: Quantity, theirs: Quantity, shared: frozenset[str]) -> bool:
    if mine.label or theirs.label:
        return mine.label == theirs.label
    if mine.measures:
        return len(shared - {mine.units[0]}) >= SHARED_BY_MEASURES
    return mine.units[0] not in EVERYDAY and len(shared - {mine.units[0]}) >= SHARED_BY_COUNTS
