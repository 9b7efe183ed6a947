"""A browser, the app on a port, and an eye on all that the browser complains about."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from app.database import open_database
from tests.browser.full_plan import FullPlan, a_full_plan
from tests.browser.people import Jonas, Maria, Wire
from tests.browser.served import Served, serving
from tests.browser.windows import LAUNCH, Spare, Windows
from tests.cast import a_workspace
from tests.databases import EMPTY, Files
from tests.scenes import Scene, again

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


@pytest.fixture(scope="package")
def spare(chromium: Browser, htmx: bytes, server: Served) -> Spare:
    return Spare(chromium, server, htmx)


@pytest.fixture
def windows(spare: Spare, served: Served) -> Iterator[Windows]:
    """Opens browser windows; afterwards none of them may have complained."""
    windows = Windows(spare)
    yield windows
    windows.close()
    assert windows.complaints == []


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def maria(served: Served, scene: Scene) -> Maria:
    """Maria Keller of Ledgerline, signed in, in a browser without a window."""
    return again(Maria, scene.maria, Wire(served))


@pytest.fixture
def jonas(maria: Maria, scene: Scene) -> Jonas:
    """Jonas Weber of Nordwind, who has a link to a plan with two proposed steps, and has not opened it."""
    return Jonas(maria, scene.jonas.address.replace("http://testserver", maria.address))


@pytest.fixture
def page(windows: Windows, jonas: Jonas) -> Page:
    """Jonas's phone, his plan on it."""
    return jonas.opens(windows.phone())


@pytest.fixture(scope="package")
def full(server: Served, files: Files) -> FullPlan:
    """A full plan that tests copy."""
    database = open_database(files.copy(EMPTY, "full"))
    server.app.state.database = database
    maria = Maria(Wire(server), a_workspace(database))
    a_full_plan(maria)
    database.dispose()
    return FullPlan("full", maria)


@pytest.fixture
def furnished(served: Served, full: FullPlan, files: Files, tmp_path: Path) -> Iterator[Maria]:
    """Maria, whose plan with Nordwind has every status, two of their people, and long words in it."""
    with full.opened(served, files.copy_to(full.source, tmp_path / "full.db")) as maria:
        yield maria
