"""On the call: one screen that both look at, and beside it the other side's own phone."""

import pytest
from playwright.sync_api import Page, expect

from app.desk.routes import on_the_call
from tests.browser.people import Jonas, Maria
from tests.browser.places import nothing_can_be_read
from tests.browser.windows import Windows
from tests.cast import INVOICES, NINE_DAYS, in_days

SOON = 2_000  # milliseconds between an answer on the phone and its words on the screen
SITES = "Name the sites that are left out"


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses behind the codes that were drawn: the screen shows them in no other way."""
    found: list[str] = []
    draw = on_the_call.drawn

    def draw_and_note(address: str):
        found.append(address)
        return draw(address)

    monkeypatch.setattr(on_the_call, "drawn", draw_and_note)
    return found


@pytest.fixture
def screen(windows: Windows, jonas: Jonas, maria: Maria) -> Page:
    return shared_screen(windows.desktop(), maria)


@pytest.fixture
def phone(windows: Windows, screen: Page, addresses: list[str]) -> Page:
    """Jonas's phone, held before the code on the screen."""
    return read_code(screen, windows.phone(), addresses)


def test_a_yes_on_the_phone_stands_on_the_screen_within_two_seconds(screen: Page, phone: Page):
    screen.evaluate("globalThis.isTheSamePage = true")
    phone.locator("#step-1").get_by_role("button", name="Yes, ").click()
    phone.get_by_label("I am Jonas Weber").check()

    phone.get_by_role("button", name="Send my answer").click()

    expect(screen.locator("#step-1")).to_contain_text("Both said yes", timeout=SOON)
    assert screen.evaluate("globalThis.isTheSamePage")
    expect(screen.locator("svg.qr")).to_be_visible()
    expect(screen.get_by_role("status")).to_have_text("The plan changed.")


def test_a_step_from_the_row_stands_on_the_screen_at_once_and_asks_on_the_phone(screen: Page, phone: Page):
    screen.evaluate("globalThis.isTheSamePage = true")

    put_on_plan(screen, SITES, "Nordwind")
    expect(screen.locator("#step-3")).to_contain_text("Waiting for Jonas Weber", timeout=SOON)
    phone.reload()

    assert screen.evaluate("globalThis.isTheSamePage")
    expect(phone.locator("#step-3")).to_contain_text(SITES)
    expect(phone.locator("#step-3")).to_contain_text("Needs your answer")
    expect(phone.locator("#step-3")).to_contain_text("You, for Maria Keller")


def test_the_row_is_empty_again_for_the_next_step(windows: Windows, screen: Page):
    windows.expect(409)
    put_on_plan(screen, SITES, "Nordwind")
    expect(screen.locator("#step-3")).to_contain_text(SITES)

    expect(row(screen)).to_have_value("", timeout=1_000)
    put_on_plan(screen, "Show the March audit trail", "Us")

    expect(screen.locator("#step-4")).to_contain_text("Show the March audit trail", timeout=SOON)


def test_a_talk_from_the_row_has_its_time(screen: Page):
    screen.get_by_label("We talk").check()
    screen.get_by_label("Time of the talk").fill("14:30")
    screen.get_by_label("By").fill(str(in_days(9)))

    put_on_plan(screen, "Look at the audit trail", "We talk")

    expect(screen.locator("#step-3")).to_contain_text("14:30 UTC time")
    expect(screen.get_by_role("main")).to_contain_text("We talk next on")


def test_what_is_typed_survives_what_arrives(screen: Page, jonas: Jonas):
    row(screen).press_sequentially("Name the si")
    jonas.elsewhere().acts(1, "yes")
    expect(screen.locator("#step-1")).to_contain_text("Both said yes", timeout=SOON)
    with screen.expect_response(lambda answer: answer.status == 204):
        row(screen).press_sequentially("tes")

    expect(row(screen)).to_have_value("Name the sites")
    expect(row(screen)).to_be_focused()


