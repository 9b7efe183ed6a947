"""What a review asks: five areas, four questions, or one. Pure.

They surface flags and strengths; they are no form to fill. Source: The New Strategic Selling's five areas;
the four questions of the quick form are this project's own choice.
"""

from dataclasses import dataclass

from app.call.depth import Depth
from app.deal.position.influence import GLOSS, Area


@dataclass(frozen=True)
class Question:
    """One question; its flags are those of these areas."""

    key: str
    words: str
    areas: tuple[Area, ...]


FULL = tuple(Question(str(area), f"{area.capitalize()}: {GLOSS[area]}", (area,)) for area in Area)
QUICK = (
    Question("true", "Is the objective still true, and by when?", (Area.OBJECTIVE,)),
    Question("who", "Who plays each role, and who is missing?", (Area.COVERAGE,)),
    Question("sees", "Who sees growth or trouble, and what does each of them win?", (Area.MODES, Area.WINS)),
    Question("else", "What else could they do, and what changed since the last call?", (Area.COMPETITION,)),
)
ELEVATOR = (
    Question(
        "one",
        "Who are my buying influences for this objective, and which of them is in this meeting?",
        (Area.COVERAGE,),
    ),
)
BY_DEPTH = {Depth.FULL: FULL, Depth.QUICK: QUICK, Depth.ELEVATOR: ELEVATOR}
