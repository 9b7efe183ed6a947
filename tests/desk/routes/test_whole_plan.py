"""What the seller does with the plan as a whole, on the desk's page."""

from fastapi import FastAPI

from app.account.tables import Role
from app.database import Database
from tests.cast import Buyer, SellerAtWork, a_colleague, in_days
from tests.markup import text_of
from tests.safety.visitors import a_browser, signed_in


def presses(maria: SellerAtWork, act: str, **fields: str):
    form = maria.form(maria.plan, f"{maria.plan}/{act}")
    return maria.client.post(form.action, data=form.fields | fields)


def test_a_closed_plan_can_be_read_by_both_and_changed_by_neither(maria: SellerAtWork, jonas: Buyer):
    presses(maria, "closing", note="We start over in May")

    desk, page = maria.page(maria.plan), jonas.page()
    assert "Maria Keller closed this plan" in text_of(desk)
    assert "Maria Keller closed this plan" in text_of(page)
    assert "/steps/1/" not in desk.replace("#step-1", "")
    assert "<form" not in page


def test_a_closed_plan_takes_no_new_step(maria: SellerAtWork, jonas: Buyer):
    maria.client.post(f"{maria.plan}/drafts", data={"title": "One more", "due_on": str(in_days(3))})
    presses(maria, "closing")

    answer = maria.client.post(f"{maria.plan}/sharing", data={})

    assert answer.status_code == 409


def test_whoever_closed_it_opens_it_again(maria: SellerAtWork, jonas: Buyer):
    jonas.acts(1, "yes")
    presses(maria, "closing")

    presses(maria, "reopening")

    assert "Both said yes" in text_of(jonas.page())


def test_quiet_by_the_seller_is_read_by_the_buyer_who_may_end_it(maria: SellerAtWork, jonas: Buyer):
    presses(maria, "pause", until=str(in_days(20)))

    assert "Maria Keller asked for it." in text_of(jonas.page())
    assert f'action="{jonas.path}/pause"' in jonas.page()


def test_another_seller_takes_over_deal_plan_and_promises(
    maria: SellerAtWork, jonas: Buyer, app: FastAPI, database: Database
):
    jonas.acts(2, "yes")
    tom = a_colleague(database, "Tom Reyes")

    answer = presses(maria, "seller", seller=f"us-{tom.id}")

    theirs = SellerAtWork(a_browser(app), tom)
    assert answer.status_code == 303
    assert "data-residency answer" in text_of(theirs.page("/"))
    assert "data-residency answer" not in text_of(maria.page("/"))
    assert theirs.client.get(maria.plan).status_code == 200
    assert "Tom Reyes has taken over from Maria Keller." in text_of(jonas.page())


def test_a_seller_without_the_deal_sees_it_no_more(maria: SellerAtWork, app: FastAPI, database: Database):
    sam = SellerAtWork(a_browser(app), a_colleague(database, "Sam Reed"))
    sam.writes_down(company="Havel Logistics", person="Tom Ude")

    answer = presses(sam, "seller", seller="Maria Keller")

    assert answer.headers["location"] == "/deals"
    assert sam.client.get(sam.plan).status_code == 404


def test_a_viewer_cannot_be_in_charge(maria: SellerAtWork, jonas: Buyer, database: Database):
    a_colleague(database, "Vera Vogt", Role.VIEWER)

    answer = maria.client.post(f"{maria.plan}/seller", data={"seller": "Vera Vogt"})

    assert answer.status_code == 422


def test_a_viewer_sees_no_form_about_the_plan(
    maria: SellerAtWork, jonas: Buyer, app: FastAPI, database: Database
):
    vera = signed_in(app, a_colleague(database, "Vera Vogt", Role.VIEWER))

    assert f'action="{maria.plan}' not in vera.get(maria.plan).text


def test_both_records_stand_on_the_desk(maria: SellerAtWork, jonas: Buyer):
    jonas.acts(1, "yes")
    jonas.acts(1, "done")

    page = text_of(maria.page(maria.plan))

    assert "Both records" in page
    assert "Nordwind : 1 kept, 0 moved in time, 0 late" in page or "Nordwind: 1 kept" in page
