"""Hand-made knowledge of business life in five languages, read once from the lists beside this file.

The lists are data: whoever misses a word adds it there, and no code changes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.specificity.stems import fold, stem

HERE = Path(__file__).parent


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """Yield (heading, line) for each line of a list; the heading is "" before the first."""
    heading = ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[] ")
        elif line and not line.startswith("#"):
            yield heading, line


def _stems(words: str) -> tuple[str, ...]:
    """Return the stems of an expression, one for each of its words."""
    return tuple(stem(fold(word)) for word in words.replace("-", "~").replace("'", "~").split("~") if word)


def _concepts() -> tuple[dict[str, tuple[str, ...]], dict[tuple[str, ...], str], dict[str, str]]:
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    expressions: dict[tuple[str, ...], str] = {}
    families: dict[str, str] = {}
    for heading, line in _lines("concepts.txt"):
        concept = line.split()[0]
        if heading.endswith(("!", "?")):
            families[concept] = heading.rstrip(" !?")
        for stems in map(_stems, line.split()):
            if len(stems) == 1:
                words[stems[0]][concept] = None
            elif len(stems) == 2:
                expressions.setdefault(stems, concept)
    return {word: tuple(found) for word, found in words.items()}, expressions, families


def _loose_families() -> frozenset[str]:
    headings = {heading for heading, _ in _lines("concepts.txt")}
    return frozenset(heading.rstrip(" ?") for heading in headings if heading.endswith("?"))


def listed(name: str, heading: str) -> list[str]:
    """Return the words of a list under one heading, as written."""
    return [word for found, line in _lines(name) if found == heading for word in line.split()]


def _stemmed(name: str, heading: str) -> frozenset[str]:
    return frozenset(stem for word in listed(name, heading) for stem in _stems(word))


CONCEPTS: Mapping[str, tuple[str, ...]]
"""The concepts of a stem: "invoic" and "rechnung" share one."""
EXPRESSIONS: Mapping[tuple[str, ...], str]
"""The concept of two stems that stand side by side: "works council"."""
FAMILIES: Mapping[str, str]
"""The family of a concept whose members exclude each other."""
CONCEPTS, EXPRESSIONS, FAMILIES = _concepts()
LOOSE_FAMILIES = _loose_families()
"""The families whose members may stand side by side: another one is a hint, no contradiction."""
PLAIN = _stemmed("plain.txt", "")
JARGON = _stemmed("selling.txt", "jargon")
TRADE_TALK = _stemmed("selling.txt", "trade talk")
PROMISES = _stemmed("selling.txt", "promise")
SELLER_DOINGS = _stemmed("selling.txt", "seller doings")
