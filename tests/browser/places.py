"""Every page of the product, each with the way that leads there, for tests that hold on all of them."""

from typing import NoReturn

from playwright.sync_api import Page
from sqlalchemy import event
from sqlalchemy.exc import DataError, OperationalError

from app.account.tables import Role
from app.safety import TooMany
from app.sqlite import driver
from tests.browser.messages import MESSAGES, NO_REASON
from tests.browser.people import Jonas, Maria
from tests.browser.states import REFUSALS, STATES
from tests.browser.ways import Way, address_of, answer, hers, his, send
from tests.cast import PASSWORD, a_colleague, a_workspace, in_days, state_of


def plan(maria: Maria) -> str:
    return maria.plan


def her_link(page: Page, maria: Maria) -> None:
    maria.opens(page, f"{maria.plan}/preview")
    page.get_by_role("button", name="and copy the message").click()


def nothing_open(page: Page, maria: Maria) -> None:
    """A plan whose only step is agreed."""
    maria.writes_down(company="Velotrade", what_2="")
    jonas = Jonas(maria, maria.shares_with("Jonas Weber"))
    jonas.elsewhere().acts(1, "yes")
    jonas.opens(page)


def new_workspace(page: Page, maria: Maria) -> Maria:
    """Somebody who begins: no deal, no plan."""
    seller = a_workspace(state_of(maria.client).database, "Tidewater")
    newcomer = Maria(maria.client, seller)
    newcomer.opens(page)
    return newcomer


def new_deals(page: Page, maria: Maria) -> None:
    new_workspace(page, maria)
    page.goto("/deals")


def new_after_call(page: Page, maria: Maria) -> None:
    new_workspace(page, maria)
    page.goto("/after-call")


def empty_deal(page: Page, maria: Maria) -> None:
    _a_deal(page, maria)


def empty_desk(page: Page, maria: Maria) -> None:
    _a_deal(page, maria)
    page.get_by_role("link", name="shared plan").click()


def _a_deal(page: Page, maria: Maria) -> None:
    maria.opens(page, "/deals")
    send(page, "/deals", company="Velotrade", key="a-new-deal")


def sign_in_refused(page: Page, maria: Maria) -> None:
    page.goto("/sign-in")
    send(page, "/sign-in", email="maria@ledgerline.test", password=PASSWORD[1:])


PAGES: dict[str, Way] = (
    {
        "sign in": lambda page, maria: page.goto("/sign-in"),
        "sign in refused": sign_in_refused,
        "password": hers(lambda _: "/password"),
        "workspace": hers(lambda _: "/workspace"),
        "follow-ups": hers(lambda _: "/"),
        "follow-ups, new": new_workspace,
        "after a call": hers(lambda _: "/after-call"),
        "after a call, new": new_after_call,
        "deals": hers(lambda _: "/deals"),
        "deals, new": new_deals,
        "deal": hers(lambda maria: maria.deal),
        "deal, empty": empty_deal,
        "desk": hers(plan),
        "desk, empty": empty_desk,
        "settings": hers(lambda maria: f"{maria.plan}/settings"),
        "preview": hers(lambda maria: f"{maria.plan}/preview"),
        "link": her_link,
        "buyer": his,
        "buyer, nothing open": nothing_open,
        "templates, new": hers(lambda _: "/templates"),
    }
    | STATES
    | {name: way for name, way in MESSAGES.items() if not name.startswith("4")}
)


def incomplete_address(page: Page, maria: Maria) -> None:
    page.goto("/l/not-complete")


def nothing_there(page: Page, maria: Maria) -> None:
    maria.opens(page, "/plans/nothing")


def no_visit(page: Page, maria: Maria) -> None:
    page.goto("/p/another-browser")


def only_looking(page: Page, maria: Maria) -> None:
    viewer = a_colleague(state_of(maria.client).database, "Vera Stein", Role.VIEWER)
    Maria(maria.client, viewer).opens(page)
    send(page, f"{maria.plan}/sharing", key="only-looking")


def signed_out(page: Page, maria: Maria) -> None:
    page.goto("/sign-in")
    send(page, f"{maria.plan}/drafts", title="Send the 40 stuck invoices", key="signed-out")


def changed_meanwhile(page: Page, maria: Maria) -> None:
    his(page, maria)
    maria.acts(1, "terms", due_on=str(in_days(20)), note="The list is longer than I thought.")
    answer(page, 1, "yes", version="1")


