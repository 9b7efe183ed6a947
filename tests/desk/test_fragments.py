"""With htmx an act answers what changed; without, it leads back to the page. Both say the same."""

import pytest

from tests.cast import SellerAtWork, in_days
from tests.markup import text_of

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("done", {}),
        ("drop", {}),
        ("comments", {"words": "Frankfurt only?"}),
        ("terms", {"due_on": str(in_days(12)), "note": "The auditors moved"}),
    ],
)
def test_an_act_on_a_step_answers_the_desk(
    maria: SellerAtWork, after_call: None, act: str, fields: dict[str, str]
):
    maria.shares_with("Jonas Weber")
    form = maria.form(maria.plan, f"/steps/1/{act}")

    answer = maria.client.post(form.action, data=form.fields | fields, headers=HTMX)

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert text_of(answer.text) in text_of(maria.page(maria.plan))


def test_a_draft_answers_the_desk(maria: SellerAtWork, after_call: None):
    form = maria.form(maria.plan, "/drafts")

    answer = maria.client.post(form.action, data=form.fields | {"title": "Walk the SAP export"}, headers=HTMX)

    assert "<html" not in answer.text
    assert "Walk the SAP export" in text_of(answer.text)


def test_a_point_answers_the_deal(maria: SellerAtWork, after_call: None):
    form = maria.form(maria.deal, "/points")

    answer = maria.client.post(form.action, data=form.fields | {"words": "Audit is in March"}, headers=HTMX)

    assert "<html" not in answer.text
    assert "“Audit is in March”" in text_of(answer.text)
