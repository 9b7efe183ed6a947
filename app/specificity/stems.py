"""Words made comparable: folded to plain lower case, then stripped of English and German endings."""

import unicodedata
from functools import lru_cache

# Longer endings first. The stripping is crude on purpose: both sides of a comparison get the same.
ENDINGS = (
    "ations", "ation", "ungen", "ments", "ables", "able", "ment", "ings", "ung", "ing", "ies", "ied",
    "ers", "ors", "ern", "als", "ed", "er", "or", "en", "em", "es", "al", "ly", "s", "e", "y", "n", "o", "a",
)  # fmt: skip
VERBAL = ("ing", "ings", "ed", "er", "ers", "able")
SHORTEST_STEM = 3
ROUNDS = 2


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Drop case and accents; keep everything else."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a folded word."""
    for _ in range(ROUNDS):
        word = _without_ending(word)
    return word


def _without_ending(word: str) -> str:
    for ending in ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= SHORTEST_STEM:
            return _undoubled(rest) if ending in VERBAL else rest
    return word


def _undoubled(word: str) -> str:
    doubled = len(word) > SHORTEST_STEM and word[-1] == word[-2]
    return word[:-1] if doubled else word
