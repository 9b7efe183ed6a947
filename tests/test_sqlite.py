"""One driver for all that speaks to SQLite, and a warning where its SQLite is an old one."""

import subprocess
import sys

import pytest
from starlette.testclient import TestClient

from app import sqlite
from app.database import Database

FULL = 2  # of PRAGMA synchronous: each commit waits for the disk
WITHOUT_A_WHEEL = """
import sys
sys.modules["pysqlite3"] = None
from app import sqlite
print(sqlite.in_words())
"""


def test_sessions_and_what_is_peeked_at_use_the_one_driver(database: Database):
    with database.reading.connect() as connection:
        used = connection.connection.driver_connection

    assert isinstance(used, sqlite.driver.Connection)
    assert database.reading.dialect.loaded_dbapi is sqlite.driver


def test_acknowledged_is_on_the_disk_and_no_row_points_at_one_that_is_gone(database: Database):
    with database.reading.connect() as reading, database.writing.connect() as writing:
        settings = [
            [one.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "foreign_keys")]
            for one in (reading, writing)
        ]

    assert settings == [[FULL, 1], [FULL, 1]]


def test_where_there_is_no_wheel_pythons_own_module_is_used():
    command = [sys.executable, "-c", WITHOUT_A_WHEEL]

    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert printed.startswith("SQLite 3.")
    assert printed.endswith(" by sqlite3\n")


@pytest.mark.parametrize(("safe_from", "warnings"), [((3, 0, 0), 0), ((99, 0, 0), 1)])
def test_an_old_sqlite_is_warned_of(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, safe_from: tuple[int, int, int], warnings: int
):
    monkeypatch.setattr(sqlite, "SAFE", safe_from)

    answer = client.get("/readyz").json()

    assert answer["ready"]
    assert len(answer["warnings"]) == warnings
