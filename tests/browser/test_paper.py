"""A page to take into a meeting."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.people import Maria
from tests.browser.states import copy_read, two_days_compared
from tests.browser.windows import Windows

SHEET: ViewportSize = {"width": 673, "height": 1000}  # what the margins leave of A4
NARROW_SHEET: ViewportSize = {"width": 480, "height": 700}


@pytest.fixture(params=["light", "dark"])
def paper(request: pytest.FixtureRequest, windows: Windows, furnished: Maria) -> Page:
    page = furnished.jonas.opens(windows.desktop(color_scheme=request.param))
    page.emulate_media(media="print", color_scheme=request.param)
    return page


def test_the_steps_are_on_paper_and_nothing_to_press(paper: Page):
    for number in range(1, 11):
        expect(paper.locator(f"#step-{number} h3")).to_be_visible()

    assert pressable(paper) == []


def test_it_is_black_on_white_in_a_dark_scheme_too(paper: Page):
    colours = paper.evaluate(COLOURS)

    assert colours == {"paper": "rgb(255, 255, 255)", "sheet": "rgb(255, 255, 255)", "words": "rgb(0, 0, 0)"}


def test_the_days_are_drawn_on_a_sheet_and_listed_on_a_narrow_one(paper: Page):
    paper.set_viewport_size(SHEET)
    expect(paper.locator(".drawing .title").first).to_be_visible()
    assert paper.locator(".drawing .title").count() >= 10

    paper.set_viewport_size(NARROW_SHEET)

    expect(paper.locator(".drawing")).to_be_hidden()
    assert listed(paper) >= 10


def test_where_the_drawing_bears_numbers_the_list_says_whose_they_are(windows: Windows, furnished: Maria):
    page = windows.open(viewport=SHEET)
    copy_read(page, furnished)
    page.emulate_media(media="print")

    numbers = page.locator(".drawing .number").all_text_contents()

    expect(page.locator(".drawing")).to_be_visible()
    assert listed(page) == len(numbers) > 12
    assert sorted(page.locator(".upright .dot--number").all_text_contents()) == sorted(numbers)
    assert pressable(page) == []


def test_what_was_agreed_is_on_paper_and_nothing_to_press(windows: Windows, furnished: Maria):
    page = windows.open(viewport=SHEET)
    two_days_compared(page, furnished)
    page.emulate_media(media="print")

    for words in ("From ", "No longer agreed", "One step stayed", "Every agreement", "Days and times are"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator(".history li")).to_have_count(4)
    for one in page.locator(".history li").all():
        expect(one).to_be_visible()
    assert pressable(page) == []


def pressable(page: Page) -> list[str]:
    return page.evaluate(PRESSABLE)


def listed(page: Page) -> int:
    """How many of the days one can read in the list: on a screen with a drawing it is a point wide."""
    return page.evaluate(LISTED)


PRESSABLE = """() => [...document.querySelectorAll("form, button, summary, textarea, input, .button")]
  .filter(one => one.checkVisibility())
  .map(one => one.outerHTML.slice(0, 120))"""

LISTED = """() => {
  const list = document.querySelector(".upright").getBoundingClientRect();
  return [...document.querySelectorAll(".upright li > :last-child a")]
    .map(one => one.getBoundingClientRect())
    .filter(one => one.height > 8 && one.bottom <= list.bottom + 1 && one.right <= list.right + 1)
    .length;
}"""

COLOURS = """() => {
  const colour = (selector, which) => {
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context.fillStyle = getComputedStyle(document.querySelector(selector))[which];
    context.fillRect(0, 0, 1, 1);
    return `rgb(${[...context.getImageData(0, 0, 1, 1).data].slice(0, 3).join(", ")})`;
  };
  return {
    paper: colour("body", "backgroundColor"),
    sheet: colour(".step", "backgroundColor"),
    words: colour(".step h3", "color"),
  };
}"""
