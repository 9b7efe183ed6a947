"""The words of a buying decision: who influences it, in which role, and how they see the change. Pure.

Source of the terms and of every rule about them: Miller, Heiman, Tuleja, The New Strategic Selling (1998).
"""

from enum import StrEnum


class BuyingRole(StrEnum):
    ECONOMIC = "economic"
    USER = "user"
    TECHNICAL = "technical"
    COACH = "coach"


class Mode(StrEnum):
    """How somebody sees the change. Only the first two are ready to act."""

    GROWTH = "growth"
    TROUBLE = "trouble"
    EVEN_KEEL = "even keel"
    OVERCONFIDENT = "overconfident"

    @property
    def is_ready(self) -> bool:
        return self in (Mode.GROWTH, Mode.TROUBLE)


class Area(StrEnum):
    """The five areas that a full review looks at."""

    OBJECTIVE = "objective"
    COVERAGE = "coverage"
    MODES = "modes"
    WINS = "wins"
    COMPETITION = "competition"


class AlternativeKind(StrEnum):
    """Everything else the buyer could do: competition is more than rivals."""

    RIVAL = "a rival"
    IN_HOUSE = "doing it in-house"
    OTHER_BUDGET = "another use of the budget"
    NOTHING = "doing nothing"


GLOSS: dict[StrEnum, str] = {
    BuyingRole.ECONOMIC: "releases the money",
    BuyingRole.USER: "lives with the result",
    BuyingRole.TECHNICAL: "screens out",
    BuyingRole.COACH: "guides you",
    Mode.GROWTH: "wants more",
    Mode.TROUBLE: "wants a problem gone",
    Mode.EVEN_KEEL: "sees no reason to change",
    Mode.OVERCONFIDENT: "believes all is better than it is",
    Area.OBJECTIVE: "what exactly, how much, by when, and is it still true?",
    Area.COVERAGE: "does the right person play each of the four roles?",
    Area.MODES: "who sees growth or trouble, who sees no reason to change?",
    Area.WINS: "which result, and which personal win, does each of them get?",
    Area.COMPETITION: "what else could they do, and what closes their gap better?",
}
