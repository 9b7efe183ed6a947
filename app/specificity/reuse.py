"""How many of the seller's other plans say the same, and which words the seller writes everywhere."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.specificity.blanks import Blank, blanks, names_in
from app.specificity.everyday import LITTLE
from app.specificity.tokens import Token, read
from app.specificity.verdict import Evidence

COMMON_SHARE = 0.1  # a word in a tenth of the other texts is the seller's own


@dataclass(frozen=True)
class Elsewhere:
    texts: int
    exact: Counter[str]
    undated: Counter[str]
    nameless: Counter[str]
    spread: Counter[str]
    """In how many of the other texts a stem stands."""

    def rarity(self, stem: str) -> float:
        """Return 1 for a word of no other text, 0 for one of many."""
        count = self.spread[stem]
        if count >= 2 and count >= COMMON_SHARE * self.texts:
            return 0
        return 0.5 if count else 1


@lru_cache(maxsize=50)
def elsewhere(other_texts: tuple[str, ...]) -> Elsewhere:
    spread: Counter[str] = Counter()
    for text in other_texts:
        spread.update({token.stem for token in read(text)})
    return Elsewhere(
        len(other_texts),
        Counter(_words(text, read(text)) for text in other_texts),
        Counter(map(_undated, other_texts)),
        Counter(map(_nameless, other_texts)),
        spread,
    )


def said_elsewhere(text: str, evidence: Evidence) -> int:
    """Count the other texts that say the same: word for word, or names and days apart in two or more."""
    others = elsewhere(evidence.other_texts)
    tokens, names = read(text), names_in(evidence)
    exact = others.exact[_words(text, tokens)]
    if names.isdisjoint(token.word for token in tokens):
        alike = others.undated[_undated(text)]
    else:
        alike = others.nameless[_nameless(text, names)]
    return max(exact, alike if alike >= 2 else 0)


def _words(text: str, tokens: Iterable[Token]) -> str:
    return " ".join(token.word for token in tokens) or text


def _undated(text: str) -> str:
    return _words(text, _without_days(text))


def _nameless(text: str, names: frozenset[str] = frozenset()) -> str:
    unnamed = (token for token in _without_days(text) if token.word not in names)
    return _words(text, (token for token in unnamed if not _looks_like_a_name(text, token)))


def _without_days(text: str) -> Iterator[Token]:
    tokens = read(text)
    for token, blank in zip(tokens, blanks(text, tokens, Evidence()), strict=True):
        if blank is not Blank.DATE:
            yield token


def _looks_like_a_name(text: str, token: Token) -> bool:
    """Guess by the capital: the names in the seller's other plans are not known here."""
    addressed = text[token.end : token.end + 1] == ","
    return token.capital and token.word not in LITTLE and (token.start > 0 or addressed)