def moved_on(page: Page, maria: Maria) -> None:
    his(page, maria)
    maria.acts(1, "drop")
    answer(page, 1, "counter", version="1", due_on=str(in_days(20)), note="The board meets then.")


def taken_back_too_late(page: Page, maria: Maria) -> None:
    his(page, maria)
    answer(page, 1, "undo", version="1")


def sent_before(page: Page, maria: Maria) -> None:
    his(page, maria)
    answer(page, 1, "comments", version="1", words="Does Tuesday work?", key="same")
    answer(page, 1, "comments", version="1", words="Does Wednesday work?", key="same")


def link_turned_off(page: Page, maria: Maria) -> None:
    his(page, maria)
    for number in range(1, 8):
        maria.turns_link_off(number)
    page.reload()


def who_is_answering(page: Page, maria: Maria) -> None:
    his(page, maria)
    send(page, address_of(page, 1, "counter"), version="1", due_on=str(in_days(20)), key="who")


def somebody_else(page: Page, maria: Maria) -> None:
    his(page, maria)
    answer(page, 1, "yes", version="1", answering_as="other")


def address_unclear(page: Page, maria: Maria) -> None:
    his(page, maria)
    answer(page, 1, "done", version="1", url="nowhere", note="It is in the folder.")


def nothing_changed(page: Page, maria: Maria) -> None:
    his(page, maria)
    answer(page, 1, "counter", version="1", note="As it is.")


def not_theirs(page: Page, maria: Maria) -> None:
    his(page, maria)
    answer(page, 11, "yes", version="1")


def reason_missing(page: Page, maria: Maria) -> None:
    maria.opens(page, maria.plan)
    send(page, f"{maria.plan}/steps/1/terms", version="1", due_on=str(in_days(20)), key="why")


def something_missing(page: Page, maria: Maria) -> None:
    maria.opens(page, "/after-call")
    send(page, "/after-call", company="Velotrade", said="Audit is in March", key="missing")


def too_many_tries(page: Page, maria: Maria) -> None:
    his(page, maria)
    limits = state_of(maria.client).rate_limits
    limits.count = _too_many
    answer(page, 1, "comments", version="1", words="Does Tuesday work?")
    del limits.count


def not_saved(page: Page, maria: Maria) -> None:
    his(page, maria)
    nothing_can_be_written(maria)
    answer(page, 1, "comments", version="1", words="Does Tuesday work?")


def too_long_to_keep(page: Page, maria: Maria) -> None:
    his(page, maria)
    event.listen(state_of(maria.client).database.reading, "before_cursor_execute", _keeps_no_act)
    answer(page, 1, "comments", version="1", words="Does Tuesday work?")


def nothing_can_be_written(maria: Maria) -> None:
    """As on a full or read-only disk: SQLite refuses each write from now on."""
    engine = state_of(maria.client).database.reading
    event.listen(engine, "checkout", lambda connection, *_: connection.execute("PRAGMA query_only=ON"))


def nothing_can_be_read(maria: Maria) -> None:
    """As when the disk is gone: every query fails from now on."""
    event.listen(state_of(maria.client).database.reading, "before_cursor_execute", _fails)


def _fails(*_: object) -> NoReturn:
    raise OperationalError("", None, driver.OperationalError("disk I/O error"))


def _keeps_no_act(_connection: object, _cursor: object, statement: str, *_: object) -> None:
    """As PostgreSQL does where a form takes more than a column keeps."""
    if statement.startswith("INSERT INTO act "):
        raise DataError("", None, driver.DataError("value too long"))


def _too_many(*_: object) -> NoReturn:
    raise TooMany


PROBLEMS: dict[str, Way] = (
    {
        "404 address not complete": incomplete_address,
        "404 nothing there": nothing_there,
        "403 no visit": no_visit,
        "403 only looking": only_looking,
        "403 signed out": signed_out,
        "403 not theirs": not_theirs,
        "409 changed meanwhile": changed_meanwhile,
        "409 moved on": moved_on,
        "409 taken back too late": taken_back_too_late,
        "409 sent before": sent_before,
        "410 link turned off": link_turned_off,
        "422 who is answering": who_is_answering,
        "200 somebody else": somebody_else,
        "422 address unclear": address_unclear,
        "422 nothing changed": nothing_changed,
        "422 reason missing": reason_missing,
        "422 something missing": something_missing,
        "429 too many tries": too_many_tries,
        "422 too long to keep": too_long_to_keep,
        "503 not saved": not_saved,
    }
    | REFUSALS
    | NO_REASON
)
