"""Browsers of the cast, many of them at the same time."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.cast import Buyer, SellerAtWork, form_ending
from tests.server.serving import Server

PATIENCE = 30  # seconds until a test gives up; what it promises is shorter
# Nothing is encrypted here, so no client verifies: it would read the machine's certificates, for 20 ms each.


@dataclass
class Browser:
    """One browser at a real server: its cookies and the page it has open."""

    server: Server
    path: str
    cookies: dict[str, str]

    def page(self) -> str:
        answer = self.get()
        assert answer.status_code == 200, answer.status_code
        return answer.text

    def get(self) -> httpx.Response:
        return httpx.get(self.server.url + self.path, cookies=self.cookies, timeout=PATIENCE, verify=False)

    def form(self, number: int, act: str, **fields: str) -> "Press":
        """A form of a step as it stands on the page, filled in."""
        return self.press(f"/steps/{number}/{act}", **fields)

    def press(self, ending: str, **fields: Any) -> "Press":
        """The form whose address ends so, as it stands on the page, filled in."""
        found = form_ending(self.page(), ending)
        return Press(self, found.action, found.fields | fields)


@dataclass
class Press:
    """One press of a button, and what came back: 0 is no answer at all."""

    browser: Browser
    action: str
    fields: dict[str, Any]
    status: int = 0
    text: str = ""
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    seconds: float = 0.0

    def again(self, **fields: Any) -> "Press":
        return Press(self.browser, self.action, self.fields | fields)

    def now(self) -> "Press":
        asyncio.run(all_at_once([self]))
        return self

    async def send(self, client: httpx.AsyncClient) -> None:
        began = time.monotonic()
        try:
            answer = await client.post(
                self.browser.server.url + self.action,
                data=self.fields,
                headers={"Cookie": "; ".join(f"{k}={v}" for k, v in self.browser.cookies.items())},
            )
        except httpx.TransportError:
            return
        self.seconds = time.monotonic() - began
        self.status, self.text, self.headers = answer.status_code, answer.text, answer.headers


async def all_at_once(presses: Iterable[Press]) -> None:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=PATIENCE, limits=limits, trust_env=False, verify=False) as client:
        await asyncio.gather(*(press.send(client) for press in presses))


def press_together(presses: list[Press]) -> list[Press]:
    asyncio.run(all_at_once(presses))
    return presses


def a_browser_of(buyer: Buyer, server: Server) -> Browser:
    """A fresh browser that opens the buyer's link."""
    token = buyer.address.rpartition("/")[2]
    opened = httpx.get(f"{server.url}/l/{token}", timeout=PATIENCE, verify=False)
    return Browser(server, opened.headers["location"], dict(opened.cookies))


def desk_of(maria: SellerAtWork, server: Server) -> Browser:
    return Browser(server, maria.plan, dict(maria.client.cookies))
