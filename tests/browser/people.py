"""The cast, in windows: who signs in where, and a plan that has everything in it."""

from typing import Literal

import httpx
from playwright.sync_api import Page

from tests.browser.served import Served
from tests.cast import PASSWORD, Buyer, SellerAtWork, form_ending, in_days
from tests.markup import first


class Wire(httpx.Client):
    """A client without a window that goes over the wire as well: one app must not run in two event loops."""

    def __init__(self, served: Served) -> None:
        super().__init__(base_url=served.address, timeout=30, transport=served.wire)
        self.served, self.app = served, served.app


class Maria(SellerAtWork):
    """A seller whose links lead to the served address."""

    client: Wire  # ty: ignore[incompatible-attribute-override]  # what it does here, both do
    jonas: "Jonas"

    @property
    def address(self) -> str:
        return str(self.client.base_url).rstrip("/")

    def shares_with(self, person: str) -> str:
        return self._address_in(f"{self.plan}/sharing", person)

    def makes_link_for(self, person: str) -> str:
        return self._address_in(f"{self.plan}/links", person)

    def confirms_handover(self) -> str:
        """The address of the colleague whom the buyer named."""
        form = self.form(self.plan, "/confirmation")
        return self.address_in(self.client.post(form.action, data=form.fields).text)

    def presses(self, act: str, **fields: str) -> None:
        """Press a form of the desk that is about the plan as a whole."""
        form = self.form(self.plan, f"{self.plan}/{act}")
        self.client.post(form.action, data=form.fields | fields)

    def describes_plan(self, **fields: str) -> None:
        self.client.post(self.plan, data={"title": "Next steps"} | fields)

    def proposes_talk(self, person: str = "Jonas Weber", **fields: str) -> None:
        """A talk in three days, at 14:30 by the clock of the plan's zone."""
        talk = {"title": "Look at the audit trail", "kind": "talk", "owner": "us", "counterpart": person}
        when = {"due_on": str(in_days(3)), "due_at": "14:30"}
        self.client.post(f"{self.plan}/drafts", data=talk | when | fields)
        self.client.post(f"{self.plan}/sharing", data={})

    def _address_in(self, path: str, person: str) -> str:
        return self.address_in(self.client.post(path, data={"participant": person}).text)

    def address_in(self, html: str) -> str:
        return first(rf"{self.address}/l/[\w.-]+", html)

    def turns_link_off(self, number: int = 1) -> None:
        self.client.post(f"/links/{number}/revocation", data={})

    def opens(self, page: Page, path: str = "/") -> Page:
        """The page at `path` in a window that is signed in as she is."""
        token = self.client.cookies["jointly"]
        page.context.add_cookies([{"name": "jointly", "value": token, "url": self.address}])
        page.goto(path)
        return page

    def types_her_password(self, page: Page) -> Page:
        page.goto("/")
        page.get_by_label("E-mail").fill(self.seller.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        return page


class Jonas:
    def __init__(self, maria: Maria, address: str) -> None:
        self.maria, self.address = maria, address

    def opens(self, page: Page) -> Page:
        page.goto(self.address)
        return page

    def elsewhere(self) -> "Guest":
        """The same person in another browser, without a window."""
        return Guest(Wire(self.maria.client.served), self.address)


class Guest(Buyer):
    """A prospect's browser without a window, who also acts on the plan as a whole."""

    def presses(self, act: str, **fields: str) -> str:
        """Press a form that is about the plan as a whole; returns the page that comes back."""
        form = form_ending(self.page(), f"{self.path}/{act}")
        return self.client.post(form.action, data=form.fields | {"answering_as": "self"} | fields).text

    def makes_copy(self, maria: Maria) -> str:
        """The address of a copy for colleagues to read."""
        return maria.address_in(self.presses("copies"))


class Hands:
    """A person at a page, whose typing and pressing is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.typed = self.pressed = 0

    def type(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)
        self.typed += 1

    def press(self, role: Literal["button", "link"], name: str) -> None:
        self.page.get_by_role(role, name=name).click()
        self.pressed += 1
