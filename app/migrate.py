"""Brings a database to the newest schema, and tells whether it is there already."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from app.database import Database
from app.files import folder

MIGRATIONS = folder("migrations")
ONE_AFTER_THE_OTHER = (
    4_017_305_211  # PostgreSQL's lock for whoever migrates; any number that others do not take
)
PATIENCE_MS = 2 * 60 * 1000


# What a query finds by its bare name, in whatever schema of PostgreSQL it lies.
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid)",
}
SEALED_SINCE = "0014"  # the schema that brought seals for the heads of the record


class OtherSchema(Exception):
    """The database is not at the schema that this code knows; the message says what to do."""


class OldSchema(OtherSchema):
    """`jointly migrate` brings it there."""

    def __init__(self) -> None:
        super().__init__("The database is not at the newest schema. Run: jointly migrate")


class NewerSchema(OtherSchema):
    """A later release has migrated it; this one would not understand what it finds."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"This database was made by a newer Jointly (schema {found}; this one knows {newest()})."
            " Start the server again with that release, or restore the copy that was made before it."
        )


class SeveralSchemas(OtherSchema):
    """Each release leaves one name of a schema: something else wrote there."""

    def __init__(self, found: tuple[str, ...]) -> None:
        super().__init__(
            f"The database names several schemas at once ({', '.join(sorted(found))}): nobody can tell what"
            " it holds. Restore the copy that was made before."
        )


class TablesMissing(OtherSchema):
    """The schema's name is the right one, and not all of it is there."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            f"The database lacks tables: {', '.join(sorted(names))}. Restore a copy that has them."
        )


def migrate(database: Database, to: str = "head") -> None:
    """Foreign keys are off while SQLite tables are rebuilt, and checked before the commit.

    Raises NewerSchema, SeveralSchemas. Of those who migrate at once one does it, and the others find it done.
    """
    try:
        with database.reading.connect() as connection:
            _wait_for_the_others(connection, database)
            _must_not_be_newer(connection)
            command.upgrade(config(connection), to)
            if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("The migration would leave rows that point nowhere; nothing was changed.")
            connection.commit()
    finally:
        database.dispose()  # nobody works on over this connection: it checks no keys, and waits too long


def _wait_for_the_others(connection: Connection, database: Database) -> None:
    """Before anything is looked at, until the commit."""
    if database.is_sqlite:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE_MS}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AFTER_THE_OTHER})")
        connection.exec_driver_sql("SET LOCAL lock_timeout = 5000")


def schema_before(database: Database) -> str | None:
    """The schema that is there now; None for an empty database."""
    with database.reading.connect() as connection:
        return schema_of(connection)


def must_be_newest(database: Database) -> None:
    """Raises OldSchema, NewerSchema, SeveralSchemas."""
    with database.reading.connect() as connection:
        must_fit(connection)


def must_fit(connection: Connection) -> None:
    """Raises OldSchema, NewerSchema, SeveralSchemas."""
    _must_not_be_newer(connection)
    if schema_of(connection) != newest():
        raise OldSchema


def _must_not_be_newer(connection: Connection) -> None:
    found = schema_of(connection)
    if found and found not in _known() and found > newest():
        raise NewerSchema(found)


def schema_of(connection: Connection) -> str | None:
    """None where there is none yet. Raises SeveralSchemas."""
    found = MigrationContext.configure(connection).get_current_heads()
    if len(found) > 1:
        raise SeveralSchemas(found)
    return found[0] if found else None


def must_have_every_table(connection: Connection) -> None:
    """Every one that this process works with. Raises TablesMissing."""
    there = set(connection.execute(text(TABLES[connection.dialect.name])).scalars())
    missing = SQLModel.metadata.tables.keys() - there
    if missing:
        raise TablesMissing(missing)


def newest() -> str:
    """The schema that this process's code wants, whatever was put in the place of its files meanwhile."""
    return _known()[0]


@cache
def _known() -> tuple[str, ...]:
    return tuple(one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def config(connection: Connection, migrations: Path = MIGRATIONS) -> Config:
    made = Config()
    made.set_main_option("script_location", str(migrations).replace("%", "%%"))
    made.set_main_option("truncate_slug_length", "60")
    made.attributes["connection"] = connection
    return made
