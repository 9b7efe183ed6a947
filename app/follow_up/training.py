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
    """A message: when, whether something entitled to it, and whether it held something for the reader.

    `has_value` is None where keeping a promise was its value.
    """

    at: datetime
    is_permitted: bool = True
    has_value: bool | None = None

    @property
    def counts(self) -> bool:
        """Does it teach to ignore?"""
        return not self.is_permitted or self.has_value is False


@dataclass(frozen=True)
class Effect:
    """`count` of the last `of` messages since the last answer still weigh; `is_hollow`: none of them held
    anything, so that it can be said without a word on reasons."""

    count: int = 0
    of: int = 0
    is_hollow: bool = True

    @property
    def level(self) -> Level:
        if self.count >= STRONG_AT:
            return Level.STRONG
        return Level.WARNING if self.count >= WARNS_AT else Level.NONE


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
    return Effect(count, len(last), all(one.has_value is False for one in last if one.counts))
