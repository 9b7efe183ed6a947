"""Promise 3: what opens links, follows them and submits forms without a person agrees to nothing."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.database import Database
from app.shared_plan.commitment import Side, What
from app.shared_plan.tables import Act
from tests.cast import Buyer, SellerAtWork, in_days
from tests.marks import EACH_DATABASE
from tests.markup import Form, forms_in
from tests.safety.visitors import Things, a_browser, a_copy_of, contents, presses, requests_to

FILES = ("plan.ics", "agreed", "agreed.csv", "agreed.xlsx")


def answers_in(database: Database) -> list[What]:
    """What the buyer's side did, according to the database."""
    with Session(database.reading) as session:
        return [What(what) for what in session.exec(select(Act.what).where(Act.side == Side.BUYER))]


def a_scanner(app: FastAPI, jonas: Buyer) -> TestClient:
    """A browser of its own that opened the link in the mail."""
    scanner = a_browser(app)
    scanner.get(jonas.address.replace("http://testserver", ""))
    return scanner


def crawled(client: TestClient, start: str) -> Iterator[str]:
    """Follow everything linked from `start`, each address by HEAD and by GET."""
    waiting, seen = [start], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        client.head(path)
        html = client.get(path).text
        yield path
        linked = re.findall(r'(?:href|src|action|hx-get|data-seen)="(/[^"#]*)', html)
        waiting += [address.replace("&amp;", "&") for address in linked]


def submitted(client: TestClient, form: Form, depth: int = 2) -> Iterator[int]:
    """Press a form as it stands, and then those on the page that comes back."""
    answer = client.post(form.action, data=form.fields)
    yield answer.status_code
    if depth and answer.status_code >= 400:
        for again in forms_in(answer.text):
            yield from submitted(client, again, depth - 1)


def test_opening_a_link_by_head_and_get_writes_nothing(jonas: Buyer, app: FastAPI, database: Database):
    before = contents(database)

    for method in ("HEAD", "GET"):
        a_browser(app).request(method, jonas.address)

    assert contents(database) == before


def test_crawling_everything_linked_writes_nothing(jonas: Buyer, app: FastAPI, database: Database):
    jonas.acts(2, "yes")
    scanner, before = a_scanner(app, jonas), contents(database)

    visited = list(crawled(scanner, jonas.path))

    assert contents(database) == before
    assert f"{jonas.path}/steps/1/yes" in visited
    assert {f"{jonas.path}/{file}" for file in FILES} <= set(visited)


def test_prefetching_with_preview_headers_writes_nothing(jonas: Buyer, app: FastAPI, database: Database):
    scanner, before = a_scanner(app, jonas), contents(database)

    for purpose in ({"Sec-Purpose": "prefetch"}, {"Purpose": "preview"}, {"User-Agent": "Slackbot 1.0"}):
        scanner.get(jonas.path, headers=purpose)

    assert contents(database) == before


def test_submitting_every_form_untouched_agrees_to_nothing(jonas: Buyer, app: FastAPI, database: Database):
    scanner, before = a_scanner(app, jonas), contents(database)

    for form in forms_in(scanner.get(jonas.path).text):
        assert set(submitted(scanner, form)) == {422}

    assert contents(database) == before


def test_submitting_every_form_by_htmx_agrees_to_nothing(jonas: Buyer, app: FastAPI, database: Database):
    scanner, before = a_scanner(app, jonas), contents(database)

    for form in forms_in(scanner.get(jonas.path).text):
        answer = scanner.post(form.action, data=form.fields, headers={"HX-Request": "true"})
        assert answer.status_code == 422

    assert contents(database) == before


def nothing_said(jonas: Buyer, maria: SellerAtWork) -> None:
    """Two steps ask Jonas."""


def a_goal_is_asked_for(jonas: Buyer, maria: SellerAtWork) -> None:
    presses(jonas, "goal", words="Two days instead of nine")


def the_seller_is_quiet(jonas: Buyer, maria: SellerAtWork) -> None:
    maria.client.post(f"{maria.plan}/pause", data={"until": str(in_days(20))})


def a_step_is_handed_over(jonas: Buyer, maria: SellerAtWork) -> None:
    jonas.acts(1, "handover", name="Petra Lang")


def a_step_is_asked_for(jonas: Buyer, maria: SellerAtWork) -> None:
    presses(jonas, "steps", title="Name the sites", due_on=str(in_days(6)), who="buyer")


def a_copy_is_made(jonas: Buyer, maria: SellerAtWork) -> None:
    presses(jonas, "copies")


def it_is_over(jonas: Buyer, maria: SellerAtWork) -> None:
    presses(jonas, "ending")


