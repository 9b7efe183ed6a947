"""What a prospect does with the plan as a whole: yes to all, asking, handing over, copies, quiet, the end."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Jonas, Maria
from tests.browser.windows import Windows
from tests.cast import in_days


def test_one_press_says_yes_to_all_that_ask(windows: Windows, jonas: Jonas, script: bool):
    page = jonas.opens(windows.phone(script=script))

    page.get_by_role("button", name="Yes to both").click()
    says_who(page)

    for number in (1, 2):
        expect(page.locator(f"#step-{number}")).to_contain_text("Both said yes")
    expect(page.get_by_role("button", name="Yes to both")).to_have_count(0)


def test_all_that_a_prospect_may_do_with_a_plan(windows: Windows, jonas: Jonas, maria: Maria, script: bool):
    page = jonas.opens(windows.phone(script=script))

    asks(page, "Name the sites that are left out", "Ledgerline")
    says_who(page)
    expect(page.locator("#step-3")).to_contain_text("You asked for this; Maria answers next")
    asks_for_goal(page, "No invoice waits for a signature")
    expect(main(page)).to_contain_text("Another goal is asked for: “No invoice waits for a signature”.")
    asks_for_quiet(page)
    expect(main(page)).to_contain_text("Maria will not write before.")
    page.get_by_role("button", name="End the quiet now").click()
    expect(main(page)).not_to_contain_text("Maria will not write before.")
    is_not_going_ahead(page)
    expect(main(page)).to_contain_text("Thank you for saying so.")
    expect(main(page)).to_contain_text("“The budget went elsewhere.”")
    assert "is not going ahead" in maria.page("/")
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#step-3")).to_contain_text("You asked for this; Maria answers next")
    expect(page.locator("#step-1")).to_contain_text("Needs your answer")
    assert "is not going ahead" not in maria.page("/")


def test_a_talk_without_a_time_can_be_given_one(windows: Windows, jonas: Jonas, script: bool):
    page = jonas.opens(windows.phone(script=script))
    page.locator("#step-1").get_by_role("button", name="Yes, ").click()
    says_who(page)
    asks(page, "Look at Husum", "We talk about it")
    expect(main(page)).to_contain_text("A talk needs a time.")

    page.locator("input[name=due_at]").fill("14:30", timeout=1_000)
    page.get_by_role("button", name="Send again").click()

    expect(page.locator("#step-3")).to_contain_text("14:30 UTC time")


def test_a_colleague_answers_on_a_page_of_their_own(windows: Windows, jonas: Jonas, maria: Maria):
    page = jonas.opens(windows.phone())
    unfold(page.locator("#step-1"), "More")
    unfold(page.locator("#step-1"), "Someone else should answer")
    names_petra(page.locator("#step-1"))
    says_who(page)
    expect(page.locator("#step-1")).to_contain_text("Maria is asked to put it to Petra Lang.")

    desk = maria.opens(windows.desktop(), maria.plan)
    desk.get_by_role("button", name=re.compile("^Ask Petra")).click()
    petra = windows.phone()
    petra.goto(desk.get_by_label("The address alone").input_value())
    expect(petra.get_by_role("banner")).to_contain_text("For Petra Lang, Nordwind")
    petra.locator("#step-1").get_by_role("button", name="Yes, ").click()
    says_who(petra, "Petra Lang")
    expect(petra.locator("#step-1")).to_contain_text("Both said yes")
    page.reload()

    expect(page.locator("#step-1")).to_contain_text("Both said yes")
    expect(page.locator("#step-1")).to_contain_text("Petra Lang, for Maria Keller")
    expect(page.locator("#step-1 [data-receipt]")).to_have_count(0)


def test_a_name_on_a_button_stands_in_its_sentence(windows: Windows, jonas: Jonas, maria: Maria):
    jonas.elsewhere().acts(1, "handover", name="Petra Lang")

    desk = maria.opens(windows.desktop(), maria.plan)

    expect(desk.locator("form[action$=confirmation] button")).to_have_accessible_name(
        "Ask Petra, with a link of their own", timeout=1_000
    )


def test_whoever_reads_a_forwarded_link_names_who_should_answer(
    windows: Windows, jonas: Jonas, maria: Maria, script: bool
):
    page = jonas.opens(windows.phone(script=script))
    page.locator("#step-2").get_by_role("button", name="Yes, ").click()
    page.get_by_label("Someone else").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(main(page)).to_contain_text("only they can answer with it")

    names_petra(main(page))

    expect(page.locator("#step-2")).to_contain_text("Maria is asked to put it to Petra Lang.")
    expect(page.locator("#step-1")).to_contain_text("Needs your answer")
    assert maria.confirms_handover()


def test_a_copy_is_made_read_and_turned_off(windows: Windows, jonas: Jonas):
    page = jonas.opens(windows.phone(permissions=["clipboard-read", "clipboard-write"]))
    unfold(main(page), "Show it to colleagues")
    page.get_by_role("button", name="Make a copy to read").click()
    says_who(page)
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    reader = windows.phone()
    reader.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(main(reader)).to_contain_text("A copy for reading, made by Jonas Weber")
    expect(reader.locator("form")).to_have_count(0)

    page.get_by_role("link", name="Back to the plan").click()
    unfold(main(page), "Show it to colleagues")
    page.get_by_role("button", name="Turn off the copy").click()
    expect(page.get_by_role("button", name="Turn off the copy")).to_have_count(0)
    windows.expect(410)
    reader.reload()

    expect(reader.get_by_role("heading", level=1)).to_have_text("This link no longer works.")


def says_who(page: Page, name: str = "Jonas Weber") -> None:
    page.get_by_label(f"I am {name}").check()
    page.get_by_role("button", name="Send my answer").click()


def asks(page: Page, words: str, who: str) -> None:
    unfold(main(page), "Ask Ledgerline for something")
    page.get_by_label("What should happen?").fill(words)
    page.get_by_role("group", name="Who does it?").get_by_label(who).check()
    page.get_by_label("By when?").fill(str(in_days(6)))
    page.get_by_role("button", name="Ask for it").click()


def asks_for_goal(page: Page, words: str) -> None:
    unfold(main(page), "Say the goal in your words")
    page.get_by_label("What do you want to reach?").fill(words)
    page.get_by_role("button", name="Ask for this goal").click()


def asks_for_quiet(page: Page) -> None:
    unfold(main(page), "Quiet for a while")
    page.get_by_label("Quiet until").fill(str(in_days(20)))
    page.get_by_role("button", name="Ask for quiet").click()


def is_not_going_ahead(page: Page) -> None:
    unfold(main(page), "We are not going ahead")
    part = page.locator("details[open]")
    part.get_by_label("Why (optional)").fill("The budget went elsewhere.")
    part.get_by_role("button", name="End this plan").click()


def names_petra(part: Locator) -> None:
    part.get_by_label("Who should answer?").fill("Petra Lang")
    part.get_by_label("Their e-mail (optional)").fill("petra@nordwind.test")
    part.get_by_role("button", name="Ask Maria to put it to them").click()


def unfold(part: Locator, words: str) -> None:
    part.locator("summary").filter(has_text=re.compile(f"^{words}$")).click()


def main(page: Page) -> Locator:
    return page.get_by_role("main")
