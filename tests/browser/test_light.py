"""The buyer's page is light, also on a train."""

import gzip

from playwright.sync_api import Page

from tests.browser.people import Maria
from tests.browser.windows import Windows

KB = 1024
HEADERS = 700  # bytes an answer's headers may take; measured: 640


def test_the_page_makes_at_most_five_requests(windows: Windows, furnished: Maria):
    page = furnished.jonas.opens(windows.phone())
    page.wait_for_load_state("networkidle")
    asked = noted(page)

    page.reload(wait_until="networkidle")

    assert len(asked) <= 5, asked


def test_the_page_weighs_at_most_32_kb_and_18_without_htmx(windows: Windows, htmx: bytes, furnished: Maria):
    page = furnished.jonas.opens(windows.phone())
    page.wait_for_load_state("networkidle")
    windows.served.sent.clear()

    page.reload(wait_until="networkidle")

    own = sum(one.size + HEADERS for one in windows.served.sent)
    assert 0 < own <= 18 * KB
    assert own + len(gzip.compress(htmx)) + HEADERS <= 32 * KB


def noted(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked
