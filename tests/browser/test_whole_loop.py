"""The seller's whole loop in a browser: from one call over the talk, its plan and its debrief to the next."""

import re
from datetime import UTC, datetime, time, timedelta

import time_machine
from playwright.sync_api import Page, expect

from tests.browser.people import Hands, Maria
from tests.browser.test_story import says_yes, writes_down
from tests.browser.windows import Windows
from tests.cast import NINE_DAYS, in_days

TALK = "Go through the stuck invoices"
FLAG = "Nobody knows the new controller"
STRENGTH = "Names the approver on each invoice"
MORNING_AFTER = datetime.combine(in_days(4), time(9), UTC)


def test_from_one_call_to_the_next(windows: Windows, maria: Maria):
    page = maria.opens(windows.desktop(), "/after-call")
    address = after_the_call(page)
    says_yes_to_the_talk(windows.phone(), address)

    page.goto("/")
    line = page.locator(".reason", has_text=TALK)
    line.get_by_role("button", name="Prepare").click()
    call = page.url.partition("#")[0]
    chooses_the_full_form(page)
    raises_a_flag_while_answering(page)
    finds_a_gap_and_the_strength_that_closes_it(page)
    page.goto(call)
    makes_a_proposal_a_candidate(page)
    asks_the_three_questions(page)
    feels_better(page)

    with time_machine.travel(MORNING_AFTER, tick=True):
        says_that_it_happened(page)
        shares(page, call)
        learns(page)
        begins_the_next_plan(page)


def after_the_call(page: Page) -> str:
    """Two steps and a talk in three days, shared in one press; returns the address of Jonas's link."""
    seller = Hands(page)
    writes_down(seller, {"Company": "Nordwind", "Who you spoke with": "Jonas Weber"})
    page.get_by_text("One more step").click()
    seller.type("What, step 3", TALK)
    talk = page.get_by_role("group", name="Step 3")
    talk.get_by_label("We talk").check()
    talk.get_by_label("Time of the talk, step 3").fill("10:00")
    talk.get_by_label("Pick").check()
    talk.get_by_label("Another day for step 3").fill(in_days(3).isoformat())
    seller.press("button", "Share and copy the message")
    return page.get_by_label("The address alone").input_value()


def says_yes_to_the_talk(plan: Page, address: str) -> None:
    plan.goto(address)
    says_yes(plan)
    step = plan.locator("#step-3")
    step.get_by_role("button", name=re.compile("Yes, ")).click()
    expect(step).to_contain_text("Both said yes")


def chooses_the_full_form(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"10:00: {TALK}")
    page.get_by_role("radiogroup", name="Could you afford").get_by_label("No").check()
    page.get_by_role("button", name="Begin: ").click()
    expect(page.get_by_role("main")).to_contain_text("Full plan. It ends with the call.")
    expect(page.locator("[id^=question-]")).to_have_count(5)


def raises_a_flag_while_answering(page: Page) -> None:
    coverage = page.locator("#question-coverage")
    coverage.get_by_label("Your answer").fill("Jonas spoke of a controller who starts in May")
    coverage.get_by_text("It raises a flag").click()
    coverage.get_by_label("A red flag", exact=True).fill(FLAG)
    coverage.get_by_role("button", name="Note it").click()
    expect(coverage).to_contain_text(f"− {FLAG}")
    page.get_by_role("link", name="Look at the whole record").click()


def finds_a_gap_and_the_strength_that_closes_it(page: Page) -> None:
    flags = page.locator("#flags")
    expect(flags).to_contain_text("No gap stated")
    page.locator("#gaps .reason", has_text=NINE_DAYS).get_by_role(
        "button", name="This states the gap"
    ).click()
    expect(flags).not_to_contain_text("No gap stated")
    strengths = page.locator("#strengths")
    strengths.get_by_text("Add a strength", exact=True).click()
    strengths.get_by_label("What sets you apart for them?").fill(STRENGTH)
    strengths.get_by_label("Which gap does it close?").select_option(index=1)
    strengths.get_by_role("button", name="Keep it").click()
    expect(strengths).to_contain_text("closes: “An invoice takes 9 days")


def makes_a_proposal_a_candidate(page: Page) -> None:
    candidates = page.locator("#candidates")
    candidates.get_by_text("Find out who releases the money for this.").click()
    form = candidates.locator("details[open] form")
    expect(form.get_by_label("Economic role uncovered")).to_be_checked()
    form.get_by_label("Who, with whom").fill("Maria, with Jonas")
    form.get_by_label("Which information it secures").fill("the name of who signs above 5,000")
    form.get_by_label(STRENGTH).check()
    form.get_by_role("button", name="Make it a candidate").click()
    expect(candidates.locator("article")).to_contain_text("uses a strength to remove a flag")


def asks_the_three_questions(page: Page) -> None:
    for question in ("Does it build on", "Does it move the sale", "Can it be done"):
        page.get_by_role("radiogroup", name=question).get_by_label("Yes").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.locator("#plan")).to_contain_text("1 of at most 5")
    expect(page.locator("#plan article")).to_contain_text("Find out who releases the money for this.")


def feels_better(page: Page) -> None:
    gut = page.locator("#gut")
    gut.get_by_label("Now").select_option("worry")
    gut.get_by_label("Once these are done").select_option("comfort")
    gut.get_by_role("button", name="Say so").click()
    expect(gut).to_contain_text("Easier: the plan probably addresses the right things.")


def says_that_it_happened(page: Page) -> None:
    page.goto("/")
    page.locator(".note", has_text="did this call happen?").get_by_role("link", name="Answer").click()
    expect(page.get_by_role("heading", name="Did it happen?")).to_be_visible()
    page.get_by_role("button", name="Yes, it is over").click()
    expect(page.get_by_role("main")).to_contain_text("This plan ended with the call.")
    expect(page.get_by_role("button", name="Make it a candidate")).to_have_count(0)


def shares(page: Page, call: str) -> None:
    page.get_by_role("link", name="After a call (one minute)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you just agree?")
    expect(page.get_by_role("main")).to_contain_text("Nordwind, Jonas Weber")
    page.goto(call)


def learns(page: Page) -> None:
    debrief = page.locator("#debrief")
    debrief.get_by_label("Done", exact=True).check()
    debrief.get_by_label("What did it bring?").fill("Dr. Falk signs")
    debrief.get_by_label("Jonas Weber sees the change as").select_option("trouble")
    debrief.get_by_label("Economic role uncovered").check()
    debrief.get_by_label("A new red flag").fill("Dr. Falk has not heard of us")
    debrief.get_by_role("button", name="Learned: this call is done").click()
    expect(debrief).to_have_count(0)
    expect(page.locator("#plan")).to_contain_text("Done: “Dr. Falk signs”")


def begins_the_next_plan(page: Page) -> None:
    page.get_by_role("link", name="Nordwind: calls").click()
    expect(page.get_by_role("main")).to_contain_text("debriefed")
    page.get_by_text("Plan another call").click()
    page.get_by_label("On", exact=True).fill((MORNING_AFTER + timedelta(days=7)).date().isoformat())
    page.get_by_role("button", name="Prepare it").click()
    expect(page.locator("#plan")).to_contain_text("0 of at most 5")
    changed = page.locator("section", has=page.get_by_role("heading", name="Since the last call")).last
    expect(changed).to_contain_text("Gone: Economic role uncovered")
    expect(changed).to_contain_text(re.compile(f"Still open: .*{FLAG}"))
