"""Who may come by, what they may ask for, and what the database holds before and after."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlmodel import Session, SQLModel, col, func, select
from starlette.testclient import TestClient

from app.account.rights import routes_of
from app.account.tables import Role, Seller
from app.buyer.kept import MOST_BYTES, KeptPages
from app.call.tables import Call, PlanAction
from app.database import Database
from app.deal.tables import Alternative, Anchor, Deal, Dispute, OwnFlag, Person, Point, Strength
from app.desk.tables import Draft, PlanTemplate
from app.follow_up.tables import Touch
from app.link.store import copies_of
from app.link.tables import Link
from app.shared_plan.tables import Handover, Participant, Plan
from app.shelf import Shelf
from app.sqlite import driver
from tests.cast import PASSWORD, Buyer, SellerAtWork, a_colleague, address_in, form_ending, in_days

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
    "placed_days": "",
    "placed_after": "",
    "template": "1",
    "move": f"1-1-{in_days(12)}",
    "note": "The audit moved.",
    "url": "https://nordwind.test/list",
    "participant": "Jonas Weber",
    "person": "Petra Lang",
    "said": "The audit is in March.",
    "what_1": "Send the audit plan of March",
    "who_1": "them",
    "due_on_1": str(in_days(4)),
    "on": str(in_days(5)),
    "at": "14:30",
    "about": "The audit of March",
    "how": "moved",
    "same": "no",
    "true": "yes",
    "bets": "yes",
    "assumed": "confirmed",
    "question": "1",
    "flag": "competition",
    "strength": "The trail of each approval",
    "gap": "1",
    "role": "user",
    "mode": "trouble",
    "evidence": "1",
    "win": "Home by six",
    "result": "Nine days become two",
    "answer": "They have no one to run it.",
    "area": "wins",
    "secures": "Who signs",
    "removes": "competition",
    "uses": "strength:1",
    "logical": "yes",
    "brings": "Dr. Brandt at the Chamber knows section 14.",
    "brought": "Nothing yet.",
    "text": "Jonas, you said nobody knows who signs above five thousand.",
    "point": "1",
    "part": "checks",
    "was_title": "Name the limit above which it gets stuck",
    "was_text": "Jonas, this is who may sign.",
    "touch": "1",
    "way": "mailed",
    "current": PASSWORD,
    "password": PASSWORD,
}
# Whose ids stand in an address, by the word before them; the first row is somebody's own.
NUMBERED = {
    "links": Link,
    "handovers": Handover,
    "templates": PlanTemplate,
    "people": Person,
    "points": Point,
    "alternatives": Alternative,
    "strengths": Strength,
    "flags": OwnFlag,
    "disputes": Dispute,
    "actions": PlanAction,
    "anchors": Anchor,
    "touches": Touch,
}


@dataclass(frozen=True)
class Things:
    """What somebody else's objects are called: refs by an address's first word, ids by the word before."""

    refs: dict[str, str]
    ids: dict[str, int]
    token: str

    @property
    def deal(self) -> str:
        return self.refs["deals"]

    @property
    def plan(self) -> str:
        return self.refs["plans"]

    @property
    def participant(self) -> str:
        return self.refs["p"]

    def address(self, path: str, *, missing: bool = False) -> str:
        """A route's template filled in; `missing`: with names that nobody's object has."""
        ident = self.ids.get(path.partition("/{id}")[0].rpartition("/")[2], 0)
        filled = {
            "ref": NOBODYS if missing else self.refs.get(path.split("/")[1], ""),
            "id": "999999" if missing else str(ident),
            "number": "1",
            "token": self.token[:-5] + "AAAAA" if missing else self.token,
            "name": "jointly.css",
        }
        return re.sub(r"{(\w+)(:\w+)?}", lambda found: filled[found[1]], path)


def one_of_everything(maria: SellerAtWork, jonas: Buyer) -> None:
    """One of everything that stands in an address, of Maria's deal and plan with Jonas."""
    maria.client.post(f"{maria.plan}/drafts", data={"title": "Draft for later"})
    maria.client.post(f"{maria.plan}/template", data={"name": "An invoice trial"})
    maria.client.post(f"{maria.deal}/calls", data={"on": str(in_days(2)), "about": "The audit"})
    maria.client.post(f"{maria.deal}/alternatives", data={"kind": "doing nothing"})
    maria.client.post(f"{maria.deal}/strengths", data={"words": "The trail of each approval"})
    maria.client.post(f"{maria.deal}/flags", data={"words": "Nobody knows who signs"})
    maria.client.post(f"{maria.plan}/anchors", data={"was_title": "Name who signs", "about": "neither"})
    maria.client.post(f"{maria.plan}/touches", data={"point": "1", "text": "Jonas, who signs?"})
    presses(jonas, "copies")
    jonas.acts(2, "handover", name="Petra Lang", email="petra@nordwind.test")


