"""The follow-ups keep themselves fresh, politely."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Jonas, Maria
from tests.browser.places import nothing_can_be_read
from tests.browser.windows import Windows
from tests.cast import in_days

POLL = 15_000  # milliseconds


@pytest.fixture
def page(windows: Windows, jonas: Jonas, maria: Maria) -> Page:
    """Maria's follow-ups, on a clock that the test moves."""
    page = windows.desktop(clock=True)
    maria.opens(page)
    page.evaluate(COUNT_WHAT_IS_TOLD)
    return page


def test_an_answer_appears_without_a_reload_and_is_told_once(page: Page, jonas: Jonas):
    jonas.elsewhere().acts(1, "counter", due_on=str(in_days(9)))

    page.clock.fast_forward(POLL)
    expect(page.get_by_role("heading", level=1)).to_have_text("One waits for your answer")
    with page.expect_response(lambda answer: answer.status == 204):
        page.clock.fast_forward(POLL)

    expect(page.locator("[data-live]")).to_have_text("Follow-ups changed: One waits for your answer")
    assert page.evaluate("told") == 1


def test_while_nothing_changes_nothing_is_sent_or_told(page: Page):
    with page.expect_response(lambda answer: answer.status == 204):
        page.clock.fast_forward(POLL)

    assert page.evaluate("told") == 0


def test_news_leave_the_reader_where_they_were(page: Page, jonas: Jonas):
    jonas.elsewhere().acts(2, "yes")
    page.clock.fast_forward(POLL)
    button = page.get_by_role("button", name="Mark as done")
    button.focus()

    jonas.elsewhere().acts(1, "counter", due_on=str(in_days(9)))
    page.clock.fast_forward(POLL)

    expect(page.get_by_role("heading", level=1)).to_have_text("One waits for your answer")
    expect(button).to_be_focused()


def test_a_failing_poll_leaves_the_page_as_it_was(windows: Windows, page: Page, maria: Maria):
    windows.expect(503)
    nothing_can_be_read(maria)

    with page.expect_response(lambda answer: answer.status == 503):
        page.clock.fast_forward(POLL)

    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody waits for you today")


COUNT_WHAT_IS_TOLD = """() => {
  globalThis.told = 0;
  const live = document.querySelector("[data-live]");
  new MutationObserver(() => { told += 1; }).observe(live, {childList: true});
}"""
