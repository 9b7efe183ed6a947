"""Sharing: what was a draft is on the plan, said yes to by the seller, and a person has a link."""

from starlette.testclient import TestClient

from tests.cast import RESIDENCY, Buyer, SellerAtWork, in_days
from tests.markup import text_of


def test_shared_drafts_wait_for_the_buyer(maria: SellerAtWork, after_call: None):
    answer = maria.client.post(f"{maria.plan}/sharing")

    assert answer.status_code == 303
    page = text_of(maria.page(maria.plan))
    assert page.count("Waiting for Jonas Weber") == 2
    assert "Draft: only your team sees it" not in page


def test_a_draft_without_a_day_is_named_and_nothing_is_shared(maria: SellerAtWork):
    maria.writes_down(due_on_2="")

    answer = maria.client.post(f"{maria.plan}/sharing")

    assert answer.status_code == 422
    assert f"“{RESIDENCY}” still needs by when. Nothing was shared yet." in text_of(answer.text)
    assert "Waiting for" not in text_of(maria.page(maria.plan))


def test_sharing_twice_with_one_press_shares_once(maria: SellerAtWork, after_call: None):
    for _ in range(2):
        maria.client.post(f"{maria.plan}/sharing", data={"key": "one press"})

    page = maria.page(maria.plan)
    assert page.count('id="step-1"') == page.count('id="step-2"') == 1
    assert 'id="step-3"' not in page


def test_a_second_link_leaves_the_first_working(jonas: Buyer, maria: SellerAtWork):
    maria.makes_link_for("Jonas Weber")

    assert jonas.client.get(jonas.path).status_code == 200


def test_the_preview_shows_what_sharing_will_show(maria: SellerAtWork, app):
    maria.writes_down(due_on_1=str(in_days(8)))
    preview = text_of(maria.page(f"{maria.plan}/preview?participant=Jonas Weber"))

    address = maria.shares_with("Jonas Weber")

    with TestClient(app, follow_redirects=False) as client:
        shared = text_of(Buyer(client, address).page())
    assert preview.partition("Skip to the plan")[2].partition("Jointly")[2] in shared


def test_the_preview_is_nobodys_visit(jonas: Buyer, maria: SellerAtWork):
    maria.page(f"{maria.plan}/preview?participant=Jonas Weber")

    assert "first opened" not in text_of(maria.page(maria.plan))


def test_the_previews_forms_are_disabled(maria: SellerAtWork, after_call: None):
    assert "<fieldset disabled" in maria.page(f"{maria.plan}/preview")


def test_a_plan_without_people_asks_for_somebody(maria: SellerAtWork):
    deal = maria.client.post("/deals", data={"company": "Oakline"}).headers["location"]
    maria.deal = deal
    plan = text_of(maria.page(deal)) and maria.page(deal).split('href="/plans/')[1].split('"')[0]

    answer = maria.client.get(f"/plans/{plan}/preview")

    assert answer.status_code == 422
    assert "Add somebody at Oakline first" in text_of(answer.text)


def test_the_seller_sees_until_when_an_answer_can_be_taken_back(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "yes")

    assert "can be taken back until" in text_of(maria.page(maria.plan))
