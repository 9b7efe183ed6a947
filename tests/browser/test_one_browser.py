"""One browser may hold several people and several plans: each act lands where its page stands."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Guest, Jonas, Maria
from tests.browser.windows import Windows


@pytest.fixture
def petra(jonas: Jonas, maria: Maria) -> Guest:
    """Petra Lang of Nordwind, asked for a step on the same plan."""
    deal = maria.deal.rsplit("/", 1)[1]
    maria.writes_down(deal=deal, company="", person="Petra Lang", what_1="Check the access rights", what_2="")
    return Jonas(maria, maria.shares_with("Petra Lang")).elsewhere()


@pytest.fixture
def elsewhere(petra: Guest, maria: Maria) -> Guest:
    """Jonas Weber once more, on a plan with Velotrade."""
    maria.writes_down(company="Velotrade")
    return Jonas(maria, maria.shares_with("Jonas Weber")).elsewhere()


@pytest.fixture
def tabs(windows: Windows, jonas: Jonas, petra: Guest, elsewhere: Guest, maria: Maria) -> dict[str, Page]:
    """A page each of Jonas, Petra, Jonas at Velotrade and a reader of a copy; Maria is signed in as well."""
    first = maria.opens(windows.phone())
    copy = jonas.elsewhere().makes_copy(maria)
    addresses = {
        "jonas": jonas.address,
        "petra": petra.address,
        "elsewhere": elsewhere.address,
        "copy": copy,
    }
    pages = {name: first.context.new_page() for name in addresses}
    for name, page in pages.items():
        page.goto(addresses[name])
    return pages


def test_each_page_has_a_cookie_of_its_own(tabs: dict[str, Page]):
    refs = {page.url.rsplit("/", 1)[1] for page in tabs.values()}

    names = {cookie["name"] for cookie in tabs["jonas"].context.cookies()}

    assert len(refs) == 4
    assert names == {"jointly", *(f"jointly-{ref}" for ref in refs)}


def test_each_act_lands_on_its_own_plan_by_its_own_person(
    tabs: dict[str, Page], jonas: Jonas, elsewhere: Guest
):
    says_yes(tabs["elsewhere"], 1, "Jonas Weber")
    says_yes(tabs["petra"], 3, "Petra Lang")
    says_yes(tabs["jonas"], 2, "Jonas Weber")
    for page in tabs.values():
        page.reload()

    expect_states(tabs["jonas"], "Needs your answer", "Both said yes", "Both said yes")
    expect_states(tabs["petra"], "Waiting for Jonas Weber", "Both said yes", "Both said yes")
    expect_states(tabs["copy"], "Waiting for Jonas Weber", "Both said yes", "Both said yes")
    expect_states(tabs["elsewhere"], "Both said yes", "Needs your answer")
    assert who_said_yes(tabs["copy"]) == {"Jonas Weber", "Petra Lang", "Maria Keller"}
    assert who_said_yes(tabs["elsewhere"]) == {"Jonas Weber", "Maria Keller"}


def test_only_who_gave_an_answer_is_offered_its_undo(tabs: dict[str, Page]):
    says_yes(tabs["jonas"], 2, "Jonas Weber")
    for page in tabs.values():
        page.reload()

    offers = {name: page.get_by_role("button", name="Undo").count() for name, page in tabs.items()}

    assert offers == {"jonas": 1, "petra": 0, "elsewhere": 0, "copy": 0}


def says_yes(page: Page, number: int, name: str) -> None:
    """Each asks once who answers: to have said so on another page is not enough."""
    page.bring_to_front()
    page.locator(f"#step-{number}").get_by_role("button", name="Yes, ").click()
    page.get_by_label(f"I am {name}").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(f"#step-{number}")).to_contain_text("Both said yes")


def expect_states(page: Page, *states: str) -> None:
    for number, words in enumerate(states, start=1):
        expect(page.locator(f"#step-{number} .step__state")).to_contain_text(words)
    expect(page.locator(".step")).to_have_count(len(states))


def who_said_yes(page: Page) -> set[str]:
    page.get_by_role("link", name="What was agreed when").click()
    return set(page.locator(".history .step__meta bdi").all_inner_texts())
