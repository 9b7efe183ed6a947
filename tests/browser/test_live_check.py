"""The Specificity Test answers beside the form while the seller types; the form works without it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import Jonas, Maria
from tests.browser.windows import Windows
from tests.cast import INVOICES


def test_the_check_answers_while_typing_and_marks_what_is_theirs(
    windows: Windows, jonas: Jonas, maria: Maria
):
    page = maria.opens(windows.desktop(), maria.plan)

    title(page).press_sequentially("Show how an invoice gets through in 2 days instead of 9")

    expect(page.locator("#live-check")).to_contain_text("An invoice takes 9 days")
    expect(page.locator("#live-check mark", has_text="9")).to_be_visible()
    expect(title(page)).to_be_focused()


def test_the_check_says_what_could_be_sent_to_anyone(windows: Windows, jonas: Jonas, maria: Maria):
    page = maria.opens(windows.desktop(), maria.plan)

    title(page).press_sequentially("Just checking in")

    expect(page.locator("#live-check mark.anyone").first).to_be_visible()


def test_one_tap_puts_their_words_into_the_reason(windows: Windows, jonas: Jonas, maria: Maria):
    page = maria.opens(windows.desktop(), maria.plan)
    title(page).press_sequentially("Just checking in")

    page.get_by_role("button", name="Use “An invoice takes 9 days").click()

    reason = page.locator("#drafts form").get_by_label("Why it matters to them").first
    expect(reason).to_have_value(re.compile("^Jonas, on .* you said: “An invoice takes 9 days"))
    expect(page.locator("#live-check")).to_contain_text("Only Nordwind could get this.")


def test_one_tap_settles_a_doubt(windows: Windows, jonas: Jonas, maria: Maria):
    page = maria.opens(windows.desktop(), maria.plan)
    title(page).press_sequentially("Name the limit above which it gets stuck")

    page.get_by_role("group", name="What it is about").get_by_role("button").first.click()

    expect(page.locator("#live-check")).to_contain_text("Only Nordwind could get this.")
    expect(title(page)).to_have_value("Name the limit above which it gets stuck")


def test_it_follows_after_a_question_too(windows: Windows, jonas: Jonas, maria: Maria):
    page = maria.opens(windows.desktop(), maria.plan)
    title(page).press_sequentially("Name the limit above which it gets stuck")
    expect(page.locator("#live-check")).to_contain_text("Is this about what they said?")

    title(page).fill("Just checking in")

    expect(page.locator("#live-check mark.anyone").first).to_have_text("checking in")


def test_a_check_that_fails_takes_nothing_away(windows: Windows, jonas: Jonas, maria: Maria):
    page = maria.opens(windows.desktop(), maria.plan)
    maria.client.post("/sign-out")
    windows.expect(403)

    with page.expect_response("**/specificity"):
        title(page).press_sequentially(INVOICES)

    expect(title(page)).to_have_value(INVOICES)


def test_a_draft_is_kept_without_script(windows: Windows, jonas: Jonas, maria: Maria):
    page = maria.opens(windows.desktop(script=False), maria.plan)

    title(page).fill("Show how an invoice gets through in 2 days")
    page.get_by_role("button", name="Keep as draft").first.click()

    expect(page.locator("#drafts article")).to_contain_text("Show how an invoice gets through in 2 days")


def title(page: Page):
    return page.locator("#drafts form").get_by_label("What happens").first
