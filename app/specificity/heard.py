"""What the prospect said, indexed: which words, meanings and numbers stand in which point."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from app.shelf import at_hand
from app.specificity.bounds import MEGABYTE, MOST_SAID, heeded
from app.specificity.dates import undated, without_stops
from app.specificity.durations import Duration, durations
from app.specificity.everyday import EVERYDAY, LITTLE
from app.specificity.meanings import meanings, propers, rivals, with_kinds
from app.specificity.quantities import Quantity, quantities
from app.specificity.tokens import Token, read
from app.specificity.verdict import Evidence, Saying

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z])|\n+")
NEAR = 3  # content words at most this far apart count as one expression
K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)
SHORTEST_PART = 5
COGNATE = 6
MOST = 30  # points remembered for one word or number, the first ones; it bounds the work


@dataclass(frozen=True)
class Heard:
    """Points are named by their position in `points`; a sentence of the notes is a point too."""

    points: tuple[Saying, ...]
    stems: Mapping[str, tuple[int, ...]]
    concepts: Mapping[str, tuple[int, ...]]
    families: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]
    """The concepts that exclude others of their family, each with its points."""
    propers: Mapping[str, tuple[int, ...]]
    """Stems of places, systems and other names by capital letter."""
    pairs: Mapping[tuple[str, str], tuple[int, ...]]
    values: Mapping[str, tuple[tuple[int, Quantity], ...]]
    things: Mapping[str, tuple[tuple[int, Quantity], ...]]
    """The numbers by what they count or label."""
    numbered: frozenset[int]
    """The points with a number in them, be it of a day."""
    runs: tuple[str, ...]
    """Each point as plain words, to find quotations in."""
    words: tuple[frozenset[str], ...]
    """The stems of each point."""
    telling: tuple[frozenset[str], ...]
    """The stems of each point that say something."""
    parts: frozenset[str]
    """Stems that are long enough and telling enough to be found inside another word."""
    starts: Mapping[str, tuple[int, ...]]
    """The first letters of long words, to find the same word in another language."""
    durations: tuple[tuple[int, Duration], ...]
    """The first spans of time, each with its point."""


def heard_in(evidence: Evidence) -> Heard:
    return _heard(heeded(evidence.points), evidence.notes[:MOST_SAID])


def _size(points: tuple[Saying, ...], notes: str) -> int:
    return 2_000 + 100 * (len(notes) + sum(len(point.words) for point in points))


@at_hand(16 * MEGABYTE, _size)
def _heard(points: tuple[Saying, ...], notes: str) -> Heard:
    everything = points + tuple(Saying(sentence) for sentence in _sentences(notes) if sentence.strip())
    readings = [undated(point.words) for point in everything]
    numbers = [(n, q) for n, point in enumerate(everything) for q in _quantities(point.words)]
    concepts = _index((c, n) for n, tokens in enumerate(readings) for _, c in with_kinds(meanings(tokens)))
    return Heard(
        points=everything,
        stems=_index((token.stem, n) for n, tokens in enumerate(readings) for token in tokens),
        concepts=concepts,
        families=_index((rivals(concept), each) for each in concepts.items() if rivals(concept := each[0])),
        propers=_index(
            (token.stem, n) for n, point in enumerate(everything) for token in propers(point.words)
        ),
        pairs=_index((pair, n) for n, tokens in enumerate(readings) for pair in pairs(tokens)),
        values=_index((q.value, (n, q)) for n, q in numbers),
        things=_index((thing, (n, q)) for n, q in numbers for thing in {q.label, *q.units} if thing),
        numbered=frozenset(
            n for n, p in enumerate(everything) if any(token.value for token in read(p.words))
        ),
        runs=tuple(run(read(point.words)) for point in everything),
        words=tuple(frozenset(token.stem for token in tokens) for tokens in readings),
        telling=tuple(frozenset(token.stem for token in telling(tokens)) for tokens in readings),
        parts=frozenset(
            token.stem for tokens in readings for token in telling(tokens) if len(token.stem) >= SHORTEST_PART
        ),
        starts=_index(
            (token.stem[:COGNATE], n)
            for n, tokens in enumerate(readings)
            for token in telling(tokens)
            if len(token.stem) >= COGNATE
        ),
        durations=tuple(
            islice(((n, span) for n, tokens in enumerate(readings) for span in durations(tokens)), MOST)
        ),
    )


def _sentences(notes: str) -> Iterator[str]:
    last = 0
    for end in SENTENCE_END.finditer(without_stops(notes)):
        yield notes[last : end.start()]
        last = end.end()
    yield notes[last:]


def telling(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.word not in LITTLE and token.stem not in EVERYDAY and not token.value:
            yield token


def pairs(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    """Yield the stems that stand close together, in alphabetical order within a pair."""
    stems = [token.stem for token in tokens if token.word not in LITTLE]
    for index, left in enumerate(stems):
        for right in stems[index + 1 : index + NEAR]:
            if left != right:
                yield min(left, right), max(left, right)


def run(tokens: tuple[Token, ...]) -> str:
    return f" {' '.join(token.value or token.word for token in tokens)} "


def _quantities(text: str) -> list[Quantity]:
    return list({(q.value, q.units, q.label): q for q in quantities(text, read(text))}.values())


def _index(entries: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: defaultdict[K, dict[V, None]] = defaultdict(dict)
    for key, value in entries:
        if len(found[key]) < MOST:
            found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}
