"""The Training Effect: messages without permission or value teach a reader to ignore their sender. Pure.

Cumulative, per person, hard to undo: an answer from them clears it, a kept promise takes one off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LAST = 5  # messages looked at
WARNS_AT, STRONG_AT = 2, 3


class Level(StrEnum):
    NONE = "none"
    WARNING = "warning"
    STRONG = "strong"


@dataclass(frozen=True)
class Sent:
    """A message: when, and whether it lacked permission or value."""

    at: datetime
    counts: bool


@dataclass(frozen=True)
class Effect:
    """`count` of the last `of` messages since the last answer still weigh."""

    count: int = 0
    of: int = 0

    @property
    def level(self) -> Level:
        if self.count >= STRONG_AT:
            return Level.STRONG
        return Level.WARNING if self.count >= WARNS_AT else Level.NONE


def counts(*, is_permitted: bool, has_value: bool | None) -> bool:
    """Tell a message that teaches to ignore; `has_value` is None where keeping a promise was its value."""
    return not is_permitted or has_value is False


def effect(sent: Sequence[Sent], answered_at: datetime | None, kept_at: Iterable[datetime]) -> Effect:
    """Add up the last five messages since they answered; each promise kept in between takes one off."""
    since = [one for one in sorted(sent, key=lambda one: one.at) if not answered_at or one.at > answered_at]
    last = since[-LAST:]
    if not last:
        return Effect()
    changes = [(one.at, 1) for one in last if one.counts]
    changes += [(at, -1) for at in kept_at if at > last[0].at]
    count = 0
    for _, change in sorted(changes):
        count = max(0, count + change)
    return Effect(count, len(last))
