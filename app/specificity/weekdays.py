"""When a word is a weekday: "Sat" is one in "by Sat" and "Sat 28 Nov", and none where somebody sat down."""

import re

from app.specificity.calendar_words import AMBIGUOUS, BEFORE, LANGUAGES, LONG, MONTHS, SHORT, WEEKDAYS
from app.specificity.monthdays import ORDINALS, Reading, day_of_month, is_number, month_first
from app.specificity.tokens import opens_sentence

CAPITAL = frozenset({"en", "de"})  # a short one begins with one: "Sat", "Sa"
DOTTED = frozenset({"fr", "pt"})  # a short one has a dot: "sam.", "sáb."
FEIRA = frozenset({"feira", "feiras"})  # "sexta-feira"
THE = frozenset({"the", "le", "el", "den", "dem", "der", "dia", "o"})
AND = frozenset({"and", "or", "to", "und", "oder", "bis", "et", "ou", "a", "y", "o", "e"})
AT = frozenset({"at", "um", "gegen", "a", "as", "vers"})
PARTS = frozenset({"morning", "noon", "afternoon", "evening", "night"})
BESIDE = re.compile(r"\.?(?:\s?[-–/]\s?|,\s)")
TWO_LETTERS = 2
NUMERIC = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\d{1,2}\.\d{1,2}\.(?:\d{2,4}\b)?")
TIME = re.compile(r"\d{1,2}[:h]\d\d\b|\d{1,2}\s?(?:am|pm|uhr|h)\b", re.IGNORECASE)


def weekday(reading: Reading, index: int) -> int:
    """Count the words of the weekday that stands there, 0 for none."""
    word = reading.word(index)
    if word not in WEEKDAYS:
        return 0
    if word in LONG["pt"] and reading.word(index + 1) in FEIRA:
        return 2
    if word not in AMBIGUOUS or _leads_to_a_day(reading, index):
        return 1
    return int(any(_is_meant(reading, index, language) for language in LANGUAGES))


def is_before_a_day(reading: Reading, index: int) -> bool:
    """Does the day of a month follow, with no comma that could set off somebody: "Sam, 28 Nov"?"""
    return "," not in reading.gap(index) and bool(_day_after(reading, index))


def number_after(reading: Reading, index: int) -> int:
    """Count the words of a number that only the weekday before it makes a day: "Sat 28", "Do 28.11."."""
    if end := _past_numeric(reading, index):
        return sum(token.start < end for token in reading.tokens[index + 1 : index + 4])
    return int(_is_before_a_number(reading, index))


def _leads_to_a_day(reading: Reading, index: int) -> bool:
    """Does a day of the month follow, in words or in numbers, or a time of the clock?"""
    if _day_after(reading, index):
        return True
    is_marked = reading.tokens[index].capital or reading.gap(index).startswith(".")
    return (
        is_marked
        and reading.leads_on(index)
        and bool(_past_numeric(reading, index) or TIME.match(reading.text, reading.tokens[index + 1].start))
    )


def _past_numeric(reading: Reading, index: int) -> int:
    """Return where "28/11" or "28.11." ends, 0 where no such day follows; "so 3/4" is a share."""
    if not reading.leads_on(index):
        return 0
    match = NUMERIC.match(reading.text, reading.tokens[index + 1].start)
    is_share = match and "/" in match.group() and len(reading.word(index)) == TWO_LETTERS
    return match.end() if match and not is_share else 0


def _day_after(reading: Reading, index: int) -> int:
    if not reading.leads_on(index):
        return 0
    is_the = reading.word(index + 1) in THE and reading.leads_on(index + 1)
    return day_of_month(reading, index + 1 + is_the) or month_first(reading, index + 1)


def _is_meant(reading: Reading, index: int, language: str) -> bool:
    """Tell a short weekday, or a long one that is a number too, by its looks and what stands around it."""
    if not _is_written_as_one(reading, index, language):
        return False
    return (
        _follows_its_word(reading, index, language)
        or _is_beside_another(reading, index, language)
        or (language != "es" and _is_before_a_number(reading, index))
        or (language == "en" and _stands_out(reading, index))
    )


def _is_written_as_one(reading: Reading, index: int, language: str) -> bool:
    token = reading.tokens[index]
    if token.word in LONG[language]:
        return True
    if token.word not in SHORT[language]:
        return False
    if language in CAPITAL:
        typed = reading.text[token.start : token.end]
        return typed.istitle() or typed.isupper()
    return language not in DOTTED or reading.gap(index).startswith(".")


def _follows_its_word(reading: Reading, index: int, language: str) -> bool:
    """Tell "by Sat" and "le sam." from "by Sun Li"."""
    follows = reading.word(index - 1) in BEFORE[language] and reading.gap(index - 1).isspace()
    return follows and not (language == "en" and _goes_on_as_a_name(reading, index))


def _is_beside_another(reading: Reading, index: int, language: str) -> bool:
    """Tell "Sat/Sun", "Mo–Fr" and "Sat and Sunday"."""
    known = LONG[language] | SHORT[language]
    for step in (-1, 1):
        near, far = index + step, index + 2 * step
        between = reading.gap(min(index, near)) if reading.word(near) else ""
        if reading.word(near) in known and BESIDE.fullmatch(between):
            return True
        if reading.word(near) in AND and reading.word(far) in known:
            return _is_written_as_one(reading, far, language)
    return False


def _is_before_a_number(reading: Reading, index: int) -> bool:
    """Tell "Sat 28." and "sam. 28" from "Ask Sam. 28 pages"."""
    token, gap = reading.tokens[index], reading.gap(index)
    ends = gap.startswith(".") and token.capital and not opens_sentence(reading.text, token)
    return gap in (" ", ". ") and not ends and _is_alone(reading, index + 1)


def _is_alone(reading: Reading, index: int) -> bool:
    """Tell "28" in "Sat 28." and "Sat 28th", which counts nothing, from "28 pages"."""
    if not is_number(reading, index):
        return False
    after, gap = reading.word(index + 1), reading.gap(index)
    return not after or bool(gap.strip()) or after in AT or (not gap and after in ORDINALS)


def _stands_out(reading: Reading, index: int) -> bool:
    """Tell "see you Sat" and "Sat morning": a capital inside a sentence, and no name that goes on."""
    if reading.word(index + 1) in PARTS:
        return True
    token = reading.tokens[index]
    if opens_sentence(reading.text, token):
        return reading.gap(index).startswith(":")
    is_shouted = reading.text[token.start : token.end].isupper()
    is_named = reading.word(index - 1) == "the" or _goes_on_as_a_name(reading, index)
    return not is_shouted and not is_named


def _goes_on_as_a_name(reading: Reading, index: int) -> bool:
    after = reading.tokens[index + 1 : index + 2]
    if not after or not after[0].capital or not reading.gap(index).isspace():
        return False
    return after[0].word not in WEEKDAYS | MONTHS | {"i"}
