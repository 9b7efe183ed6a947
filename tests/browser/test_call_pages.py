"""A call's plan on paper, by keyboard, and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import ASK_SHORT
from tests.browser.people import Maria
from tests.browser.test_keyboard import tab_to, unfold
from tests.browser.test_paper import pressable
from tests.browser.windows import Windows
from tests.call.test_calls import Caller
from tests.cast import in_days


@pytest.fixture
def paper(windows: Windows, maria: Maria, after_call: None) -> Page:
    """On paper: a call with as many actions as there may be, and a flag that none of them touches."""
    caller = Caller(maria)
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


def test_a_candidate_and_its_three_questions_by_keyboard(windows: Windows, maria: Maria, after_call: None):
    caller = Caller(maria)
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


def test_without_script_a_call_is_prepared_and_learned_from(windows: Windows, maria: Maria, after_call: None):
    caller = Caller(maria)
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
