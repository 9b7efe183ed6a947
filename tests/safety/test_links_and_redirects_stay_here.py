"""Promise 11: links are made from the base address, never from a Host header; redirects stay here."""

import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from tests.cast import Buyer, SellerAtWork
from tests.safety.visitors import EVERY_FIELD, Things, a_browser, requests_to

EVIL = {"Host": "evil.test", "X-Forwarded-Host": "evil.test", "Forwarded": "host=evil.test"}
AWAY = [
    "//evil.test",
    "https://evil.test",
    "/\\evil.test",
    "https:evil.test",
    "home\r\nLocation: //evil.test",
]


def test_a_link_is_made_from_the_base_address(maria: SellerAtWork, after_call: None):
    answer = maria.client.post(f"{maria.plan}/sharing", data={"participant": "Jonas Weber"}, headers=EVIL)

    assert "http://testserver/l/" in answer.text
    assert "evil.test" not in answer.text


def test_a_copy_a_code_and_a_colleagues_link_are_too(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "handover", name="Petra Lang")
    copies, code = f"{jonas.path}/copies", f"{maria.plan}/on-the-call"
    confirm = maria.form(maria.plan, "/confirmation").action

    answers = [jonas.client.post(copies, headers=EVIL), maria.client.post(confirm, headers=EVIL)]
    shown = maria.client.post(code, data={"participant": "Jonas Weber"}, headers=EVIL)

    assert all("http://testserver/l/" in answer.text for answer in answers)
    assert 'class="qr"' in shown.text
    assert not [answer for answer in (*answers, shown) if "evil.test" in answer.text]


def test_a_calendar_points_at_the_base_address(jonas: Buyer):
    entry = jonas.client.get(f"{jonas.path}/steps/1.ics", headers=EVIL).text

    assert f"URL:http://testserver{jonas.path}" in entry.replace("\r\n ", "")
    assert "evil.test" not in entry


def test_no_page_repeats_a_foreign_host(things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI):
    pages = [path for method, path in requests_to(app) if method == "GET"]

    answers = [
        (jonas if path.startswith("/p/") else maria).client.get(things.address(path), headers=EVIL)
        for path in pages
    ]

    assert not [a.url.path for a in answers if "evil.test" in a.text + str(a.headers)]


@pytest.mark.wide
@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize("field", ["back", "next", "url", "to", "return", "redirect"])
def test_no_field_leads_away_from_here(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, away: str, field: str
):
    posts = ["/after-call", "/deals", "/workspace", "/sign-in", "/plans/{ref}/steps/{number}/done"]
    posts += ["/plans/{ref}/steps/{number}/reopening", "/p/{ref}/steps/{number}/comments", "/plans/{ref}"]
    posts += ["/plans/{ref}/pause", "/plans/{ref}/on-the-call/steps", "/p/{ref}/goal", "/p/{ref}/steps"]

    answers = [
        (jonas if path.startswith("/p/") else maria).client.post(
            f"{things.address(path)}?{field}=https://evil.test", data=EVERY_FIELD | {field: away}
        )
        for path in posts
    ]

    places = [answer.headers["location"] for answer in answers if "location" in answer.headers]
    assert len(places) > (1 if field == "url" else 3)
    assert all(place.startswith("/") and not place.startswith(("//", "/\\")) for place in places)
    assert "evil" not in "".join(places)


@pytest.mark.parametrize("path", ["//evil.test", "/\\evil.test", "/%2F%2Fevil.test", "/deals/"])
def test_no_address_leads_away_from_here(app: FastAPI, path: str):
    answer = a_browser(app).get(f"http://testserver{path}")

    assert answer.status_code == 404
    assert "location" not in answer.headers


def test_signing_in_leads_to_our_first_page(app: FastAPI, maria: SellerAtWork):
    answer = a_browser(app).post(
        "/sign-in?next=//evil.test",
        data={"email": maria.seller.email, "password": EVERY_FIELD["password"], "next": "//evil.test"},
        headers=EVIL,
    )

    assert answer.headers["location"] == "/"


def test_a_base_address_behind_a_proxy_is_the_one_in_links(settings: Settings, database):
    app = create_app(settings.model_copy(update={"base_url": "https://plans.ledgerline.test"}))
    app.state.database.dispose()
    app.state.database = database

    csp = a_browser(app).get("/sign-in").headers["content-security-policy"]

    assert "https://plans.ledgerline.test/static/" in csp
    assert "testserver" not in csp
