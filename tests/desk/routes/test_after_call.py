"""After a call: a minute, one screen, and a plan to look at."""

import pytest

from tests.cast import INVOICES, NINE_DAYS, SellerAtWork, in_days
from tests.marks import EACH_DATABASE
from tests.markup import forms_in, text_of


@EACH_DATABASE
def test_a_call_with_somebody_new_becomes_a_deal_a_point_and_drafts(maria: SellerAtWork):
    answer = maria.writes_down()

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{maria.plan}/preview?participant=")
    assert NINE_DAYS in text_of(maria.page(maria.deal))
    assert INVOICES in text_of(maria.page(maria.plan))


def test_a_new_seller_is_led_to_after_a_call(maria: SellerAtWork):
    page = maria.page("/")

    assert "Nobody expects to hear from you yet." in text_of(page)
    assert 'href="/after-call"' in page


def test_a_known_deal_is_already_chosen(maria: SellerAtWork):
    maria.writes_down()

    page = maria.page("/after-call")

    assert "Nordwind, Jonas Weber" in text_of(page)
    assert 'name="company"' not in page


def test_the_deal_last_worked_on_comes_first(maria: SellerAtWork):
    maria.writes_down()
    maria.writes_down(company="Brightpack", person="Sofia Marin")

    form = next(form for form in forms_in(maria.page("/after-call")) if form.action == "/after-call")

    assert form.fields["deal"] == maria.deal.rpartition("/")[2]


def test_sharing_at_once_gives_the_message_with_their_own_link(maria: SellerAtWork):
    answer = maria.writes_down(share="yes")

    assert answer.status_code == 200
    assert "Jonas, as discussed:" in answer.text
    assert "http://testserver/l/" in answer.text


def test_the_same_press_twice_makes_one_deal(maria: SellerAtWork):
    first = maria.writes_down(key="one press")
    again = maria.writes_down(key="one press")

    assert again.headers["location"] == first.headers["location"]
    assert text_of(maria.page("/deals")).count("Nordwind") == 1


def test_somebody_new_on_a_known_deal_is_added_to_it(maria: SellerAtWork):
    maria.writes_down()

    maria.writes_down(company="", deal=maria.deal.rpartition("/")[2], person="Petra Lang")

    assert "Petra Lang" in text_of(maria.page(maria.deal))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"company": ""}, "Write which company the call was with."),
        ({"person": ""}, "Write who you spoke with at Nordwind."),
        ({"what_1": "", "what_2": "", "said": ""}, "Write down at least one next step"),
        ({"due_on_1": "soon"}, "Pick a day for each step"),
        ({"email": "not an address"}, "This does not look like an e-mail address."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(maria: SellerAtWork, fields: dict[str, str], said: str):
    answer = maria.writes_down(**fields)

    assert answer.status_code == 422
    assert said in text_of(answer.text)
    kept = forms_in(answer.text)[-1].fields
    assert kept.get("what_2", "") == (fields.get("what_2", kept.get("what_2", "")))
    assert "No deal yet" in text_of(maria.page("/deals"))


def test_a_row_without_a_day_is_kept_as_a_draft_without_one(maria: SellerAtWork):
    maria.writes_down(due_on_1="pick", other_day_1=str(in_days(9)), due_on_2="")

    assert "no day yet" in text_of(maria.page(maria.plan))
