"""What a review asks: five areas, four questions, or one. Pure.

They surface flags and strengths; they are no form to fill. Source: The New Strategic Selling's five areas;
the four questions of the quick form are this project's own choice.
"""

from dataclasses import dataclass

from app.call.depth import Depth
from app.deal.position.influence import GLOSS, Area


@dataclass(frozen=True)
class ReviewQuestion:
    """One question; its flags are those of these areas."""

    key: str
    words: str
    areas: tuple[Area, ...]


FULL = tuple(ReviewQuestion(str(area), f"{area.capitalize()}: {GLOSS[area]}", (area,)) for area in Area)
QUICK = (
    ReviewQuestion("true", "Is the objective still true, and by when?", (Area.OBJECTIVE,)),
    ReviewQuestion("who", "Who plays each role, and who is missing?", (Area.COVERAGE,)),
    ReviewQuestion(
        "sees", "Who sees growth or trouble, and what does each of them win?", (Area.MODES, Area.WINS)
    ),
    ReviewQuestion(
        "else", "What else could they do, and what changed since the last call?", (Area.COMPETITION,)
    ),
)
ELEVATOR = (
    ReviewQuestion(
        "one",
        "Who are my buying influences for this objective, and which of them is in this meeting?",
        (Area.COVERAGE,),
    ),
)
BY_DEPTH = {Depth.FULL: FULL, Depth.QUICK: QUICK, Depth.ELEVATOR: ELEVATOR}
