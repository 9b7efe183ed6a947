"""Which tests a message has to pass."""

import pytest

from app.follow_up.checks import Check, checks_for
from app.follow_up.permission import Occasion

ALL = frozenset(Check)


@pytest.mark.parametrize(
    ("occasion", "is_reminder", "checks"),
    [
        (Occasion.OURS, False, ALL - {Check.VALUE}),
        (Occasion.TALK, False, ALL - {Check.VALUE}),
        (Occasion.THEIRS, False, ALL),
        (Occasion.THEIRS, True, ALL - {Check.VALUE}),
        (Occasion.NAMED_DAY, False, ALL),
        (Occasion.NAMED_DAY, True, ALL),
        (Occasion.ANSWER, True, ALL),
        (Occasion.POINT, True, ALL),
    ],
)
def test_what_it_starts_from_decides(occasion: Occasion, is_reminder: bool, checks: frozenset[Check]):
    assert checks_for(occasion, is_reminder=is_reminder) == checks


@pytest.mark.parametrize("occasion", Occasion)
def test_no_message_goes_without_permission_and_specificity(occasion: Occasion):
    assert checks_for(occasion, is_reminder=True) >= {Check.PERMISSION, Check.SPECIFICITY}
