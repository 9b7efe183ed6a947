"""“First opened” is a person's doing, never a program's."""

from playwright.sync_api import Page, expect

from tests.browser.people import Jonas, Maria
from tests.browser.windows import Windows


def test_a_page_that_is_only_loaded_is_not_seen(windows: Windows, page: Page, maria: Maria):
    page.wait_for_load_state("networkidle")

    assert windows.served.sent_to("/seen") == []
    assert "has a link, no answer yet" in maria.page(maria.plan)


def test_a_program_that_presses_is_not_seen(windows: Windows, page: Page):
    page.evaluate("document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))")
    page.evaluate("document.querySelector('summary').click()")
    page.wait_for_load_state("networkidle")

    assert windows.served.sent_to("/seen") == []


def test_the_first_touch_is_told_once(windows: Windows, page: Page, maria: Maria):
    with page.expect_response("**/seen"):
        page.get_by_role("heading", level=1).tap()
    page.get_by_role("heading", level=1).tap()
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")

    assert len(windows.served.sent_to("/seen")) == 1
    assert "first opened on" in maria.page(maria.plan)


def test_what_was_told_once_is_not_told_by_the_next_page(windows: Windows, page: Page):
    with page.expect_response("**/seen"):
        page.keyboard.press("Tab")
    page.reload()
    page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")

    assert len(windows.served.sent_to("/seen")) == 1


def test_the_preview_of_the_seller_is_never_told(windows: Windows, jonas: Jonas, maria: Maria):
    page = maria.opens(windows.desktop(), f"{maria.plan}/preview")

    page.keyboard.press("Tab")
    page.get_by_role("heading", level=1).click()

    expect(page.locator("[data-seen]")).to_have_count(0)
    assert windows.served.sent_to("/seen") == []


def test_whoever_reads_a_copy_is_never_told(windows: Windows, jonas: Jonas, maria: Maria):
    page = windows.desktop()
    page.goto(jonas.elsewhere().makes_copy(maria))

    page.keyboard.press("Tab")
    page.get_by_role("heading", level=1).click()

    expect(page.locator("[data-seen]")).to_have_count(0)
    assert windows.served.sent_to("/seen") == []
