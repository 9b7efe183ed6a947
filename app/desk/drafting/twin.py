"""Is this step on the plan already, in nearly the same words? Pure."""

import re
from collections.abc import Iterable

from app.specificity.stems import fold, stem

NEARLY = 0.75  # shared stems of all stems; "send the 40 invoices" and "send 40 invoices" are the same step
_WORD = re.compile(r"\w{3,}|\d+")


def twin_of(title: str, others: Iterable[str]) -> str | None:
    """The first of `others` that says nearly the same."""
    stems = _stems(title)
    return next((other for other in others if _likeness(stems, _stems(other)) >= NEARLY), None)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def _stems(title: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in _WORD.findall(title))
