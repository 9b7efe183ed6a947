"""Engines and sessions for SQLite and PostgreSQL.

A session is reading or writing by the route's choice. A writing one takes SQLite's write lock with its
first statement: a plain BEGIN before read-modify-write loses updates or fails with "locked".
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial, wraps
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, ParamSpec, TypeVar

from anyio import CancelScope, CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, Enum, Row, create_engine, event
from sqlalchemy.engine import make_url
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import Select

from app import sqlite
from app.private_files import make_folder, make_private

READING_SESSIONS = 4  # at most the pool's size, so that no request waits for a connection in a thread
ACTS_AT_ONCE = 2  # threads; SQLite takes one act after the other anyway
BUSY_TIMEOUT_MS = 5_000
SEALED_WITH = "sealed_with"  # the option of a writing engine that holds the keys of the record

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


Given = ParamSpec("Given")
Result = TypeVar("Result")
ColumnsQuery = Select[*tuple[Any, ...]]
Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True)
class Database:
    """One database through two faces of the same pool."""

    reading: Engine
    writing: Engine

    @property
    def keys(self) -> tuple[str, ...]:
        """What the record is sealed with; the last one seals."""
        return self.writing.get_execution_options().get(SEALED_WITH, ())

    @property
    def is_sqlite(self) -> bool:
        return self.reading.dialect.name == "sqlite"

    async def peek(self, query: Any, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """The first row of one query, without a session: raw values as the driver gives them.

        On SQLite it takes microseconds and no thread; PostgreSQL is waited for in one. None also where the
        database does not answer: whoever asks in a session is told why.
        """
        with suppress(self.reading.dialect.loaded_dbapi.Error):
            if self.is_sqlite:
                return self._peeking.first(query, values)
            return await to_thread.run_sync(self._peeking.first, query, values)
        return None

    @cached_property
    def _peeking(self) -> "Peeking":
        return Peeking(self.reading)

    def dispose(self) -> None:
        if "_peeking" in self.__dict__:
            self._peeking.close()
        self.reading.dispose()


class Peeking:
    """One connection of its own, in autocommit: each query sees what is committed by then.

    It takes the module's constants alone: each is compiled once and kept for good. While a backup or a
    checkpoint holds the file, a query waits for the busy time-out and then raises, as in a session.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._connection: Any = None
        self._compiled: dict[Any, tuple[str, list[str] | None]] = {}

    def first(self, query: Any, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Raises what the driver raises; the next call connects anew."""
        text, names = self._text_of(query)
        with self._lock:
            try:
                cursor = self._connected().execute(text, [values[n] for n in names] if names else values)
                return cursor.fetchone()
            except Exception:
                self.close()
                raise

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connected(self) -> Any:
        if self._connection is None:
            dialect = self._engine.dialect
            arguments, options = dialect.create_connect_args(self._engine.url)
            own = {"check_same_thread": False, "isolation_level": None}
            own = own if dialect.name == "sqlite" else {"autocommit": True}
            self._connection = dialect.loaded_dbapi.connect(*arguments, **{**options, **own})
        return self._connection

    def _text_of(self, query: Any) -> tuple[str, list[str] | None]:
        """The query as the driver wants it: by position on SQLite, by name on PostgreSQL."""
        if query not in self._compiled:
            compiled = query.compile(self._engine)
            self._compiled[query] = (str(compiled), compiled.positiontup)
        return self._compiled[query]


def open_database(url: str, keys: Sequence[str] = ()) -> Database:
    """`keys` seal the record that is written; without them its heads keep the seals that they have."""
    engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
    writing = engine.execution_options(**{"writing": True, SEALED_WITH: tuple(keys)})
    return Database(reading=engine, writing=writing)


def _sqlite(url: str) -> Engine:
    file = file_of(url)
    if file:
        make_folder(file.parent)
    engine = create_engine(
        url,
        hide_parameters=True,  # they hold what people wrote, and an error's words end in a log
        module=sqlite.driver,
        connect_args={"isolation_level": None, "check_same_thread": False},
        pool_size=READING_SESSIONS + 1,
        max_overflow=0,
    )
    if file:
        event.listen(engine, "do_connect", lambda *_: make_private(file))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def file_of(url: str) -> Path | None:
    """Where an SQLite database lies; None on a server, or at an address that only SQLite reads."""
    parts = make_url(url)
    name = parts.database if parts.get_backend_name() == "sqlite" else None
    return Path(name) if name and not name.startswith("file:") else None


def _prepare_sqlite(connection: sqlite.driver.Connection, _record: object) -> None:
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",  # first: to turn a new file's log on is to write as well
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=READING_SESSIONS + 1,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"options": "-c lock_timeout=5000 -c timezone=UTC"},
    )


def words_of(kind: type[StrEnum]) -> Any:
    """A column type that stores a StrEnum's words; SQLAlchemy would store the members' names."""
    return Enum(kind, values_callable=lambda members: [str(m) for m in members], native_enum=False, length=40)


def select_columns(*columns: Any) -> ColumnsQuery:
    """A query for plain rows, of as many columns as it takes: SQLModel's `select` knows four."""
    return Select(*columns)


def rows_of(session: Session, query: ColumnsQuery, **values: Any) -> Rows:
    """Through the session's connection: the session itself would wrap each row once more.

    What a writing session has changed by then is written first, as before any other query of it.
    """
    if session.autoflush:
        session.flush()
    return session.connection().execute(query, values).all()


_acts: RunVar[CapacityLimiter] = RunVar("acts")


def in_lane(call: Callable[Given, Result]) -> Callable[Given, Awaitable[Result]]:
    """Call it in a thread of the lane that acts have to themselves.

    Among the pages each of an act's few hops would wait for every page that came before.
    """

    @wraps(call)
    async def hop(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        return await to_thread.run_sync(partial(call, *args, **kwargs), limiter=_lane())

    return hop


def _lane() -> CapacityLimiter:
    try:
        return _acts.get()
    except LookupError:
        _acts.set(CapacityLimiter(ACTS_AT_ONCE))
        return _acts.get()


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


async def writing(request: Request) -> AsyncIterator[Session]:
    """Committed when the route is through, undone when it raises; either happens in the lane of acts."""
    session = Session(request.app.state.database.writing, expire_on_commit=False)
    end = session.close
    try:
        yield session
        end = partial(_commit, session)
    finally:
        with CancelScope(shield=True):  # what was begun is ended, whoever went away meanwhile
            await in_lane(end)()


def _commit(session: Session) -> None:
    with session:
        session.commit()


# The bound lives on the Depends object, so there is one alias of each and every route shares it. Without a
# bound before the first query, simultaneous acts would wait for each other for ever: those that wait for the
# lock of the database would hold the threads of their lane, which the one that has the lock commits in.
Reading = Annotated[Session, Depends(reading, scope="function", max_concurrency=READING_SESSIONS)]
Writing = Annotated[Session, Depends(writing, scope="function", max_concurrency=1)]
