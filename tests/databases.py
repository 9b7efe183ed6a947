"""Where the databases stand that tests copy: files in a folder, and the databases of a PostgreSQL server."""

import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, Table, text
from sqlmodel import SQLModel

from app.database import Database, open_database
from tests.cast import SECRET

EMPTY = "empty"  # migrated, without a row


class Files:
    """SQLite databases in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def copy(self, source: str, name: str) -> str:
        return self.copy_to(source, self.folder / f"{name}.db")

    def copy_to(self, source: str, file: Path) -> str:
        assert not (self.folder / f"{source}.db-wal").exists(), "a part of it is not in the file"
        for ending in ("", "-wal", "-shm"):
            Path(f"{file}{ending}").unlink(missing_ok=True)
        shutil.copy(self.folder / f"{source}.db", file)
        return f"sqlite:///{file}"


class ServersDatabases:
    """Databases of one PostgreSQL server."""

    def __init__(self, address: str) -> None:
        self.address = address

    def named(self, name: str) -> str:
        return self.address.replace("/postgres?", f"/{name}?", 1)

    def copy(self, source: str, name: str) -> str:
        self.say(f"CREATE DATABASE {name} TEMPLATE {source}")
        return self.named(name)

    def waits_for_its_disk(self, waits: bool) -> None:
        """As any server does before it acknowledges. Most tests need no such wait: nobody cuts its power."""
        value = "on" if waits else "off"
        with self._connected() as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = {value}")
            connection.execute("SELECT pg_reload_conf()")
        while self._says("SHOW fsync") != value:
            time.sleep(0.01)

    def say(self, statement: str) -> None:
        with self._connected() as connection:
            connection.execute(statement.encode())

    def _says(self, question: str) -> object:
        with self._connected() as connection:
            row = connection.execute(question.encode()).fetchone()
        assert row
        return row[0]

    def _connected(self) -> psycopg.Connection:
        return psycopg.connect(
            self.address.replace("postgresql+psycopg://", "postgresql://", 1), autocommit=True
        )


def wait_until_somebody_waits(database: Database) -> None:
    """For a lock that somebody else holds, on PostgreSQL."""
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(500):
        with database.reading.connect() as connection:
            if connection.scalar(query):
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def table_of(kind: type[SQLModel]) -> Table:
    """The table that keeps rows of this class."""
    return SQLModel.metadata.tables[str(kind.__tablename__)]


def longest(kind: type[SQLModel], column: str) -> int:
    """How many letters a column keeps."""
    return getattr(table_of(kind).c[column].type, "length")  # noqa: B009


class Engines:
    """Engines by address: a worker compiles its SQL once; anew in each test, it takes a third of the time."""

    def __init__(self) -> None:
        self.known: dict[str, Database] = {}

    @contextmanager
    def opened(self, url: str) -> Generator[Database]:
        """A database that nobody had open before; its engine is used again unless somebody listens to it."""
        known = self.known[url] = self.known.get(url) or open_database(url, [SECRET])
        before = _listeners(known.reading)
        database = replace(known)
        yield database
        database.dispose()
        if _listeners(known.reading) != before:
            del self.known[url]


def _listeners(engine: Engine) -> list[int]:
    events: Any = engine.dispatch, engine.pool.dispatch
    asked, pooled = events
    return [len(list(event)) for event in (asked.before_cursor_execute, pooled.connect, pooled.checkout)]
