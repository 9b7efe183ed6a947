"""What was asked before somebody spoke up does not take back what they said, however late it is answered."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import APIResponse, Error, Locator, Page, Route, expect

from app.desk.routes import second_opinion
from tests.browser.people import Jonas, Maria
from tests.browser.test_messages import written
from tests.browser.windows import Windows
from tests.cast import state_of

DOUBTFUL = "Name the limit above which it gets stuck"
QUESTION = re.compile("s this about what they said?")
SETTLED = re.compile("nly Nordwind could get this")
AFTER_TYPING = 700  # milliseconds in which each check that typing starts has been asked
LISTEN = """() => {
  window.answered = [];
  for (const end of ["htmx:finally:request", "htmx:finally:swap"])
    document.addEventListener(end, ({detail}) => window.answered.push(detail.ctx.request.action));
}"""


class Slow:
    """A connection on which what goes to one address is held up, on its way there or on its way back."""

    def __init__(self, page: Page, address: str, *, there: bool = False) -> None:
        self.page, self.address, self.there = page, address, there
        self.held: list[tuple[Route, APIResponse | None]] | None = []
        page.evaluate(LISTEN)
        page.route(f"**{address}", self._hold)

    def _hold(self, route: Route) -> None:
        if self.held is None:
            route.continue_()
        else:
            self.held.append((route, None if self.there else route.fetch()))

    def holds(self) -> bool:
        """Has something been asked, once all that typing starts has had its time?"""
        self.page.wait_for_timeout(AFTER_TYPING)
        return bool(self.held)

    def waits(self) -> None:
        """Until something has been asked, and nothing follows any more."""
        while not self.holds():
            pass

    def arrives(self) -> None:
        """Let it come, and wait until the page has done with the answers what it does."""
        held, self.held = self.held or [], None
        self.page.evaluate("window.answered = []")
        for route, answer in held:
            if answer is None:
                route.continue_()
            else:
                with suppress(Error):  # the page may have given it up
                    route.fulfill(response=answer)
        self.page.wait_for_function(
            "ending => window.answered.some(one => one.endsWith(ending))", arg=self.address
        )


@pytest.fixture
def desk(windows: Windows, jonas: Jonas, maria: Maria) -> Page:
    """A draft about which there is a doubt."""
    page = maria.opens(windows.desktop(), maria.plan)
    title(page).press_sequentially(DOUBTFUL)
    expect(said(page)).to_contain_text(QUESTION)
    return page


@pytest.fixture
def desk_with_model(desk: Page, maria: Maria, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The same, where a language model may be asked, which knows nothing."""

    async def nothing(*_: object) -> str:
        return ""

    monkeypatch.setattr(second_opinion, "ask", nothing)
    monkeypatch.setattr(state_of(maria.client).settings, "model_url", "http://model.test/v1")
    title(desk).press_sequentially(" now")
    expect(ask_model(desk)).to_be_visible()
    return desk


@pytest.fixture
def message(windows: Windows, jonas: Jonas, maria: Maria) -> Page:
    """A message about which there is a doubt."""
    page = written(windows, jonas, maria)
    page.get_by_label("The message").fill("Jonas, this is who may sign, and up to which limit.")
    expect(said(page)).to_contain_text(QUESTION)
    return page


def test_leaving_the_field_for_the_tap_does_not_ask_again(desk: Page):
    check, anchors = Slow(desk, "/specificity"), Slow(desk, "/anchors", there=True)
    tap(desk).click()
    anchors.waits()

    anchors.arrives()
    if check.holds():
        check.arrives()

    expect(said(desk)).to_contain_text(SETTLED)


def test_a_button_stays_under_a_slow_finger(desk: Page):
    tap(desk).hover()
    desk.mouse.down()
    desk.wait_for_timeout(AFTER_TYPING)

    desk.mouse.up()

    expect(said(desk)).to_contain_text(SETTLED)


