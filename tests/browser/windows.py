"""Browser windows of several sizes, and what they complain about."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, Request, WebError, expect

from app.settings import HTMX_URL
from tests.browser.served import Served

LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds; a busy machine is no fault of the product
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1100, "height": 800}
USUAL = {"width": 1280, "height": 720}
expect.set_options(timeout=PATIENCE)
REFUSALS = (403, 404, 409, 410, 422, 429, 503)
REFUSED = "Failed to load resource: the server responded with a status of "
NOWHERE = "/healthz"  # of the same origin: a page elsewhere would cost another process


@dataclass
class Window:
    """A browser of its own, with one page; `options` are what it was opened with."""

    page: Page
    tools: CDPSession
    options: dict[str, Any]

    def clear(self, origin: str) -> None:
        """Takes out what a test may have left: where it was, who it was, what it kept, how it looked."""
        context = self.page.context
        for page in context.pages:
            if page != self.page:
                page.close()
        context.set_offline(False)
        self.page.unroute_all()
        self.page.goto(NOWHERE)
        context.clear_cookies()
        context.clear_permissions()
        context.grant_permissions(self.options.get("permissions", []))
        self.tools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self.tools.send("Page.resetNavigationHistory")
        self.page.emulate_media(media="null", color_scheme=self.options.get("color_scheme", "light"))
        self.page.set_viewport_size(self.options.get("viewport", USUAL))


class Spare:
    """Windows that tests are done with, by what they were opened with: a new one takes half a CPU second."""

    def __init__(self, browser: Browser, served: Served, htmx: bytes) -> None:
        self.browser, self.served, self.htmx = browser, served, htmx
        self.windows: dict[str, list[Window]] = {}

    def take(self, options: dict[str, Any]) -> Window:
        alike = self.windows.get(json.dumps(options, sort_keys=True))
        return alike.pop() if alike else self.make(options)

    def put_back(self, window: Window) -> None:
        window.clear(self.served.address)
        self.windows.setdefault(json.dumps(window.options, sort_keys=True), []).append(window)

    def make(self, options: dict[str, Any]) -> Window:
        context = self.browser.new_context(base_url=self.served.address, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE)
        context.route(HTMX_URL, lambda route: route.fulfill(
            body=self.htmx, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"}
        ))  # fmt: skip
        page = context.new_page()
        return Window(page, context.new_cdp_session(page), options)


class Windows:
    """Opens windows. A refusal (4xx, 5xx) is a complaint unless the test expects its status."""

    def __init__(self, spare: Spare) -> None:
        self.spare, self.served = spare, spare.served
        self.opened: list[Window] = []
        self.once: list[Window] = []
        self.listeners: dict[Any, Callable[..., Any]] = {
            "console": self._console,
            "weberror": self._error,
            "request": self._request,
        }
        self.said: list[str] = []
        self.expected = {422}  # the browser notes each refusal, and the question who answers is one
        self.offline = False

    def phone(self, **options: Any) -> Page:
        return self.open(viewport=PHONE, has_touch=True, is_mobile=True, **options)

    def desktop(self, **options: Any) -> Page:
        return self.open(viewport=DESKTOP, **options)

    def open(self, *, script: bool = True, clock: bool = False, **options: Any) -> Page:
        """With a `clock` that the test moves, nobody uses it afterwards: a clock is never taken out again."""
        options |= {"java_script_enabled": script}
        window = self.spare.make(options) if clock else self.spare.take(options)
        if clock:
            window.page.clock.install()
        for event, listen in self.listeners.items():
            window.page.context.on(event, listen)
        (self.once if clock else self.opened).append(window)
        return window.page

    def expect(self, *statuses: int) -> None:
        self.expected.update(statuses)

    def expect_no_connection(self) -> None:
        self.offline = True

    def close(self) -> None:
        for window in self.opened:
            window.page.evaluate("0")  # whatever was said before is heard before
            for event, listen in self.listeners.items():
                window.page.context.remove_listener(event, listen)
            self.spare.put_back(window)
        for window in self.once:
            window.page.context.close()

    @property
    def complaints(self) -> list[str]:
        return [one for one in self.said if not self._is_expected(one)]

    def _is_expected(self, said: str) -> bool:
        if self.offline and ("ERR_INTERNET_DISCONNECTED" in said or "htmx:error" in said):
            return True
        return any(REFUSED + str(status) in said for status in self.expected)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.said.append(f"error: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.served.address, HTMX_URL)):
            self.said.append(f"asked somebody else: {request.url}")
