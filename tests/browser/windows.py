"""Browser windows of several sizes, and what they complain about."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

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
expect.set_options(timeout=PATIENCE)
REFUSALS = (403, 404, 409, 410, 422, 429, 503)
REFUSED = "Failed to load resource: the server responded with a status of "


class Windows:
    """Opens windows. A refusal (4xx, 5xx) is a complaint unless the test expects its status."""

    def __init__(self, browser: Browser, served: Served, htmx: bytes) -> None:
        self.browser, self.served, self.htmx = browser, served, htmx
        self.contexts: list[BrowserContext] = []
        self.said: list[str] = []
        self.expected = {422}  # the browser notes each refusal, and the question who answers is one
        self.offline = False

    def phone(self, **options: Any) -> Page:
        return self.open(viewport=PHONE, has_touch=True, is_mobile=True, **options)

    def desktop(self, **options: Any) -> Page:
        return self.open(viewport=DESKTOP, **options)

    def open(self, *, script: bool = True, **options: Any) -> Page:
        context = self.browser.new_context(
            base_url=self.served.address, java_script_enabled=script, locale="en-GB", **options
        )
        context.set_default_timeout(PATIENCE)
        context.route(HTMX_URL, lambda route: route.fulfill(
            body=self.htmx, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"}
        ))  # fmt: skip
        context.on("console", self._console)
        context.on("weberror", lambda error: self.said.append(f"error: {error.error}"))
        context.on("request", self._request)
        self.contexts.append(context)
        return context.new_page()

    def expect(self, *statuses: int) -> None:
        self.expected.update(statuses)

    def expect_no_connection(self) -> None:
        self.offline = True

    def close(self) -> None:
        for context in self.contexts:
            context.close()

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

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.served.address, HTMX_URL)):
            self.said.append(f"asked somebody else: {request.url}")
