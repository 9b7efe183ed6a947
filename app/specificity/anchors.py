"""The words of a text that tie it to this prospect, and how firmly."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from app.specificity.durations import durations
from app.specificity.field import COMMON, Field, worth
from app.specificity.heard import pairs, run
from app.specificity.quantities import Quantity
from app.specificity.tokens import Token, read

QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{3,200})[\"”“»]")
MOST_QUOTATIONS = 50
FIRM = 2.0  # a number with its unit, or a quotation, is enough alone
AIM = 1.0
BARE_NUMBER = 0.4
TELLING_NUMBER = 0.9  # 10 and above are seldom the same by chance
TOGETHER = 1.0  # two words that stood together in what they said
NAMED = 1.0  # on top of the word: a place, a system, a customer
PART = 0.7  # "Tankwagen" and "tank"
MEANING = 0.6  # another word for the same
SHORTEST_PART = 4
MOST_DURATIONS = 20
LONGEST_COMPOUND = 40
SHORTEST_COGNATE = 6  # letters in common at the start: "inspector", "inspecteur"


class Tie(StrEnum):
    """How a span traces to a point."""

    NUMBER = "number"
    QUOTE = "quote"
    WORD = "word"
    NAME = "name"
    PAIR = "pair"
    PART = "part"
    MEANING = "meaning"
    TOLD = "told"


@dataclass(frozen=True)
class Span:
    """A span of the field and the points, by position, it traces to."""

    start: int
    end: int
    weight: float
    points: tuple[int, ...] = ()
    tie: Tie = Tie.WORD


def anchors(field: Field) -> list[Span]:
    return [
        *_quotations(field),
        *_numbers(field),
        *_durations(field),
        *_words(field),
        *_expressions(field),
    ]


def by_point(found: Sequence[Span]) -> dict[int, float]:
    weights: defaultdict[int, float] = defaultdict(float)
    for anchor in found:
        for point in anchor.points:
            weights[point] += anchor.weight
    return weights


def _quotations(field: Field) -> Iterator[Span]:
    for match in islice(QUOTED.finditer(field.text), MOST_QUOTATIONS):
        quoted = run(read(match.group(1)))
        points = tuple(n for n, said in enumerate(field.heard.runs) if quoted in said)
        if points and quoted.count(" ") > 2:
            yield Span(match.start(1), match.end(1), FIRM, points, Tie.QUOTE)


def _numbers(field: Field) -> Iterator[Span]:
    for mine in field.quantities:
        token = field.tokens[mine.index]
        weight, points = _same_number(field, mine)
        if points:
            end = token.end if weight < AIM else _end_of_unit(field, mine)
            yield Span(token.start, end, weight, points, Tie.NUMBER)


def _same_number(field: Field, mine: Quantity) -> tuple[float, tuple[int, ...]]:
    """Weigh a number that they said: of the same thing, perhaps of it, or as an answer to theirs."""
    same = field.heard.values.get(mine.value, ())
    firm = tuple(dict.fromkeys(n for n, theirs in same if mine.same_thing(theirs)))
    if firm:
        return FIRM, firm
    alike = tuple(dict.fromkeys(n for n, theirs in same if mine.may_be(theirs)))
    if alike:
        return (BARE_NUMBER if len(mine.value) < 2 else TELLING_NUMBER), alike
    return AIM, _aimed_at(field, mine) if mine.aim else ()


def _aimed_at(field: Field, mine: Quantity) -> tuple[int, ...]:
    """Return the points with a number of the same thing: "under five days" answers their nine."""
    same = (each for unit in mine.units[:1] for each in field.heard.things.get(unit, ()))
    return tuple(dict.fromkeys(number for number, _ in same))


def _durations(field: Field) -> Iterator[Span]:
    """Yield spans of time that are about as long as one of theirs, in other words."""
    for mine in islice(durations(field.open_tokens), MOST_DURATIONS):
        points = tuple(
            dict.fromkeys(number for number, theirs in field.heard.durations if mine.may_be(theirs))
        )
        if points and not any(q for q in field.quantities if field.tokens[q.index].start == mine.start):
            yield Span(mine.start, mine.end, MEANING, points, Tie.MEANING)


def _end_of_unit(field: Field, mine: Quantity) -> int:
    after = field.tokens[mine.index + 1 : mine.index + 2]
    counted = [token.end for token in after if token.stem in mine.units]
    return counted[0] if counted else field.tokens[mine.index].end


def _words(field: Field) -> Iterator[Span]:
    """Yield an anchor for each word that they said, or said in other words; a word said twice weighs once."""
    meant = defaultdict(list)
    for token, concept in field.meanings:
        meant[token.start].append(concept)
    weighed: set[str] = set()
    for token in field.details:
        if token.stem in field.topic:
            continue
        anchor = _same_word(field, token) or _same_meaning(field, token, meant[token.start])
        if anchor and anchor.weight:
            weight = 0 if token.stem in weighed else anchor.weight
            yield Span(anchor.start, anchor.end, weight, anchor.points, anchor.tie)
            weighed.add(token.stem)


def _same_word(field: Field, token: Token) -> Span | None:
    points = field.heard.stems.get(token.stem, ())
    if token.stem in field.heard.propers and token.capital:
        return Span(token.start, token.end, worth(token) + NAMED, points, Tie.NAME)
    if points:
        return Span(token.start, token.end, worth(token), points)
    points = _part(field, token)
    return Span(token.start, token.end, PART, points, Tie.PART) if points else None


def _same_meaning(field: Field, token: Token, concepts: Sequence[str]) -> Span | None:
    points = tuple(dict.fromkeys(n for c in concepts for n in field.heard.concepts.get(c, ())))
    if not points:
        return None
    weight = COMMON * MEANING if worth(token) <= COMMON else MEANING
    return Span(token.start, token.end, weight, points, Tie.MEANING)


def _part(field: Field, token: Token) -> tuple[int, ...]:
    """Find a compound of what they said: "Tankwagen" in "Wagen", "inspecteur" beside "inspector"."""
    word = token.stem
    if not SHORTEST_COGNATE <= len(word) <= LONGEST_COMPOUND:
        return ()
    stems = field.heard.parts
    for end in range(len(word) - 1, SHORTEST_PART - 1, -1):
        for part in (word[:end], word[-end:]):
            if part in stems and part not in field.topic:
                return field.heard.stems[part]
    return field.heard.starts.get(word[:SHORTEST_COGNATE], ())


def _expressions(field: Field) -> Iterator[Span]:
    """Yield one anchor for the first expression that stands in what they said and holds a rare word."""
    rare = {token.stem: token for token in field.details if field.rare[token.stem] > COMMON}
    for left, right in pairs(field.open_tokens):
        token = rare.get(left) or rare.get(right)
        if token and (left, right) in field.heard.pairs:
            yield Span(token.start, token.end, TOGETHER, field.heard.pairs[left, right], Tie.PAIR)
            return
