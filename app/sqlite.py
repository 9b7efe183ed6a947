"""The one SQLite driver. Everything that speaks to SQLite takes it from here, so that a backup is never
made by another SQLite than the one that writes.

pysqlite3 brings a recent SQLite along where it has a wheel; elsewhere it is the standard library's module,
with whatever SQLite the system has.
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING or find_spec("pysqlite3") is None:
    import sqlite3 as driver
else:
    import pysqlite3 as driver

SAFE = (3, 51, 3)  # older ones can corrupt a WAL under several writers


def is_old() -> bool:
    return driver.sqlite_version_info < SAFE


def in_words() -> str:
    return f"SQLite {driver.sqlite_version} by {driver.__name__}"
