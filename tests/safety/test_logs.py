"""Promise 14: logs say the route's template; never a token, a cookie, a password or a path with one in it."""

import asyncio
import logging
import re

import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel import Session
from structlog.testing import LogCapture

from app.database import Database
from app.follow_up import store as follow_ups
from app.problems import LastResort
from tests.cast import PASSWORD, Buyer, SellerAtWork
from tests.marks import EACH_DATABASE
from tests.safety.visitors import EVERY_FIELD, Things, a_browser, knock, requests_to


class Logged:
    def __init__(self, capture: LogCapture, caplog: pytest.LogCaptureFixture) -> None:
        self.entries, self._caplog = capture.entries, caplog

    def __call__(self) -> str:
        return f"{self.entries} {[one.getMessage() for one in self._caplog.records if _is_servers(one)]}"


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture):
    """Everything that was logged, by us and by the libraries underneath."""
    caplog.set_level(logging.DEBUG)
    capture = LogCapture()
    before = structlog.get_config()
    structlog.configure(processors=[capture], cache_logger_on_first_use=False)
    yield Logged(capture, caplog)
    structlog.configure(**before)


@pytest.fixture
def told(logged):
    """The last entry of an event."""
    return lambda name: next(one for one in reversed(logged.entries) if one["event"] == name)


def _is_servers(record: logging.LogRecord) -> bool:
    """The browser of these tests keeps a log as well."""
    return not record.name.startswith(("httpx", "httpcore"))


def test_a_whole_story_leaves_no_secret_in_the_logs(
    logged, things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, capfd: pytest.CaptureFixture[str]
):
    secrets = [things.token, things.participant, things.plan, things.deal, PASSWORD, "guess-number-one"]
    secrets += [value for client in (jonas.client, maria.client) for value in client.cookies.values()]

    newcomer = a_browser(app)
    newcomer.post("/sign-in", data={"email": maria.seller.email, "password": "guess-number-one"})
    newcomer.post("/sign-in", data={"email": maria.seller.email, "password": PASSWORD})
    secrets += newcomer.cookies.values()
    jonas.client.get(jonas.address)
    newcomer.get(f"/l/{things.token}x")
    tokens = []
    for method, path in requests_to(app):
        client = jonas.client if path.startswith("/p/") else maria.client
        shown = knock(client, method, things.address(path))
        tokens += re.findall(r"/l/([\w.-]+)", shown.text)

    written = logged() + "".join(capfd.readouterr())
    assert "/p/{ref}/steps/{number}/yes" in written
    assert "/l/{token}" in written
    assert "/p/{ref}/copies" in written
    assert tokens
    assert [secret for secret in (*secrets, *tokens) if secret in written] == []
    assert not [field for field in ("words", "email", "note") if EVERY_FIELD[field] in written]


