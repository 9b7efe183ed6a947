"""An action must be readable as one: somebody who does it or is met, or at least something to do."""

from app.specificity.blanks import Blank
from app.specificity.field import Field, roles
from app.specificity.usable import DOING, SOMEBODY


def is_executable(field: Field) -> bool:
    """Tell an action from a heading: "340 slates short in Haworth" says nothing to do."""
    words = {
        token.word for token, mark in zip(field.tokens, field.blanks, strict=True) if mark is not Blank.DATE
    }
    return Blank.NAME in field.blanks or bool(roles(field)) or not words.isdisjoint(SOMEBODY | DOING)
