"""Promise 13: the headers stand on every response, errors too."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app import tries
from app.account import session as sessions
from app.database import Database
from app.follow_up import store as follow_ups
from app.link.token import new_token
from app.main import create_app
from app.safety import RateLimits, TooMany
from app.settings import Settings
from tests.cast import PASSWORD, SECRET, Buyer, SellerAtWork, a_workspace
from tests.safety.visitors import EVERY_FIELD, Things, a_browser, forget_pages, presses, requests_to

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HTMX = {"HX-Request": "true"}
PROMISED = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def missing_in(answer) -> list[str]:
    """What of the promise an answer lacks."""
    lacking = [name for name, value in PROMISED.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("content-security-policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy:
        lacking.append("content-security-policy")
    if "camera=()" not in answer.headers.get("permissions-policy", ""):
        lacking.append("permissions-policy")
    return lacking


def not_kept(answer) -> bool:
    return answer.headers.get("cache-control") == "no-store"


def test_every_route_answers_everybody_with_all_headers(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI
):
    tried = [(m, p) for m, p in requests_to(app) if p not in ("/sign-in", "/sign-out", "/password")]

    answers = [
        client.request(method, things.address(path), data=EVERY_FIELD if method == "POST" else None)
        for client in (a_browser(app), jonas.client, maria.client)
        for method, path in tried
    ]

    assert {answer.status_code for answer in answers} >= {200, 204, 303, 403, 404, 409, 422}
    assert [(a.url.path, missing_in(a)) for a in answers if missing_in(a)] == []


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/nothing", {}, 404),
        ("GET", "/static/nothing.css", {}, 404),
        ("GET", "/l/x", {}, 404),
        ("GET", "/deals/x", {}, 303),
        ("DELETE", "/", {}, 405),
        ("OPTIONS", "/sign-in", {}, 405),
        ("GET", "/p/x", {}, 403),
        ("POST", "/p/x/steps/1/yes", {"headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ("GET", "/p/x", {"headers": {"Cookie": "jointly-x=" + "a" * 60_000}}, 431),
        ("GET", "/p/" + "x" * 17_000, {}, 431),
        ("POST", "/sign-in", {"headers": {"X-Long": "a" * 17_000}}, 431),
        ("GET", "/p/x", {"headers": {"Cookie": "jointly-x=" + "a" * 15_000}}, 403),
        ("POST", "/sign-in", {"content": b"a" * 300_000}, 413),
        ("POST", "/sign-in", {"content": (b"a" * 50_000 for _ in range(9)), "headers": FORM}, 413),
        ("POST", "/sign-in", {"data": {"email": "x"}}, 422),
    ],
)
def test_a_refusal_has_all_headers_and_is_not_kept(app: FastAPI, method: str, path: str, sent, status: int):
    answer = a_browser(app).request(method, path, **sent)

    assert answer.status_code == status
    assert missing_in(answer) == []
    assert not_kept(answer)


def test_a_405_says_what_is_allowed(app: FastAPI):
    assert a_browser(app).delete("/").headers["allow"]


def test_slowing_down_has_all_headers(
    jonas: Buyer, app: FastAPI, limits_on: None, monkeypatch: pytest.MonkeyPatch
):
    def count(*_: object) -> None:
        raise TooMany

    monkeypatch.setattr(RateLimits, "count", count)
    monkeypatch.setattr(tries, "begin", count)
    answers = [jonas.acts(1, "yes"), a_browser(app).post("/sign-in", data={"email": "x"})]

    assert [answer.status_code for answer in answers] == [429, 429]
    assert [missing_in(answer) for answer in answers] == [[], []]
    assert all(answer.headers["retry-after"] and not_kept(answer) for answer in answers)


@pytest.mark.parametrize("error", [RuntimeError("the secret is 4711"), UnicodeError("x"), KeyError("x")])
def test_what_nobody_expected_has_all_headers_and_tells_nothing(
    maria: SellerAtWork, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(follow_ups, "has_deals", fail)
    answer = maria.client.get("/")

    assert answer.status_code == 500
    assert missing_in(answer) == []
    assert not_kept(answer)
    assert "4711" not in answer.text
    assert "Traceback" not in answer.text


def test_even_an_error_page_that_fails_has_all_headers(app: FastAPI, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the secret is 4711")

    monkeypatch.setattr("app.problems.render", fail)
    answer = a_browser(app).get("/nothing")

    assert answer.status_code == 500
    assert missing_in(answer) == []
    assert "4711" not in answer.text


def test_a_static_file_may_be_kept_for_ever(app: FastAPI):
    answers = [a_browser(app).get(path) for path in app.state.pages.assets]

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["cache-control"] for answer in answers} == {"public, max-age=31536000, immutable"}
    assert [missing_in(answer) for answer in answers] == [[]] * len(answers)


def test_a_plan_is_asked_for_again_each_time(jonas: Buyer):
    fresh = jonas.client.get(jonas.path)
    same = jonas.client.get(jonas.path, headers={"If-None-Match": fresh.headers["etag"]})

    assert [fresh.status_code, same.status_code] == [200, 304]
    for answer in (fresh, same):
        assert answer.headers["cache-control"] == "private, no-cache"
        assert {part.strip() for part in answer.headers["vary"].split(",")} >= {"Cookie", "HX-Request"}
        assert missing_in(answer) == []


def test_a_part_of_a_page_says_so_to_caches(things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI):
    paths = [path for method, path in requests_to(app) if method == "GET" and "{name}" not in path]
    readers = [(jonas if path.startswith("/p/") else maria).client for path in paths]
    draft = {"title": "Walk the SAP export"}

    answers = [one.get(things.address(path), headers=HTMX) for one, path in zip(readers, paths, strict=True)]
    answers += [jonas.acts(1, "yes", headers=HTMX)]
    answers += [maria.client.post(f"{maria.plan}/drafts", data=draft, headers=HTMX)]

    html = [one for one in answers if one.headers.get("content-type", "").startswith("text/html")]
    parts = {one.url.path: one.headers.get("vary", "") for one in html if "<html" not in one.text}
    assert {"/", f"{jonas.path}/steps/1/yes", f"{maria.plan}/drafts"} <= parts.keys()
    assert [path for path, varies in parts.items() if "HX-Request" not in varies] == []


def test_what_else_a_buyer_fetches_is_not_kept(jonas: Buyer):
    files = ("plan.ics", "steps/1.ics", "agreed", "agreed.csv", "agreed.xlsx")

    answers = [jonas.client.get(path) for path in (jonas.address, *(f"{jonas.path}/{f}" for f in files))]
    answers += [jonas.acts(1, "yes"), presses(jonas, "copies"), presses(jonas, "goal", words="Two days")]

    assert [answer.status_code for answer in answers] == [303, 200, 200, 200, 200, 200, 303, 200, 303]
    assert all(not_kept(answer) for answer in answers)
    assert [missing_in(answer) for answer in answers] == [[]] * len(answers)


def test_a_page_that_was_kept_has_all_headers_too(jonas: Buyer, app: FastAPI):
    forget_pages(app)
    fresh, kept = jonas.client.get(jonas.path), jonas.client.get(jonas.path)
    told = kept.headers["etag"]
    same = jonas.client.get(jonas.path, headers={"If-None-Match": told})

    assert (fresh.content, fresh.headers["etag"]) == (kept.content, told)
    assert same.status_code == 304
    for answer in (fresh, kept, same):
        assert answer.headers["cache-control"] == "private, no-cache"
        assert missing_in(answer) == []


def test_scripts_come_from_here_and_the_pinned_file_only(jonas: Buyer):
    policy = jonas.client.get(jonas.path).headers["content-security-policy"]

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))

    assert directives["default-src"] == "'none'"
    assert set(directives["script-src"].split()) <= {
        "'self'",
        "http://testserver/static/",
        "https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/dist/htmx.min.js",
    }
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert directives["form-action"] == "'self'"


@pytest.fixture
def https(settings: Settings, database: Database) -> FastAPI:
    """The app behind a public https address."""
    app = create_app(settings.model_copy(update={"base_url": "https://testserver"}))
    app.state.database.dispose()
    app.state.database = database
    return app


def a_safe_browser(app: FastAPI) -> TestClient:
    return TestClient(
        app, base_url="https://testserver", follow_redirects=False, raise_server_exceptions=False
    )


def test_https_is_remembered_by_browsers(https: FastAPI, app: FastAPI):
    safe, plain = a_safe_browser(https).get("/nothing"), a_browser(app).get("/nothing")

    assert "max-age=31536000" in safe.headers["strict-transport-security"]
    assert "strict-transport-security" not in plain.headers


def test_cookies_on_https_are_for_this_host_alone(https: FastAPI, database: Database):
    seller = a_workspace(database)
    client = a_safe_browser(https)

    signed_in = client.post("/sign-in", data={"email": seller.email, "password": PASSWORD})
    signed_out = client.post("/sign-out")

    for answer in (signed_in, signed_out):
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-jointly=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= {p.strip() for p in cookie.split(";")}
        assert "domain" not in cookie.lower()


def test_a_guests_cookie_on_https_is_for_this_host_alone(https: FastAPI, database: Database):
    client = a_safe_browser(https)
    maria = SellerAtWork(client, a_workspace(database))
    client.cookies.set(sessions.cookie_name(https.state.settings), client.cookies["jointly"])
    maria.writes_down()
    shared = client.post(f"{maria.plan}/sharing", data={"participant": "Jonas Weber"}).text

    token = shared.partition("https://testserver/l/")[2].split('"')[0].split("<")[0]
    opened = a_safe_browser(https).get(f"/l/{token}")

    assert opened.headers["set-cookie"].startswith("__Host-jointly-")
    assert "Secure" in opened.headers["set-cookie"]
    assert a_safe_browser(https).get(f"/l/{new_token([SECRET])}").status_code == 404
