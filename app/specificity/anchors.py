"""The words of a text that tie it to this prospect, and how firmly."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.specificity.field import Field
from app.specificity.heard import pairs, run
from app.specificity.quantities import Quantity
from app.specificity.tokens import read

QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{3,200})[\"”“»]")
MOST_QUOTATIONS = 50
FIRM = 2.0  # a number with its unit, or a quotation, is enough alone
RARE_WORD = 1.0
BARE_NUMBER = 0.5
TELLING_NUMBER = 1.0  # 10 and above are seldom the same by chance
TOGETHER = 1.0  # two words that stood together in what they said


@dataclass(frozen=True)
class Anchor:
    """A span of the field and the points, by position, it traces to."""

    start: int
    end: int
    weight: float
    points: tuple[int, ...] = ()


def anchors(field: Field) -> list[Anchor]:
    return [*_quotations(field), *_numbers(field), *_words(field), *_expressions(field)]


def strength(found: Sequence[Anchor]) -> float:
    """Weigh the anchors: those of the best point in full, what is scattered over others by half."""
    total = sum(anchor.weight for anchor in found)
    return (total + max(by_point(found).values(), default=total)) / 2


def by_point(found: Sequence[Anchor]) -> dict[int, float]:
    weights: defaultdict[int, float] = defaultdict(float)
    for anchor in found:
        for point in anchor.points:
            weights[point] += anchor.weight
    return weights


def _quotations(field: Field) -> Iterator[Anchor]:
    for match in islice(QUOTED.finditer(field.text), MOST_QUOTATIONS):
        quoted = run(read(match.group(1)))
        points = tuple(n for n, said in enumerate(field.heard.runs) if quoted in said)
        if points and quoted.count(" ") > 2:
            yield Anchor(match.start(1), match.end(1), FIRM, points)


def _numbers(field: Field) -> Iterator[Anchor]:
    for mine in field.quantities:
        same = field.heard.values.get(mine.value, ())
        firm = tuple(dict.fromkeys(n for n, theirs in same if mine.same_thing(theirs)))
        token = field.tokens[mine.index]
        if firm:
            yield Anchor(token.start, _end_of_unit(field, mine), FIRM, firm)
        elif same:
            weight = BARE_NUMBER if len(mine.value) < 2 else TELLING_NUMBER
            yield Anchor(token.start, token.end, weight, tuple(dict.fromkeys(n for n, _ in same)))


def _end_of_unit(field: Field, mine: Quantity) -> int:
    after = field.tokens[mine.index + 1 : mine.index + 2]
    counted = [token.end for token in after if token.stem in mine.units]
    return counted[0] if counted else field.tokens[mine.index].end


def _words(field: Field) -> Iterator[Anchor]:
    weighed: set[str] = set()
    for token in field.details:
        points = field.heard.stems.get(token.stem, ())
        weight = RARE_WORD * field.rare[token.stem]
        if points and weight:
            yield Anchor(token.start, token.end, 0 if token.stem in weighed else weight, points)
            weighed.add(token.stem)


def _expressions(field: Field) -> Iterator[Anchor]:
    """Yield one anchor for the first expression that stands in what they said and holds a rare word."""
    rare = {token.stem: token for token in field.details if field.rare[token.stem]}
    for left, right in pairs(field.open_tokens):
        token = rare.get(left) or rare.get(right)
        if token and (left, right) in field.heard.pairs:
            yield Anchor(token.start, token.end, TOGETHER, field.heard.pairs[left, right])
            return
