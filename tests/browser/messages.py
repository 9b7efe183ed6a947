"""Messages and reasons in every state, each with the way that leads there."""

from playwright.sync_api import Page, expect

from tests.browser.full_plan import LONG
from tests.browser.people import Maria
from tests.browser.ways import Way, hers, send
from tests.cast import in_days


def message(page: Page, maria: Maria) -> None:
    """Asking about what Jonas owes, with something brought."""
    _jonas_is_stuck(maria)
    maria.opens(page, f"{maria.plan}/message?step=1")
    send(page, f"{maria.plan}/message", step="1", brings=f"Ask Dr. Brandt, section 14.{LONG}", text="")
    shows(page, "there is still something Jonas can use")


def hollow_message(page: Page, maria: Maria) -> None:
    """The fourth in a row that holds nothing, without a reason."""
    for number in range(3):
        _log(maria, key=f"hollow {number}")
    maria.opens(page, f"{maria.plan}/message?point=1")
    send(page, f"{maria.plan}/message", point="1", text=f"Hi Jonas, Ledgerline is just checking in.{LONG}")
    shows(page, "Keep a promise before you write again.")
    page.get_by_text("Word by word").click()


def doubtful_message(page: Page, maria: Maria) -> None:
    _jonas_is_stuck(maria)
    maria.opens(page, f"{maria.plan}/message?step=1")
    send(page, f"{maria.plan}/message", step="1", text="Jonas, this is who may sign, and up to which limit.")
    shows(page, "is this about what they said?")


def logged(page: Page, maria: Maria) -> None:
    _jonas_is_stuck(maria)
    maria.opens(page, f"{maria.plan}/message?step=1")
    send(page, f"{maria.plan}/touches", step="1", text=f"Jonas, here is the list.{LONG}", key="logged")
    shows(page, "Logged: a message to Jonas Weber, with a reason")


def reasons(page: Page, maria: Maria) -> None:
    _jonas_is_stuck(maria)
    maria.jonas.elsewhere().acts(2, "obstacle", reason="other priority", ask_again_on=str(in_days(20)))
    _log(maria)
    maria.opens(page, f"{maria.deal}/people/1/reasons")
    shows(page, "waits for your answer since")
    shows(page, "without a reason")


def no_reasons(page: Page, maria: Maria) -> None:
    maria.writes_down(company="Velotrade", person=f"Lena Aumann-{LONG.strip()[:60]}")
    page.goto("about:blank")
    maria.opens(page, maria.deal)
    page.get_by_role("link", name="why may I write?").click()
    shows(page, "There is no reason to write that Velotrade would recognise.")


def no_reason(page: Page, maria: Maria) -> None:
    maria.opens(page)
    send(page, f"{maria.plan}/touches", step="1", text=f"Did you see my mail?{LONG}")
    shows(page, "There is no reason to write that Nordwind would recognise.")


def swapped(page: Page, maria: Maria) -> None:
    """A desk with a failing draft, read as another prospect would."""
    first = maria.plan
    maria.client.post(f"{first}/drafts", data={"title": "Jonas, let us discuss next steps at Nordwind"})
    maria.writes_down(company="Velotrade", person="Lena Aumann")
    maria.opens(page, first)
    page.get_by_text("Read it as Velotrade").first.click()
    shows(page, "Nothing in it would look odd there.")


MESSAGES: dict[str, Way] = {
    "message, from a point": hers(lambda maria: f"{maria.plan}/message?point=1"),
    "message": message,
    "message, hollow": hollow_message,
    "message, doubtful": doubtful_message,
    "message, logged": logged,
    "reasons": reasons,
    "reasons, none": no_reasons,
    "desk, read by somebody else": swapped,
}
NO_REASON: dict[str, Way] = {"422 no reason": no_reason}


def shows(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(words)


def _jonas_is_stuck(maria: Maria) -> None:
    maria.jonas.elsewhere().acts(1, "obstacle", reason="need something from you", note=f"Which ones?{LONG}")


def _log(maria: Maria, **fields: str) -> None:
    hollow = {"point": "1", "text": f"Hi Jonas, just checking in.{LONG}"}
    maria.client.post(f"{maria.plan}/touches", data=hollow | fields)
