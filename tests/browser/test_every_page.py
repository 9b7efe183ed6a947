"""What holds on every page, errors too: everybody can use it, in either scheme, at any width."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from app.database import open_database
from tests.browser.calls import NAMES as CALLS
from tests.browser.calls import Everywhere, every_place
from tests.browser.full_plan import FullPlan
from tests.browser.people import Maria, Wire
from tests.browser.places import PAGES, PROBLEMS
from tests.browser.served import Served
from tests.browser.test_paper import pressable
from tests.browser.windows import REFUSALS, Spare, Windows
from tests.cast import a_workspace
from tests.databases import EMPTY, Files

PLANS = PAGES | PROBLEMS
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": TAGS}
RULES_ON_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
SMALLEST = 24  # CSS pixels


@pytest.fixture(scope="module")
def calls(server: Served, files: Files) -> Everywhere:
    """Every state of calls and positions in one database, which the tests only look at."""
    url = files.copy(EMPTY, "calls")
    database = open_database(url)
    server.app.state.database = database
    everywhere = every_place(Maria(Wire(server), a_workspace(database)), url)
    database.dispose()
    return everywhere


@pytest.fixture(scope="module")
def place(request: pytest.FixtureRequest, spare: Spare, server: Served) -> Iterator[Page]:
    """One page, opened once for all that is asked of it; it may not have complained."""
    windows = Windows(spare)
    windows.expect(*REFUSALS)
    page = windows.open()
    opens = in_a_plan if request.param in PLANS else about_a_call
    with opens(request.param, page, server, request):
        yield page
        windows.close()
    assert windows.complaints == []


@contextmanager
def in_a_plan(name: str, page: Page, server: Served, request: pytest.FixtureRequest) -> Generator[None]:
    """With a full plan of its own, since many ways act on it."""
    full: FullPlan = request.getfixturevalue("full")
    files: Files = request.getfixturevalue("files")
    with full.opened(server, files.copy(full.source, "full, shown")) as maria:
        PLANS[name](page, maria)
        page.evaluate(OPEN_ALL)
        yield


@contextmanager
def about_a_call(name: str, page: Page, server: Served, request: pytest.FixtureRequest) -> Generator[None]:
    calls: Everywhere = request.getfixturevalue("calls")
    database = open_database(calls.url)
    server.app.state.database = database
    calls.places[name].open(page, calls.readers)
    page.evaluate(OPEN_ALL)
    page.evaluate(CLOSE_ALIKE)
    yield
    database.dispose()


@pytest.mark.parametrize("place", [*PLANS, *CALLS], indirect=True)
def test_axe_finds_nothing(place: Page):
    place.evaluate(AXE_SCRIPT)

    look_at(place, "light", 360)
    on_a_phone, found = place.evaluate(SHOWN), broken(place, RULES)
    look_at(place, "dark", 1100)
    is_new = place.evaluate(SHOWN) != on_a_phone
    found += broken(place, RULES if is_new else {"type": "rule", "values": RULES_ON_LOOKS})

    assert found == []


@pytest.mark.parametrize("place", [*PLANS, *CALLS], indirect=True)
def test_nothing_is_wider_than_a_narrow_phone_or_smaller_than_a_thumb_needs(place: Page):
    place.set_viewport_size({"width": 320, "height": 640})

    assert place.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert place.evaluate(TOO_WIDE) == []
    assert place.evaluate(TOO_SMALL, SMALLEST) == []


@pytest.mark.parametrize("place", CALLS, indirect=True)
def test_nothing_on_paper_is_to_be_pressed(place: Page):
    place.emulate_media(media="print")

    assert pressable(place) == []
    assert place.get_by_role("heading", level=1).is_visible()
    place.emulate_media(media="screen")


@pytest.mark.parametrize("place", CALLS, indirect=True)
def test_no_field_sticks_out_of_its_label(place: Page):
    place.set_viewport_size({"width": 1100, "height": 800})

    assert place.evaluate(STICKING_OUT) == []


def look_at(page: Page, scheme: Literal["light", "dark"], width: int) -> None:
    """Colours do not depend on the width, nor sizes on the colours."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(COME_TO_REST)


def broken(page: Page, rules: dict[str, Any]) -> list[str]:
    """Those that are broken, each with the first place where."""
    violations = page.evaluate(RUN_AXE, rules)
    return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:200]}" for one in violations]


# A transition may be cut short by the next one, as when the scheme changes while a panel opens.
COME_TO_REST = """async () => {
  while (document.getAnimations().some(one => one.playState === "running"))
    await new Promise(requestAnimationFrame);
}"""

RUN_AXE = """rules => axe.run({runOnly: rules, resultTypes: ["violations"]})
  .then(found => found.violations)"""

# Which elements are to be seen, by their places in the page.
SHOWN = """() => [...document.body.querySelectorAll("*")]
  .map((one, place) => one.getClientRects().length ? place : -1).filter(place => place >= 0).join()"""

OPEN_ALL = """() => {
  for (const one of document.querySelectorAll("details")) {
    one.removeAttribute("name");
    one.open = true;
  }
}"""

# Text that its box cuts off or that sticks out of it; a field scrolls its own text.
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(one => !one.matches("input, textarea, select, option, .visually-hidden, .skip, svg *"))
  .filter(one => one.getClientRects().length && one.getBoundingClientRect().right > innerWidth + 0.5)
  .map(one => one.outerHTML.slice(0, 120))"""

# A field in a label is pressed on the label; a link inside a sentence may be as small as its line.
TOO_SMALL = """smallest => [...document.querySelectorAll("a, button, summary, select, textarea, input")]
  .filter(one => one.getClientRects().length && !one.matches(".skip"))
  .map(one => one.matches("label input") ? one.closest("label") : one)
  .filter(one => getComputedStyle(one).display !== "inline")
  .filter(one => Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width) < smallest)
  .map(one => one.outerHTML.slice(0, 120))"""

# A field in a label that is laid out as a row for a thumb is wider than what is left for it.
STICKING_OUT = """() => [...document.querySelectorAll("label :is(input, select, textarea)")]
  .filter(one => one.checkVisibility())
  .filter(one => one.getBoundingClientRect().right > one.closest("label").getBoundingClientRect().right + 0.5)
  .map(one => one.outerHTML.slice(0, 120))"""

# Six proposals are six forms that differ in their words alone: two of them show what each of them does.
CLOSE_ALIKE = """() => {
  const seen = new Map();
  for (const one of document.querySelectorAll("main details")) {
    const kind = one.querySelector("form")?.action.replace(/[0-9]+/g, "");
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    if (kind && seen.get(kind) > 2) one.open = false;
  }
}"""
