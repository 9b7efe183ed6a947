"""What is left of a text without the seller, sentence by sentence: does it say, ask, wish or praise?"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from app.specificity import usable
from app.specificity.blanks import Blank
from app.specificity.contrasts import strangers
from app.specificity.dates import days, without_stops
from app.specificity.field import Field, worth
from app.specificity.lexicon import PROMISES
from app.specificity.quantities import Quantity
from app.specificity.stems import fold
from app.specificity.tokens import Token, read

# "Legen Sie … fest", "comptez": advice in the polite form, which a page's "finden Sie" is not.
ADVICE = re.compile(
    r"\b(?!finden|erhalten|haben|sind|sehen|können|möchten|wissen|werden|wollen)[a-zäöü]+en\sSie\b"
    r"|(?<!vous\s)\b(?!avez\b|pouvez\b|trouverez\b|chez\b|assez\b|allez\b|souhaitez\b|dites\b)[a-zéèê]{3,}ez\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"(?:^|[,;:.–]|\b(?:and|then|so|und|et|y|e)\b)\s*([^\W\d_]+)\s+([^\W\d_]+)")
ENOUGH = 0.7  # so much that is new makes an answer


@dataclass(frozen=True)
class Left:
    """What is left of a text without the seller, and the text as it was."""

    field: Field
    before: str

    @cached_property
    def strangers(self) -> list[Token]:
        return strangers(self.field)

    @cached_property
    def days(self) -> list[Token]:
        """The words that name a day or a time; a month alone names none."""
        field = self.field
        places = {n for day in days(field.text) if not day.is_month for n in range(day.start, day.end)}
        return [field.tokens[n] for n in sorted(places) if field.blanks[n] is Blank.DATE]

    @cached_property
    def numbers(self) -> list[tuple[Token, Quantity]]:
        return [(self.field.tokens[each.index], each) for each in self.field.quantities]


@dataclass(frozen=True)
class Sentence:
    """One sentence of what is left: does it say something, or ask, wish and praise?"""

    left: Left
    start: int
    end: int

    @property
    def field(self) -> Field:
        return self.left.field

    @cached_property
    def tokens(self) -> Sequence[Token]:
        return self._inside(self.field.tokens)

    @cached_property
    def marked(self) -> Sequence[tuple[Token, Blank | None]]:
        """The words with why each is blanked out, if it is."""
        first = bisect_left(self.field.tokens, self.start, key=_start)
        return list(zip(self.tokens, self.field.blanks[first : first + len(self.tokens)], strict=True))

    @cached_property
    def undated(self) -> Sequence[Token]:
        """The words of no day: "may" in one wishes nothing."""
        return [token for token, mark in self.marked if mark is not Blank.DATE]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(token.word for token in self.undated)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(token.stem for token in self.undated)

    @cached_property
    def text(self) -> str:
        return self.field.text[self.start : self.end]

    @property
    def days(self) -> Sequence[Token]:
        return self._inside(self.left.days)

    @cached_property
    def news(self) -> list[Token]:
        """What is neither theirs nor what the seller tells everybody."""
        field = self.field
        fresh = (t for t in self._inside(field.details) if t.stem not in field.topic)
        return [t for t in fresh if worth(t) and t.stem not in field.heard.stems]

    @cached_property
    def sells(self) -> bool:
        """Does it hand over a paper of the seller's own?"""
        return any(
            token.word in usable.SALES_PAPERS for token in read(self.left.before[self.start : self.end])
        )

    @cached_property
    def numbers(self) -> list[Token]:
        """The numbers that are news and count neither customers nor what the product would save."""
        first = bisect_left(self.left.numbers, self.start, key=lambda each: each[0].start)
        last = bisect_left(self.left.numbers, self.end, key=lambda each: each[0].start)
        here = self.left.numbers[first:last]
        if any(self._boasts(quantity) for _, quantity in here):
            return []
        return [token for token, quantity in here if not _was_said(self.field, quantity)]

    @cached_property
    def names(self) -> list[Token]:
        """The names of something new, and references: "article 30"."""
        is_story = self.has(usable.COLLEAGUES) or self.has(usable.STORY)
        here = {} if is_story else {t.start: t for t in self._inside(self.left.strangers)}
        for left, right in pairwise(self.tokens):
            if left.stem in usable.REFERENCES and right.value:
                here[left.start] = left
        return list(here.values())

    def _boasts(self, quantity: Quantity) -> bool:
        counted = not usable.BOASTS.isdisjoint(quantity.units)
        told = self.has(usable.ALREADY) or self.has(usable.STORY) or self.has(usable.COLLEAGUES)
        return counted or told or ("%" in quantity.units and not PROMISES.isdisjoint(self.stems))

    @property
    def tells(self) -> bool:
        """An answer, a rule or a piece of advice: "you asked", "has to", "legen Sie"."""
        telling = (
            self.has(usable.TELLING)
            or self.says(usable.RULES)
            or self._advises
            or bool(ADVICE.search(self.text))
        )
        return telling and not self.has(usable.COLLEAGUES) and self._is_mostly_news

    @property
    def _is_mostly_news(self) -> bool:
        theirs = [t for t in self._inside(self.field.details) if t.stem in self.field.heard.stems]
        return sum(map(worth, self.news)) >= max(ENOUGH, sum(map(worth, theirs)) / 2)

    @property
    def _advises(self) -> bool:
        """A clause that begins with what to do: "count them at night"."""
        level = without_stops(self.field.text)[self.start : self.end]
        begun = [match.group(1, 2) for match in CLAUSE.finditer(level)]
        return any(fold(verb) in usable.DO_THIS and fold(after) not in usable.FOR_ME for verb, after in begun)

    @property
    def asks(self) -> bool:
        return "?" in self.text and self.words.isdisjoint(usable.DO_YOU_KNOW)

    def has(self, words: frozenset[str]) -> bool:
        return not self.words.isdisjoint(words)

    def says(self, phrases: Iterable[tuple[str, ...]]) -> bool:
        spoken = [token.word if mark is not Blank.DATE else "" for token, mark in self.marked]
        return any(
            tuple(spoken[n : n + len(phrase)]) == phrase
            for phrase in phrases
            for n, word in enumerate(spoken)
            if word == phrase[0]
        )

    def _inside(self, tokens: Sequence[Token]) -> Sequence[Token]:
        first = bisect_left(tokens, self.start, key=_start)
        return tokens[first : bisect_left(tokens, self.end, key=_start)]


def _start(token: Token) -> int:
    return token.start


def _was_said(field: Field, quantity: Quantity) -> bool:
    """Tell their own number; the same figure of something else is news."""
    theirs = [each for _, each in field.heard.values.get(quantity.value, ())]
    return any(quantity.same_thing(each) or not (quantity.units and each.units) for each in theirs)