def it_is_closed(jonas: Buyer, maria: SellerAtWork) -> None:
    maria.client.post(f"{maria.plan}/closing")


STATES = pytest.mark.parametrize(
    "arrange",
    [
        nothing_said,
        a_goal_is_asked_for,
        the_seller_is_quiet,
        a_step_is_handed_over,
        a_step_is_asked_for,
        a_copy_is_made,
        it_is_over,
        it_is_closed,
    ],
)


@pytest.mark.wide
@STATES
def test_wherever_the_plan_stands_a_scanner_binds_nobody(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database, arrange: Callable[..., Any]
):
    arrange(jonas, maria)
    scanner, before = a_scanner(app, jonas), contents(database)

    for form in forms_in(scanner.get(jonas.path).text):
        assert set(submitted(scanner, form)) == {422}

    assert contents(database) == before


def test_no_form_about_the_whole_plan_has_an_answer_picked(jonas: Buyer):
    asked = next(form for form in forms_in(jonas.page()) if form.action == f"{jonas.path}/steps")

    assert asked.radios == {"who"}
    assert "who" not in asked.fields
    assert {name for name, value in asked.fields.items() if value} == {"key"}


def test_the_form_for_somebody_else_does_nothing_untouched(jonas: Buyer, app: FastAPI, database: Database):
    scanner, before = a_scanner(app, jonas), contents(database)
    form = jonas.form(1, "yes")
    shown = scanner.post(form.action, data=form.fields | {"answering_as": "other"})

    answers = [scanner.post(one.action, data=one.fields) for one in forms_in(shown.text)]

    assert [answer.status_code for answer in answers] == [422]
    assert contents(database) == before


def test_a_copy_holds_no_form_and_takes_none(jonas: Buyer, app: FastAPI, database: Database):
    forms = forms_in(jonas.page())
    copy = a_copy_of(jonas, app)
    before = contents(database)

    answers = [
        copy.client.post(form.action.replace(jonas.path, copy.path), data=form.fields | {"answering_as": who})
        for form in forms
        for who in ("", "self", "other")
    ]

    assert forms_in(copy.page()) == []
    assert len(answers) > 30
    assert {answer.status_code for answer in answers} == {403}
    assert contents(database) == before


@EACH_DATABASE
def test_no_page_writes_anything_when_it_is_looked_at(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    copy = a_copy_of(jonas, app)
    readers = [(jonas.client, jonas.path), (copy.client, copy.path), (maria.client, jonas.path)]
    pages = [path for method, path in requests_to(app) if method == "GET"]
    before = contents(database)

    answers = [
        client.request(method, things.address(path).replace(jonas.path, own))
        for path in pages
        for client, own in readers
        for method in ("GET", "HEAD")
    ]

    assert sum(answer.status_code == 200 for answer in answers) > 30
    assert contents(database) == before


def test_a_scanner_that_also_says_seen_agrees_to_nothing(jonas: Buyer, app: FastAPI, database: Database):
    scanner = a_scanner(app, jonas)

    scanner.post(f"{jonas.path}/seen")
    for form in forms_in(scanner.get(jonas.path).text):
        list(submitted(scanner, form))

    assert answers_in(database) == []


def test_seen_is_no_form_and_no_link(jonas: Buyer):
    page = jonas.page()

    assert not [form for form in forms_in(page) if form.action.endswith("/seen")]
    assert not re.search(r'href="[^"]*/seen', page)


def test_nobody_is_picked_when_the_page_asks_who_answers(jonas: Buyer):
    form = jonas.form(1, "yes")

    asked = forms_in(jonas.client.post(form.action, data=form.fields).text)[0]

    assert asked.radios == {"answering_as"}
    assert "answering_as" not in asked.fields


def test_no_obstacle_is_picked_on_the_page(jonas: Buyer):
    form = jonas.form(1, "obstacle")

    assert "reason" in form.radios
    assert "reason" not in form.fields


def test_somebody_else_records_nothing(jonas: Buyer, database: Database):
    before = contents(database)

    answer = jonas.acts(1, "yes", answering_as="other")

    assert "Nothing was recorded" in answer.text
    assert contents(database) == before


def test_a_made_up_answer_to_who_answers_records_nothing(jonas: Buyer, database: Database):
    before = contents(database)

    statuses = [jonas.acts(1, "yes", answering_as=who).status_code for who in ("", "on", "Self", "me")]

    assert set(statuses) == {422}
    assert contents(database) == before


def test_a_person_in_the_same_browser_does_agree(jonas: Buyer, database: Database):
    jonas.acts(1, "yes")

    assert answers_in(database) == [What.YES]
