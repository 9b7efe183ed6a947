"""Promise 8: bad input gets a clear 4xx: never a 5xx, a stack trace or a password that comes back."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

import pytest
from fastapi import FastAPI

from app.account.rights import routes_of
from app.database import Database
from tests.cast import Buyer, SellerAtWork, today
from tests.marks import EACH_DATABASE, EACH_DATABASE_AT_LENGTH, each_database
from tests.markup import forms_in
from tests.safety.visitors import (
    EVERY_FIELD,
    Photograph,
    Things,
    a_browser,
    contents,
    fields_of,
    knock,
    methods_of,
)

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
WORDS = [
    "\ud800",
    "a\x00b",
    "\x1b[31m\x07",
    "\u202egro.live\u202c",
    str(2**63),
    "1e999999",
    "NaN",
    "-Infinity",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "Europe/../UTC",
    "/etc/passwd",
    "%(name)s %s {0} {{ 7*7 }}",
    "a\r\nSet-Cookie: jointly=evil",
    "²",
    "١٢٣",
    "'; DROP TABLE plan; --",
]
LONG = "ä" * 20_000
JSON = {"Content-Type": "application/json"}
BODIES: dict[str, tuple[bytes, dict[str, str]]] = {
    "JSON": (json.dumps(EVERY_FIELD).encode(), JSON),
    "deep JSON": (b"[" * 50_000, JSON),
    "plain text": (b"version=1&words=x", {"Content-Type": "text/plain"}),
    "XML": (b"<a/>", {"Content-Type": "application/xml"}),
    "bytes of no kind": (b"\xff\xfe\x00version", {"Content-Type": "application/octet-stream"}),
    "100,000 fields": (b"a&" * 100_000, FORM),
    "100,000 names": ("&".join(f"{n:x}" for n in range(43_000)).encode(), FORM),
    "300 KB": (b"words=" + b"a" * 300_000, FORM),
    "another charset": (
        "version=1".encode("utf-16"),
        {"Content-Type": "application/x-www-form-urlencoded; charset=utf-16"},
    ),
}


def multipart(charset: str, fields: dict[str, str], *, file: bool = False) -> tuple[bytes, dict[str, str]]:
    name = '; filename="x.txt"' if file else ""
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{field}"{name}\r\n\r\n{typed}\r\n'
        for field, typed in fields.items()
    )
    headers = {"Content-Type": f"multipart/form-data; boundary=b; charset={charset}"}
    return (parts + "--b--\r\n").encode(), headers


SURROGATES = dict.fromkeys(EVERY_FIELD, "\\ud800 \\u0000 \\u202e") | {"version": "1"}
MULTIPART: dict[str, tuple[bytes, dict[str, str]]] = {
    "files": multipart("utf-8", EVERY_FIELD, file=True),
    "surrogates": multipart("unicode_escape", SURROGATES),
    "surrogates and who": multipart("unicode_escape", SURROGATES | {"answering_as": "self"}),
    "names with surrogates": multipart("raw_unicode_escape", {"\\ud800": "x", "version": "1"}),
    "utf-7": multipart("utf-7", {"words": "+2AA-", "version": "1", "email": "+2AA-", "password": "+2AA-"}),
    "idna": multipart("idna", {"words": "xn--" + "a" * 80, "version": "1"}),
    "punycode": multipart("punycode", {"words": "-" * 80, "version": "1"}),
    "no charset": multipart("rot13", EVERY_FIELD | {"answering_as": "other"}),
    "no boundary": (b"--b\r\n", {"Content-Type": "multipart/form-data"}),
    "broken": (
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx",
        {"Content-Type": "multipart/form-data; boundary=b"},
    ),
    "2,000 parts": multipart("utf-8", {f"f{n}": "x" for n in range(2000)}),
}


def encoded(fields: dict[str, str]) -> bytes:
    """As a browser would send it, and what no browser sends as well: lone surrogates."""
    pairs = (f"{name}={quote_plus(typed.encode('utf-8', 'surrogatepass'))}" for name, typed in fields.items())
    return "&".join(pairs).encode()


def posts(app: FastAPI) -> list[tuple[str, list[str]]]:
    """Every POST route with the fields it reads; signing out ends the session that others need."""
    found = [(route.path, fields_of(route)) for route in routes_of(app) if "POST" in methods_of(route)]
    return [(path, fields) for path, fields in found if path != "/sign-out"]


def visitor(path: str, maria: SellerAtWork, jonas: Buyer):
    return (jonas if path.startswith("/p/") else maria).client


def is_clear(answer) -> bool:
    """An answer a person can use: no server error, no trace, no internals."""
    words = answer.text
    return answer.status_code < 500 and not any(
        sign in words for sign in ("Traceback", 'File "', "sqlalchemy", "psycopg", "pydantic", "\x00")
    )


SLOW = {"/sign-in", "/password"}  # each try is hashed; they have tests of their own below


def bad_words(app: FastAPI, share: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Each field of each route with a bad word in it: every `share`-th, on another day other ones."""
    tried = [
        (path, EVERY_FIELD | {name: words})
        for path, fields in posts(app)
        if path not in SLOW
        for name in fields
        for words in WORDS
    ]
    yield from tried[today().toordinal() % share :: share]


