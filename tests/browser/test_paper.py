"""A page to take into a meeting."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Maria
from tests.browser.windows import Windows


@pytest.fixture(params=["light", "dark"])
def paper(request: pytest.FixtureRequest, windows: Windows, furnished: Maria) -> Page:
    page = furnished.jonas.opens(windows.desktop(color_scheme=request.param))
    page.emulate_media(media="print", color_scheme=request.param)
    return page


def test_the_steps_are_on_paper_and_nothing_to_press(paper: Page):
    for number in range(1, 11):
        expect(paper.locator(f"#step-{number} h3")).to_be_visible()

    for control in ("form", "button", "summary", "textarea"):
        assert not any(one.is_visible() for one in paper.locator(control).all()), control


def test_it_is_black_on_white_in_a_dark_scheme_too(paper: Page):
    colours = paper.evaluate(COLOURS)

    assert colours == {"paper": "rgb(255, 255, 255)", "sheet": "rgb(255, 255, 255)", "words": "rgb(0, 0, 0)"}


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
