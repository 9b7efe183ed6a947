"""How a test gets to a page: who opens what, and forms sent as a browser without htmx would send them."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.people import Maria

Way = Callable[[Page, Maria], object]


def hers(path: Callable[[Maria], str]) -> Way:
    """A page of the seller's, at a path."""
    return lambda page, maria: maria.opens(page, path(maria))


def his(page: Page, maria: Maria) -> None:
    maria.jonas.opens(page)


def answer(page: Page, number: int, act: str, **fields: str) -> None:
    """Send a form of a step on the buyer's page, having said who one is."""
    send(page, address_of(page, number, act), **{"answering_as": "self", "key": act} | fields)


def answer_whole(page: Page, act: str, **fields: str) -> None:
    """Send a form about the whole plan on the buyer's page, having said who one is."""
    send(page, f"{here(page)}/{act}", **{"answering_as": "self", "key": act} | fields)


def address_of(page: Page, number: int, act: str) -> str:
    """Where a form of a step on the buyer's page leads."""
    return f"{here(page)}/steps/{number}/{act}"


def here(page: Page) -> str:
    return page.url.partition("#")[0]


def send(page: Page, path: str, **fields: str) -> None:
    """Submit a form to `path`; the page must be one of ours already."""
    with page.expect_navigation():
        page.evaluate(SEND, [path, fields])


SEND = """([path, fields]) => {
  const form = Object.assign(document.createElement("form"), {method: "post", action: path});
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.assign(document.createElement("textarea"), {name, value});
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""