@pytest.mark.wide
@pytest.mark.parametrize("share", [21, pytest.param(1, marks=pytest.mark.long)])
def test_no_field_of_any_form_brings_a_server_error(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database, share: int
):
    before, unclear, tried = Photograph(database), [], 0

    for path, fields in bad_words(app, share):
        answer = visitor(path, maria, jonas).post(things.address(path), content=encoded(fields), headers=FORM)
        tried += 1
        if not is_clear(answer):
            unclear.append((path, {n: w for n, w in fields.items() if EVERY_FIELD.get(n) != w}))
        if answer.status_code < 400:
            before.put_back()

    assert not unclear
    assert tried > 200


@pytest.mark.wide
@EACH_DATABASE
def test_bad_words_in_every_field_at_once_change_nothing_they_should_not(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI
):
    unclear = []

    for path, fields in (post for post in posts(app) if post[0] not in SLOW):
        for words in (WORDS[0], WORDS[1], WORDS[4], WORDS[10], LONG):
            typed = EVERY_FIELD | {n: words for n in fields if n not in ("version", "answering_as")}
            answer = visitor(path, maria, jonas).post(
                things.address(path), content=encoded(typed), headers=FORM
            )
            if not is_clear(answer):
                unclear.append((path, words[:20]))

    assert not unclear


@pytest.mark.parametrize("kind", BODIES)
def test_a_body_that_is_no_form_is_refused_and_changes_nothing(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database, kind: str
):
    content, headers = BODIES[kind]
    before = contents(database)

    statuses = {
        path: visitor(path, maria, jonas).post(things.address(path), content=content, headers=headers)
        for path, _ in posts(app)
    }

    assert all(is_clear(answer) for answer in statuses.values())
    assert {path: a.status_code for path, a in statuses.items() if not 400 <= a.status_code < 500} == {}
    assert contents(database) == before


@pytest.mark.wide
@pytest.mark.parametrize("kind", MULTIPART)
def test_an_odd_multipart_form_brings_no_server_error(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, kind: str
):
    content, headers = MULTIPART[kind]

    answers = {
        path: visitor(path, maria, jonas).post(things.address(path), content=content, headers=headers)
        for path, _ in posts(app)
    }

    assert [path for path, answer in answers.items() if not is_clear(answer)] == []


