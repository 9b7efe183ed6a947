"""Promise 1: nothing private reaches a buyer, in any answer, header or file."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from fastapi import FastAPI
from sqlalchemy import Column, Table, text
from sqlmodel import SQLModel

from app.database import Database
from app.safety import RateLimits, TooMany
from tests.cast import Buyer, SellerAtWork, in_days
from tests.safety.visitors import a_browser

PRIVATE = {"deal", "person", "point", "draft", "plantemplate", "templatestep"}
# What a buyer is meant to read of the tables both sides share. Every other text is private: a new column is
# covered without a word here, until somebody decides that buyers read it.
READ_BY_BUYERS = {
    "plan": {"ref", "company", "title", "goal", "language", "time_zone"},
    "participant": {"ref", "name", "language"},
    "terms": {"title", "reason", "place"},
    "act": {"note", "url", "colleague", "browser"},
    "planact": {"words", "browser"},
    "workspace": {"company"},
    "seller": {"name"},
    # A changed digest is a link or a browser that is known no more: there would be no page to look at.
    "link": {"token_hash"},
    "guest": {"browser"},
}
AMOUNT, DAY, SPOKEN = "7654321.25", "2088-08-08", ("7654321", "7,654,321", "7.654.321", "2088-08", "Aug 2088")


def private_columns() -> Iterator[tuple[Table, Column]]:
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if _is_private(table, column):
                yield table, column


def _is_private(table: Table, column: Column) -> bool:
    kind = kind_of(column)
    if table.name in PRIVATE:
        return issubclass(kind, str) or kind in (Decimal, date)
    is_text = issubclass(kind, str) and not issubclass(kind, StrEnum)
    return is_text and column.name not in READ_BY_BUYERS.get(table.name, set())


def kind_of(column: Column) -> type:
    """The Python type of its values; SQLModel's own types tell only through what they are made of."""
    return getattr(column.type, "impl", column.type).python_type


def mark_every_private_column(database: Database) -> list[str]:
    """Write a mark of its own into each private column of each row; returns the marks."""
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


def everything_fetched(jonas: Buyer, app: FastAPI, link: str) -> Iterator[tuple[str, object]]:
    """Every answer a buyer can get, errors of every status among them."""
    client, stem = jonas.client, f"{jonas.path}/steps"
    htmx = {"HX-Request": "true"}
    yes, other = jonas.form(1, "yes").fields, {"answering_as": "self"}
    yield "page", client.get(jonas.path)
    yield "page by htmx", client.get(jonas.path, headers=htmx)
    yield "422 who answers", client.post(f"{stem}/1/yes", data=yes)
    yield "422", client.post(f"{stem}/1/counter", data={"version": "x"}, headers=htmx)
    yield "422 nothing changed", client.post(f"{stem}/1/counter", data=yes | other)
    yield "409 changed", client.post(f"{stem}/1/yes", data=yes | other | {"version": "0"})
    yield "fragment", client.post(f"{stem}/1/yes", data=yes | other, headers=htmx)
    yield "409 key", client.post(f"{stem}/1/yes", data=yes | {"version": "7"})
    yield "409 too late", client.post(f"{stem}/2/answer", data={"version": "1", "words": "Well"})
    yield "redirect", jonas.acts(2, "done", note="Got it", url="https://nordwind.test/list")
    yield "comment", jonas.acts(1, "comments", words="Which quarter?")
    yield "404 step", client.post(f"{stem}/77/yes", data=yes)
    yield "404", client.get("/p/nothing/here")
    yield "405", client.post(jonas.path)
    yield "413", client.post(f"{stem}/1/yes", content=b"a" * 300_000)
    yield "403", a_browser(app).get(jonas.path)
    yield "403 foreign", client.post(f"{stem}/1/yes", headers={"Sec-Fetch-Site": "cross-site"})
    yield "404 link", client.get("/l/forged")
    for path in (link, "/robots.txt", "/favicon.ico", "/healthz", "/readyz", "/sign-in"):
        yield path, client.get(path)
    for path in (f"{jonas.path}/plan.ics", f"{stem}/1.ics", f"{stem}/2.ics", *app.state.pages.assets):
        yield path, client.get(path)
    yield "seen", client.post(f"{jonas.path}/seen")
    yield "page after it all", client.get(jonas.path)


def leaks(answer, marks: list[str]) -> list[str]:
    """The marks found in what came back: body, headers, and the words of a calendar unfolded."""
    told = "\n".join([str(answer.headers), answer.text, answer.text.replace("\r\n ", "")])
    return [mark for mark in (*marks, "CANARY", *SPOKEN) if mark in told]


def test_no_answer_to_a_buyer_holds_a_mark_of_a_private_column(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    maria.client.post(f"{maria.plan}/drafts", data={"title": "Ask who signs", "reason": "Budget"})
    marks = mark_every_private_column(database)

    found = {name: leaks(answer, marks) for name, answer in everything_fetched(jonas, app, jonas.address)}

    assert not {name: leak for name, leak in found.items() if leak}


def test_a_page_of_ended_links_and_slow_downs_holds_no_mark(
    jonas: Buyer, app: FastAPI, database: Database, limits_on: None, monkeypatch: pytest.MonkeyPatch
):
    marks = mark_every_private_column(database)
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
    marks = mark_every_private_column(database)
    with database.writing.connect() as connection:
        connection.execute(text("UPDATE draft SET owner = 'seller', kind = 'do', keep_because = NULL"))
        connection.execute(text("UPDATE deal SET ref = 'd'"))
        connection.execute(text("UPDATE workspace SET time_zone = 'UTC', language = 'en'"))
        connection.commit()

    client = SellerAtWork(a_browser(app), maria.seller).client
    deal, desk = client.get("/deals/d"), client.get(maria.plan)

    assert {"CANARY.deal.objective", "CANARY.point.words", "Aug 2088"} <= set(leaks(deal, marks))
    assert "CANARY.draft.title" in leaks(desk, marks)
    assert len(marks) > 25


def test_every_table_is_known_to_be_shared_or_private():
    shared = {"workspace", "seller", "sellersession", "event", "plan", "participant", "step", "terms", "act"}
    shared |= {"commitment", "link", "guest", "planact", "handover"}

    assert {table.name for table in SQLModel.metadata.sorted_tables} - shared == PRIVATE
