"""The main job in two browsers, with script and without: from the call to the link turned off."""

import re

from playwright.sync_api import Locator, Page, expect

from app.pages import spoken_day
from tests.browser.people import Hands, Maria
from tests.browser.windows import Windows
from tests.cast import INVOICES, NINE_DAYS, RESIDENCY, in_days

APPROVERS = "Name who signs above five thousand"
LATER = in_days(16)
POLL = 15_000  # milliseconds


def test_a_new_company_takes_six_fields_until_the_message_can_be_copied(
    windows: Windows, maria: Maria, script: bool
):
    seller = Hands(maria.types_her_password(windows.phone(script=script)))

    seller.press("link", "Write down what you agreed")
    writes_down(seller, {"Company": "Nordwind", "Who you spoke with": "Jonas Weber"})
    seller.press("button", "Save and see it as they do")
    expect(seller.page.get_by_text("This is what Jonas Weber sees.")).to_be_visible()
    seller.press("button", "Share and copy the message")

    expect(seller.page.get_by_label("The message")).to_have_value(
        re.compile("Jonas, as discussed:.*/l/", re.S)
    )
    assert seller.typed <= 6


def test_a_known_deal_takes_four_fields_and_three_presses(windows: Windows, maria: Maria):
    maria.writes_down()
    page = maria.opens(windows.phone(permissions=["clipboard-read", "clipboard-write"]))
    page.get_by_role("link", name="After a call").click()
    seller = Hands(page)

    writes_down(seller, {})
    seller.press("button", "Save and see it as they do")
    seller.press("button", "Share and copy the message")
    seller.press("button", "Copy the message")

    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert "as discussed" in page.evaluate("navigator.clipboard.readText()")
    assert (seller.typed, seller.pressed) == (3, 3)


def test_the_whole_story(windows: Windows, maria: Maria, script: bool):
    follow_ups = hers(windows, maria, script)
    address = after_the_call(windows.desktop(script=script), maria)

    plan = windows.phone(script=script)
    plan.goto(address)
    expect(plan.get_by_role("main")).to_contain_text(
        "Maria Keller (Ledgerline) wrote down what you discussed"
    )
    says_yes(plan)
    asks_for_another_day(plan)
    is_stuck(plan)
    asks_a_question(plan)
    does_it_and_takes_it_back(plan)

    news_arrive(follow_ups, script)
    answers_from_the_follow_ups(follow_ups)
    sees_the_answer(plan)
    turns_the_link_off(follow_ups)
    windows.expect(410)
    ask(plan.locator("#step-1"), "Is anybody there?")
    expect(plan.get_by_role("heading", level=1)).to_have_text("This link no longer works.")


def writes_down(seller: Hands, who: dict[str, str]) -> None:
    for label, words in who.items():
        seller.type(label, words)
    seller.type("One thing they said", NINE_DAYS)
    seller.type("What, step 1", RESIDENCY)
    seller.type("What, step 2", INVOICES)


def after_the_call(page: Page, maria: Maria) -> str:
    """Three steps, shared in one press; returns the address of Jonas's link."""
    seller = Hands(maria.opens(page, "/after-call"))
    writes_down(seller, {"Company": "Nordwind", "Who you spoke with": "Jonas Weber"})
    page.get_by_text("One more step").click()
    seller.type("What, step 3", APPROVERS)
    page.get_by_role("group", name="Step 3").get_by_label("Them").check()
    seller.press("button", "Share and copy the message")
    return page.get_by_label("The address alone").input_value()


def says_yes(plan: Page) -> None:
    """The first answer asks who answers; then one press is enough."""
    step = plan.locator("#step-1")
    step.get_by_role("button", name=re.compile("Yes, .* works")).click()
    expect(plan.get_by_role("heading", level=1)).to_have_text("Who is answering?")
    plan.get_by_label("I am Jonas Weber").check()
    plan.get_by_role("button", name="Send my answer").click()
    expect(step).to_contain_text("Both said yes")
    expect(step).to_contain_text("You said yes to")


def asks_for_another_day(plan: Page) -> None:
    step = plan.locator("#step-2")
    step.get_by_text("Another date", exact=True).click()
    step.get_by_label("Which day works?").fill(LATER.isoformat())
    step.get_by_label("Why (optional)").first.fill("The board meets on that day.")
    step.get_by_role("button", name="Ask for this day").click()
    expect(step).to_contain_text(f"You asked for {spoken_day(LATER, 'en')}; Maria answers next")


def is_stuck(plan: Page) -> None:
    step = plan.locator("#step-3")
    step.get_by_text("This won’t work as it stands", exact=True).click()
    step.get_by_label("I am waiting for someone").check()
    step.get_by_label("Ask me again on (optional)").fill(in_days(30).isoformat())
    step.get_by_role("button", name="Say so").click()
    expect(step).to_contain_text("You said this won’t work as it stands")
    expect(step).to_contain_text("Maria will leave it alone until then.")


def asks_a_question(plan: Page) -> None:
    ask(plan.locator("#step-1"), "Is Frankfurt the only place?")
    expect(plan.locator("#step-1 .comments")).to_contain_text("Is Frankfurt the only place?")


def ask(step: Locator, words: str) -> None:
    step.get_by_text("Ask a question").click()
    step.get_by_role("textbox", name="Your words", exact=True).last.fill(words)
    step.get_by_role("button", name="Send").last.click()


def does_it_and_takes_it_back(plan: Page) -> None:
    step = plan.locator("#step-1")
    step.get_by_text("Mark as done").click()
    step.get_by_role("button", name="It is done").click()
    expect(step).to_contain_text("Done on")
    step.get_by_role("button", name="Undo").click()
    expect(step).to_contain_text("Both said yes")


def hers(windows: Windows, maria: Maria, script: bool) -> Page:
    """Her follow-ups, left open; with script, on a clock that the test moves."""
    return maria.types_her_password(windows.desktop(script=script, clock=script))


def news_arrive(follow_ups: Page, script: bool) -> None:
    if script:
        follow_ups.clock.fast_forward(POLL)
    else:
        follow_ups.reload()


def answers_from_the_follow_ups(page: Page) -> None:
    line = page.locator(".reason", has_text=INVOICES)
    expect(line).to_contain_text(f"Jonas Weber asks for {spoken_day(LATER, 'en')}")
    line.get_by_role("button", name=re.compile("^Yes, ")).click()
    expect(line).to_contain_text("Both said yes on")


def sees_the_answer(plan: Page) -> None:
    plan.reload()
    expect(plan.locator("#step-2")).to_contain_text(f"Both said yes: {spoken_day(LATER, 'en')}")


def turns_the_link_off(page: Page) -> None:
    page.locator(".reason", has_text=INVOICES).get_by_role("link", name=INVOICES).click()
    page.locator("#links").get_by_role("button", name="Turn off").click()
    expect(page.locator("#links")).not_to_contain_text("Turn off")
