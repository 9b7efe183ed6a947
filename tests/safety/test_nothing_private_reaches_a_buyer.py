"""Promise 1: nothing private reaches a buyer, in any answer, header or file."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Column, Table, text
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from app.database import Database
from app.safety import RateLimits, TooMany
from tests.cast import Buyer, SellerAtWork, a_colleague, in_days
from tests.markup import text_of
from tests.safety.fetched import (
    EMAIL,
    Answers,
    everything_about_the_whole_plan,
    everything_fetched,
    everything_to_read,
    words_in,
)
from tests.safety.folders import private_tables
from tests.safety.visitors import a_browser, a_copy_of, forget_pages, presses

PRIVATE = private_tables()
# What a buyer is meant to read of the tables both sides share. Every other text is private: a new column is
# covered without a word here, until somebody decides that buyers read it.
READ_BY_BUYERS = {
    "plan": {"ref", "company", "title", "goal", "language", "time_zone"},
    "participant": {"ref", "name", "language"},
    "terms": {"title", "reason", "place"},
    "act": {"note", "url", "colleague"},
    "planact": {"words"},
    "workspace": {"company"},
    "seller": {"name"},
    # A changed digest is a link or a browser that is known no more: there would be no page to look at.
    "link": {"token_hash"},
    "guest": {"browser"},
}
AMOUNT, DAY, SPOKEN = "7654321.25", "2088-08-08", ("7654321", "7,654,321", "7.654.321", "2088-08", "Aug 2088")


def private_columns() -> Iterator[tuple[Table, Column[Any]]]:
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if _is_private(table, column):
                yield table, column


def _is_private(table: Table, column: Column[Any]) -> bool:
    kind = kind_of(column)
    if table.name in PRIVATE:
        return issubclass(kind, str) or kind in (Decimal, date)
    is_text = issubclass(kind, str) and not issubclass(kind, StrEnum)
    return is_text and column.name not in READ_BY_BUYERS.get(table.name, set())


def kind_of(column: Column[Any]) -> type:
    """The Python type of its values; SQLModel's own types tell only through what they are made of."""
    return getattr(column.type, "impl", column.type).python_type


def mark_every_private_column(database: Database, app: FastAPI) -> list[str]:
    """Write a mark of its own into each private column of each row; returns the marks.

    Pages that were kept before would hold none of them, so they are forgotten.
    """
    forget_pages(app)
    marks = []
    with database.writing.connect() as connection:
        for table, column in private_columns():
            mark = f"CANARY.{table.name}.{column.name}"
            value = f"'{mark}.' || id"
            kind = kind_of(column)
            if kind is date:
                value = f"'{DAY}'"
            elif kind is Decimal:
                value = AMOUNT
            else:
                marks.append(mark)
            connection.execute(text(f'UPDATE "{table.name}" SET "{column.name}" = {value}'))
        connection.commit()
    return marks


def leaks(answer, marks: list[str]) -> list[str]:
    """The marks found in what came back."""
    told = words_in(answer)
    return [mark for mark in (*marks, "CANARY", *SPOKEN, EMAIL) if mark in told]


def no_leak(answers: Answers, marks: list[str]) -> dict[str, int]:
    """The status of each answer, none of which holds a mark."""
    found = [(name, answer.status_code, leaks(answer, marks)) for name, answer in answers]
    assert not {name: leak for name, _, leak in found if leak}
    return {name: status for name, status, _ in found}


