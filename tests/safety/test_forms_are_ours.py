"""Promise 10: a form that came from another site does nothing."""

import pytest
from fastapi import FastAPI

from app.database import Database
from tests.cast import Buyer, SellerAtWork
from tests.safety.visitors import Things, a_browser, contents, knock, requests_to

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Origin": "https://evil.test"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://testserver.evil.test"},
    {"Origin": "https://testserver"},
    {"Origin": "http://testserver:8080"},
]
OURS = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://testserver"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
]


@pytest.mark.wide
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_foreign_form_changes_nothing_anywhere(
    things: Things,
    jonas: Buyer,
    maria: SellerAtWork,
    app: FastAPI,
    database: Database,
    headers: dict[str, str],
):
    posts = [path for method, path in requests_to(app) if method == "POST"]
    before = contents(database)

    answers = [
        (jonas if path.startswith("/p/") else maria).client.post(
            things.address(path), data={"version": "1", "answering_as": "self"}, headers=headers
        )
        for path in posts
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert contents(database) == before
    assert maria.client.get("/").status_code == 200


@pytest.mark.parametrize("headers", OURS, ids=str)
def test_our_own_form_counts(jonas: Buyer, headers: dict[str, str]):
    answer = jonas.acts(1, "yes", headers=headers)

    assert answer.status_code == 303


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_link_from_anywhere_opens_the_page(jonas: Buyer, app: FastAPI, headers: dict[str, str]):
    opened = a_browser(app).get(jonas.address, headers=headers)

    assert opened.status_code == 303


def test_no_get_acts(things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database):
    posts = {path for method, path in requests_to(app) if method == "POST"}
    shown = {path for method, path in requests_to(app) if method == "GET"}
    before = contents(database)

    answers = [
        knock((jonas if path.startswith("/p/") else maria).client, method, things.address(path))
        for path in sorted(posts - shown)
        for method in ("GET", "PUT", "DELETE", "PATCH")
    ]

    assert {answer.status_code for answer in answers} == {405}
    assert contents(database) == before
