"""An answer does not queue behind those who only read."""

import asyncio
import statistics
import time

import httpx

from tests.cast import Buyer
from tests.server.serving import Server
from tests.server.visitors import PATIENCE, Browser, Press, a_browser_of

READERS, YESES = 32, 5
SOON = 0.5  # seconds; where other programs take the machine, what a page takes beside it is the measure


def test_a_yes_comes_back_at_once_while_32_people_read(jonas: Buyer, server: Server):
    browser = a_browser_of(jonas, server)
    first = browser.form(1, "yes", answering_as="self")
    presses = [first, *(first.again(key=f"again-{number}") for number in range(1, YESES))]

    pages = asyncio.run(beside_readers(browser, presses))

    assert {press.status for press in presses} == {303}
    yes, page = statistics.median(press.seconds for press in presses), statistics.median(pages)
    assert yes < max(SOON, 3 * page), (yes, page)


async def beside_readers(browser: Browser, presses: list[Press]) -> list[float]:
    """Press one after the other while the readers ask without a pause; returns how long each page took."""
    seconds: list[float] = []
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=PATIENCE, limits=limits, trust_env=False) as client:
        readers = [asyncio.create_task(read(client, browser, seconds)) for _ in range(READERS)]
        await asyncio.sleep(1)
        for press in presses:
            await press.send(client)
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)
    return seconds


async def read(client: httpx.AsyncClient, browser: Browser, seconds: list[float]) -> None:
    """A page that is made anew each time."""
    cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    while True:
        began = time.monotonic()
        await client.get(f"{browser.server.url}{browser.path}/plan.ics", headers=cookies)
        seconds.append(time.monotonic() - began)
