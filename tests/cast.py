"""The cast of every test: Maria Keller of Ledgerline sells to Jonas Weber and Petra Lang of Nordwind."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.account import session as sessions
from app.account.passwords import hash_password
from app.account.tables import Role, Seller, Workspace
from app.clock import day_in, right_now
from app.database import Database
from app.shared_plan.commitment import Side, What
from tests.markup import Form, first, forms_in

SECRET = "a-key-for-tests-0123456789"
PASSWORD = "correct horse battery"
NINE_DAYS = "An invoice takes 9 days to get through. Nobody knows who signs above five thousand."
INVOICES = "Send last quarter's 40 stuck invoices with the approver named on each"
RESIDENCY = "Send the data-residency answer your security office asked for, Frankfurt only"


def state_of(client: Any) -> Any:
    """What the app behind a client keeps while it runs."""
    return client.app.state


def today(zone: str = "UTC") -> date:
    return day_in(zone, right_now())


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


@lru_cache(maxsize=1)
def hashed() -> str:
    return hash_password(PASSWORD)


def a_workspace(database: Database, company: str = "Ledgerline") -> Seller:
    """A workspace with Maria, its admin."""
    with Session(database.writing, expire_on_commit=False) as session, session.begin():
        workspace = Workspace(company=company, products="invoice approval", created_at=right_now())
        session.add(workspace)
        session.flush()
        return a_seller(session, workspace, "Maria Keller", Role.ADMIN)


def a_seller(session: Session, workspace: Workspace, name: str, role: Role = Role.SELLER) -> Seller:
    email = f"{name.split()[0].lower()}@{workspace.company.lower()}.test"
    seller = Seller(
        workspace_id=workspace.id or 0,
        email=email,
        name=name,
        role=role,
        password_hash=hashed(),
        created_at=right_now(),
    )
    session.add(seller)
    session.flush()
    return seller


def a_colleague(
    database: Database, name: str, role: Role = Role.SELLER, company: str = "Ledgerline"
) -> Seller:
    """One more seller of a workspace that is there already."""
    with Session(database.writing, expire_on_commit=False) as session, session.begin():
        workspace = session.exec(select(Workspace).where(Workspace.company == company)).one()
        return a_seller(session, workspace, name, role)


class SellerAtWork:
    """A seller's browser, signed in; its client may also go over the wire."""

    client: TestClient

    def __init__(self, client: Any, seller: Seller) -> None:
        self.client, self.seller = client, seller
        self.plan = self.deal = ""
        self.signs_in()

    def signs_in(self) -> None:
        """Once more, too, after two weeks away."""
        database: Database = state_of(self.client).database
        with Session(database.writing) as session, session.begin():
            token = sessions.begin(session, self.seller, datetime.now(UTC))
        self.client.cookies.set("jointly", token)

    def writes_down(self, **fields: str):
        """After a call: Nordwind, one point, one step of each side unless told otherwise."""
        form = {
            "company": "Nordwind",
            "person": "Jonas Weber",
            "said": NINE_DAYS,
            "what_1": INVOICES,
            "who_1": "them",
            "due_on_1": str(in_days(5)),
            "what_2": RESIDENCY,
            "who_2": "us",
            "due_on_2": str(in_days(3)),
        } | fields
        answer = self.client.post("/after-call", data={name: value for name, value in form.items() if value})
        if answer.status_code == 303:
            self.plan = answer.headers["location"].partition("/preview")[0]
            self.deal = first(r"/deals/[\w-]+", self.page(self.plan))
        return answer

    def shares_with(self, person: str) -> str:
        """Share every draft and return the address of a link for one person."""
        answer = self.client.post(f"{self.plan}/sharing", data={"participant": person})
        return address_in(answer.text)

    def makes_link_for(self, person: str) -> str:
        return address_in(self.client.post(f"{self.plan}/links", data={"participant": person}).text)

    def page(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def form(self, path: str, action: str) -> Form:
        """The form on the page at `path` whose action ends with `action`."""
        return form_ending(self.page(path), action)

    def acts(self, number: int, act: str, **fields: str):
        """Press a form of a shared step as it stands on the desk's page."""
        form = self.form(self.plan, f"/steps/{number}/{act}")
        return self.client.post(form.action, data=form.fields | fields)


class Buyer:
    """A prospect's browser that opened its link."""

    client: TestClient

    def __init__(self, client: Any, address: str) -> None:
        self.client, self.address = client, address
        opened = client.get(address.replace("http://testserver", ""))
        self.path = opened.headers["location"]

    def page(self) -> str:
        answer = self.client.get(self.path)
        assert answer.status_code == 200, answer.status_code
        return answer.text

    def form(self, number: int, act: str) -> Form:
        return form_ending(self.page(), f"/steps/{number}/{act}")

    def acts(self, number: int, act: str, *, headers: dict[str, str] | None = None, **fields: str):
        """Press a form of a step as it stands on the page, having said who one is."""
        form = self.form(number, act)
        data = form.fields | {"answering_as": "self"} | fields
        return self.client.post(form.action, data=data, headers=headers)


def form_ending(html: str, action: str) -> Form:
    found = [form for form in forms_in(html) if form.action.endswith(action)]
    assert found, f"no form for {action}"
    return found[0]


def address_in(html: str) -> str:
    return first(r"http://testserver/l/[\w.-]+", html)


@dataclass(frozen=True)
class Said:
    """An act as the pure rules need it."""

    what: What
    side: Side
    at: datetime
    version: int = 1