def test_a_check_asked_before_the_tap_comes_too_late(desk: Page):
    title(desk).blur()
    check = Slow(desk, "/specificity")
    desk.get_by_label("Kind of step").first.select_option("talk")
    check.waits()
    tap(desk).click()
    expect(said(desk)).to_contain_text(SETTLED)

    check.arrives()

    expect(said(desk)).to_contain_text(SETTLED)


def test_a_check_asked_while_the_tap_is_on_its_way_comes_too_late(desk: Page):
    check, anchors = Slow(desk, "/specificity"), Slow(desk, "/anchors", there=True)
    tap(desk).click()
    anchors.waits()
    desk.get_by_label("Kind of step").first.select_option("talk")
    check.waits()
    anchors.arrives()

    check.arrives()

    expect(said(desk)).to_contain_text(SETTLED)


def test_what_is_typed_while_the_tap_is_on_its_way_is_checked_with_it(desk: Page):
    """The tap's answer is about words that stand no more, the check's knows nothing of the tap."""
    check, anchors = Slow(desk, "/specificity"), Slow(desk, "/anchors", there=True)
    tap(desk).click()
    anchors.waits()
    title(desk).press("End")
    title(desk).press_sequentially(" at Nordwind")
    check.waits()
    check.arrives()
    expect(said(desk)).to_contain_text("at Nordwind")

    anchors.arrives()

    expect(said(desk)).to_contain_text(SETTLED)
    expect(said(desk)).to_contain_text("at Nordwind")


def test_a_second_opinion_asked_before_the_tap_comes_too_late(desk_with_model: Page):
    opinion = Slow(desk_with_model, "/opinion")
    ask_model(desk_with_model).click()
    opinion.waits()
    tap(desk_with_model).click()
    expect(said(desk_with_model)).to_contain_text(SETTLED)

    opinion.arrives()

    expect(said(desk_with_model)).to_contain_text(SETTLED)


def test_a_check_asked_before_the_second_opinion_does_not_take_it_away(desk_with_model: Page):
    check = Slow(desk_with_model, "/specificity")
    desk_with_model.get_by_label("Kind of step").first.select_option("talk")
    check.waits()
    ask_model(desk_with_model).click()
    expect(said(desk_with_model)).to_contain_text("model.test has nothing to add.")

    check.arrives()

    expect(said(desk_with_model)).to_contain_text("model.test has nothing to add.")


def test_a_messages_check_asked_before_the_tap_comes_too_late(message: Page):
    check = Slow(message, "/message")
    message.get_by_label("The message").press("Control+End")
    message.get_by_label("The message").press_sequentially(" ")
    check.waits()
    tap(message).click()
    expect(said(message)).to_contain_text(SETTLED)

    check.arrives()

    expect(said(message)).to_contain_text(SETTLED)


def test_what_is_brought_before_the_tap_is_put_in_and_the_doubt_stays_settled(message: Page):
    composed = Slow(message, "/message")
    message.get_by_label("What do you bring them?").fill("The signed answer is attached.")
    composed.waits()
    tap(message).click()
    expect(said(message)).to_contain_text(SETTLED)

    composed.arrives()

    expect(message.get_by_label("The message")).to_have_value(re.compile("The signed answer is attached"))
    expect(said(message)).not_to_contain_text(QUESTION)


def test_what_is_brought_while_the_tap_is_on_its_way_leaves_no_question(message: Page):
    anchors = Slow(message, "/anchors", there=True)
    tap(message).click()
    anchors.waits()
    message.get_by_label("What do you bring them?").fill("The signed answer is attached.")
    expect(message.get_by_label("The message")).to_have_value(re.compile("The signed answer is attached"))
    expect(said(message)).to_contain_text(QUESTION)

    anchors.arrives()

    expect(said(message)).not_to_contain_text(QUESTION)


def title(page: Page) -> Locator:
    return page.locator("#drafts form").get_by_label("What happens").first


def said(page: Page) -> Locator:
    """What the page says of the words as they are typed."""
    return page.locator("#live-check, #checks")


def tap(page: Page) -> Locator:
    return page.get_by_role("group", name="What it is about").get_by_role("button").first


def ask_model(page: Page) -> Locator:
    return page.get_by_role("button", name="Ask model.test")
