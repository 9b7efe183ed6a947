"""A press has one effect and never a false one, however hurried the hand or poor the connection."""

from playwright.sync_api import Locator, Page, expect
from sqlmodel import Session, func, select

from app.shared_plan.commitment import What
from app.shared_plan.tables import Act
from tests.browser.people import Jonas, Maria
from tests.browser.places import nothing_can_be_written
from tests.browser.windows import Windows
from tests.cast import state_of


def test_a_yes_pressed_twice_is_one_yes(windows: Windows, jonas: Jonas, script: bool):
    page = jonas.opens(windows.phone(script=script))
    says_who_it_is(page)

    page.locator("#step-2").get_by_role("button", name="Yes, ").dblclick()

    expect(page.locator("#step-2")).to_contain_text("Both said yes")
    assert yeses(jonas.maria) == 2


def test_what_could_not_be_saved_is_said_and_keeps_the_words(windows: Windows, page: Page, maria: Maria):
    says_who_it_is(page)
    nothing_can_be_written(maria)
    windows.expect(503)

    ask(page, "Is Frankfurt the only place?")

    expect(page.get_by_role("heading", name="Not saved.")).to_be_focused()
    expect(page.get_by_role("textbox", name="Your words", exact=True)).to_have_value(
        "Is Frankfurt the only place?"
    )


def test_without_a_connection_the_words_stay_and_the_page_says_so(windows: Windows, page: Page):
    says_who_it_is(page)
    windows.expect_no_connection()
    page.context.set_offline(True)

    ask(page, "Is Frankfurt the only place?")

    expect(page.get_by_role("status").first).to_contain_text("Not sent: there is no connection.")
    expect(page.locator("#step-1").get_by_role("textbox", name="Your words", exact=True)).to_have_value(
        "Is Frankfurt the only place?"
    )


def test_older_terms_are_shown_beside_the_new_ones(windows: Windows, page: Page, maria: Maria):
    says_who_it_is(page)
    maria.acts(2, "terms", title="Send the answer and the contract", note="Both belong together.")
    windows.expect(409)

    page.locator("#step-2").get_by_role("button", name="Yes, ").click()
    expect(page.locator(".compare__version")).to_have_count(2)
    page.get_by_role("button", name="Yes, ").click()

    expect(page.locator("#step-2")).to_contain_text("Both said yes")


def says_who_it_is(page: Page) -> None:
    page.locator("#step-1").get_by_role("button", name="Yes, ").click()
    page.get_by_label("I am Jonas Weber").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator("#step-1")).to_contain_text("Both said yes")


def ask(page: Page, words: str) -> None:
    page.locator("#step-1").get_by_text("Ask a question").click()
    words_on(page).fill(words)
    page.locator("#step-1").get_by_role("button", name="Send").click()


def words_on(page: Page) -> Locator:
    """The one open field for words."""
    return page.get_by_role("textbox", name="Your words", exact=True)


def yeses(maria: Maria) -> int:
    with Session(state_of(maria.client).database.reading) as session:
        return session.exec(select(func.count()).select_from(Act).where(Act.what == What.YES)).one()
