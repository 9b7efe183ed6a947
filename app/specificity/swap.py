"""The swap test: a text read with another prospect's name. If it still fits there, it is nobody's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.specificity import judgement
from app.specificity.blanks import Blank, blanks
from app.specificity.tokens import read
from app.specificity.verdict import Code, Evidence, Named, NamedSide, Passage

SEVERAL = re.compile(r"[\s\-'’.]+")


@dataclass(frozen=True)
class Swap:
    """The text as another prospect would read it, in runs of (words, is it swapped?); where else it fits."""

    company: str
    reader: str
    title: tuple[tuple[str, bool], ...]
    reason: tuple[tuple[str, bool], ...]
    fits: tuple[str, ...]


def swap(text: Passage, mine: Evidence, others: tuple[Evidence, ...]) -> Swap | None:
    """Return the text read by the first prospect it fits; None when it fits nowhere else."""
    fitting = [other for other in others if fits(text, mine, other)]
    if not fitting:
        return None
    other = fitting[0]
    reader = next((person.name for person in _buyers(other)), "")
    title, reason = (tuple(swapped(words, mine, other)) for words in (text.title, text.reason))
    companies = tuple(dict.fromkeys(each.company for each in fitting))
    return Swap(other.company, reader, title, reason, companies)


def fits(text: Passage, mine: Evidence, other: Evidence) -> bool:
    """Would it look odd there? Only what that prospect said otherwise speaks against it."""
    read_there = Passage(text.kind, _renamed(text.title, mine, other), _renamed(text.reason, mine, other))
    verdict = judgement.test(read_there, other)
    return all(reason.code is not Code.CONTRADICTED for reason in verdict.reasons)


def swapped(words: str, mine: Evidence, other: Evidence) -> Iterator[tuple[str, bool]]:
    """Yield the words in runs, every name of the one prospect in the place of the other's."""
    last = 0
    for start, end in _names(words, mine):
        if start > last:
            yield words[last:start], False
        yield _counterpart(words[start:end], mine, other), True
        last = end
    if last < len(words):
        yield words[last:], False


def _renamed(words: str, mine: Evidence, other: Evidence) -> str:
    return "".join(run for run, _ in swapped(words, mine, other))


def _names(words: str, mine: Evidence) -> Iterator[tuple[int, int]]:
    """Yield where their company and people stand, neighbouring words as one name."""
    tokens = read(words)
    ours = {
        each.word for person in mine.people if person.side is NamedSide.SELLER for each in read(person.name)
    }
    marks = blanks(words, tokens, mine)
    start = end = None
    for token, mark in zip(tokens, marks, strict=True):
        if mark is not Blank.NAME or token.word in ours:
            continue
        if start is not None and end is not None and not SEVERAL.fullmatch(words[end : token.start]):
            yield start, end
            start = None
        start, end = token.start if start is None else start, token.end
    if start is not None and end is not None:
        yield start, end


def _counterpart(name: str, mine: Evidence, other: Evidence) -> str:
    """Return the other prospect's name for the same place: company for company, person for person."""
    company = {token.word for token in read(mine.company)}
    if company.issuperset(token.word for token in read(name)):
        return other.company
    people, theirs = _buyers(mine), _buyers(other)
    place = next((n for n, person in enumerate(people) if _shares_a_word(person.name, name)), 0)
    if not theirs:
        return other.company
    named = theirs[min(place, len(theirs) - 1)].name
    return named if len(read(name)) > 1 else _same_part(name, people[place].name if people else "", named)


def _same_part(name: str, whole: str, named: str) -> str:
    """First name for first name, else the last one."""
    parts = named.split()
    is_first = whole.casefold().startswith(name.casefold()) or not _shares_a_word(whole, name)
    return parts[0] if is_first else parts[-1]


def _shares_a_word(left: str, right: str) -> bool:
    return not {t.word for t in read(left)}.isdisjoint(t.word for t in read(right))


def _buyers(evidence: Evidence) -> list[Named]:
    return [person for person in evidence.people if person.side is NamedSide.BUYER]
