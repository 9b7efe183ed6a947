"""The buyer's story with a keyboard alone: every stop is seen, and the place is kept."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Jonas
from tests.browser.windows import Windows
from tests.cast import in_days

MOST_STOPS = 80


@pytest.fixture
def page(windows: Windows, jonas: Jonas) -> Page:
    return jonas.opens(windows.desktop())


def test_the_first_stop_leads_past_the_bar(page: Page):
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the plan")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_a_yes_leads_to_its_receipt(page: Page):
    says_yes(page)

    expect(page.locator("#step-1 [data-receipt]")).to_be_focused()
    expect(page.locator("#step-1 [data-receipt]")).to_contain_text("You said yes to")


def test_a_second_answer_leads_to_its_own_receipt(page: Page):
    says_yes(page)

    tab_to(page, page.locator("#step-2").get_by_role("button", name="Yes, "))
    page.keyboard.press("Space")

    expect(page.locator("#step-2 [data-receipt]")).to_be_focused()


def test_another_day_is_asked_for(page: Page):
    says_yes(page)
    step = page.locator("#step-2")

    unfold(page, step, "Another date")
    tab_to(page, step.get_by_label("Which day works?"))
    page.keyboard.type(f"{in_days(9):%m%d%Y}")
    tab_to(page, step.get_by_role("button", name="Ask for this day"))
    page.keyboard.press("Enter")

    expect(step).to_contain_text("You asked for")
    expect(step.locator("[data-receipt]")).to_be_focused()


def test_what_is_in_the_way_is_said_and_taken_back(page: Page):
    says_yes(page)
    step = page.locator("#step-2")

    unfold(page, step, "This won’t work as it stands")
    tab_to(page, step.get_by_label("I am waiting for someone"))
    page.keyboard.press("ArrowDown")
    expect(step.get_by_label("Something else comes first")).to_be_checked()
    tab_to(page, step.get_by_role("button", name="Say so"))
    page.keyboard.press("Enter")
    expect(step).to_contain_text("You said this won’t work as it stands")
    tab_to(page, step.get_by_role("button", name="Undo"))
    page.keyboard.press("Enter")

    expect(step).to_contain_text("Needs your answer")
    expect(step).to_be_focused()


def test_a_question_is_asked_and_the_step_marked_as_done(page: Page):
    says_yes(page)
    step = page.locator("#step-1")

    unfold(page, step, "Ask a question")
    tab_to(page, step.get_by_role("textbox", name="Your words", exact=True))
    page.keyboard.type("Is Frankfurt the only place?")
    tab_to(page, step.get_by_role("button", name="Send"))
    page.keyboard.press("Enter")
    expect(step.locator(".comments")).to_contain_text("Is Frankfurt the only place?")
    unfold(page, step, "Mark as done")
    tab_to(page, step.get_by_role("button", name="It is done"))
    page.keyboard.press("Enter")

    expect(step).to_contain_text("Done on")


def test_something_is_asked_for_and_the_plan_ended_and_taken_up_again(page: Page):
    says_yes(page)
    main = page.get_by_role("main")

    asks_for_something(page, main)
    expect(page.locator("#step-3")).to_contain_text("You asked for this; Maria answers next")
    ends(page, main)
    expect(main).to_contain_text("Thank you for saying so.")
    tab_to(page, main.get_by_role("button", name="Undo"))
    page.keyboard.press("Enter")

    expect(page.locator("#step-3")).to_contain_text("You asked for this; Maria answers next")
    expect(page.locator("#step-1")).to_contain_text("Both said yes")


def test_what_was_done_with_the_whole_plan_keeps_the_place(page: Page):
    says_yes(page)
    main = page.get_by_role("main")

    asks_for_something(page, main)
    expect(page.locator("#step-3")).to_contain_text("You asked for this")
    expect(page.locator("#step-3 [data-receipt]")).to_be_focused(timeout=1_000)
    ends(page, main)
    expect(page.locator("#over")).to_be_focused(timeout=1_000)


def test_every_stop_of_asking_for_a_talk_is_seen(page: Page):
    main = page.get_by_role("main")

    unfold(page, main, "Ask Ledgerline for something")

    tab_to(page, main.get_by_role("button", name="Ask for it"))


def asks_for_something(page: Page, main: Locator) -> None:
    unfold(page, main, "Ask Ledgerline for something")
    tab_to(page, main.get_by_label("What should happen?"))
    page.keyboard.type("Name the sites that are left out")
    tab_to(page, main.get_by_label("Ledgerline", exact=True))
    page.keyboard.press("Space")
    tab_to(page, main.get_by_label("By when?"))
    page.keyboard.type(f"{in_days(6):%m%d%Y}")
    page.keyboard.press("Enter")


def ends(page: Page, main: Locator) -> None:
    unfold(page, main, "We are not going ahead")
    tab_to(page, main.get_by_role("button", name="End this plan"))
    page.keyboard.press("Enter")


def says_yes(page: Page) -> None:
    tab_to(page, page.locator("#step-1").get_by_role("button", name="Yes, "))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Who is answering?")).to_be_focused()
    tab_to(page, page.get_by_label("I am Jonas Weber"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Send my answer"))
    page.keyboard.press("Enter")
    expect(page.locator("#step-1")).to_contain_text("Both said yes")


def unfold(page: Page, part: Locator, words: str) -> None:
    tab_to(page, part.locator("summary").filter(has_text=re.compile(f"^{words}$")))
    page.keyboard.press("Enter")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus; each stop on the way must show that it has it."""
    element = wanted.element_handle()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(STOP, element)
        assert found["shows"], found["what"]
        if found["there"]:
            return
    raise AssertionError(f"{MOST_STOPS} stops and never at {wanted}")


STOP = """wanted => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const shows = marked || here === document.body;
  return {there: here === wanted, shows, what: here.outerHTML.slice(0, 160)};
}"""
