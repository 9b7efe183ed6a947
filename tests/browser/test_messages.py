"""Writing to somebody in a browser: checked while it is typed, copied and logged with one press."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import Jonas, Maria
from tests.browser.windows import Windows
from tests.cast import RESIDENCY


def written(windows: Windows, jonas: Jonas, maria: Maria, **window: bool) -> Page:
    jonas.elsewhere().acts(2, "yes")
    page = maria.opens(windows.desktop(**window))
    page.get_by_role("link", name="Write to Jonas").click()
    if window.get("script", True):
        expect(page.locator("#message-text[data-htmx-powered]")).to_be_attached()
        page.wait_for_load_state()
    return page


def test_from_the_follow_ups_to_a_logged_message_in_two_presses(windows: Windows, jonas: Jonas, maria: Maria):
    page = written(windows, jonas, maria)
    text = page.get_by_label("The message").input_value()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy it and log it").click()

    expect(page.get_by_role("main")).to_contain_text("Logged: a message to Jonas Weber, with a reason")
    assert RESIDENCY in text
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_what_is_brought_goes_into_the_message_while_it_is_typed(
    windows: Windows, jonas: Jonas, maria: Maria
):
    page = written(windows, jonas, maria)

    page.get_by_label("What do you bring them?").press_sequentially("The signed answer is attached.")

    expect(page.get_by_label("The message")).to_have_value(re.compile("The signed answer is attached."))
    expect(page.get_by_label("What do you bring them?")).to_be_focused()


def test_the_checks_follow_what_is_typed_by_hand(windows: Windows, jonas: Jonas, maria: Maria):
    page = written(windows, jonas, maria)
    message = page.get_by_label("The message")

    message.fill("Hi Jonas, just checking in.")

    expect(page.locator("#checks")).to_contain_text("this would fit any prospect")
    expect(message).to_be_focused()
    expect(message).to_have_value("Hi Jonas, just checking in.")


def test_one_tap_puts_their_words_into_the_message(windows: Windows, jonas: Jonas, maria: Maria):
    page = written(windows, jonas, maria)
    page.get_by_label("The message").fill("Hi Jonas, just checking in.")

    message = page.get_by_label("The message")
    message.fill("Hi Jonas, just checking in.\n\nMaria")
    page.get_by_role("button", name="Use “An invoice takes 9 days").click()

    expect(page.locator("#checks")).to_contain_text("only Nordwind could get this")
    expect(message).to_have_value(re.compile("checking in.\nJonas, on .*\n\nMaria$"))
    expect(page.get_by_label("The message")).to_be_focused()


def test_a_doubt_is_settled_where_it_is_asked(windows: Windows, jonas: Jonas, maria: Maria):
    page = written(windows, jonas, maria)
    page.get_by_label("The message").fill("Jonas, this is who may sign, and up to which limit.")

    page.get_by_role("group", name="What it is about").get_by_role("button").first.click()

    expect(page.locator("#checks")).to_contain_text("only Nordwind could get this")


def test_without_script_it_is_checked_and_logged_as_well(windows: Windows, jonas: Jonas, maria: Maria):
    page = written(windows, jonas, maria, script=False)
    page.get_by_label("What do you bring them?").fill("The signed answer is attached.")

    page.get_by_role("button", name="Put it into the message").click()
    checked = page.get_by_label("The message").input_value()
    page.get_by_role("button", name="Copy it and log it").click()

    assert "The signed answer is attached." in checked
    expect(page.get_by_label("The message")).to_have_value(checked)
    expect(page.get_by_role("main")).to_contain_text("Logged")


def test_a_press_right_after_typing_copies_and_logs_what_is_brought(
    windows: Windows, jonas: Jonas, maria: Maria
):
    page = written(windows, jonas, maria)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_label("What do you bring them?").fill("The signed answer is attached.")
    page.get_by_role("button", name="Copy it and log it").click()

    expect(page.get_by_role("main")).to_contain_text("Logged")
    expect(page.get_by_label("The message")).to_have_value(re.compile("The signed answer is attached."))
    assert "The signed answer is attached." in page.evaluate("navigator.clipboard.readText()")


def test_who_goes_on_typing_while_it_is_composed_loses_no_letter(
    windows: Windows, jonas: Jonas, maria: Maria
):
    page = written(windows, jonas, maria)
    page.route("**/message", lambda route: (page.wait_for_timeout(700), route.continue_()))
    message = page.get_by_label("The message")

    page.get_by_label("What do you bring them?").fill("The signed answer is attached.")
    page.wait_for_timeout(500)
    message.press("Control+Home")
    message.press_sequentially("Good morning! ", delay=60)
    expect(message).to_have_value(re.compile("^Good morning! Jonas, ", re.DOTALL))
    message.press("Tab")

    expect(message).to_have_value(
        re.compile("^Good morning! Jonas, .*The signed answer is attached", re.DOTALL)
    )
    page.wait_for_load_state("networkidle")
    page.unroute_all(behavior="ignoreErrors")


def test_an_empty_message_stays_where_it_is(windows: Windows, jonas: Jonas, maria: Maria):
    page = written(windows, jonas, maria)
    page.get_by_label("The message").fill(" \n ")

    page.get_by_role("button", name="Copy it and log it").click()

    expect(page.get_by_label("The message")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Write to Jonas Weber")


def test_the_checks_follow_after_a_question_too(windows: Windows, jonas: Jonas, maria: Maria):
    page = written(windows, jonas, maria)
    message = page.get_by_label("The message")
    message.fill("Jonas, this is who may sign, and up to which limit.")
    expect(page.locator("#checks")).to_contain_text("is this about what they said?")

    message.fill("Hi Jonas, just checking in.")

    expect(page.locator("#checks")).to_contain_text("this would fit any prospect")


def test_a_message_that_was_not_sent_comes_back_to_be_mended(windows: Windows, jonas: Jonas, maria: Maria):
    page = written(windows, jonas, maria)
    text = page.get_by_label("The message").input_value()
    page.get_by_role("button", name="Copy it and log it").click()

    page.get_by_role("button", name="I did not send it").click()

    expect(page.get_by_role("button", name="Copy it and log it")).to_be_visible()
    expect(page.get_by_label("The message")).to_have_value(text)
