"""Words made comparable: folded to plain lower case, then stripped of the endings of five languages."""

import unicodedata
from functools import lru_cache

# The stripping is crude on purpose: the language is not known, and both sides of a comparison get the same.
SUFFIXES = """
aciones ciones amente ations issent ation ungen ments ables acion ement erons iendo mente coes acao ados adas
idos idas ando endo aron aban ions able ment ings ais ait ent ons ant ees ada ado ido ida ung ing ies ied
ers ors ern als ion aux ez ee ar ir ou ed er or en em es al ly ao et st te s e y n o a x
"""
ENDINGS = frozenset(SUFFIXES.split())
LONGEST_ENDING = max(map(len, ENDINGS))
SHORTEST_STEM = 4
# Some may leave three letters ("keg" from "kegs", "dry" from "drying"), some need more ("station", "state").
SHORTEST_AFTER = {"s": 3, "ing": 3, "ings": 3, "ed": 3, "ion": 5, "ions": 5}
ROUNDS = 2
LONGEST_KNOWN = 30  # letters: of longer words none is remembered, so that fifty thousand stay a few megabytes


def fold(word: str) -> str:
    """Drop case and accents; keep everything else."""
    return _known_fold(word) if len(word) <= LONGEST_KNOWN else _folded(word)


def stem(word: str) -> str:
    """Return the stem of a folded word."""
    return _known_stem(word) if len(word) <= LONGEST_KNOWN else _stemmed(word)


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _stemmed(word: str) -> str:
    for _ in range(ROUNDS):
        word = _without_ending(word)
    return word


def _without_ending(word: str) -> str:
    for size in range(min(LONGEST_ENDING, len(word) - 3), 0, -1):
        ending = word[-size:]
        if ending in ENDINGS and len(word) - size >= SHORTEST_AFTER.get(ending, SHORTEST_STEM):
            return _undoubled(word[:-size])
    return word


def _undoubled(word: str) -> str:
    doubled = len(word) > 3 and word[-1] == word[-2]
    return word[:-1] if doubled else word


_known_fold, _known_stem = lru_cache(50_000)(_folded), lru_cache(50_000)(_stemmed)
