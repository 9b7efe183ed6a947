"""A plan in German is German to a screen reader and to a translator."""

from playwright.sync_api import expect

from tests.browser.people import Jonas, Maria
from tests.browser.windows import Windows


def test_a_plan_in_german_says_that_it_is_german(windows: Windows, jonas: Jonas, maria: Maria, script: bool):
    maria.client.post(maria.plan, data={"title": "Nächste Schritte", "language": "de"})

    page = jonas.opens(windows.phone(script=script))
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.locator("#step-1 form").first.get_by_role("button").click()

    expect(page.get_by_role("radio")).to_have_count(2)
    expect(page.locator("html")).to_have_attribute("lang", "de")
