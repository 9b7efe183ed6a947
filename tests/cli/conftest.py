"""Each command runs in a folder of its own, with a database that is still to be made or empty."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.database import Database, open_database
from tests.cast import SECRET
from tests.databases import EMPTY, Files


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder of its own, with a database that is still to be made."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("JOINTLY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("JOINTLY_DATABASE_URL", f"sqlite:///{tmp_path}/jointly.db")


@pytest.fixture
def migrated(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database of the test's own, where the commands look for theirs; both have the same key."""
    monkeypatch.setenv("JOINTLY_SECRET_KEYS", SECRET)
    database = open_database(files.copy_to(EMPTY, tmp_path / "jointly.db"), [SECRET])
    yield database
    database.dispose()
