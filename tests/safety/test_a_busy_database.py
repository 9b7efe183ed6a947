"""Promise 7: a busy, full or read-only database is said so: 503, nothing pretended, reads go on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event, text
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from app.database import Database, open_database
from tests.cast import PASSWORD, Buyer, SellerAtWork, in_days
from tests.marks import EACH_DATABASE
from tests.safety.visitors import contents

WORDS = "The list of the Kiel plant"
PAGES = ["/", "/deals", "/after-call", "/workspace", "/password", "/sign-in"]


@pytest.fixture
def impatient(app: FastAPI, jonas: Buyer, database_url: str) -> Iterator[Database]:
    """The story's database behind connections that wait a twentieth of a second for a lock."""
    waiting = app.state.database
    database = app.state.database = open_database(database_url)
    event.listen(database.reading, "connect", _wait_briefly)
    yield database
    database.dispose()
    app.state.database = waiting


def _wait_briefly(connection, _record) -> None:
    is_sqlite = "sqlite" in type(connection).__module__
    connection.execute("PRAGMA busy_timeout=50" if is_sqlite else "SET lock_timeout = 50")
    if not is_sqlite:
        connection.commit()


@pytest.fixture
def busy(impatient: Database, database: Database) -> Iterator[None]:
    """Somebody else holds what every act locks first."""
    with database.writing.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT * FROM plan FOR UPDATE"))
            connection.execute(text("SELECT * FROM deal FOR UPDATE"))
            connection.execute(text("SELECT * FROM workspace FOR UPDATE"))
        else:
            connection.execute(text("SELECT 1"))
        yield
        connection.rollback()


def may_only_read(database: Database) -> None:
    with database.reading.connect() as connection:
        if database.is_sqlite:
            event.listen(database.reading, "checkout", lambda raw, *_: raw.execute("PRAGMA query_only=ON"))
            return
        connection.exec_driver_sql("COMMIT")
        name = connection.exec_driver_sql("SELECT current_database()").scalar()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        connection.commit()
    database.dispose()


def is_full(database: Database) -> None:
    event.listen(database.reading, "checkout", lambda raw, *_: raw.execute("PRAGMA max_page_count=1"))


def acts_of(jonas: Buyer, maria: SellerAtWork) -> list[Callable[..., Any]]:
    """An act of each side, with words that would be missed."""
    note = {"note": WORDS, "words": WORDS}
    form = {"version": "1", "answering_as": "self", "due_on": str(in_days(9))} | note
    return [
        lambda: jonas.client.post(f"{jonas.path}/steps/1/comments", data=form),
        lambda: jonas.client.post(f"{jonas.path}/steps/1/counter", data=form),
        lambda: maria.client.post(f"{maria.plan}/steps/1/comments", data=form),
        lambda: maria.client.post(f"{maria.deal}/points", data=form),
        lambda: maria.client.post("/after-call", data={"company": "B", "person": "N", "said": WORDS}),
        lambda: maria.client.post("/workspace", data={"company": "L", "products": WORDS}),
    ]


def assert_said_so(answers: list[Any]) -> None:
    assert [answer.status_code for answer in answers] == [503] * len(answers)
    assert all(answer.headers["retry-after"] for answer in answers)
    assert all("Not saved." in answer.text and WORDS in answer.text for answer in answers)
    assert not any("set-cookie" in answer.headers for answer in answers)


@EACH_DATABASE
def test_a_busy_database_is_said_so_and_the_words_come_back(
    jonas: Buyer, maria: SellerAtWork, busy: None, database: Database
):
    before = contents(database)

    answers = [act() for act in acts_of(jonas, maria)]

    assert_said_so(answers)
    assert contents(database) == before


@EACH_DATABASE
def test_reading_goes_on_while_the_database_is_busy(
    jonas: Buyer, maria: SellerAtWork, busy: None, database: Database
):
    paths = [*PAGES, maria.plan, f"{maria.plan}/preview", f"{maria.plan}/settings", maria.deal, "/readyz"]

    statuses = {path: maria.client.get(path).status_code for path in paths}
    statuses |= {path: jonas.client.get(path).status_code for path in (jonas.path, f"{jonas.path}/plan.ics")}

    assert set(statuses.values()) == {200}
    assert jonas.client.get(jonas.address).status_code == 303


