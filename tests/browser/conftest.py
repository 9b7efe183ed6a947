"""A browser, the app on a port, and an eye on all that the browser complains about."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import Session, select

from app.account.tables import Seller
from app.database import open_database
from tests.browser.full_plan import FullPlan, a_full_plan
from tests.browser.people import Jonas, Maria, Wire
from tests.browser.served import Served, serving
from tests.browser.windows import LAUNCH, Windows
from tests.cast import a_workspace

CHROMIUM = shutil.which("chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="package")
def htmx() -> bytes:
    """The file that the CDN would send; the browser checks its hash itself."""
    named = os.environ.get("JOINTLY_TEST_HTMX", "")
    if not (named and Path(named).is_file()):
        _missing(
            "no htmx: run `npm pack htmx.org@4.0.1`, unpack it, "
            "and set JOINTLY_TEST_HTMX to the path of its dist/htmx.min.js"
        )
    return Path(named).read_bytes()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        _missing("no browser: `apt-get install chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        yield browser
        browser.close()


def _missing(what: str) -> NoReturn:
    if os.environ.get("JOINTLY_TEST_BROWSER") == "required":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    unused = tmp_path_factory.mktemp("served") / "unused.db"
    with serving(f"sqlite:///{unused}") as served:
        yield served


@pytest.fixture
def served(server: Served, sqlite_url: str) -> Iterator[Served]:
    """The server with a database of this test's own."""
    database = open_database(sqlite_url)
    server.app.state.database = database
    server.sent.clear()
    yield server
    database.dispose()


@pytest.fixture
def windows(chromium: Browser, htmx: bytes, served: Served) -> Iterator[Windows]:
    """Opens browser windows; afterwards none of them may have complained."""
    windows = Windows(chromium, served, htmx)
    yield windows
    windows.close()
    assert windows.complaints == []


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def maria(served: Served) -> Maria:
    """Maria Keller of Ledgerline, signed in, in a browser without a window."""
    return _maria_at(served)


def _maria_at(served: Served) -> Maria:
    return Maria(Wire(served), a_workspace(served.app.state.database))


@pytest.fixture
def jonas(maria: Maria) -> Jonas:
    """Jonas Weber of Nordwind, who has a link to a plan with two proposed steps, and has not opened it."""
    maria.writes_down()
    return Jonas(maria, maria.shares_with("Jonas Weber"))


@pytest.fixture
def page(windows: Windows, jonas: Jonas) -> Page:
    """Jonas's phone, his plan on it."""
    return jonas.opens(windows.phone())


@pytest.fixture(scope="package")
def full_sqlite(server: Served, empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> FullPlan:
    """A file with a full plan in it, and who may open it; tests copy it."""
    file = tmp_path_factory.mktemp("full") / "full.db"
    shutil.copyfile(empty_sqlite, file)
    server.app.state.database = open_database(f"sqlite:///{file}")
    maria = _maria_at(server)
    jonas = a_full_plan(maria)
    server.app.state.database.dispose()
    return FullPlan(file, maria.plan, maria.deal, jonas.address)


@pytest.fixture
def furnished(served: Served, full_sqlite: FullPlan, tmp_path: Path) -> Iterator[Maria]:
    """Maria, whose plan with Nordwind has every status, two of their people, and long words in it."""
    file = tmp_path / "full.db"
    shutil.copyfile(full_sqlite.file, file)
    database = open_database(f"sqlite:///{file}")
    served.app.state.database = database
    with Session(database.reading) as session:
        seller = session.exec(select(Seller).order_by(Seller.id)).first()
    maria = Maria(Wire(served), seller)
    maria.plan, maria.deal = full_sqlite.plan, full_sqlite.deal
    maria.jonas = Jonas(maria, full_sqlite.address)
    yield maria
    database.dispose()