def test_files_where_words_belong_are_refused(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    content, headers = MULTIPART["files"]
    before = contents(database)

    with_needed = [path for path, fields in posts(app) if set(fields) & {"version", "title", "words", "name"}]
    answers = [
        visitor(path, maria, jonas).post(things.address(path), content=content, headers=headers)
        for path in with_needed
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert contents(database) == before


def test_a_field_that_comes_twice_counts_once(jonas: Buyer):
    form = jonas.form(1, "comments").fields | {"answering_as": "self"}
    body = encoded(form | {"words": "first"}) + b"&words=second&version=1&key=other"

    answer = jonas.client.post(f"{jonas.path}/steps/1/comments", content=body, headers=FORM)

    assert answer.status_code == 303
    assert jonas.page().count("<bdi>second</bdi>") + jonas.page().count("<bdi>first</bdi>") == 1


def test_a_flood_without_a_length_is_cut_off(jonas: Buyer):
    answer = jonas.client.post(
        f"{jonas.path}/steps/1/yes", content=(b"a" * 10_000 for _ in range(60)), headers=FORM
    )

    assert answer.status_code == 413
    assert is_clear(answer)


@EACH_DATABASE
def test_an_odd_address_is_a_clear_4xx(jonas: Buyer, maria: SellerAtWork, app: FastAPI):
    odd = [
        "%00",
        "a%00b",
        "%ED%A0%80",
        "%FF",
        "x" * 3000,
        "%0A",
        str(2**63),
        "-1",
        "0",
        "1e9",
        "%F0%9F%92%A9",
    ]
    stems = ["/deals/{}", "/plans/{}", "/plans/{}/preview", f"{maria.plan}/steps/{{}}/yes", "/l/{}", "/p/{}"]
    stems += [
        f"{maria.plan}/drafts/{{}}",
        "/links/{}/revocation",
        f"{jonas.path}/steps/{{}}.ics",
        "/static/{}",
    ]
    stems += [f"{jonas.path}/steps/{{}}/yes", "/nothing/{}", f"{jonas.path}/copies/{{}}/revocation"]
    stems += [f"{maria.plan}/handovers/{{}}/confirmation", "/templates/{}/removal", "/plans/{}/on-the-call"]
    stems += ["/plans/{}/agreed.csv", f"{jonas.path}/agreed.{{}}"]

    answers = [
        knock((jonas if stem.startswith("/p/") else maria).client, method, stem.format(one))
        for stem in stems
        for one in odd
        for method in ("GET", "POST")
    ]

    assert [(a.url.path, a.status_code) for a in answers if not 400 <= a.status_code < 500] == []
    assert all(is_clear(answer) for answer in answers)


QUERIES = [
    "before=0001-01-01T00:00:00%2B14:00",
    "before=9999-12-31T23:59:59-12:00",
    "before=2026-11-21T10:00:00",
    "before=x",
    "before=1e30",
    "before=9999-12-31&after=0001-01-01",
    "before=2099-12-31&after=2099-12-31",
    "before=2000-01-01&before=&after=%ED%A0%80",
    "deal=%00",
    "deal=x",
    "participant=%00",
    "participant=them-99999999999999999999",
    "seen=%00",
]
MINDED_BY_POSTGRES = [query for query in QUERIES if query.endswith(("=%00", "99999"))]


@each_database("query", QUERIES, both=MINDED_BY_POSTGRES)
def test_an_odd_question_in_the_address_is_no_server_error(jonas: Buyer, maria: SellerAtWork, query: str):
    files = ("/agreed", "/agreed.csv", "/agreed.xlsx", "/on-the-call", "/days", "/preview", "/settings", "")
    pages = ["/", "/deals", "/after-call", "/templates", maria.deal, *(maria.plan + file for file in files)]
    jonas.acts(1, "yes")

    answers = [maria.client.get(f"{path}?{query}") for path in pages]
    answers += [jonas.client.get(f"{jonas.path}{file}?{query}") for file in files[:3]]
    answers = [answer for answer in answers if answer.headers["content-type"].startswith("text")]

    assert all(is_clear(answer) for answer in answers)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31", "2100-01-01"])
@pytest.mark.parametrize("field", ["due_on_1", "other_day_1"])
def test_a_day_out_of_reach_is_refused_after_a_call(maria: SellerAtWork, day: str, field: str):
    answer = maria.writes_down(**{"due_on_1": "pick", field: day})

    assert answer.status_code == 422
    assert "day" in answer.text


@pytest.mark.parametrize("typed", ["NaN", "Infinity", "-1", "1e999", "12,5,x", "9" * 400])
def test_an_amount_that_is_no_amount_is_refused(maria: SellerAtWork, typed: str):
    answer = maria.client.post("/deals", data={"company": "Brightwater", "amount": typed})

    assert answer.status_code == 422
    assert 'value="Brightwater"' in answer.text


@pytest.mark.parametrize("zone", ["Nowhere/City", "../../etc/passwd", "Europe/Berlin\x00", "", "posixrules"])
def test_a_zone_that_is_none_is_refused(maria: SellerAtWork, jonas: Buyer, zone: str):
    plan = maria.client.post(maria.plan, data={"title": "Plan", "time_zone": zone, "language": "en"})
    workspace = maria.client.post("/workspace", data={"company": "Ledgerline", "time_zone": zone})

    assert {plan.status_code, workspace.status_code} <= ({303} if zone == "Europe/Berlin\x00" else {422, 303})
    assert jonas.page()


@EACH_DATABASE_AT_LENGTH
def test_a_goal_is_cleaned_as_every_text_is(maria: SellerAtWork, jonas: Buyer):
    typed = {
        "title": "Plan",
        "goal": "Paid\x00 in\u202e two\u200b days",
        "language": "en",
        "time_zone": "UTC",
    }

    answer = maria.client.post(maria.plan, data=typed)

    assert answer.status_code == 303
    assert "Paid in two days" in jonas.page()


def posted_with(words: str, jonas: Buyer, maria: SellerAtWork) -> Iterator[tuple[str, Any]]:
    """Forms that do not fit, each with words somebody would hate to type again."""
    typed = {"answering_as": "self", "version": "1"}
    at = f"{jonas.path}/steps/1"
    yield "counter", jonas.client.post(f"{at}/counter", data=typed | {"note": words, "due_on": "x"})
    yield "obstacle", jonas.client.post(f"{at}/obstacle", data=typed | {"note": words})
    yield "done", jonas.client.post(f"{at}/done", data=typed | {"note": words, "url": "javascript:alert(1)"})
    yield "who", jonas.client.post(f"{at}/comments", data={"version": "1", "words": words})
    yield "deal", maria.client.post("/deals", data={"objective": words})
    yield "deal", maria.client.post(maria.deal, data={"company": "N", "objective": words, "close_on": "x"})
    yield "person", maria.client.post(f"{maria.deal}/people", data={"name": words, "email": "x"})
    yield "point", maria.client.post(f"{maria.deal}/points", data={"words": words, "said_by": "Nobody"})
    yield "draft", maria.client.post(f"{maria.plan}/drafts", data={"title": words, "due_on": "x"})
    yield "call", maria.client.post("/after-call", data={"company": "N", "said": words})
    yield "plan", maria.client.post(maria.plan, data={"goal": words, "language": "xx"})
    yield "workspace", maria.client.post("/workspace", data={"company": "", "products": words})
    yield "terms", maria.client.post(f"{maria.plan}/steps/1/terms", data={"version": "1", "title": words})


def test_what_was_typed_comes_back_when_it_does_not_fit(jonas: Buyer, maria: SellerAtWork):
    words = "The list of the Kiel plant & its approvers"

    answers = list(posted_with(words, jonas, maria))

    assert {answer.status_code for _, answer in answers} == {422}
    assert [kind for kind, answer in answers if not kept_in(answer, words)] == []


def kept_in(answer, words: str) -> bool:
    return any(words in form.fields.values() for form in forms_in(answer.text))


SIGNING = [("/sign-in", "password"), ("/password", "password"), ("/password", "current")]


@pytest.mark.parametrize(("path", "field"), SIGNING)
@pytest.mark.parametrize("words", ["\ud800 hunter2-hunter2", "hunter2-hunter2\x00", "hunter2" * 2_000])
def test_an_odd_password_is_refused_and_never_comes_back(
    maria: SellerAtWork, path: str, field: str, words: str
):
    typed = {"email": maria.seller.email, "current": "wrong one", "password": "hunter2-hunter2", field: words}

    plain = maria.client.post(path, content=encoded(typed), headers=FORM)
    escaped = {name: typed.encode("unicode_escape").decode() for name, typed in typed.items()}
    content, headers = multipart("unicode_escape", escaped)
    odd = maria.client.post(path, content=content, headers=headers)

    assert [plain.status_code, odd.status_code] == [422, 415]
    assert "hunter2" not in plain.text + odd.text
    assert all(is_clear(answer) for answer in (plain, odd))


def test_a_password_in_any_form_that_fails_does_not_come_back(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI
):
    typed = {"password": "hunter2-hunter2", "current": "hunter2-hunter2", "version": "x", "due_on": "x"}

    answers = [
        client.post(things.address(path), data=typed)
        for path, _ in posts(app)
        for client in (visitor(path, maria, jonas), a_browser(app))
    ]

    assert not [answer for answer in answers if "hunter2" in answer.text]
