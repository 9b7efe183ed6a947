"""Promise 1: whatever is done on the private side, a buyer's page stays the same to the last byte."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Buyer, SellerAtWork, in_days
from tests.markup import forms_in

WORDS = st.text(min_size=1, max_size=40)
DAYS = st.integers(-30, 300).map(in_days).map(str)


def _describe_the_deal(maria: SellerAtWork, words: str, day: str) -> object:
    data = {"company": f"Nordwind {words}", "objective": words, "amount": "84000", "close_on": day}
    return maria.client.post(maria.deal, data=data | {"currency": "EUR"})


def _add_somebody(maria: SellerAtWork, words: str, day: str) -> object:
    return maria.client.post(f"{maria.deal}/people", data={"name": f"P {words}", "title": words})


def _note_what_they_said(maria: SellerAtWork, words: str, day: str) -> object:
    return maria.client.post(f"{maria.deal}/points", data={"words": f"said {words}", "said_on": day})


def _write_a_draft(maria: SellerAtWork, words: str, day: str) -> object:
    data = {"title": f"Draft {words}", "reason": words, "due_on": day, "counterpart": "Jonas Weber"}
    return maria.client.post(f"{maria.plan}/drafts", data=data)


def _change_the_drafts(maria: SellerAtWork, words: str, day: str) -> object:
    for form in maria_forms(maria, "/drafts/"):
        maria.client.post(form, data={"title": f"Changed {words}", "keep_because": "other", "due_on": day})
    return None


def _remove_the_drafts(maria: SellerAtWork, words: str, day: str) -> object:
    for form in maria_forms(maria, "/removal"):
        maria.client.post(form)
    return None


def _check_as_typed(maria: SellerAtWork, words: str, day: str) -> object:
    data = {"plan": maria.plan.rpartition("/")[2], "title": words, "reason": words, "due_on": day}
    return maria.client.post("/specificity", data=data)


def _look_around(maria: SellerAtWork, words: str, day: str) -> object:
    for path in (f"{maria.plan}/preview", maria.plan, "/", "/deals", maria.deal, "/after-call"):
        maria.client.get(path)
    return None


def _describe_what_we_sell(maria: SellerAtWork, words: str, day: str) -> object:
    data = {"company": "Ledgerline", "products": words, "time_zone": "Pacific/Apia", "language": "de"}
    return maria.client.post("/workspace", data=data)


def _write_down_another_call(maria: SellerAtWork, words: str, day: str) -> object:
    deal = maria.deal.rpartition("/")[2]
    data = {"deal": deal, "said": f"said {words}", "what_1": f"Do {words}", "due_on_1": day, "who_1": "us"}
    return maria.client.post("/after-call", data=data)


PRIVATE_WORK = [
    _describe_the_deal,
    _add_somebody,
    _note_what_they_said,
    _write_a_draft,
    _change_the_drafts,
    _remove_the_drafts,
    _check_as_typed,
    _look_around,
    _describe_what_we_sell,
    _write_down_another_call,
]


def maria_forms(maria: SellerAtWork, part: str) -> list[str]:
    actions = [form.action for form in forms_in(maria.page(maria.plan))]
    return [action for action in dict.fromkeys(actions) if part in action][:3]


def seen_by(buyer: Buyer) -> tuple[bytes, dict[str, str], bytes]:
    page = buyer.client.get(buyer.path)
    assert page.status_code == 200
    return page.content, dict(page.headers), buyer.client.get(f"{buyer.path}/plan.ics").content


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PRIVATE_WORK), WORDS, DAYS), min_size=1, max_size=6))
def test_nothing_done_in_private_changes_what_a_buyer_gets(
    jonas: Buyer, maria: SellerAtWork, done: list[tuple[Callable, str, str]]
):
    before = seen_by(jonas)

    for work, words, day in done:
        work(maria, words, day)

    assert seen_by(jonas) == before


def test_each_kind_of_private_work_takes_effect(jonas: Buyer, maria: SellerAtWork):
    answers = [work(maria, "march audit", str(in_days(3))) for work in PRIVATE_WORK]

    assert {answer.status_code for answer in answers if answer is not None} <= {200, 303}  # ty: ignore


def test_what_is_shared_does_change_the_page(jonas: Buyer, maria: SellerAtWork):
    before = seen_by(jonas)

    maria.acts(1, "comments", words="The list of March is enough.")

    assert seen_by(jonas)[0] != before[0]
    assert seen_by(jonas)[1]["etag"] != before[1]["etag"]
