"""Engines and sessions for SQLite and PostgreSQL.

A session is reading or writing by the route's choice. A writing one takes SQLite's write lock with its
first statement: a plain BEGIN before read-modify-write loses updates or fails with "locked".
"""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from anyio import to_thread
from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, Enum, create_engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session, SQLModel

READING_SESSIONS = 4  # at most the pool's size, so that no request waits for a connection in a thread
BUSY_TIMEOUT_MS = 5_000
SAFE_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL under several writers

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


@dataclass(frozen=True)
class Database:
    """One database through two faces of the same pool."""

    reading: Engine
    writing: Engine

    @property
    def is_sqlite(self) -> bool:
        return self.reading.dialect.name == "sqlite"

    def dispose(self) -> None:
        self.reading.dispose()


def open_database(url: str) -> Database:
    engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
    return Database(reading=engine, writing=engine.execution_options(writing=True))


def _sqlite(url: str) -> Engine:
    file = make_url(url).database
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False},
        pool_size=READING_SESSIONS + 1,
        max_overflow=0,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        pool_size=READING_SESSIONS + 1,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"options": "-c lock_timeout=5000 -c timezone=UTC"},
    )


def sqlite_is_old() -> bool:
    return sqlite3.sqlite_version_info < SAFE_SQLITE


def words_of(kind: type[StrEnum]) -> Any:
    """A column type that stores a StrEnum's words; SQLAlchemy would store the members' names."""
    return Enum(kind, values_callable=lambda members: [str(m) for m in members], native_enum=False, length=40)


async def reading(request: Request) -> AsyncIterator[Session]:
    """Takes no thread for itself: a session asks the database nothing until its first query."""
    database: Database = request.app.state.database
    session = Session(database.reading, expire_on_commit=False, autoflush=False)
    try:
        yield session
    finally:
        if database.is_sqlite:
            session.close()  # microseconds; PostgreSQL would be waited for
        else:
            await to_thread.run_sync(session.close)


def writing(request: Request) -> Iterator[Session]:
    engine = request.app.state.database.writing
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


# The bound lives on the Depends object, so there is one alias of each and every route shares it. Sessions,
# loading dependencies and routes hop through the same few threads: without a bound before the first query,
# simultaneous answers would wait for each other for ever.
Reading = Annotated[Session, Depends(reading, scope="function", max_concurrency=READING_SESSIONS)]
Writing = Annotated[Session, Depends(writing, scope="function", max_concurrency=1)]
