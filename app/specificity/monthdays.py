"""Days by their number: "28 Nov", "28. November 2026", "le 1er mars", "28 de nov. de 2026", "May 5"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.specificity.calendar_words import BEFORE_MONTH, MONTHS, WEEKDAYS
from app.specificity.everyday import LITTLE
from app.specificity.tokens import Token

NUMBERS = frozenset(str(day) for day in range(1, 32)) | frozenset(f"0{day}" for day in range(1, 10))
ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "o", "a"})
OF = frozenset({"of", "de", "d"})
# "3 out of 5" and "3 set up" are no days in October and September.
VERBS = frozenset({"out", "set"})
GAP = re.compile(r"[.,]{0,2}(?:[^\S\n]|-){0,2}|['’]")
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Reading:
    """A text word by word."""

    text: str
    tokens: Sequence[Token]

    def word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def gap(self, index: int) -> str:
        """What stands between a word and the next one."""
        after = self.tokens[index + 1].start if index + 1 < len(self.tokens) else None
        return self.text[self.tokens[index].end : after]

    def leads_on(self, index: int) -> bool:
        """May the next word belong to the same day?"""
        return index + 1 < len(self.tokens) and bool(GAP.fullmatch(self.gap(index)))


def day_of_month(reading: Reading, index: int) -> int:
    """Count the words of "28 Nov" or "28th of November 2026" that begin there, 0 for none."""
    end = _past_number(reading, index)
    if not end or not reading.leads_on(end - 1) or "," in reading.gap(end - 1):
        return 0
    of = reading.word(end) in OF and reading.leads_on(end)
    month = end + of
    if reading.word(month) not in MONTHS:
        return 0
    past = _past_year(reading, month)
    told = of or past > month + 1 or reading.word(index - 1) in WEEKDAYS
    return past - index if told or reading.word(month) not in VERBS else 0


def month_first(reading: Reading, index: int) -> int:
    """Count the words of "May 5" or "November 28th, 2026" that begin there, 0 for none."""
    word = reading.word(index)
    if word not in MONTHS or word in VERBS or not reading.leads_on(index):
        return 0
    end = _past_number(reading, index + 1)
    if not end or day_of_month(reading, index + 1):
        return 0
    return _past_year(reading, end - 1) - index


def month_alone(reading: Reading, index: int) -> int:
    """Count the words of "in May", without the first, or of "Sept. 2026", 0 where it is no month for sure."""
    if reading.word(index) not in MONTHS:
        return 0
    past = _past_year(reading, index)
    if past > index + 1:
        return past - index
    gap = reading.gap(index - 1) if index else "."
    follows = reading.word(index - 1) in BEFORE_MONTH and len(gap) == 1 and gap in " -'’\u00a0"
    return int(follows and _is_written_as_month(reading, index))


def _is_written_as_month(reading: Reading, index: int) -> bool:
    """Tell "em set." and "in Sept" from "to set", and from "en sept jours", which are seven."""
    token, after = reading.tokens[index], reading.word(index + 1)
    is_dotted = reading.gap(index).startswith(".")
    if token.word in VERBS:
        return is_dotted
    counts = bool(token.value) and after not in LITTLE and reading.gap(index).isspace()
    return is_dotted or token.capital or not counts


def is_number(reading: Reading, index: int) -> bool:
    return reading.word(index) in NUMBERS


def _past_number(reading: Reading, index: int) -> int:
    """Return where the number of a day ends, "28" or "28th", 0 where there is none."""
    if not is_number(reading, index):
        return 0
    is_ordinal = not reading.gap(index) and reading.word(index + 1) in ORDINALS
    return index + 1 + is_ordinal


def _past_year(reading: Reading, index: int) -> int:
    """Return where a day ends whose last word stands there, with the year if one follows."""
    year = index + 1 + (reading.word(index + 1) in OF)
    leads = all(map(reading.leads_on, range(index, year)))
    return year + 1 if leads and YEAR.fullmatch(reading.word(year)) else index + 1
