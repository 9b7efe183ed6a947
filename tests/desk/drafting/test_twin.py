"""The same step twice is noticed; another step is not."""

import pytest

from app.desk.drafting.twin import twin_of

INVOICES = "Send last quarter's 40 stuck invoices with the approver named on each"


@pytest.mark.parametrize(
    "title",
    [
        INVOICES,
        INVOICES.upper(),
        "Send the 40 stuck invoices of last quarter, with the approver named on each",
        "Sending last quarter's 40 stuck invoices with the approvers named on each",
    ],
)
def test_nearly_the_same_words_are_the_same_step(title: str):
    assert twin_of(title, ["Sign the contract", INVOICES]) == INVOICES


@pytest.mark.parametrize(
    "title",
    [
        "Send last quarter's 12 late invoices with the reason on each",
        "Send the data-residency answer",
        "",
        "…",
    ],
)
def test_other_words_are_another_step(title: str):
    assert twin_of(title, ["Sign the contract", INVOICES, "", "!"]) is None
