"""Where the days and times of the clock stand in a text, as people write them in five languages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from app.shelf import at_hand
from app.specificity.bounds import MEGABYTE, positions_size
from app.specificity.calendar_words import MONTHS, WEEKDAYS
from app.specificity.monthdays import Reading, day_of_month, month_alone, month_first
from app.specificity.tokens import Token, read
from app.specificity.weekdays import is_before_a_day, number_after, weekday

CLOCK = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./](?:\d{2,4}\b)?"
    r"|\b\d{1,2}[:.]\d\d\s?(?:am|pm|uhr|h)\b|\b\d{1,2}:\d\d\b|\b\d{1,2}\s?(?:am|pm|uhr)\b"
    r"|\b\d{1,2}\s?h\d{2}\b|\b(?:à|às|as|at|um|vers|gegen|a\slas)\s\d{1,2}\s?h\b|\b\d{1,2}(?:st|nd|rd|th)\b"
    r"|\b(?:día|dia|a\slas|às)\s\d{1,2}\b"
    r"|\b(?:at|um)\s\d{1,2}(?=\s*(?:[.,;!?](?!\d)|$))|\bq[1-4]\b|\b20[2-4]\d\b",
    re.IGNORECASE,
)
NAMES = WEEKDAYS | MONTHS
DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Day:
    """A day, a month or a time in a text: the words that it takes, by position, `end` not included.

    It is certain where nobody's name reads like that: "5 April", but not "April 5" or "by Sat".
    """

    start: int
    end: int
    is_certain: bool = False
    is_month: bool = False


@at_hand(4 * MEGABYTE, positions_size)
def days(text: str) -> tuple[Day, ...]:
    tokens = read(text)
    if DIGIT.search(text) or any(token.word in NAMES for token in tokens):
        return tuple(chain(_spoken(Reading(text, tokens)), _on_the_clock(text, tokens)))
    return ()


@at_hand(4 * MEGABYTE, positions_size)
def dated(text: str) -> frozenset[int]:
    """Return which words of a text lie in a day or a time, by position."""
    return frozenset(chain.from_iterable(range(day.start, day.end) for day in days(text)))


@at_hand(4 * MEGABYTE, positions_size)
def certainly_dated(text: str) -> frozenset[int]:
    """Return those of them that are nobody's name."""
    return frozenset(chain.from_iterable(range(day.start, day.end) for day in days(text) if day.is_certain))


def undated(text: str) -> list[Token]:
    """Return the words and numbers that lie in no day and no time."""
    inside = dated(text)
    return [token for index, token in enumerate(read(text)) if index not in inside]


@at_hand(4 * MEGABYTE, positions_size)
def without_stops(text: str) -> str:
    """Blank the dots of its days, which end no sentence: "am 28. Nov. um zehn"; letters keep their places."""
    inside, inner = dated(text), {n for day in days(text) for n in range(day.start, day.end - 1)}
    spoken = ((n, token) for n, token in enumerate(read(text)) if n in inside or token.word in MONTHS)
    stops = [token.end for n, token in spoken if _ends_no_sentence(text, token.end, n in inner)]
    signs = list(text)
    for stop in stops:
        signs[stop] = " "
    return "".join(signs) if stops else text


def _ends_no_sentence(text: str, end: int, is_inner: bool) -> bool:
    """Tell the dot behind a word of a day, unless a new sentence can begin there."""
    rest = text[end + 1 : end + 3].lstrip()
    return text[end : end + 1] == "." and (is_inner or bool(rest and not rest[0].isupper()))


def _spoken(reading: Reading) -> Iterator[Day]:
    for index in range(len(reading.tokens)):
        if size := day_of_month(reading, index):
            yield Day(index, index + size, is_certain=True)
        elif size := month_first(reading, index):
            yield Day(index, index + size)
        elif size := month_alone(reading, index):
            yield Day(index, index + size, is_month=True)
        elif size := weekday(reading, index):
            yield Day(index, index + size, is_before_a_day(reading, index + size - 1))
            yield Day(index + size, index + size + number_after(reading, index + size - 1))


def _on_the_clock(text: str, tokens: Sequence[Token]) -> Iterator[Day]:
    """Both run left to right, so one pass is enough."""
    index = 0
    for match in CLOCK.finditer(text):
        while index < len(tokens) and tokens[index].end <= match.start():
            index += 1
        start = index
        while index < len(tokens) and tokens[index].start < match.end():
            index += 1
        yield Day(start, index)
