"""Numbers that the prospect gave otherwise: "three days" where they said nine."""

from collections.abc import Iterator

from app.specificity.everyday import EVERYDAY
from app.specificity.field import Field
from app.specificity.lexicon import PLAIN
from app.specificity.quantities import Quantity
from app.specificity.tokens import Token
from app.specificity.verdict import Saying

# Days are counted of many things: more of the sentence has to agree before they can clash.
SHARED_BY_TIMES = 2
SHARED = 1
TELLING = 3  # digits: what they gave themselves as "0900" is no other number for anything else


def contradictions(field: Field) -> Iterator[tuple[Token, Saying]]:
    """Yield each number of the text with the point that has another one for the same thing."""
    stems = frozenset(token.stem for token in field.details)
    said = {each for mine in field.quantities for each in _said(mine)}
    for mine in field.quantities:
        if len(mine.value) >= TELLING and mine.value in field.heard.values:
            continue
        for number, theirs in _rivals(field, mine):
            if said.isdisjoint(_said(theirs)) and _clash(mine, theirs, stems & field.heard.words[number]):
                yield field.tokens[mine.index], field.heard.points[number]
                break


def _said(quantity: Quantity) -> set[tuple[str, str]]:
    return {(quantity.value, unit) for unit in (quantity.label, *quantity.units) if unit}


def _rivals(field: Field, mine: Quantity) -> Iterator[tuple[int, Quantity]]:
    """Yield the numbers heard for the same thing, none when one of them agrees or the text names an aim."""
    things = (mine.label,) if mine.label in field.heard.things else mine.units
    heard = list(dict.fromkeys(each for thing in things for each in field.heard.things.get(thing, ())))
    agreed = any(theirs.value == mine.value for _, theirs in heard)
    return iter(() if mine.aim or agreed else heard)


def _clash(mine: Quantity, theirs: Quantity, shared: frozenset[str]) -> bool:
    if mine.label and mine.label == theirs.label:
        return True
    if mine.chosen or theirs.chosen or not mine.units or mine.measures != theirs.measures:
        return False
    telling = {stem for stem in shared - set(mine.units[:1]) if stem not in EVERYDAY and stem not in PLAIN}
    if mine.times:
        return mine.units[0] == theirs.units[0] and len(telling) >= SHARED_BY_TIMES
    return mine.units[0] not in EVERYDAY and len(telling) >= SHARED
