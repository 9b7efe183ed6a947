"""Is this process ready to work: the right schema, a database that can be written to, and what to warn of."""

from errno import EDQUOT, EIO, ENOSPC, EROFS
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from app import sqlite
from app.database import Database, file_of
from app.faults import Fault, fault_of, words_of
from app.migrate import OtherSchema, must_fit, must_have_every_table, schema_of
from app.private_files import open_to_others
from app.settings import KEY_FILE, Settings

EVERY = 3.0  # seconds between two tries to write
ROOM = 256 * 1024  # bytes: one act with all that it may hold
NO_ROOM = frozenset({ENOSPC, EDQUOT, EROFS, EIO})
TRY_TO_WRITE = "UPDATE alembic_version SET version_num = version_num"
# More rows than stay in memory: the server has to find room for them on its disk, and gives it back.
TRY_FOR_ROOM = ("SET LOCAL work_mem = '64kB'", "SELECT count(*) FROM generate_series(1, 16384)")
WHY = {
    Fault.FULL: "The disk is full.",
    Fault.READ_ONLY: "The database can be read, not written to: look at its owner, its rights and its disk.",
    Fault.GONE: "The database does not answer.",
    Fault.UNOPENED: "The database file cannot be opened: look at it, its folder and the rights of both.",
}


def why_unfit(session: Session) -> str:
    """Why nobody should be sent here, as far as reading tells; "" when all is well."""
    try:
        must_fit(session.connection())
        must_have_every_table(session.connection())
    except OtherSchema as other:
        return str(other)
    except SQLAlchemyError as error:
        return why(error)
    return ""


def why(error: BaseException) -> str:
    return WHY.get(fault_of(error), f"The database refuses: {words_of(error) or type(error).__name__}.")


class Trying:
    """Tries to write, and leaves nothing behind; asked again within EVERY seconds it says the same."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: Database | None = None
        self._again_at = 0.0
        self._found = ""

    def why_not(self, database: Database, now: float) -> str:
        """Why nothing can be written, "" where it can. `now` in seconds of any clock that only goes on."""
        with self._lock:
            if database is not self._asked or now >= self._again_at:
                self._found = why_not_written(database)
                self._asked, self._again_at = database, now + EVERY
            return self._found


def why_not_written(database: Database) -> str:
    """Over a connection of its own, which waits for nobody: who holds a lock can write, so others can."""
    engine = database.reading
    try:
        if database.is_sqlite:
            _try_in_file(engine)
        else:
            _try_on_server(engine)
    except engine.dialect.loaded_dbapi.Error as error:
        return "" if fault_of(error) is Fault.LOCKED else why(error)
    except OSError as error:
        full = error.errno in (ENOSPC, EDQUOT)
        return WHY[Fault.FULL if full else Fault.READ_ONLY]
    return ""


def _try_in_file(engine: Engine) -> None:
    file = file_of(str(engine.url))
    if file:
        _try_for_room(file.parent)  # first: SQLite has several words for a full disk
    connection = _connected(engine, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(TRY_TO_WRITE)
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def _try_for_room(folder: Path) -> None:
    """What is rolled back never reached the disk; a file without a name does, and is gone with its end."""
    try:
        with TemporaryFile(dir=folder, buffering=0) as nameless:
            nameless.write(bytes(ROOM))
    except OSError as error:
        if error.errno in NO_ROOM:
            raise


def _try_on_server(engine: Engine) -> None:
    patience = "-c lock_timeout=200 -c statement_timeout=3000"
    connection = _connected(engine, connect_timeout=3, options=patience)
    try:
        for statement in (TRY_TO_WRITE, *TRY_FOR_ROOM):
            connection.execute(statement)
        connection.rollback()
    finally:
        connection.close()


def _connected(engine: Engine, **own: Any) -> Any:
    dialect = engine.dialect
    arguments, options = dialect.create_connect_args(engine.url)
    return dialect.loaded_dbapi.connect(*arguments, **{**options, **own})


def warnings(settings: Settings, database: Database) -> list[str]:
    """What works and should be mended all the same."""
    found = []
    if database.is_sqlite and sqlite.is_old():
        found.append("SQLite is older than 3.51.3: several writers can corrupt its write-ahead log.")
    for name, mode in open_to_others(file_of(str(database.reading.url)), _key_in_use(settings)):
        found.append(f"{name} is open to others on this machine (mode {mode:o}): chmod go-rwx {name}")
    if settings.over_https and not settings.trusted_proxies:
        found.append("JOINTLY_TRUSTED_PROXIES is empty: behind a proxy everybody counts as one client.")
    return found


def what_serves(database: Database) -> dict[str, str | None]:
    """Release, schema and kind of database, for the line that a start leaves."""
    with database.reading.connect() as connection:
        schema, release = schema_of(connection), connection.dialect.server_version_info or ()
    kind = sqlite.in_words() if database.is_sqlite else f"PostgreSQL {'.'.join(map(str, release))}"
    return {"version": version("jointly"), "schema": schema, "database": kind}


def _key_in_use(settings: Settings) -> Path | None:
    try:
        return KEY_FILE if KEY_FILE.read_text().strip() in settings.keys else None
    except OSError:
        return None
