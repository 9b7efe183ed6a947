"""Which tests a message has to pass: it depends on what it starts from. Pure."""

from enum import StrEnum

from app.follow_up.permission import Occasion


class Check(StrEnum):
    PERMISSION = "permission"
    SPECIFICITY = "specificity"
    VALUE = "value"


def checks_for(occasion: Occasion, *, is_reminder: bool = False) -> frozenset[Check]:
    """A kept promise is value in itself, and so is a talk both agreed; asking about theirs brings something
    or says plainly that it is a reminder; whatever continues no commitment passes all three.
    """
    both = frozenset({Check.PERMISSION, Check.SPECIFICITY})
    if occasion in (Occasion.OURS, Occasion.TALK) or (occasion is Occasion.THEIRS and is_reminder):
        return both
    return both | {Check.VALUE}
