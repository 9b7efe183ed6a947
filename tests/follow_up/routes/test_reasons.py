"""Why may I write to this person on that day?"""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.database import Database
from tests.cast import INVOICES, RESIDENCY, Buyer, SellerAtWork, a_colleague, in_days
from tests.marks import EACH_DATABASE
from tests.markup import forms_in, text_of


def reasons(maria: SellerAtWork, on: str = "", person: int = 1) -> str:
    return text_of(maria.page(f"{maria.deal}/people/{person}/reasons" + (f"?on={on}" if on else "")))


def because(page: str) -> str:
    """What entitles on the day asked about, without what opens later."""
    return page.partition("Because")[2].partition("Your last messages")[0].partition("Later")[0]


@EACH_DATABASE
def test_a_commitment_is_the_reason(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")

    page = reasons(maria)

    assert "Why may I write to Jonas Weber today?" in page
    assert RESIDENCY in because(page)
    assert "You owe Jonas this by" in because(page)


def test_without_one_there_is_no_reason_they_would_recognise(jonas: Buyer, maria: SellerAtWork):
    page = reasons(maria)

    assert "There is no reason to write that Nordwind would recognise." in page
    assert "A step waits for an answer since" in page
    assert "Offer a next step" in page


def test_who_is_on_no_plan_is_offered_a_step(maria: SellerAtWork, after_call: None):
    page = reasons(maria)

    assert "There is no reason to write that Nordwind would recognise." in page
    assert "Days since the last contact entitle to nothing." in page


def test_another_day_has_other_reasons(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "yes")

    today, later = reasons(maria), reasons(maria, str(in_days(5) + timedelta(days=3)))

    assert "There is no reason to write" in today
    assert INVOICES in today.partition("Later")[2]
    assert INVOICES in because(later)
    assert "said yes on" in because(later)


def test_a_day_they_named_is_a_reason_from_then_on(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "obstacle", reason="other priority", ask_again_on=str(in_days(20)))

    assert "There is no reason" in reasons(maria, str(in_days(19)))
    assert "Jonas named" in because(reasons(maria, str(in_days(20))))


def test_an_agreed_quiet_holds_it_back(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    form = next(form for form in forms_in(maria.page(maria.plan)) if form.action.endswith("/pause"))
    maria.client.post(form.action, data=form.fields | {"until": str(in_days(30))})

    page = reasons(maria)

    assert "Both of you agreed to be quiet until" in page or "quiet until then, by agreement" in page
    assert RESIDENCY in because(reasons(maria, str(in_days(30))))


def test_a_plan_that_they_ended_gives_no_reason(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    form = next(form for form in forms_in(jonas.page()) if form.action.endswith("/ending"))
    jonas.client.post(form.action, data=form.fields)

    page = reasons(maria)

    assert "Nordwind is not going ahead: there is no reason to write." in page
    assert "Offer a next step" not in page


def test_the_last_messages_stand_with_how_they_did(jonas: Buyer, maria: SellerAtWork):
    maria.client.post(f"{maria.plan}/touches", data={"point": "1", "text": "Just checking in, Jonas."})

    page = reasons(maria)

    assert "Just checking in, Jonas." in page
    assert "without a reason · could be sent to anyone · held nothing to use" in page


@pytest.mark.parametrize("on", ["2026-02-30", "soon", "1899-01-01"])
def test_a_day_that_is_none_gets_a_clear_answer(jonas: Buyer, maria: SellerAtWork, on: str):
    assert maria.client.get(f"{maria.deal}/people/1/reasons?on={on}").status_code == 422


def test_somebody_elses_people_look_missing(
    jonas: Buyer, maria: SellerAtWork, client: TestClient, database: Database
):
    tom = SellerAtWork(client, a_colleague(database, "Tom Reyes"))
    tom.writes_down(company="Velotrade", person="Lena Aumann")

    answers = [
        tom.client.get(f"{maria.deal}/people/1/reasons"),
        tom.client.get(f"{tom.deal}/people/1/reasons"),
        tom.client.get(f"{tom.deal}/people/999/reasons"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_what_somebody_else_said_starts_no_message_to_this_reader(jonas: Buyer, maria: SellerAtWork):
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang"})
    said = {"words": "The yard in Husum has no gate", "said_by": "Petra Lang"}
    assert maria.client.post(f"{maria.deal}/points", data=said).status_code == 303

    to_jonas, to_petra = reasons(maria), reasons(maria, person=2)

    assert "The yard in Husum" not in to_jonas
    assert "The yard in Husum" in to_petra