def test_what_they_ask_for_gets_its_yes_on_the_screen(screen: Page, jonas: Jonas):
    jonas.elsewhere().acts(1, "counter", due_on=str(in_days(9)))
    expect(screen.locator("#step-1")).to_contain_text("Jonas Weber asks for", timeout=SOON)

    screen.locator("#step-1").get_by_role("button", name="Yes, ").click()

    expect(screen.locator("#step-1")).to_contain_text("Both said yes")
    assert screen.url.endswith("/on-the-call")


def test_one_code_after_the_other_is_shown(screen: Page, addresses: list[str]):
    show_code(screen)

    show_code(screen)

    expect(screen.locator("svg.qr")).to_be_visible(timeout=1_000)
    expect(screen.locator("#call-steps")).to_be_visible()
    assert len(set(addresses)) == 2


def test_no_private_word_is_on_the_screen_now_or_later(windows: Windows, jonas: Jonas, maria: Maria):
    maria.client.post(f"{maria.deal}/points", data={"words": "CANARY point", "said_by": "Jonas Weber"})
    maria.client.post(f"{maria.plan}/drafts", data={"title": "CANARY draft", "due_on": str(in_days(3))})
    private = ["CANARY point", "CANARY draft", NINE_DAYS, "to anyone", "link", "Turn off", "Only your team"]
    desk, screen = maria.page(maria.plan), shared_screen(windows.desktop(), maria)

    first = screen.get_by_role("main").inner_text()
    jonas.elsewhere().acts(1, "yes")
    expect(screen.locator("#step-1")).to_contain_text("Both said yes", timeout=SOON)
    later = screen.content()

    assert [word for word in private if word not in desk] == []
    assert [word for word in private if word in first or word in without_head(later)] == []


def test_a_poll_that_fails_leaves_the_screen_as_it_was(windows: Windows, screen: Page, maria: Maria):
    windows.expect(503)
    nothing_can_be_read(maria)

    with screen.expect_response(lambda answer: answer.status == 503):
        row(screen).fill(SITES)

    expect(screen.locator("#step-1")).to_contain_text(INVOICES)
    expect(row(screen)).to_have_value(SITES)


def test_the_row_and_the_code_work_without_script(
    windows: Windows, jonas: Jonas, maria: Maria, addresses: list[str]
):
    screen = shared_screen(windows.desktop(script=False), maria)

    put_on_plan(screen, SITES, "Nordwind")
    expect(screen.locator("#step-3")).to_contain_text(SITES)
    put_on_plan(screen, "Show the March audit trail", "Us")
    expect(screen.locator("#step-4")).to_contain_text("Waiting for Jonas Weber")
    phone = read_code(screen, windows.phone(script=False), addresses)
    phone.locator("#step-3").get_by_role("button", name="Yes, ").click()
    phone.get_by_label("I am Jonas Weber").check()
    phone.get_by_role("button", name="Send my answer").click()
    expect(phone.locator("#step-3")).to_contain_text("Both said yes")
    screen.goto(f"{maria.plan}/on-the-call")

    expect(screen.locator("#step-3")).to_contain_text("Both said yes")


def shared_screen(page: Page, maria: Maria) -> Page:
    return maria.opens(page, f"{maria.plan}/on-the-call")


def row(screen: Page):
    return screen.get_by_label("What happens next?")


def put_on_plan(screen: Page, words: str, who: str) -> None:
    row(screen).fill(words)
    screen.get_by_role("radiogroup", name="Who does it").get_by_label(who, exact=True).check()
    screen.get_by_role("button", name="Put it on the plan").click()


def show_code(screen: Page) -> None:
    with screen.expect_response(lambda answer: answer.request.method == "POST"):
        screen.get_by_role("button", name="Show the code for Jonas Weber").click()


def read_code(screen: Page, phone: Page, addresses: list[str]) -> Page:
    show_code(screen)
    expect(screen.get_by_role("heading", name="Jonas Weber, on your own phone")).to_be_visible()
    expect(screen.locator("svg.qr")).to_be_visible()
    phone.goto(addresses[-1])
    return phone


def without_head(html: str) -> str:
    """What stands in the head, such as a link to the style sheet, is no word."""
    return html.partition("</head>")[2]
