"""Verdicts remembered by what they were made of: a page asks for each of its texts at every look.

The keys are digests, so that they hold nobody's words; a verdict does, and none is kept for good.
"""

from collections.abc import Callable
from dataclasses import astuple
from functools import cached_property
from hashlib import sha256

from app.shelf import Shelf
from app.specificity.verdict import Evidence, Passage, Verdict

MOST_BYTES = 8 * 1024 * 1024
A_VERDICT, A_REASON = 400, 300  # bytes, about; what they quote comes on top

Key = bytes


class Remembered:
    """At hand in one process."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.shelf: Shelf[Key, Verdict] = Shelf(most_bytes)

    def verdict(self, key: Key, judge: Callable[[], Verdict]) -> Verdict:
        """The verdict of that key; asked for again, it is not made again."""
        known = self.shelf.take(key)
        if known is None:
            known = judge()
            self.shelf.put(key, known, size_of(known))
        return known


def key_of(text: Passage, evidence: Evidence) -> Key:
    return sha256(_digest(evidence) + repr(astuple(text)).encode()).digest()


def size_of(verdict: Verdict) -> int:
    """About how many bytes it takes, with the points that it quotes."""
    points = [*verdict.likely, *(reason.point for reason in verdict.reasons if reason.point)]
    quoted = sum(len(point.words) for point in points) + sum(len(one.words) for one in verdict.reasons)
    return A_VERDICT + A_REASON * len(verdict.reasons) + 4 * quoted


def _digest(evidence: Evidence) -> bytes:
    """Made once for the evidence of a request, however many texts are compared with it."""
    known = evidence.__dict__.get("_digest")
    if known is None:
        others = evidence.other_texts
        texts = others if isinstance(others, Texts) else Texts(others)
        rest = (
            evidence.company,
            evidence.people,
            evidence.points,
            evidence.notes,
            evidence.seller_company,
            evidence.products,
            evidence.other_plans,
            evidence.told,
        )
        known = sha256(texts.digest + repr(rest).encode()).digest()
        evidence.__dict__["_digest"] = known
    return known


class Texts(tuple[str, ...]):
    """Thousands of texts, the same for every look at a plan: they are read through once."""

    @cached_property
    def digest(self) -> bytes:
        whole = sha256()
        for text in self:
            letters = text.encode()
            whole.update(b"%d:%b" % (len(letters), letters))
        return whole.digest()
