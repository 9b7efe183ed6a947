"""The Value test: with the seller taken out of a text, is there something left that the reader can use?

An answer, a number, a name or a document is worth reading even to somebody who never buys. What they said
themselves is no news to them, and a question, a wish or praise of the seller gives them nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.specificity.dates import without_stops
from app.specificity.field import Field
from app.specificity.sentences import Left, Sentence
from app.specificity.usable import DOCUMENTS, PRAISE, WISHES
from app.specificity.verdict import Evidence, TextKind
from app.specificity.without_seller import in_runs, seller_spans, without

SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\w)[^.!?\n]+)*[.!?]*\n*")
ADDRESS = re.compile(r"(?:https?://|\bwww\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s<>\"”“]*", re.IGNORECASE)


class Use(StrEnum):
    """What a reader can use."""

    ANSWER = "answer"
    NUMBER = "number"
    NAME = "name"
    DOCUMENT = "document"
    DAY = "day"
    THEIRS = "theirs"  # a reason that speaks of what they said


@dataclass(frozen=True)
class Useful:
    use: Use
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Value:
    """`runs` are the text in pieces of (words, is it blanked out?); `uses` what is left for the reader."""

    runs: tuple[tuple[str, bool], ...]
    uses: tuple[Useful, ...]

    @property
    def passes(self) -> bool:
        return bool(self.uses)

    @property
    def names_seller(self) -> bool:
        return any(is_blank for _, is_blank in self.runs)


def value_of(
    text: str, evidence: Evidence, kind: TextKind = TextKind.MESSAGE, *, days_count: bool = False
) -> Value:
    """Answer what is left. In a step's reason what they said counts; in an answer to them, a day does."""
    spans = list(seller_spans(text, evidence))
    left = Left(Field("title", without(text, spans), evidence), text)
    uses = tuple(_uses(left, kind, days_count))
    return Value(tuple(in_runs(text, spans)), uses)


def _uses(left: Left, kind: TextKind, days_count: bool) -> Iterator[Useful]:
    for match in SENTENCE.finditer(without_stops(left.field.text)):
        sentence = Sentence(left, *match.span())
        for use, start, end in _in_sentence(sentence, kind, days_count):
            yield Useful(use, start, end, left.field.text[start:end])


def _in_sentence(sentence: Sentence, kind: TextKind, days_count: bool) -> Iterator[tuple[Use, int, int]]:
    """Yield what a sentence holds for the reader, unless it asks, wishes, praises or speaks of the seller."""
    if kind is TextKind.STEP:
        yield from _theirs(sentence)
    if days_count and not sentence.asks:
        yield from _days(sentence)
    if sentence.asks or sentence.has(PRAISE) or sentence.says(WISHES):
        return
    for match in ADDRESS.finditer(sentence.text):
        yield Use.DOCUMENT, sentence.start + match.start(), sentence.start + match.end()
    if not sentence.sells:
        found = [(Use.DOCUMENT, token) for token in sentence.tokens if token.stem in DOCUMENTS]
        found += [(Use.NUMBER, token) for token in sentence.numbers]
        found += [(Use.NAME, token) for token in sentence.names]
        yield from ((use, token.start, token.end) for use, token in found)
    if sentence.tells and sentence.news:
        yield Use.ANSWER, sentence.news[0].start, sentence.news[-1].end


def _days(sentence: Sentence) -> Iterator[tuple[Use, int, int]]:
    """Yield the days it names; a month is none yet."""
    for token in sentence.days:
        yield Use.DAY, token.start, token.end


def _theirs(sentence: Sentence) -> Iterator[tuple[Use, int, int]]:
    """Yield what they said themselves."""
    field = sentence.field
    for token in sentence.undated:
        known = field.heard.values if token.value else field.heard.stems
        says_something = token.value or field.rare.get(token.stem)
        if says_something and (token.value or token.stem) in known:
            yield Use.THEIRS, token.start, token.end
