"""What is blanked out before a text is judged: names, dates, clichés and the seller's own words.

A merged name or day makes no text specific; the place where it stood is kept to say so.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from app.specificity.everyday import CALENDAR, CLICHES, LITTLE
from app.specificity.stems import fold, stem
from app.specificity.tokens import Token, read
from app.specificity.verdict import Evidence, NamedSide

MONTH = (
    r"(?:jan(?:uary|uar|eiro)?|feb(?:ruary|ruar)?|mar(?:ch|zo|ço)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli"
    r"|aug(?:ust)?|sep(?:t|tember)?|o[ck]t(?:ober)?|nov(?:ember)?|dec(?:ember)?|dez(?:ember)?|janvier|février|mars"
    r"|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|abril|mayo|junio|julio|agosto"
    r"|septiembre|octubre|noviembre|diciembre|fevereiro|maio|junho|julho|setembro|outubro|dezembro)\b\.?"
)
WEEKDAY = (
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|wed|thu|fri|montag|dienstag|mittwoch|donnerstag"
    r"|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves"
    r"|viernes|sábado|domingo|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira)\b"
)
DATE = re.compile(
    r"(?:\b(?:on|by|until|till|am|bis|zum)\s)?(?:"
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{2,4}}\b)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s(?:of\s|de\s)?{MONTH}(?:\s\d{{4}}\b)?"
    rf"|\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s\d{{4}}\b)?|{WEEKDAY}"
    r"|\b\d{1,2}[:.]\d\d\s?(?:am|pm|uhr|h)\b|\b\d{1,2}:\d\d\b|\b\d{1,2}\s?(?:am|pm|uhr)\b"
    r"|\b\d{1,2}\s?h\d{2}\b|\b(?:à|às|as|at|um|vers|gegen|a\slas)\s\d{1,2}\s?h\b|\b\d{1,2}(?:st|nd|rd|th)\b"
    r"|\b(?:día|dia|a\slas|às)\s\d{1,2}\b"
    r"|\b(?:at|um)\s\d{1,2}(?=\s*(?:[.,;!?]|$))|\bq[1-4]\b|\b20[2-4]\d\b)",
    re.IGNORECASE,
)


DIGIT = re.compile(r"\d")
SHORTEST_NICKNAME = 3
LONGEST_NICKNAME = 6
SHARED_LETTERS = 3


class Blank(StrEnum):
    NAME = "name"
    DATE = "date"
    CLICHE = "cliche"
    SELLER = "seller"


def blanks(text: str, tokens: Sequence[Token], evidence: Evidence) -> list[Blank | None]:
    """Say for each token why it is blanked out, or None where it stays."""
    names, seller = names_in(evidence), _words((evidence.seller_company,))
    found = [_named(token, names, seller) for token in tokens]
    for index in dated(text):
        found[index] = found[index] or Blank.DATE
    for start, end in _cliches(tokens):
        found[start:end] = [Blank.CLICHE] * (end - start)
    return found


def names_in(evidence: Evidence) -> frozenset[str]:
    return _words((evidence.company, *(person.name for person in evidence.people)))


def roles_in(evidence: Evidence) -> frozenset[str]:
    """Return the words of the buyers' roles."""
    return _words(tuple(person.role for person in evidence.people if person.side is NamedSide.BUYER))


def sold_by(evidence: Evidence) -> frozenset[str]:
    """Return the stems of what the seller sells."""
    return frozenset(map(stem, _words(evidence.products)))


@lru_cache(maxsize=500)
def _words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(token.word for text in texts for token in read(text) if token.word not in LITTLE)


def _named(token: Token, names: frozenset[str], seller: frozenset[str]) -> Blank | None:
    if token.word in seller:
        return Blank.SELLER
    if token.word in names or (token.capital and _is_nickname(token.word, names)):
        return Blank.NAME
    return None


def _is_nickname(word: str, names: frozenset[str]) -> bool:
    """Tell "Marty" for Martin and "Kasia" for Katarzyna."""
    if word in LITTLE or not SHORTEST_NICKNAME <= len(word) <= LONGEST_NICKNAME:
        return False
    return any(name[:SHARED_LETTERS] == word[:SHARED_LETTERS] for name in names) or (
        word[-1] in "aey" and any(name[:2] == word[:2] and len(name) > len(word) for name in names)
    )


@lru_cache(maxsize=5_000)
def dated(text: str) -> frozenset[int]:
    """Return which words of a text lie in a date or a time, by position."""
    tokens = read(text)
    if DIGIT.search(text) or any(token.word in CALENDAR for token in tokens):
        return frozenset(_in_dates(text, tokens))
    return frozenset()


def _in_dates(text: str, tokens: Sequence[Token]) -> Iterable[int]:
    """Both run left to right, so one pass is enough."""
    index = 0
    for match in DATE.finditer(text):
        while index < len(tokens) and tokens[index].end <= match.start():
            index += 1
        while index < len(tokens) and tokens[index].start < match.end():
            yield index
            index += 1


def _cliches(tokens: Sequence[Token]) -> Iterable[tuple[int, int]]:
    for start, token in enumerate(tokens):
        for phrase in PHRASES.get(token.word, ()):
            end = start + len(phrase)
            if tuple(each.word for each in tokens[start:end]) == phrase:
                yield start, end


def _by_first_word() -> dict[str, list[tuple[str, ...]]]:
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for line in re.split(r"[|\n]", CLICHES.strip()):
        words = tuple(map(fold, re.findall(r"[^\W\d_]+", line)))
        phrases.setdefault(words[0], []).append(words)
    return phrases


PHRASES = _by_first_word()
