"""A second opinion: tested against a server that answers well, wrongly, slowly and with nonsense."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.account.tables import Role
from app.database import Database
from app.desk.routes import second_opinion
from app.settings import Settings
from tests.cast import NINE_DAYS, SellerAtWork, a_colleague, state_of
from tests.markup import text_of

DOUBTFUL = "Name the limit above which it gets stuck"
HTMX = {"HX-Request": "true"}
Reply = Callable[[], tuple[int, bytes]]


class Model:
    """A local server that speaks as a language model does, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.reply: Reply = lambda: (200, b"")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def says(self, *spans: dict[str, Any]) -> None:
        self.reply = lambda: (200, said(json.dumps({"spans": spans})))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                model.asked.append({"path": self.path} | json.loads(self.rfile.read(length)))
                model.keys.append(self.headers.get("authorization", ""))
                status, body = model.reply()
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler


def said(words: str) -> bytes:
    return json.dumps({"choices": [{"message": {"content": words}}]}).encode()


@pytest.fixture
def model() -> Iterator[Model]:
    made = Model()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def desk(
    maria: SellerAtWork, without_steps: None, model: Model, monkeypatch: pytest.MonkeyPatch
) -> SellerAtWork:
    named = {"model_url": model.url, "model_key": "a-secret", "model_name": "small"}
    for name, value in named.items():
        monkeypatch.setattr(state_of(maria.client).settings, name, value)
    return maria


def opinion(desk: SellerAtWork, title: str = DOUBTFUL) -> str:
    answer = desk.client.post(f"{desk.plan}/opinion", data={"was_title": title}, headers=HTMX)
    assert answer.status_code == 200
    return text_of(answer.text)


def test_what_it_points_at_is_said_and_the_seller_decides(desk: SellerAtWork, model: Model):
    model.says({"words": "gets stuck", "point": 1})

    told = opinion(desk)

    assert "127.0.0.1 takes “gets stuck” for “An invoice takes 9 days" in told
    assert "Is this about what they said?" in told


def test_it_is_asked_with_words_and_points_and_nothing_else(desk: SellerAtWork, model: Model):
    opinion(desk)

    (first, *_) = model.asked
    assert (first["path"], first["model"], first["temperature"]) == ("/v1/chat/completions", "small", 0)
    assert model.keys[0] == "Bearer a-secret"
    assert json.loads(first["messages"][1]["content"]) == {"text": DOUBTFUL, "said": {"1": NINE_DAYS}}


@pytest.mark.parametrize(
    "reply",
    [
        lambda: (200, said('{"spans": [{"words": "somebody else", "point": 1}]}')),
        lambda: (200, said('{"spans": [{"words": "gets stuck", "point": 7}]}')),
        lambda: (200, said("I would rather talk about the weather.")),
        lambda: (200, b"\xff\xfe nonsense"),
        lambda: (200, b"{}"),
        lambda: (500, b"out of order"),
        lambda: (302, b""),
        lambda: (200, b"[" * 100_000),
        lambda: (200, b"x" * 300_000),
    ],
    ids=[
        "other words",
        "no such point",
        "chat",
        "bytes",
        "no choices",
        "broken",
        "elsewhere",
        "deep",
        "long",
    ],
)
def test_anything_else_leaves_the_engines_own_answer(desk: SellerAtWork, model: Model, reply: Reply):
    model.reply = reply

    told = opinion(desk)

    assert "127.0.0.1 has nothing to add." in told
    assert "Is this about what they said?" in told


def test_a_slow_one_is_asked_twice_and_then_left(
    desk: SellerAtWork, model: Model, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(second_opinion, "SECONDS", 0.2)

    def slowly() -> tuple[int, bytes]:
        time.sleep(1)
        return 200, said("{}")

    model.reply = slowly

    assert "has nothing to add" in opinion(desk)
    assert len(model.asked) == 2


def test_one_failure_is_forgiven(desk: SellerAtWork, model: Model):
    replies = iter([(500, b""), (200, said(json.dumps({"spans": [{"words": "gets stuck", "point": 1}]})))])
    model.reply = lambda: next(replies)

    assert "takes “gets stuck” for" in opinion(desk)


def test_nobody_is_asked_unless_the_seller_asks(desk: SellerAtWork, model: Model):
    fields = {"plan": desk.plan.rpartition("/")[2], "title": DOUBTFUL}

    check = desk.client.post("/specificity", data=fields, headers=HTMX)
    desk.client.post(f"{desk.plan}/drafts", data={"title": DOUBTFUL})
    desk.page(desk.plan)

    assert "Ask 127.0.0.1" in text_of(check.text)
    assert model.asked == []


def test_nobody_is_asked_about_what_the_engine_knows(desk: SellerAtWork, model: Model):
    opinion(desk, "Walk through the invoices that took 9 days")

    assert model.asked == []


def test_a_viewer_sends_nothing_anywhere(
    desk: SellerAtWork, model: Model, client: TestClient, database: Database
):
    vera = SellerAtWork(client, a_colleague(database, "Vera Stein", Role.VIEWER))

    answer = vera.client.post(f"{desk.plan}/opinion", data={"was_title": DOUBTFUL}, headers=HTMX)

    assert answer.status_code == 403
    assert model.asked == []


def test_it_is_off_unless_somebody_names_a_model(maria: SellerAtWork, without_steps: None):
    fields = {"plan": maria.plan.rpartition("/")[2], "title": DOUBTFUL}

    check = maria.client.post("/specificity", data=fields, headers=HTMX)
    told = opinion(maria)

    assert 'form="opine"' not in check.text
    assert "nothing to add" not in told
    assert "Off: no text leaves this server." in text_of(maria.page("/workspace"))


def test_the_workspace_says_what_is_sent_and_to_whom(desk: SellerAtWork):
    page = text_of(desk.page("/workspace"))

    assert "127.0.0.1 (model small) gets the words of a step in doubt, without names" in page
    assert "a-secret" not in page


@pytest.mark.parametrize("url", ["ftp://m.test", "https://", "https://h:abc/v1", "https://h/v1?a=b", "a b"])
def test_an_address_that_is_none_is_refused_at_start(url: str):
    with pytest.raises(ValueError, match="must be an address"):
        Settings(model_url=url)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8/v1", "https://m.test/v1/", "https://m.test/v1/chat/completions"],
)
def test_the_address_may_name_the_conversation_or_not(url: str):
    assert Settings(model_url=url).model_address.endswith("/v1/chat/completions")
