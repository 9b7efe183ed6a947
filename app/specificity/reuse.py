"""How many of the seller's other plans say the same, and which words the seller writes everywhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.shelf import at_hand
from app.specificity.blanks import names_in, roles_in
from app.specificity.bounds import MEGABYTE
from app.specificity.dates import dated, undated
from app.specificity.everyday import LITTLE
from app.specificity.meanings import is_german, meanings
from app.specificity.tokens import Token, read
from app.specificity.verdict import Evidence

COMMON_SHARE = 0.01  # a word in a hundredth of the other texts is the seller's own
FEW = 20  # texts among which one is a habit already
CONTAINED = 2  # words more that a text of another plan may hold: whom it names


@dataclass(frozen=True)
class Other:
    """What one text of another plan comes down to."""

    words: str
    stems: frozenset[str]
    concepts: frozenset[str]
    core: frozenset[str]
    """The stems without little words, numbers, days and names."""


@dataclass(frozen=True)
class Elsewhere:
    """The texts of the seller's other plans, indexed."""

    exact: Counter[str]
    common: frozenset[str]
    """The stems that stand in so many of them that they are the seller's own."""
    concepts: frozenset[str]
    """What the words mean that stand in as many."""
    holding: Mapping[str, frozenset[int]]
    """The texts that have a stem in their core."""
    lengths: tuple[int, ...]
    """How many stems the core of each text has."""


def elsewhere(other_texts: tuple[str, ...]) -> Elsewhere:
    """Return the index; the same tuple again costs nothing, an equal one only the comparison."""
    for known, found in LATEST:
        if known is other_texts:
            return found
    found = _elsewhere(other_texts)
    LATEST[:] = [(other_texts, found)]
    return found


def _index_size(other_texts: tuple[str, ...]) -> int:
    return sum(500 + 10 * len(text) for text in other_texts)


@at_hand(24 * MEGABYTE, _index_size)
def _elsewhere(other_texts: tuple[str, ...]) -> Elsewhere:
    others = list(map(_other, other_texts))
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for number, other in enumerate(others):
        for stem in other.core:
            holding[stem].add(number)
    return Elsewhere(
        Counter(other.words for other in others),
        _common(other.stems for other in others),
        _common(other.concepts for other in others),
        {stem: frozenset(numbers) for stem, numbers in holding.items()},
        tuple(len(other.core) for other in others),
    )


LATEST: list[tuple[tuple[str, ...], Elsewhere]] = []


def _other_size(text: str) -> int:
    return 1_000 + 10 * len(text)


@at_hand(24 * MEGABYTE, _other_size)
def _other(text: str) -> Other:
    tokens = read(text)
    return Other(
        words_of(text, tokens),
        frozenset(token.stem for token in undated(text)),
        frozenset(concept for _, concept in meanings(undated(text))),
        core_of(text, tokens),
    )


def _common(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return what is in a share of the sets that is more than chance."""
    counts: Counter[str] = Counter()
    total = 0
    for each in sets:
        counts.update(each)
        total += 1
    least = 1 if total <= FEW else max(2, COMMON_SHARE * total)
    return frozenset(item for item, count in counts.items() if count >= least)


def said_elsewhere(text: str, evidence: Evidence, others: Elsewhere) -> int:
    """Count the other texts that say the same: word for word, or names and days apart in two or more."""
    tokens = read(text)
    exact = others.exact[words_of(text, tokens)]
    alike = _alike(core_of(text, tokens, names_in(evidence) | roles_in(evidence)), others)
    return max(exact, alike if alike >= 2 else 0)


def core_of(text: str, tokens: tuple[Token, ...], names: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the stems without little words, numbers, days and what looks like a name."""
    days, german = dated(text), is_german(undated(text))
    return frozenset(
        token.stem
        for index, token in enumerate(tokens)
        if not (index in days or token.value or token.word in names or token.word in LITTLE)
        and (german or not _looks_like_a_name(text, token))
    )


def _alike(core: frozenset[str], others: Elsewhere) -> int:
    """Count the other texts that hold all of these words and hardly more, rarest word first."""
    if not core:
        return 0
    holders = sorted((others.holding.get(stem, frozenset()) for stem in core), key=len)
    found = holders[0]
    for more in holders[1:]:
        if not found:
            return 0
        found &= more
    return sum(others.lengths[number] <= len(core) + CONTAINED for number in found)


def words_of(text: str, tokens: Iterable[Token]) -> str:
    return " ".join(token.word for token in tokens) or text


def _looks_like_a_name(text: str, token: Token) -> bool:
    """Guess by the capital: the names in the seller's other plans are not known here."""
    addressed = text[token.end : token.end + 1] == ","
    return token.capital and token.word not in LITTLE and (token.start > 0 or addressed)