def fails_with(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """The start page meets something that nobody expected, with a person's words in its hands."""

    def count_deals(*_: object) -> None:
        raise ValueError(f"cannot read {words}")

    monkeypatch.setattr(follow_ups, "has_deals", count_deals)


def test_an_unexpected_error_is_logged_without_what_was_typed(
    logged, maria: SellerAtWork, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    fails_with(monkeypatch, "what Jonas said")

    maria.client.get("/", headers={"Authorization": "Bearer of-a-secret"})

    written = logged() + "".join(capfd.readouterr())
    assert "unexpected" in written
    assert "of-a-secret" not in written
    assert "what Jonas said" not in written
    assert maria.client.cookies["jointly"] not in written


def test_an_unexpected_error_says_where_it_happened(
    told, maria: SellerAtWork, monkeypatch: pytest.MonkeyPatch
):
    fails_with(monkeypatch, "x")

    maria.client.get("/")

    crash = told("unexpected")
    assert (crash["error"], crash["method"], crash["route"]) == ("ValueError", "GET", "/")
    assert re.match(r"tests/safety/test_logs.py:\d+ count_deals < app/\S+:\d+ ", crash["trace"])


def test_an_error_after_the_answer_began_is_not_printed_by_the_server(
    told, app: FastAPI, monkeypatch: pytest.MonkeyPatch
):
    """Its message and its parameters would be."""

    async def begin_and_fail(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError("cannot read what Jonas said".upper())

    sent: list[dict[str, object]] = []

    async def note(message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "app": app}
    asyncio.run(LastResort(begin_and_fail)(scope, None, note))  # ty: ignore[invalid-argument-type]

    assert [message["type"] for message in sent] == ["http.response.start"]
    assert told("unexpected")["says"] == ""


@EACH_DATABASE
def test_a_database_of_another_release_is_said_so_without_what_was_typed(
    told, logged, jonas: Buyer, database: Database
):
    form = jonas.form(1, "comments").fields | {"words": "Who signs in Kiel?", "answering_as": "self"}
    with database.writing.begin() as connection:
        connection.execute(text("ALTER TABLE act RENAME COLUMN note TO remark"))

    answer = jonas.client.post(f"{jonas.path}/steps/1/comments", data=form)

    assert answer.status_code == 503
    assert "between two releases" in answer.text
    refusal = told("database")
    assert refusal["why"] == "schema"
    assert "note" in refusal["says"]
    assert refusal["route"] == "/p/{ref}/steps/{number}/comments"
    assert "Kiel" not in logged()


@EACH_DATABASE
def test_a_wrong_query_is_still_an_error_of_ours(
    told, maria: SellerAtWork, database: Database, monkeypatch: pytest.MonkeyPatch
):
    def ask(session: Session, *_: object) -> None:
        session.connection().execute(text("SELECT count(*) FROM (SELECT 1"))

    monkeypatch.setattr(follow_ups, "has_deals", ask)

    assert maria.client.get("/").status_code == (503 if database.is_sqlite else 500)
    assert told("database" if database.is_sqlite else "unexpected")["says"]


@pytest.mark.parametrize(
    ("headers", "origin", "site"),
    [
        ({"Origin": "https://plans.example.com:8443"}, "https://plans.example.com:8443", "-"),
        ({"Origin": "http://[::1]:8000"}, "http://[::1]:8000", "-"),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, "null", "cross-site"),
        ({"Origin": "https://evil.test/l/1a2b3c"}, "unclear", "-"),
        ({"Origin": "https://me:secret@evil.test"}, "unclear", "-"),
        ({"Origin": f"https://{'a' * 5000}.test", "Sec-Fetch-Site": "x" * 500}, "unclear", "unclear"),
        ({"Origin": "https://evil.test level=info", "Sec-Fetch-Site": ""}, "unclear", "unclear"),
    ],
)
def test_a_form_from_another_site_says_which(
    told, jonas: Buyer, headers: dict[str, str], origin: str, site: str
):
    answer = jonas.client.post(f"{jonas.path}/steps/1/yes", headers=headers)

    assert answer.status_code == 403
    refusal = told("foreign form")
    assert (refusal["origin"], refusal["site"], refusal["ours"]) == (origin, site, "http://testserver")
    assert refusal["route"] == told("request")["route"] == "/p/{ref}/steps/{number}/yes"


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [
        ("POST", "/sign-in", "/sign-in"),
        ("POST", "/p/abc/ending", "/p/{ref}/ending"),
        ("DELETE", "/deals/abc", "/deals/{ref}"),
        ("HEAD", "/deals/abc", "/deals/{ref}"),
        ("POST", "/nothing/abc", "-"),
    ],
)
def test_what_is_refused_before_its_route_is_looked_for_is_logged_by_it(
    told, app: FastAPI, method: str, path: str, route: str
):
    a_browser(app).request(method, path, content=b"a" * 300_000)

    assert told("request")["route"] == route


def test_settings_do_not_show_their_secrets(settings):
    assert settings.secret_keys not in f"{settings!r} {settings}"
