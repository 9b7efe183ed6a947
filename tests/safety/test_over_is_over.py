"""A plan that ended or was closed stays as it is until somebody opens it again, whatever is pressed."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from app.database import Database
from tests.cast import Buyer, SellerAtWork, in_days
from tests.marks import each_database
from tests.markup import text_of
from tests.safety.test_bad_input import is_clear, posts, visitor
from tests.safety.visitors import EVERY_FIELD, Things, contents, presses

# These are meant to work: who reads the plan, what only the team has or asks, and opening it again.
MEANT = ("/reopening", "/links", "/copies", "/revocation", "/on-the-call", "/drafts", "/drafts/{id}")
MEANT += ("/removal", "/template", "/beginning", "/seen", "/opinion")
DESCRIBING = "/plans/{ref}"


def ended(jonas: Buyer, maria: SellerAtWork) -> None:
    assert presses(jonas, "ending", reason="The budget").status_code == 303


def closed(jonas: Buyer, maria: SellerAtWork) -> None:
    assert maria.client.post(f"{maria.plan}/closing", data={"note": "In May again"}).status_code == 303


OVER = pytest.mark.parametrize("end", [ended, closed])


def pressed(things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI) -> Iterator[tuple[str, Any]]:
    """Every form about the plan but those that are meant to work."""
    for path, _ in posts(app):
        if path.startswith(("/plans/", "/p/")) and not path.endswith(MEANT) and path != DESCRIBING:
            fields = EVERY_FIELD | {"key": path}
            yield path, visitor(path, maria, jonas).post(things.address(path), data=fields)


@each_database("end", [ended, closed], both=[ended])
def test_whatever_is_pressed_on_a_plan_that_is_over_is_refused_clearly(
    things: Things,
    jonas: Buyer,
    maria: SellerAtWork,
    app: FastAPI,
    database: Database,
    end: Callable[..., Any],
):
    end(jonas, maria)
    before, page = contents(database), text_of(jonas.page())

    answers = list(pressed(things, jonas, maria, app))

    after = contents(database)
    assert len(answers) > 25
    assert [path for path, answer in answers if not is_clear(answer) or answer.status_code < 400] == []
    assert {table for table in before if before[table] != after[table]} == set()
    assert text_of(jonas.page()) == page


@OVER
def test_nobody_describes_a_plan_that_is_over(jonas: Buyer, maria: SellerAtWork, end: Callable[..., Any]):
    end(jonas, maria)
    page = text_of(jonas.page())

    answer = maria.client.post(maria.plan, data={"title": "Another title", "goal": "Another goal"})

    assert answer.status_code == 409
    assert text_of(jonas.page()) == page


def test_sharing_after_a_call_is_refused_clearly_too(jonas: Buyer, maria: SellerAtWork):
    closed(jonas, maria)
    row = {"what_1": "Talk again", "who_1": "us", "due_on_1": str(in_days(3)), "share": "yes"}

    answer = maria.client.post("/after-call", data=row | {"deal": maria.deal.rpartition("/")[2]})

    assert answer.status_code == 409
    assert "Talk again" in answer.text


@OVER
def test_every_refusal_leads_back_to_a_page_that_is_there(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, end: Callable[..., Any]
):
    end(jonas, maria)

    dead = [
        (path, back)
        for path, answer in pressed(things, jonas, maria, app)
        for back in re.findall(r'<a class="button[^"]*" href="(/[^"]*)', answer.text)
        if visitor(back, maria, jonas).get(back).status_code != 200
    ]

    assert dead == []
