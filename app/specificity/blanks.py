"""What is blanked out before a text is judged: names, dates, clichés and the seller's own words.

A merged name or day makes no text specific; the place where it stood is kept to say so.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.shelf import at_hand
from app.specificity.bounds import MEGABYTE
from app.specificity.dates import certainly_dated, dated
from app.specificity.everyday import CLICHES, LITTLE
from app.specificity.stems import fold, stem
from app.specificity.tokens import Token, read
from app.specificity.verdict import Evidence, NamedSide

PREPOSITIONS = frozenset({"on", "by", "until", "till", "am", "bis", "zum"})
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
    days, certain = _with_prepositions(dated(text), tokens), certainly_dated(text)
    found = [
        _named(token, names, seller, is_day=n in days) if n not in certain else Blank.DATE
        for n, token in enumerate(tokens)
    ]
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


def _size(texts: tuple[str, ...]) -> int:
    return 500 + 100 * sum(map(len, texts))


@at_hand(2 * MEGABYTE, _size)
def _words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(token.word for text in texts for token in read(text) if token.word not in LITTLE)


def _with_prepositions(days: frozenset[int], tokens: Sequence[Token]) -> frozenset[int]:
    return days.union(n - 1 for n in days if n and tokens[n - 1].word in PREPOSITIONS)


def _named(token: Token, names: frozenset[str], seller: frozenset[str], *, is_day: bool) -> Blank | None:
    """Who is called Sam stays Sam where it may be a Saturday; a nickname is only guessed."""
    if token.word in seller:
        return Blank.SELLER
    if token.word in names:
        return Blank.NAME
    if is_day:
        return Blank.DATE
    return Blank.NAME if token.capital and _is_nickname(token.word, names) else None


def _is_nickname(word: str, names: frozenset[str]) -> bool:
    """Tell "Marty" for Martin and "Kasia" for Katarzyna."""
    if word in LITTLE or not SHORTEST_NICKNAME <= len(word) <= LONGEST_NICKNAME:
        return False
    return any(name[:SHARED_LETTERS] == word[:SHARED_LETTERS] for name in names) or (
        word[-1] in "aey" and any(name[:2] == word[:2] and len(name) > len(word) for name in names)
    )


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
