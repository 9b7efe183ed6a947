"""What holds on every page of a call and of a position: usable, narrow, by keyboard, plain, on paper."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from app.database import open_database
from tests.browser.calls import ASK_SHORT, NAMES, Everywhere, every_place
from tests.browser.people import Maria, Wire
from tests.browser.served import Served
from tests.browser.test_every_page import LOOKS, OPEN_ALL, SMALLEST, TOO_SMALL, TOO_WIDE, broken
from tests.browser.test_keyboard import tab_to, unfold
from tests.browser.test_paper import pressable
from tests.browser.windows import REFUSALS, Windows
from tests.call.test_calls import Caller
from tests.cast import a_workspace, in_days
from tests.databases import EMPTY, Files


@pytest.fixture(scope="module")
def everywhere(server: Served, files: Files) -> Iterator[Everywhere]:
    """One database with every state in it, which the tests of this file only look at."""
    url = files.copy(EMPTY, "calls")
    database = open_database(url)
    server.app.state.database = database
    yield every_place(Maria(Wire(server), a_workspace(database)), url)
    database.dispose()


@pytest.fixture(scope="module")
def place(
    request: pytest.FixtureRequest, chromium: Browser, htmx: bytes, server: Served, everywhere: Everywhere
) -> Iterator[Page]:
    """One page, opened once for all that is asked of it; it may not have complained."""
    database = open_database(everywhere.url)
    server.app.state.database = database
    windows = Windows(chromium, server, htmx)
    windows.expect(*REFUSALS)
    page = windows.open()
    everywhere.places[request.param].open(page, everywhere.readers)
    page.evaluate(OPEN_ALL)
    page.evaluate(CLOSE_ALIKE)
    yield page
    windows.close()
    database.dispose()
    assert windows.complaints == []


@pytest.mark.parametrize("place", NAMES, indirect=True)
def test_axe_finds_nothing(place: Page):
    place.evaluate(AXE_SCRIPT)

    found = [broken(place, *look) for look in LOOKS]

    assert found == [[]] * len(LOOKS)


@pytest.mark.parametrize("place", NAMES, indirect=True)
def test_nothing_is_wider_than_a_narrow_phone_or_smaller_than_a_thumb_needs(place: Page):
    place.set_viewport_size({"width": 320, "height": 640})

    assert place.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert place.evaluate(TOO_WIDE) == []
    assert place.evaluate(TOO_SMALL, SMALLEST) == []


@pytest.mark.parametrize("place", NAMES, indirect=True)
def test_nothing_on_paper_is_to_be_pressed(place: Page):
    place.emulate_media(media="print")

    assert pressable(place) == []
    assert place.get_by_role("heading", level=1).is_visible()
    place.emulate_media(media="screen")


@pytest.mark.parametrize("place", NAMES, indirect=True)
def test_no_field_sticks_out_of_its_label(place: Page):
    place.set_viewport_size({"width": 1100, "height": 800})

    assert place.evaluate(STICKING_OUT) == []


@pytest.fixture
def paper(windows: Windows, maria: Maria) -> Page:
    """On paper: a call with as many actions as there may be, and a flag that none of them touches."""
    maria.writes_down()
    caller = Caller(maria)  # ty: ignore
    caller.plans_a_call()
    caller.says("depth", depth="full")
    for number, flag in enumerate(("role:economic", "role:coach", "role:user", "gap", "objective")):
        fields = {"removes": flag, "due_on": str(in_days(1)), "place": "Berlin"}
        caller.writes(f"{ASK_SHORT}, question {number}", **fields, in_call="yes" if number > 2 else "no")
        caller.chooses()
    page = maria.opens(windows.desktop(), caller.call)
    page.emulate_media(media="print")
    return page


def test_a_plan_of_five_is_on_paper_with_both_halves_and_the_open_flags(paper: Page):
    for title in ("Before the call", "In the call", "Red flags no action touches"):
        expect(paper.get_by_role("heading", name=title)).to_be_visible()
    expect(paper.locator(".note--warn")).to_contain_text("No alternative considered")
    assert [one.is_visible() for one in paper.locator(".note--warn, #plan article").all()] == [True] * 6
    assert pressable(paper) == []


def test_a_plan_of_five_is_one_sheet(paper: Page):
    assert len(re.findall(rb"/Type /Page\b", paper.pdf(format="A4"))) == 1


def test_a_candidate_and_its_three_questions_by_keyboard(windows: Windows, maria: Maria):
    maria.writes_down()
    caller = Caller(maria)  # ty: ignore
    caller.plans_a_call()
    caller.says("depth", depth="quick")
    page = maria.opens(windows.desktop(), f"{caller.call}#candidates")
    candidates = page.locator("#candidates")

    unfold(page, candidates, "Find out who releases the money for this.")
    form = candidates.locator("details[open] form")
    tab_to(page, form.get_by_label("Who, with whom"))
    page.keyboard.type("Maria, with Jonas")
    tab_to(page, form.get_by_label("Which information it secures"))
    page.keyboard.type("the name of who signs")
    tab_to(page, form.get_by_role("button", name="Make it a candidate"))
    page.keyboard.press("Enter")
    expect(candidates.locator("article")).to_have_count(1)
    for question in ("Does it build on", "Does it move the sale", "Can it be done"):
        tab_to(page, page.get_by_role("radiogroup", name=question).get_by_label("Yes"))
        page.keyboard.press("Space")
    tab_to(page, candidates.get_by_role("button", name="Decide"))
    page.keyboard.press("Enter")

    expect(page.locator("#plan article")).to_contain_text("Find out who releases the money for this.")
    expect(page.locator("#plan")).to_contain_text("1 of at most 5")


def test_without_script_a_call_is_prepared_and_learned_from(windows: Windows, maria: Maria):
    maria.writes_down()
    caller = Caller(maria)  # ty: ignore
    caller.plans_a_call()
    page = maria.opens(windows.phone(script=False), caller.call)

    page.get_by_role("button", name="Begin: quick").click()
    page.get_by_text("Find out who releases the money for this.").click()
    form = page.locator("#candidates details[open] form")
    form.get_by_label("Who, with whom").fill("Maria, with Jonas")
    form.get_by_label("Which information it secures").fill("the name of who signs")
    form.get_by_role("button", name="Make it a candidate").click()
    for question in ("Does it build on", "Does it move the sale", "Can it be done"):
        page.get_by_role("radiogroup", name=question).get_by_label("Yes").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.locator("#plan")).to_contain_text("1 of at most 5")
    page.get_by_role("button", name="The call is over").click()
    page.get_by_label("Done", exact=True).check()
    page.get_by_role("button", name="Learned: this call is done").click()

    expect(page.get_by_role("main")).to_contain_text("This plan ended with the call.")
    expect(page.locator("#debrief")).to_have_count(0)


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
