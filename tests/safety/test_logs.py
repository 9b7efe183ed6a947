"""Promise 14: logs say the route's template; never a token, a cookie, a password or a path with one in it."""

import logging
import re

import pytest
import structlog
from fastapi import FastAPI
from structlog.testing import LogCapture

from app.follow_up import store as follow_ups
from tests.cast import PASSWORD, Buyer, SellerAtWork
from tests.safety.visitors import EVERY_FIELD, Things, a_browser, knock, requests_to


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture):
    """Everything that was logged, by us and by the libraries underneath."""
    caplog.set_level(logging.DEBUG)
    capture = LogCapture()
    before = structlog.get_config()
    structlog.configure(processors=[capture], cache_logger_on_first_use=False)
    yield lambda: f"{capture.entries} {[one.getMessage() for one in caplog.records if _is_servers(one)]}"
    structlog.configure(**before)


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


def test_an_unexpected_error_is_logged_without_what_was_typed(
    logged, maria: SellerAtWork, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(follow_ups, "has_deals", fail)
    maria.client.get("/", headers={"Authorization": "Bearer of-a-secret"})

    written = logged() + "".join(capfd.readouterr())
    assert "unexpected" in written
    assert "of-a-secret" not in written
    assert maria.client.cookies["jointly"] not in written


def test_settings_do_not_show_their_secrets(settings):
    assert settings.secret_keys not in f"{settings!r} {settings}"
