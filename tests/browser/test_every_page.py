"""What holds on every page, errors too: everybody can use it, in either scheme, at any width."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.people import Maria
from tests.browser.places import PAGES, PROBLEMS
from tests.browser.windows import REFUSALS, Windows

EVERYWHERE = PAGES | PROBLEMS
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [("light", 360), ("dark", 1100)]  # colours do not depend on the width, nor sizes on the colours
SMALLEST = 24  # CSS pixels


@pytest.fixture
def place(request: pytest.FixtureRequest, windows: Windows, furnished: Maria) -> Page:
    windows.expect(*REFUSALS)
    page = windows.open()
    EVERYWHERE[request.param](page, furnished)
    page.evaluate(OPEN_ALL)
    return page


@pytest.mark.parametrize("place", EVERYWHERE, indirect=True)
def test_axe_finds_nothing(place: Page):
    place.evaluate(AXE_SCRIPT)

    found = [broken(place, *look) for look in LOOKS]

    assert found == [[]] * len(LOOKS)


@pytest.mark.parametrize("place", EVERYWHERE, indirect=True)
def test_nothing_is_wider_than_a_narrow_phone_or_smaller_than_a_thumb_needs(place: Page):
    place.set_viewport_size({"width": 320, "height": 640})

    assert place.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert place.evaluate(TOO_WIDE) == []
    assert place.evaluate(TOO_SMALL, SMALLEST) == []


def broken(page: Page, scheme: str, width: int) -> list[str]:
    """The rules that are broken, each with the first place where."""
    page.emulate_media(color_scheme=scheme)  # ty: ignore
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(COME_TO_REST)
    violations = page.evaluate(RUN_AXE, RULES)
    return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:200]}" for one in violations]


# A transition may be cut short by the next one, as when the scheme changes while a panel opens.
COME_TO_REST = """async () => {
  while (document.getAnimations().some(one => one.playState === "running"))
    await new Promise(requestAnimationFrame);
}"""

RUN_AXE = """rules => axe.run({runOnly: rules, resultTypes: ["violations"]})
  .then(found => found.violations)"""

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