def things_of(database: Database, maria: SellerAtWork, jonas: Buyer) -> Things:
    """What they are called after that."""
    with Session(database.reading) as session:
        plan = session.exec(select(Plan).where(Plan.ref == maria.plan.rpartition("/")[2])).one()
        deal = session.exec(select(Deal).where(Deal.plan_id == plan.id)).one()
        own = select(Participant).where(Participant.plan_id == plan.id).order_by(col(Participant.id))
        call = session.exec(select(Call)).one()
        refs = {
            "deals": deal.ref,
            "plans": plan.ref,
            "calls": call.ref,
            "p": session.exec(own.limit(1)).one().ref,
        }
        ids = {word: session.exec(select(func.min(kind.id))).one() or 1 for word, kind in NUMBERED.items()}
        draft = session.exec(select(Draft.id).where(Draft.shared_step == None)).first()  # noqa: E711
        copy, _ = copies_of(session, plan.id or 0)[0]
        ids |= {"drafts": draft or 1, "copies": copy.id or 1}
        return Things(refs, ids, jonas.address.rpartition("/")[2])


def presses(buyer: Buyer, act: str, **fields: str) -> Any:
    """Press a form about the plan as a whole as it stands on the page, having said who one is."""
    form = form_ending(buyer.page(), f"{buyer.path}/{act}")
    return buyer.client.post(form.action, data=form.fields | {"answering_as": "self"} | fields)


def a_copy_of(buyer: Buyer, app: FastAPI) -> Buyer:
    """The browser of a colleague who has the copy that the buyer made."""
    return Buyer(a_browser(app), address_in(presses(buyer, "copies").text))


def forget_pages(app: FastAPI) -> None:
    """The next look at a buyer's page is at one made anew."""
    part: Any = app.middleware_stack
    while not isinstance(part, KeptPages):
        part = part.app
    part.shelf = Shelf(MOST_BYTES)


def a_browser(app: FastAPI) -> TestClient:
    """Somebody's browser, without any cookie."""
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False)


def signed_in(app: FastAPI, seller: Seller) -> TestClient:
    return SellerAtWork(a_browser(app), seller).client


def viewer(app: FastAPI, database: Database) -> TestClient:
    return signed_in(app, a_colleague(database, "Vera Vogt", Role.VIEWER))


def colleague(app: FastAPI, database: Database) -> TestClient:
    return signed_in(app, a_colleague(database, "Sam Reed"))


def methods_of(route: APIRoute) -> set[str]:
    return route.methods or set()


def requests_to(app: FastAPI, *, prefix: str = "/") -> Iterator[tuple[str, str]]:
    """(method, path template) of every route below `prefix`."""
    for route in routes_of(app):
        for method in sorted(methods_of(route)):
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


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table; but for the sessions, whose last use a page notes."""
    with Session(database.reading) as session:
        return {
            table.name: [
                tuple(row)
                for row in session.connection().execute(table.select().order_by(*table.primary_key))
            ]
            for table in SQLModel.metadata.sorted_tables
            if table.name != "sellersession"
        }


class Photograph:
    """An SQLite database as it was, to put back after something changed it."""

    def __init__(self, database: Database) -> None:
        self.file = str(database.reading.url.database)
        self.kept = driver.connect(":memory:")
        with driver.connect(self.file) as source:
            source.backup(self.kept)

    def put_back(self) -> None:
        with driver.connect(self.file) as target:
            self.kept.backup(target)
