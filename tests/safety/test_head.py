"""HEAD answers what GET answers, at every address, without the body."""

import asyncio

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.cast import Buyer, SellerAtWork
from tests.marks import EACH_DATABASE
from tests.safety.visitors import Things, requests_to


@EACH_DATABASE
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/sign-in", "/robots.txt", "/nothing"])
def test_head_answers_what_get_answers_without_the_body(client: TestClient, path: str):
    asked, told = client.get(path), client.head(path)

    assert told.content == b""
    assert told.status_code == asked.status_code
    assert told.headers == asked.headers


def test_head_does_so_on_every_page_of_either_side(
    things: Things, maria: SellerAtWork, jonas: Buyer, app: FastAPI
):
    pages = [things.address(path) for method, path in requests_to(app) if method == "GET"]
    browsers = {path: (jonas if path.startswith("/p/") else maria).client for path in pages}

    answers = [(one.get(path), one.head(path)) for path, one in browsers.items()]

    assert [g.url.path for g, h in answers if g.status_code != h.status_code or h.content] == []
    assert [g.url.path for g, h in answers if set(g.headers) != set(h.headers)] == []
    assert len(answers) > 30


def test_no_server_is_relied_on_to_leave_the_body_out(app: FastAPI):
    sent: list[dict[str, object]] = []

    async def note(message) -> None:
        sent.append(message)

    async def hear() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "HEAD", "path": "/robots.txt", "headers": [], "query_string": b""}
    asyncio.run(app(scope, hear, note))

    assert scope["method"] == "HEAD"
    assert [message["body"] for message in sent if message["type"] == "http.response.body"] == [b""]


def test_head_where_there_is_no_page_says_what_is_allowed(client: TestClient):
    answer = client.head("/sign-out")

    assert (answer.status_code, answer.headers["allow"], answer.content) == (405, "POST", b"")
