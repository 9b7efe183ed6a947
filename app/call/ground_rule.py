"""What makes something an action of the plan, and not just activity. Pure.

Source: the Ground Rule of The New Strategic Selling: every action uses a Strength, removes or reduces a Red
Flag, or both; and it says who, where, when, and which information it is meant to secure or confirm.
"""

from enum import StrEnum
from typing import Protocol


class Action(Protocol):
    """What these rules need of an action. `uses` and `removes` are keys of strengths and red flags."""

    @property
    def uses(self) -> frozenset[str]: ...

    @property
    def removes(self) -> frozenset[str]: ...

    @property
    def secures(self) -> str: ...

    @property
    def who(self) -> str: ...


class Refusal(StrEnum):
    """Why something is no action, as it is said."""

    NO_TRACE = "It uses no strength and removes no red flag: that is activity, not strategy."
    SECURES_NOTHING = "It secures no information. What will you know afterwards that you do not know now?"
    NOBODY = "It does not say who does it, or with whom."


def breaks_ground_rule(action: Action) -> bool:
    return not action.uses and not action.removes


def refusals(action: Action) -> list[Refusal]:
    """Everything that keeps it from being an action; none when it is one."""
    found = [Refusal.NO_TRACE] if breaks_ground_rule(action) else []
    found += [] if action.secures.strip() else [Refusal.SECURES_NOTHING]
    return found + ([] if action.who.strip() else [Refusal.NOBODY])


def does_both(action: Action) -> bool:
    """Best of all: it uses a strength to remove a red flag."""
    return bool(action.uses and action.removes)
