"""Promise 5: everybody sees and changes their own things; somebody else's look exactly like missing ones."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from starlette.responses import Response
from starlette.testclient import TestClient

import app.main
from app.account.rights import Right, right_of, routes_of
from app.account.tables import Role
from app.database import Database
from app.folders import routers
from app.main import create_app
from app.settings import Settings
from tests.cast import Buyer, SellerAtWork, a_colleague, a_workspace
from tests.marks import EACH_DATABASE, each_database
from tests.markup import text_of
from tests.safety.visitors import (
    EVERY_FIELD,
    NOBODYS,
    Things,
    a_browser,
    colleague,
    contents,
    knock,
    requests_to,
    signed_in,
    viewer,
)


def anonymous(app: FastAPI, database: Database) -> TestClient:
    return a_browser(app)


def stranger(app: FastAPI, database: Database) -> TestClient:
    """The admin of another workspace."""
    return signed_in(app, a_workspace(database, "Brightwater"))


def other_guest(app: FastAPI, database: Database) -> TestClient:
    """Somebody with a link to another plan of the same seller."""
    maria = SellerAtWork(a_browser(app), a_colleague(database, "Nadia Roth", Role.ADMIN))
    maria.writes_down(company="Havel Logistics", person="Tom Ude")
    return Buyer(a_browser(app), maria.shares_with("Tom Ude")).client


def object_requests(app: FastAPI) -> list[tuple[str, str]]:
    """Every route that names somebody's object."""
    return [(method, path) for method, path in requests_to(app) if "{ref}" in path or "{id}" in path]


def told(client: TestClient, method: str, address: str) -> tuple[int, str, list[str]]:
    """What a visitor learns from one request; their own address in it does not count."""
    answer = knock(client, method, address)
    names = sorted(set(answer.headers) - {"content-length", "date"})
    return answer.status_code, answer.text.replace(address, "ADDRESS"), names


@pytest.mark.wide
@each_database("visitor", [anonymous, colleague, stranger, other_guest], both=[stranger])
def test_somebody_elses_object_answers_as_a_missing_one(
    things: Things, app: FastAPI, database: Database, visitor: Callable[..., Any]
):
    client = visitor(app, database)
    before = contents(database)

    differing = [
        (method, path)
        for method, path in object_requests(app)
        if told(client, method, things.address(path))
        != told(client, method, things.address(path, missing=True))
    ]

    assert not differing
    assert contents(database) == before


@pytest.mark.parametrize("visitor", [colleague, stranger])
def test_a_seller_finds_nothing_at_somebody_elses_address(
    things: Things, app: FastAPI, database: Database, visitor: Callable[..., Any]
):
    client = visitor(app, database)
    sellers = [one for one in object_requests(app) if not one[1].startswith("/p/")]

    statuses = {path: knock(client, method, things.address(path)).status_code for method, path in sellers}

    assert set(statuses.values()) == {404}
    assert len(statuses) > 15


def test_a_guest_of_this_plan_opens_no_page_of_the_team(jonas: Buyer, things: Things, app: FastAPI):
    sellers = [(m, p) for m, p in requests_to(app) if not p.startswith(("/p/", "/l/"))]
    closed = [(m, p) for m, p in sellers if right_of(route_at(app, p)) is not Right.ANYONE]

    answers = [knock(jonas.client, method, things.address(path)) for method, path in closed]

    assert len(answers) > 20
    assert {(a.status_code, a.headers.get("location")) for a in answers} <= {(303, "/sign-in"), (403, None)}


def route_at(app: FastAPI, path: str):
    return next(route for route in routes_of(app) if route.path == path)


def test_the_owner_and_the_admin_do_find_them(things: Things, maria: SellerAtWork, app: FastAPI):
    pages = [(m, p) for m, p in object_requests(app) if m == "GET" and not p.startswith("/p/")]

    statuses = {maria.client.get(things.address(path)).status_code for _, path in pages}

    assert statuses == {200}