@EACH_DATABASE
@pytest.mark.parametrize("after", [None, "an hour"])
def test_reading_goes_on_while_nothing_can_be_written(
    jonas: Buyer, maria: SellerAtWork, impatient: Database, database: Database, after: str | None
):
    if after:
        with database.writing.connect() as connection:
            connection.execute(text("UPDATE sellersession SET last_used_at = last_used_at"))
            moment = "'2026-11-20 00:00:00.000000'" if database.is_sqlite else "now() - interval '3 hours'"
            connection.execute(text(f"UPDATE sellersession SET last_used_at = {moment}"))
            connection.commit()
    may_only_read(impatient)

    statuses = {path: maria.client.get(path).status_code for path in [*PAGES, maria.plan, maria.deal]}
    statuses |= {jonas.path: jonas.client.get(jonas.path).status_code}

    assert set(statuses.values()) == {200}


@EACH_DATABASE
def test_a_database_that_only_reads_is_said_so(
    jonas: Buyer, maria: SellerAtWork, impatient: Database, database: Database
):
    before = contents(database)
    may_only_read(impatient)

    answers = [act() for act in acts_of(jonas, maria)]

    assert_said_so(answers)
    assert contents(database) == before


def test_a_full_disk_is_said_so(jonas: Buyer, maria: SellerAtWork, impatient: Database, database: Database):
    is_full(impatient)
    long = {"version": "1", "answering_as": "self", "words": WORDS + " again" * 800}

    answers = [
        client.post(f"{path}/steps/1/comments", data=long)
        for client, path in ((jonas.client, jonas.path), (maria.client, maria.plan))
        for _ in range(30)
    ]

    refused = [answer for answer in answers if answer.status_code != 303]
    assert_said_so(refused)
    assert len(refused) > 5
    with database.reading.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM act WHERE what = 'commented'")).scalar()
    assert kept == len(answers) - len(refused)


@EACH_DATABASE
def test_the_log_says_why_where_somebody_else_writes(jonas: Buyer, maria: SellerAtWork, busy: None):
    with capture_logs() as written:
        acts_of(jonas, maria)[0]()

    assert reasons(written) == [("locked", "/p/{ref}/steps/{number}/comments")]


@EACH_DATABASE
def test_log_and_page_say_why_where_nothing_may_be_written(
    jonas: Buyer, maria: SellerAtWork, impatient: Database
):
    may_only_read(impatient)

    with capture_logs() as written:
        answer = acts_of(jonas, maria)[0]()

    assert reasons(written) == [("read-only", "/p/{ref}/steps/{number}/comments")]
    assert "may only read" in answer.text


def test_log_and_page_say_why_where_the_disk_is_full(jonas: Buyer, maria: SellerAtWork, impatient: Database):
    is_full(impatient)
    form = {"version": "1", "answering_as": "self", "words": WORDS + " again" * 800}

    with capture_logs() as written:
        answers = [jonas.client.post(f"{jonas.path}/steps/1/comments", data=form) for _ in range(30)]

    assert {why for why, _ in reasons(written)} == {"full"}
    assert "no room left" in answers[-1].text


def test_the_log_says_why_where_the_database_is_gone(app: FastAPI, maria: SellerAtWork):
    here = app.state.database
    app.state.database = open_database("postgresql+psycopg://nobody@127.0.0.1:1/x")

    with capture_logs() as written:
        answer = maria.client.get("/deals")
    app.state.database = here

    assert answer.status_code == 503
    assert [why for why, _ in reasons(written)] == ["gone"]


def reasons(written: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(one["why"], one["route"]) for one in written if one["event"] == "database"]


def test_signing_in_does_not_pretend(maria: SellerAtWork, busy: None, app: FastAPI):
    client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)

    answer = client.post("/sign-in", data={"email": maria.seller.email, "password": PASSWORD})

    assert answer.status_code == 503
    assert "set-cookie" not in answer.headers
    assert PASSWORD not in answer.text


@EACH_DATABASE
def test_the_same_press_counts_once_the_database_is_free(
    jonas: Buyer, maria: SellerAtWork, impatient: Database, database: Database
):
    form = jonas.form(1, "yes")
    press = form.fields | {"answering_as": "self"}

    with database.writing.connect() as connection:
        connection.execute(text("SELECT 1") if database.is_sqlite else text("SELECT * FROM plan FOR UPDATE"))
        refused = jonas.client.post(form.action, data=press)
        connection.rollback()
    counted = [jonas.client.post(form.action, data=press) for _ in range(2)]

    assert refused.status_code == 503
    assert [answer.status_code for answer in counted] == [303, 303]
    assert len(contents(database)["commitment"]) == 1
