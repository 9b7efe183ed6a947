"""Putting a point into words that others will read: who said it is told only to whoever said it. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.specificity.verdict import Saying

Translate = Callable[[str], str]
Speak = Callable[[date], str]
LONGEST = 300  # characters of a point that a reason or a message quotes


@dataclass(frozen=True)
class Quote:
    """A point, the words one tap puts in, and whether they name who said it."""

    point: Saying
    words: str
    names_reader: bool


def quote(
    point: Saying, reader: str, readers: Sequence[str], _: Translate, day: Speak, longest: int = LONGEST
) -> Quote:
    """Address whoever said it by name as long as nobody else reads along; to others it is said neutrally.

    `reader` is whom the text is for, `readers` everybody on the buyer's side who reads the plan, by name:
    two of the same name are two readers.
    """
    alone = bool(reader) and list(readers) in ([], [reader])
    own = alone and point.said_by == reader
    values = {"name": reader.split()[0] if reader else "", "words": shortened(point.words, longest)}
    if point.said_on is None:
        words = _("%(name)s, you said: “%(words)s”") if own else _("From our talk: “%(words)s”")
        return Quote(point, words % values, own)
    said = _("%(name)s, on %(day)s you said: “%(words)s”")
    neutral = _("From our talk on %(day)s: “%(words)s”")
    return Quote(point, (said if own else neutral) % {**values, "day": day(point.said_on)}, own)


def shortened(words: str, longest: int = LONGEST) -> str:
    """Up to a whole word, on one line."""
    words = " ".join(words.split())
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