def test_an_admin_reads_and_changes_a_colleagues_plan(maria: SellerAtWork, app: FastAPI, database: Database):
    sam = SellerAtWork(a_browser(app), a_colleague(database, "Sam Reed"))
    sam.writes_down(company="Havel Logistics", person="Tom Ude")

    answer = maria.client.post(f"{sam.plan}/drafts", data={"title": "Ask for the plan of the hall"})

    assert answer.status_code == 303
    assert "Ask for the plan of the hall" in sam.page(sam.plan)


def test_a_viewer_reads_every_page_of_the_team(things: Things, app: FastAPI, database: Database):
    vera = viewer(app, database)
    pages = [p for m, p in object_requests(app) if m == "GET" and not p.startswith("/p/")]

    statuses = {vera.get(things.address(path)).status_code for path in [*pages, "/", "/deals", "/password"]}

    assert statuses == {200}


def test_a_viewer_acts_on_nothing(things: Things, app: FastAPI, database: Database):
    vera, before = viewer(app, database), contents(database)
    acts = [
        path
        for method, path in requests_to(app)
        if method == "POST" and right_of(route_at(app, path)) in (Right.ADMIN, Right.SELLER)
    ]

    statuses = {path: knock(vera, "POST", things.address(path)).status_code for path in acts}

    assert set(statuses.values()) == {403}
    assert len(statuses) > 15
    assert contents(database) == before


def test_a_viewer_sees_no_form_that_acts(things: Things, app: FastAPI, database: Database):
    vera = viewer(app, database)

    paths = ["/deals", "/deals/{ref}", "/plans/{ref}", "/", "/templates", "/plans/{ref}/on-the-call"]
    paths += ["/plans/{ref}/days", "/plans/{ref}/agreed", "/deals/{ref}/calls", "/deals/{ref}/position"]
    pages = [vera.get(things.address(path)).text for path in paths]

    assert not [page for page in pages if page.count('method="post"') != page.count("/sign-out")]


@pytest.mark.parametrize("visitor", [colleague, viewer])
def test_only_an_admin_describes_the_workspace(
    maria: SellerAtWork, app: FastAPI, database: Database, visitor: Callable[..., Any]
):
    client = visitor(app, database)

    statuses = [knock(client, method, "/workspace").status_code for method in ("GET", "POST")]

    assert statuses == [403, 403]
    assert maria.client.get("/workspace").status_code == 200


def test_fields_that_name_somebody_elses_things_find_nothing(
    things: Things, app: FastAPI, database: Database, maria: SellerAtWork
):
    sam = SellerAtWork(a_browser(app), a_colleague(database, "Sam Reed"))
    sam.writes_down(company="Havel Logistics", person="Tom Ude", what_1="Send the plan", share="")
    pairs = [
        ("/after-call", {"deal": things.deal, "what_1": "Send it"}, "deal"),
        ("/specificity", {"plan": things.plan, "title": "Send it"}, "plan"),
        (f"{sam.plan}/links", {"participant": things.participant}, "participant"),
        (f"{sam.plan}/drafts", {"title": "Send it", "owner": "them-1"}, "owner"),
        (f"{sam.plan}/drafts/3", {"about": "1"}, "about"),
        (f"{sam.deal}/points", {"words": "Well", "said_by": "them-1"}, "said_by"),
        (f"{sam.plan}/on-the-call", {"participant": things.participant}, "participant"),
        (f"{sam.plan}/beginning", {"template": "999"}, "template"),
        (f"{sam.plan}/seller", {"seller": "us-999"}, "seller"),
    ]
    before = contents(database)

    answers = [
        (sam.client.post(to, data=f), sam.client.post(to, data=f | {n: NOBODYS})) for to, f, n in pairs
    ]

    for (theirs, missing), (_, fields, name) in zip(answers, pairs, strict=True):
        assert theirs.status_code == missing.status_code >= 400
        said = [text_of(answer.text) for answer in (theirs, missing)]
        assert said[0].replace(fields[name], "X") == said[1].replace(NOBODYS, "X")
    assert contents(database) == before


