"""How much the Specificity Test reads and keeps at hand. Pure.

Nobody says a thousand letters in one breath, and a deal of which more is known than MOST_SAID is judged by
what was said last. Without these bounds one pasted transcript would slow every key that is pressed beside it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.specificity.verdict import Saying

LONGEST = 1_000  # letters of one text
MOST_SAID = 40_000  # letters of what one prospect said
MOST_ELSEWHERE = 500_000  # letters of the seller's other plans
MEGABYTE = 1024 * 1024


def within(texts: Iterable[str], most: int) -> Iterator[str]:
    """The first texts, each cut to LONGEST, as long as all together have at most that many letters."""
    for text in texts:
        most -= len(text[:LONGEST])
        if most < 0:
            return
        yield text[:LONGEST]


def heeded(points: tuple[Saying, ...]) -> tuple[Saying, ...]:
    """The points that the test compares with: the first of them, which are the newest."""
    words = within((point.words for point in points), MOST_SAID)
    return tuple(
        point if point.words == cut else replace(point, words=cut)
        for point, cut in zip(points, words, strict=False)
    )


def tokens_size(text: str) -> int:
    """About how many bytes a text takes when it is read."""
    return 200 + 40 * len(text)


def positions_size(text: str) -> int:
    """About how many bytes a text takes with a few places in it."""
    return 400 + len(text)
