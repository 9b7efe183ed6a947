"""From panic to euphoria, in words: how it feels now, and how it would once the actions are done. Pure.

Source: the Euphoria-Panic Continuum of The New Strategic Selling.
"""

from enum import IntEnum


class Gut(IntEnum):
    PANIC = 1
    WORRY = 2
    DOUBT = 3
    OK = 4
    COMFORT = 5
    EUPHORIA = 6


WORDS = {
    Gut.PANIC: "panic",
    Gut.WORRY: "worry",
    Gut.DOUBT: "doubt",
    Gut.OK: "OK",
    Gut.COMFORT: "comfort",
    Gut.EUPHORIA: "euphoria",
}


def reading(before: Gut, after: Gut) -> str:
    """What the two answers say of the plan."""
    if after >= Gut.EUPHORIA or (before >= Gut.COMFORT and after >= Gut.COMFORT):
        return "All easy? What have you not checked?"
    if after <= before:
        return "No easier: the plan probably addresses the wrong things."
    return "Easier: the plan probably addresses the right things."
