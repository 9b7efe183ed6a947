"""Promise 1: whatever is done on the private side, a buyer's page stays the same to the last byte."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Buyer, SellerAtWork, in_days
from tests.markup import forms_in
from tests.safety.visitors import a_copy_of, forget_pages

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
    plan = ("", "/preview", "/settings", "/days", "/on-the-call", "/agreed", "/agreed.csv", "/agreed.xlsx")
    for path in (
        *(maria.plan + page for page in plan),
        "/",
        "/deals",
        maria.deal,
        "/after-call",
        "/templates",
    ):
        maria.client.get(path)
    return None


def _describe_what_we_sell(maria: SellerAtWork, words: str, day: str) -> object:
    data = {"company": "Ledgerline", "products": words, "time_zone": "Pacific/Apia", "language": "de"}
    return maria.client.post("/workspace", data=data)


def _write_down_another_call(maria: SellerAtWork, words: str, day: str) -> object:
    deal = maria.deal.rpartition("/")[2]
    data = {"deal": deal, "said": f"said {words}", "what_1": f"Do {words}", "due_on_1": day, "who_1": "us"}
    return maria.client.post("/after-call", data=data)


def _count_back_from_the_goal(maria: SellerAtWork, words: str, day: str) -> object:
    data = {"title": f"Draft {words}", "placed_days": "7", "counterpart": "Jonas Weber"}
    return maria.client.post(f"{maria.plan}/drafts", data=data)


def _keep_a_template(maria: SellerAtWork, words: str, day: str) -> object:
    return maria.client.post(f"{maria.plan}/template", data={"name": f"T {words}"})


def _begin_with_a_template(maria: SellerAtWork, words: str, day: str) -> object:
    return maria.client.post(f"{maria.plan}/beginning", data={"template": "1"})


def _remove_the_last_template(maria: SellerAtWork, words: str, day: str) -> object:
    removals = [form.action for form in forms_in(maria.page("/templates")) if "/removal" in form.action]
    return maria.client.post(removals[-1]) if len(removals) > 1 else None


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
    _count_back_from_the_goal,
    _keep_a_template,
    _begin_with_a_template,
    _remove_the_last_template,
]


def maria_forms(maria: SellerAtWork, part: str) -> list[str]:
    actions = [form.action for form in forms_in(maria.page(maria.plan))]
    return [action for action in dict.fromkeys(actions) if part in action][:3]


@pytest.fixture
def readers(jonas: Buyer, maria: SellerAtWork, app: FastAPI) -> list[Buyer]:
    """Jonas, who agreed to one step of two, and a colleague with a copy; the plan has a day for its goal."""
    shared = {"title": "Plan", "goal_on": str(in_days(60)), "time_zone": "Europe/Berlin", "language": "en"}
    maria.client.post(maria.plan, data=shared)
    maria.client.post(f"{maria.plan}/template", data={"name": "The first one"})
    jonas.acts(1, "yes")
    return [jonas, a_copy_of(jonas, app)]


FILES = ("agreed", f"agreed?before={in_days(-9)}&after={in_days(0)}", "agreed.csv", "agreed.xlsx", "plan.ics")


def seen_by(readers: list[Buyer], app: FastAPI) -> dict[str, tuple[bytes, dict[str, str]]]:
    """Every byte and header: of pages made anew, since a kept one cannot change, and of kept ones."""
    forget_pages(app)
    seen = {}
    for reader in readers:
        for path in ("", "?again", *(f"/{file}" for file in FILES), "/steps/1.ics"):
            answer = reader.client.get(reader.path + path)
            assert answer.status_code == 200
            seen[reader.path + path] = answer.content, dict(answer.headers)
    return seen


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PRIVATE_WORK), WORDS, DAYS), min_size=1, max_size=6))
def test_nothing_done_in_private_changes_what_a_buyer_gets(
    readers: list[Buyer], maria: SellerAtWork, app: FastAPI, done: list[tuple[Callable[..., Any], str, str]]
):
    before = seen_by(readers, app)

    for work, words, day in done:
        work(maria, words, day)

    assert seen_by(readers, app) == before


def test_each_kind_of_private_work_takes_effect(readers: list[Buyer], maria: SellerAtWork):
    answers: list[Any] = [work(maria, "march audit", str(in_days(3))) for work in PRIVATE_WORK]

    assert {answer.status_code for answer in answers if answer is not None} <= {200, 303}


def test_what_is_shared_does_change_the_page(readers: list[Buyer], maria: SellerAtWork, app: FastAPI):
    page, before = readers[0].path, seen_by(readers, app)

    maria.acts(1, "comments", words="The list of March is enough.")

    after = seen_by(readers, app)
    assert after[page][0] != before[page][0]
    assert after[page][1]["etag"] != before[page][1]["etag"]


def test_what_is_agreed_does_change_the_files(readers: list[Buyer], app: FastAPI):
    jonas, copy = readers
    before = seen_by(readers, app)

    jonas.acts(2, "yes")

    after = seen_by(readers, app)
    changed = {path for path, seen in before.items() if seen != after[path]}
    assert changed == before.keys() - {f"{reader.path}/steps/1.ics" for reader in readers}
    assert before.keys() == after.keys()
    assert copy.path in changed
