"""Keeping the skeleton of a plan and beginning another with it."""

import re
from datetime import timedelta

from fastapi import FastAPI

from app.database import Database
from tests.cast import INVOICES, Buyer, SellerAtWork, a_colleague, a_workspace, in_days
from tests.markup import text_of
from tests.safety.visitors import a_browser, signed_in


def keeps(maria: SellerAtWork, name: str = "Approval, three sites") -> str:
    """Keep the plan as a template; returns what a form calls it."""
    maria.client.post(f"{maria.plan}/template", data={"name": name})
    return re.findall(r"/templates/(\d+)/removal", maria.page("/templates"))[-1]


def begins(maria: SellerAtWork, template: str):
    return maria.client.post(f"{maria.plan}/beginning", data={"template": template})


def test_a_plan_begun_with_a_template_has_drafts_to_be_made_theirs(jonas: Buyer, maria: SellerAtWork):
    template = keeps(maria)
    maria.writes_down(company="Velotrade", person="Lena Roth", what_1="", what_2="")

    begins(maria, template)

    page = text_of(maria.page(maria.plan))
    assert "40 stuck invoices" in page
    assert "Draft: only your team sees it" in page
    assert "Nothing shared yet" in page


def test_the_name_and_the_reasons_stay_behind(maria: SellerAtWork):
    maria.writes_down(what_2="")
    maria.client.post(
        f"{maria.plan}/drafts", data={"title": "Show Nordwind the audit trail", "reason": "Jonas fears March"}
    )
    template = keeps(maria)
    kept = maria.page("/templates")
    maria.writes_down(company="Velotrade", person="Lena Roth", what_1="", what_2="")

    begins(maria, template)

    page = text_of(maria.page(maria.plan))
    assert "Nordwind" not in kept
    assert "Show Velotrade the audit trail" in page
    assert "Jonas fears March" not in page


def test_the_days_count_from_the_new_plans_goal(maria: SellerAtWork):
    maria.writes_down(due_on_1=str(in_days(10)), what_2="")
    maria.client.post(maria.plan, data={"goal_on": str(in_days(24))})
    template = keeps(maria)
    assert "10 working days before the goal" in text_of(maria.page("/templates"))
    maria.writes_down(company="Velotrade", person="Lena Roth", what_1="", what_2="")
    maria.client.post(maria.plan, data={"goal_on": str(in_days(38))})

    begins(maria, template)

    form = next(f for f in re.findall(r'name="due_on" value="([\d-]+)"', maria.page(maria.plan)))
    assert abs((in_days(24) - _day(form)) / timedelta(days=1)) <= 4  # weekends and holidays in between


def _day(iso: str):
    from datetime import date

    return date.fromisoformat(iso)


def test_what_everyone_needs_stays_what_everyone_needs(maria: SellerAtWork, without_steps: None):
    maria.client.post(
        f"{maria.plan}/drafts",
        data={"title": "Sign the contract", "keep_because": "everyone needs this one"},
    )
    template = keeps(maria)
    maria.writes_down(company="Velotrade", person="Lena Roth", what_1="", what_2="")

    begins(maria, template)

    assert "kept: everyone needs this one" in text_of(maria.page(maria.plan))


def test_an_empty_plan_has_no_skeleton(maria: SellerAtWork, without_steps: None):
    answer = maria.client.post(f"{maria.plan}/template", data={"name": "Nothing"})

    assert answer.status_code == 422
    assert "Nothing" in answer.text


def test_the_same_press_keeps_one_template(jonas: Buyer, maria: SellerAtWork):
    for _ in range(2):
        maria.client.post(f"{maria.plan}/template", data={"name": "Approval", "key": "once"})

    assert maria.page("/templates").count("/removal") == 1


def test_a_template_belongs_to_the_workspace(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    template = keeps(maria)
    sam = SellerAtWork(a_browser(app), a_colleague(database, "Sam Reed"))
    sam.writes_down(company="Havel Logistics", person="Tom Ude", what_1="", what_2="")
    stranger = signed_in(app, a_workspace(database, "Brightwater"))

    begins(sam, template)

    assert INVOICES[-20:] in sam.page(sam.plan)
    assert "40 stuck" not in stranger.get("/templates").text
    assert stranger.post(f"/templates/{template}/removal").status_code == 404
    assert sam.client.post(f"/templates/{template}/removal").status_code == 404


def test_a_removed_template_is_offered_no_more(jonas: Buyer, maria: SellerAtWork):
    template = keeps(maria)

    maria.client.post(f"/templates/{template}/removal")

    assert "No template yet." in text_of(maria.page("/templates"))
    assert begins(maria, template).status_code == 422
