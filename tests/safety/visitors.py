"""Who may come by, what they may ask for, and what the database holds before and after."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlmodel import Session, SQLModel, select
from starlette.testclient import TestClient

from app.account.rights import routes_of
from app.account.tables import Role, Seller
from app.database import Database
from app.deal.tables import Deal
from app.desk.tables import Draft
from app.link.tables import Link
from app.shared_plan.tables import Participant, Plan
from tests.cast import PASSWORD, Buyer, SellerAtWork, a_colleague, in_days

NOBODYS = "AAAAAAAAAAAAAAAAAAAAAA"  # as long as a real ref

# Fits every form at once, since a form ignores what it does not know: a new route is tried by itself.
EVERY_FIELD = {
    "version": "1",
    "answering_as": "self",
    "company": "Brightwater",
    "objective": "Invoice approval for four plants",
    "amount": "84000",
    "currency": "EUR",
    "close_on": str(in_days(60)),
    "name": "Petra Lang",
    "title": "Send the list of approvers of the Kiel plant",
    "email": "petra@nordwind.test",
    "words": "Nobody knows who signs above five thousand.",
    "said_on": str(in_days(-1)),
    "goal": "Invoices approved in two days",
    "goal_on": str(in_days(90)),
    "language": "en",
    "time_zone": "Europe/Berlin",
    "products": "invoice approval",
    "reason": "other",
    "due_on": str(in_days(9)),
    "due_at": "14:30",
    "place": "https://meet.nordwind.test/room",
    "kind": "talk",
    "who": "both",
    "until": str(in_days(30)),
    "seller": "Maria Keller",
    "step": "1",
    "note": "The audit moved.",
    "url": "https://nordwind.test/list",
    "participant": "Jonas Weber",
    "person": "Petra Lang",
    "said": "The audit is in March.",
    "what_1": "Send the audit plan of March",
    "who_1": "them",
    "due_on_1": str(in_days(4)),
    "current": PASSWORD,
    "password": PASSWORD,
}


@dataclass(frozen=True)
class Things:
    """What somebody else's objects are called."""

    deal: str
    plan: str
    participant: str
    draft: int
    link: int
    token: str

    def address(self, path: str, *, missing: bool = False) -> str:
        """A route's template filled in; `missing`: with names that nobody's object has."""
        ref = {"/deals": self.deal, "/plans": self.plan, "/p": self.participant}.get(
            "/" + path.split("/")[1], ""
        )
        ident = self.link if path.startswith("/links") else self.draft
        filled = {
            "ref": NOBODYS if missing else ref,
            "id": "999999" if missing else str(ident),
            "number": "1",
            "token": self.token[:-5] + "AAAAA" if missing else self.token,
            "name": "jointly.css",
        }
        return re.sub(r"{(\w+)(:\w+)?}", lambda found: filled[found[1]], path)


def things_of(database: Database, maria: SellerAtWork, jonas: Buyer) -> Things:
    """Maria's deal and plan with Jonas, one draft written besides."""
    maria.client.post(f"{maria.plan}/drafts", data={"title": "Draft for later"})
    with Session(database.reading) as session:
        plan = session.exec(select(Plan).where(Plan.ref == maria.plan.rpartition("/")[2])).one()
        deal = session.exec(select(Deal).where(Deal.plan_id == plan.id)).one()
        participant = session.exec(select(Participant).where(Participant.plan_id == plan.id)).first()
        link = session.exec(select(Link).where(Link.participant_id == participant.id)).first()  # ty: ignore
        draft = session.exec(select(Draft).where(Draft.shared_step == None)).first()  # noqa: E711
        token = jonas.address.rpartition("/")[2]
        return Things(deal.ref, plan.ref, participant.ref, draft.id, link.id, token)  # ty: ignore


def a_browser(app: FastAPI) -> TestClient:
    """Somebody's browser, without any cookie."""
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False)


def signed_in(app: FastAPI, seller: Seller) -> TestClient:
    return SellerAtWork(a_browser(app), seller).client


def viewer(app: FastAPI, database: Database) -> TestClient:
    return signed_in(app, a_colleague(database, "Vera Vogt", Role.VIEWER))


def colleague(app: FastAPI, database: Database) -> TestClient:
    return signed_in(app, a_colleague(database, "Sam Reed"))


def requests_to(app: FastAPI, *, prefix: str = "/") -> Iterator[tuple[str, str]]:
    """(method, path template) of every route below `prefix`."""
    for route in routes_of(app):
        for method in sorted(route.methods):
            if route.path.startswith(prefix):
                yield method, route.path


def fields_of(route: APIRoute) -> list[str]:
    """The form fields that a route reads, its dependencies' too."""
    found: dict[str, None] = {}
    for param in route.dependant.body_params:
        model = getattr(param.field_info, "annotation", None)
        found |= dict.fromkeys(getattr(model, "model_fields", None) or [param.alias])
    return list(found)


def knock(client: TestClient, method: str, address: str, **fields: str) -> Any:
    """One request with every field any form knows."""
    if method == "POST":
        return client.post(address, data=EVERY_FIELD | fields)
    return client.request(method, address)


def contents(database: Database) -> dict[str, list[tuple]]:
    """Every row of every table; but for the sessions, whose last use a page notes."""
    with Session(database.reading) as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in SQLModel.metadata.sorted_tables
            if table.name != "sellersession"
        }


class Photograph:
    """An SQLite database as it was, to put back after something changed it."""

    def __init__(self, database: Database) -> None:
        self.file = str(database.reading.url.database)
        self.kept = sqlite3.connect(":memory:")
        with sqlite3.connect(self.file) as source:
            source.backup(self.kept)

    def put_back(self) -> None:
        with sqlite3.connect(self.file) as target:
            self.kept.backup(target)