def test_no_answer_to_a_buyer_holds_a_mark_of_a_private_column(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    maria.client.post(f"{maria.plan}/drafts", data={"title": "Ask who signs", "reason": "Budget"})
    marks = mark_every_private_column(database, app)

    no_leak(everything_fetched(jonas, app, jonas.address), marks)


def test_no_answer_about_the_whole_plan_holds_one_either(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    maria.client.post(f"{maria.plan}/template", data={"name": "Invoice trials"})
    marks = mark_every_private_column(database, app)

    statuses = no_leak(everything_about_the_whole_plan(jonas, app), marks)

    said = {name: status for name, status in statuses.items() if name[:3].isdecimal()}
    assert {name: status for name, status in said.items() if int(name[:3]) != status} == {}
    assert set(said.values()) == {200, 303, 403, 404, 409, 410, 422}


def test_no_page_of_what_the_seller_did_with_the_plan_holds_one(
    jonas: Buyer, maria: SellerAtWork, petra: Buyer, app: FastAPI, database: Database
):
    copy = a_copy_of(jonas, app)
    the_seller_answers(maria, jonas, database)
    marks = mark_every_private_column(database, app)

    for reader in (jonas, petra, copy):
        statuses = no_leak(everything_to_read(reader), marks)
        assert set(statuses.values()) == {200}

    page = text_of(jonas.page())
    assert "CANARY.handover.email" in str(rows_in(database, "handover"))
    assert "Tom Reyes has taken over" in page
    assert "would rather keep the goal" in page
    assert "Maria Keller asked for it" in page
    assert "is asked to put it to Petra Lang" in page


def rows_in(database: Database, table: str) -> list[Any]:
    with database.reading.connect() as connection:
        return list(connection.execute(text(f"SELECT * FROM {table}")))


def the_seller_answers(maria: SellerAtWork, jonas: Buyer, database: Database) -> None:
    """A step handed over and not yet confirmed, quiet, a kept goal, and another seller in charge."""
    jonas.acts(1, "handover", name="Petra Lang", email=EMAIL)
    jonas.acts(2, "yes")
    presses(jonas, "goal", words="Everything by Friday")
    maria.client.post(f"{maria.plan}/pause", data={"until": str(in_days(20))})
    tom = a_colleague(database, "Tom Reyes")
    maria.client.post(f"{maria.plan}/seller", data={"seller": f"us-{tom.id}"})
    form = maria.form(maria.plan, "/goal/keeping")
    maria.client.post(form.action, data=form.fields | {"words": "Friday is a holiday"})


def test_no_page_of_a_closed_plan_holds_one(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    copy = a_copy_of(jonas, app)
    form = jonas.form(1, "yes")
    maria.client.post(f"{maria.plan}/closing", data={"note": "We start over in May"})
    marks = mark_every_private_column(database, app)

    no_leak(everything_to_read(jonas), marks)
    no_leak(everything_to_read(copy), marks)
    refused = jonas.client.post(form.action, data=form.fields)

    assert refused.status_code == 409
    assert leaks(refused, marks) == []
    assert "We start over in May" in jonas.page()


def test_a_page_of_ended_links_and_slow_downs_holds_no_mark(
    jonas: Buyer, app: FastAPI, database: Database, limits_on: None, monkeypatch: pytest.MonkeyPatch
):
    marks = mark_every_private_column(database, app)
    form = jonas.form(1, "yes")

    monkeypatch.setattr(RateLimits, "count", _too_many)
    slowed = jonas.client.post(form.action, data=form.fields)
    monkeypatch.undo()
    with database.writing.connect() as connection:
        connection.execute(text("UPDATE link SET expires_at = '2020-01-01 00:00:00.000000'"))
        connection.commit()
    ended = [jonas.client.get(path) for path in (jonas.path, jonas.address, f"{jonas.path}/plan.ics")]

    assert [slowed.status_code, *(answer.status_code for answer in ended)] == [429, 410, 410, 410]
    assert not any(leaks(answer, marks) for answer in (slowed, *ended))


def _too_many(*_: object) -> None:
    raise TooMany


def test_the_marks_would_be_seen_where_they_may_stand(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    maria.client.post(f"{maria.plan}/drafts", data={"title": "Ask who signs", "due_on": str(in_days(2))})
    marks = mark_every_private_column(database, app)
    make_pages_of_the_team_possible(database)

    client = SellerAtWork(a_browser(app), maria.seller).client
    deal, desk = client.get("/deals/d"), client.get(maria.plan)

    assert {"CANARY.deal.objective", "CANARY.point.words", "Aug 2088"} <= set(leaks(deal, marks))
    assert "CANARY.draft.title" in leaks(desk, marks)
    assert len(marks) > 25


def make_pages_of_the_team_possible(database: Database) -> None:
    """Marks where a page of the team's needs a zone, a language or one of a few words."""
    with database.writing.connect() as connection:
        connection.execute(text("UPDATE draft SET owner = 'seller', kind = 'do', keep_because = NULL"))
        connection.execute(text("UPDATE person SET mode = NULL"))
        connection.execute(text("UPDATE deal SET ref = 'd'"))
        connection.execute(text("UPDATE workspace SET time_zone = 'UTC', language = 'en'"))
        connection.commit()


NAMES = {"CANARY", "CANARY.person.name"}


@pytest.mark.parametrize(
    "known",
    [
        NAMES,
        set(),
    ],
)
def test_the_screen_that_is_shared_on_a_call_holds_no_mark(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database, known: set[str]
):
    maria.client.post(f"{maria.plan}/drafts", data={"title": "Ask who signs", "reason": "Budget"})
    jonas.acts(1, "handover", name="Petra Lang", email=EMAIL)
    jonas.acts(2, "counter", due_on=str(in_days(20)), note="Later")
    marks = mark_every_private_column(database, app)
    make_pages_of_the_team_possible(database)

    client = SellerAtWork(a_browser(app), maria.seller).client
    answers = list(everything_on_the_call(client, maria.plan))

    assert {answer.status_code for _, answer in answers} == {200, 303, 422}
    assert {mark for _, answer in answers for mark in leaks(answer, marks)} <= known


def everything_on_the_call(client: TestClient, plan: str) -> Answers:
    at, htmx = f"{plan}/on-the-call", {"HX-Request": "true"}
    step = {"title": "Show the trail", "due_on": str(in_days(9)), "participant": "Jonas Weber"}
    yield "screen", client.get(at)
    yield "poll", client.get(at, headers=htmx)
    yield "code", client.post(at, data={"participant": "Jonas Weber"})
    yield "code by htmx", client.post(at, data={"participant": "Jonas Weber"}, headers=htmx)
    yield "no code", client.post(at, data={"participant": "Nobody"})
    yield "step", client.post(f"{at}/steps", data=step)
    yield "step by htmx", client.post(f"{at}/steps", data=step, headers=htmx)
    yield "no step", client.post(f"{at}/steps", data=step | {"who": "both"})
    yield "yes", client.post(f"{plan}/steps/2/yes", data={"version": "2", "back": "call"})
    yield "screen again", client.get(at)


def test_every_table_is_known_to_be_shared_or_private():
    """A private folder is found by the wall's contract; the tables both sides share are named."""
    shared = {"workspace", "seller", "sellersession", "event", "plan", "participant", "step", "terms", "act"}
    shared |= {"commitment", "link", "guest", "planact", "handover", "try"}

    assert {table.name for table in SQLModel.metadata.sorted_tables} - shared == PRIVATE
