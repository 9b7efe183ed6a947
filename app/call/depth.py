"""How deep to prepare: full, quick or elevator, from the stakes and the minutes left. Pure.

Source: The New Strategic Selling's three forms (60 minutes, 10 minutes, 52 seconds) and its test of the
stakes: could you afford to lose this deal?
"""

from dataclasses import dataclass
from enum import StrEnum


class Depth(StrEnum):
    FULL = "full"
    QUICK = "quick"
    ELEVATOR = "elevator"


MINUTES = {Depth.FULL: 60, Depth.QUICK: 10, Depth.ELEVATOR: 1}
DEEPEST_FIRST = (Depth.FULL, Depth.QUICK, Depth.ELEVATOR)
MANY_FLAGS = 4


@dataclass(frozen=True)
class Stakes:
    """`is_large`: the amount reaches the workspace's threshold. `could_lose` is the seller's own answer."""

    is_large: bool = False
    could_lose: bool | None = None
    open_flags: int = 0
    has_rival: bool = False


@dataclass(frozen=True)
class Advice:
    """`deserved` is what the stakes ask for, `depth` what fits in the minutes left."""

    depth: Depth
    deserved: Depth
    why: str

    @property
    def is_short(self) -> bool:
        """Shorter than the stakes ask for, because time is short."""
        return self.depth is not self.deserved


def advice(stakes: Stakes, minutes_left: int | None) -> Advice:
    """With less time left than the depth takes, the shorter form comes at once: seconds beat none."""
    deserved, why = _deserved(stakes)
    fits = [
        depth for depth in DEEPEST_FIRST if minutes_left is None or MINUTES[depth] <= max(minutes_left, 1)
    ]
    depth = max((deserved, fits[0]), key=DEEPEST_FIRST.index)
    if depth is not deserved:
        why = f"{why} But {_minutes(minutes_left or 0)} left: the {depth} form, short for these stakes."
    return Advice(depth, deserved, why)


def _deserved(stakes: Stakes) -> tuple[Depth, str]:
    if stakes.could_lose is False:
        return Depth.FULL, "You could not afford to lose this one."
    if stakes.is_large and stakes.could_lose is None:
        return Depth.FULL, "The amount is large, and nobody said that you could afford to lose it."
    if stakes.open_flags >= MANY_FLAGS and stakes.has_rival:
        return Depth.FULL, f"{stakes.open_flags} red flags are open, and a rival is in it."
    lose = "You could afford to lose it" if stakes.could_lose else "Unless you could not afford to lose it"
    if stakes.open_flags:
        return Depth.QUICK, f"{lose}, ten minutes on the open red flags are right."
    return Depth.QUICK, f"{lose}, four questions are enough: little is uncertain."


def needs_reason(chosen: Depth, advised: Advice) -> bool:
    """A shorter form than the stakes allow, with the time for more, is chosen with a reason."""
    return DEEPEST_FIRST.index(chosen) > DEEPEST_FIRST.index(advised.depth)


def is_short(chosen: Depth, advised: Advice) -> bool:
    """Stamped "short for these stakes": afterwards what was assumed is confirmed, or the decision moved."""
    return DEEPEST_FIRST.index(chosen) > DEEPEST_FIRST.index(advised.deserved)


def _minutes(count: int) -> str:
    return "no time" if count < 1 else "1 minute" if count == 1 else f"{count} minutes"