def test_nothing_of_another_workspace_is_picked(
    things: Things, maria: SellerAtWork, app: FastAPI, database: Database
):
    other = SellerAtWork(a_browser(app), a_workspace(database, "Brightwater"))
    other.writes_down(company="Havel Logistics", person="Tom Ude")
    before = contents(database)

    picked = {
        "seller": other.client.post(f"{other.plan}/seller", data={"seller": f"us-{maria.seller.id}"}),
        "template": other.client.post(f"{other.plan}/beginning", data={"template": things.ids["templates"]}),
        "removal": other.client.post(things.address("/templates/{id}/removal")),
        "code": other.client.post(f"{other.plan}/on-the-call", data={"participant": things.participant}),
    }

    assert [answer.status_code for answer in picked.values()] == [422, 422, 404, 422]
    assert contents(database) == before


@EACH_DATABASE
def test_the_name_of_another_workspace_is_refused_in_neutral_words(
    maria: SellerAtWork, app: FastAPI, database: Database
):
    a_workspace(database, "Brightwater")
    before = contents(database)

    answer = maria.client.post("/workspace", data={"company": "Brightwater", "products": "Approval"})

    assert answer.status_code == 422
    assert "Write your company’s name another way" in text_of(answer.text)
    assert all(word not in text_of(answer.text).lower() for word in ("taken", "exists", "another workspace"))
    assert "Approval" in answer.text
    assert contents(database) == before
    assert maria.client.post("/workspace", data={"company": "Brightwater AG"}).status_code == 303


def test_only_its_owner_and_an_admin_remove_a_template(
    things: Things, maria: SellerAtWork, app: FastAPI, database: Database
):
    path = things.address("/templates/{id}/removal")

    statuses = [colleague(app, database).post(path).status_code, maria.client.post(path).status_code]

    assert statuses == [404, 303]


THIRTY = dict.fromkeys(
    [
        "id",
        "workspace_id",
        "seller_id",
        "plan_id",
        "deal_id",
        "person_id",
        "participant_id",
        "step_id",
        "link_id",
        "actor",
        "side",
        "status",
        "role",
        "number",
        "head_number",
        "head_hash",
        "ref",
        "created_at",
        "agreed_at",
        "ended_at",
        "revoked_at",
        "expires_at",
        "first_opened_on",
        "password_hash",
        "token_hash",
        "salt",
        "is_admin",
        "may_act",
        "browser",
        "guest_id",
        "written_on",
        "steps_ever",
        "waits_for",
        "chain",
    ],
    "424242",
)


def test_thirty_fields_that_no_form_has_change_nothing(
    things: Things, jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    assert len(THIRTY) >= 30
    posts = [path for method, path in requests_to(app) if method == "POST" and path != "/sign-out"]

    answers = [
        (jonas if path.startswith("/p/") else maria).client.post(
            things.address(path), data={**THIRTY, **EVERY_FIELD}
        )
        for path in posts
    ]

    assert sum(answer.status_code < 400 for answer in answers) > 10
    assert "424242" not in str(contents(database))


def test_the_actor_comes_from_the_link_and_never_from_a_field(
    jonas: Buyer, petra: Buyer, maria: SellerAtWork
):
    form = jonas.form(1, "yes").fields | {"answering_as": "self"}

    answer = petra.client.post(f"{petra.path}/steps/1/yes", data=form | {"participant": "Jonas Weber"})

    assert answer.status_code == 403
    assert "Both said yes" not in jonas.page()


def test_every_route_says_who_may_come_in(app: FastAPI):
    open_to_anyone = {route.path for route in routes_of(app) if right_of(route) is Right.ANYONE}

    assert open_to_anyone == {
        "/sign-in",
        "/l/{token}",
        "/static/{name}",
        "/favicon.ico",
        "/robots.txt",
        "/healthz",
        "/readyz",
    }


def test_an_app_with_a_route_that_declares_no_right_does_not_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    careless = APIRouter()

    @careless.get("/all-the-deals")
    def show_everything() -> str:
        return ""

    monkeypatch.setattr(app.main, "routers", lambda: [*routers(), careless])

    with pytest.raises(RuntimeError, match="/all-the-deals"):
        create_app(settings)


def test_an_app_with_a_plain_route_does_not_start_either(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    careless = APIRouter()
    careless.add_route("/backdoor", lambda request: Response())
    monkeypatch.setattr(app.main, "routers", lambda: [*routers(), careless])

    with pytest.raises(RuntimeError, match="/backdoor"):
        create_app(settings)
