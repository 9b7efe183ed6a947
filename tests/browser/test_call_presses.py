"""What preparing a call and learning from it costs: fields to type into, presses, and room on the screen."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from app.clock import right_now
from tests.browser.calls import Thumb
from tests.browser.people import Jonas, Maria
from tests.browser.windows import DESKTOP, Windows
from tests.call.test_calls import Caller

THUMB = 44  # CSS pixels
SMALL_PHONE = {"width": 360, "height": 640}
QUICK = ("true", "who", "sees", "else")


@pytest.fixture
def call(maria: Maria, after_call: None) -> Caller:
    """A call in three days; nothing is known of the deal but one person and one thing said."""
    caller = Caller(maria)
    caller.plans_a_call()
    return caller


@pytest.fixture
def phone(windows: Windows, maria: Maria) -> Page:
    """Maria's follow-ups on a small phone, nine minutes before a talk that both agreed on."""
    begins = right_now() + timedelta(minutes=9)
    when = {"due_on_1": f"{begins:%Y-%m-%d}", "at_1": f"{begins:%H:%M}"}
    maria.writes_down(what_1="Go through the invoices", who_1="both", **when)
    Jonas(maria, maria.shares_with("Jonas Weber")).elsewhere().acts(1, "yes")
    return maria.opens(windows.open(viewport=SMALL_PHONE, has_touch=True, is_mobile=True))


def test_from_the_follow_ups_the_elevator_takes_three_presses_of_one_thumb_and_no_typing(phone: Page):
    thumb, one = Thumb(), phone.locator("#one-thing")

    thumb.press(named(phone, "Prepare"))
    thumb.press(one.get_by_label("Jonas Weber"))
    thumb.press(named(phone, "They are there"))

    expect(one).to_contain_text("Find out who releases the money for this.")
    expect(one.get_by_label("Jonas Weber")).to_be_checked()
    assert (thumb.typed, thumb.pressed) == (0, 3)


def test_the_elevator_fits_a_small_phone_and_has_nothing_to_type_into(phone: Page):
    named(phone, "Prepare").click()
    one = phone.locator("#one-thing")
    expect(one).to_be_visible()

    assert one.locator("input:not([type=hidden]), select, textarea").count() == 1
    assert tall(one) <= SMALL_PHONE["height"] / 2
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= SMALL_PHONE["width"]


def test_every_target_of_a_call_is_as_tall_as_a_thumb_needs(phone: Page):
    named(phone, "Prepare").click()
    expect(named(phone, "They are there")).to_be_visible()

    targets = [one for one in phone.locator("main :is(.button, label)").all() if one.is_visible()]

    assert len(targets) > 5
    assert [one.inner_text() for one in targets if tall(one) < THUMB] == []


def test_the_quick_form_takes_four_fields_and_five_presses(windows: Windows, call: Caller, maria: Maria):
    page, thumb = maria.opens(windows.desktop(), call.call), Thumb()

    thumb.press(named(page, "Begin: quick"))
    for key in QUICK:
        card = page.locator(f"#question-{key}")
        thumb.type(card.get_by_label("Your answer"), "They said so on the phone")
        thumb.press(card.get_by_role("button", name="Note it"))
        expect(card.get_by_label("Your answer")).to_have_value("They said so on the phone")

    assert (thumb.typed, thumb.pressed) == (4, 5)


def test_the_four_questions_of_the_quick_form_stand_on_one_screen(
    windows: Windows, call: Caller, maria: Maria
):
    assert tall_in_all(quick(windows, call, maria)) <= DESKTOP["height"]


def test_learning_takes_no_typing_and_three_presses_at_least(windows: Windows, call: Caller, maria: Maria):
    page, thumb = a_planned(windows, call, maria), Thumb()

    thumb.press(named(page, "The call is over"))
    thumb.press(page.get_by_label("Done", exact=True))
    thumb.press(named(page, "Learned: this call is done"))

    expect(page.locator("#debrief")).to_have_count(0)
    assert (thumb.typed, thumb.pressed) == (0, 3)


def test_to_learn_everything_takes_four_fields_and_six_presses(windows: Windows, call: Caller, maria: Maria):
    page, thumb = a_planned(windows, call, maria), Thumb()

    thumb.press(named(page, "The call is over"))
    thumb.press(page.get_by_label("Done", exact=True))
    thumb.type(page.get_by_label("What did it bring?"), "Dr. Falk signs")
    thumb.pick(page.get_by_label("Jonas Weber sees the change as"), "trouble")
    thumb.type(page.get_by_label("What they win by it"), "No more weekend closes")
    thumb.press(page.get_by_label("No gap stated"))
    thumb.type(page.get_by_label("A new red flag"), "Dr. Falk is new")
    thumb.type(page.get_by_label("One thing they said"), "The board meets in March")
    thumb.pick(page.get_by_label("Who said it"), "Jonas Weber")
    thumb.press(named(page, "Learned: this call is done"))

    expect(page.locator("#debrief")).to_have_count(0)
    assert (thumb.typed, thumb.pressed) == (4, 6)


def quick(windows: Windows, call: Caller, maria: Maria) -> Page:
    call.says("depth", depth="quick")
    return maria.opens(windows.desktop(), call.call)


def a_planned(windows: Windows, call: Caller, maria: Maria) -> Page:
    """The call with one action chosen."""
    call.says("depth", depth="quick")
    call.writes()
    call.chooses()
    return maria.opens(windows.desktop(), call.call)


def named(page: Page, words: str) -> Locator:
    return page.get_by_role("button", name=words)


def tall(one: Locator) -> float:
    box = one.bounding_box()
    assert box, f"{one} is not seen"
    return box["height"]


def tall_in_all(page: Page) -> float:
    """From the top of the first question to the bottom of the last."""
    first, last = (page.locator(f"#question-{key}").bounding_box() for key in (QUICK[0], QUICK[-1]))
    assert first
    assert last
    return last["y"] + last["height"] - first["y"]
