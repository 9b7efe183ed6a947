"""A real server process on the database of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import SECRET
from tests.server.serving import Server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("server")


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """Default settings but the key, which the cast's links are signed with."""
    server = Server(database_url, tmp_path, JOINTLY_SECRET_KEYS=SECRET).start()
    yield server
    server.kill()


@pytest.fixture
def impatient(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """One that waits a second for a request."""
    server = Server(database_url, tmp_path, patience=1, JOINTLY_SECRET_KEYS=SECRET).start()
    yield server
    server.kill()
