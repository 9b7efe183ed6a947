"""What makes a tie doubtful: a claim of what is so by now, or another number in the place of theirs.

Neither fails a text for sure: whoever wrote it knows, and is asked.
"""

from collections.abc import Sequence

from app.specificity.anchors import Span, Tie
from app.specificity.field import Field
from app.specificity.lexicon import listed
from app.specificity.quantities import Quantity
from app.specificity.stems import fold
from app.specificity.tokens import Token

# "Now that they have archived", "da die Umstellung ja fertig ist": it may be so by now, or never have been.
BY_NOW = [tuple(map(fold, phrase.split("~"))) for phrase in listed("little.txt", "by now")]
NEAR = 6  # words between the two of a phrase


def is_doubtful(field: Field, found: Sequence[Span]) -> bool:
    return any(_says(field.tokens, phrase) for phrase in BY_NOW) or any(
        _beside_theirs(field, quantity, found) for quantity in field.quantities
    )


def _says(tokens: Sequence[Token], phrase: tuple[str, ...]) -> bool:
    """Tell the words of a phrase, the others soon after the first."""
    first, *rest = phrase
    for index, token in enumerate(tokens):
        if token.word == first:
            after = [each.word for each in tokens[index + 1 : index + 1 + NEAR]]
            if all(word in after for word in rest):
                return True
    return False


def _beside_theirs(field: Field, quantity: Quantity, found: Sequence[Span]) -> bool:
    """Tell a number nobody said in a text that is tied by words to a point with other numbers."""
    if quantity.value in field.heard.values or quantity.aim or quantity.chosen or quantity.times:
        return False
    said_here = {n for anchor in found if anchor.tie is Tie.NUMBER for n in anchor.points}
    tied = {n for anchor in found if anchor.tie is not Tie.NUMBER and anchor.weight for n in anchor.points}
    return bool((tied & field.heard.numbered) - said_here)
