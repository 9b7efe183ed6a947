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

    page.get_by_role("button", name="Use “An invoice takes 9 days").click()

    expect(page.locator("#checks")).to_contain_text("only Nordwind could get this")
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
