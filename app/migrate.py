"""Brings a database to the newest schema, and tells whether it is there already."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.database import Database
from app.files import folder

MIGRATIONS = folder("migrations")


class OldSchema(Exception):
    """The database is not at the newest schema; `jointly migrate` brings it there."""


def migrate(database: Database, to: str = "head") -> None:
    """Foreign keys are off while SQLite tables are rebuilt, and checked before the commit."""
    with database.reading.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(config(connection), to)
        if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("The migration would leave rows that point nowhere; nothing was changed.")
        connection.commit()
    database.dispose()


def must_be_newest(database: Database) -> None:
    """Raises OldSchema."""
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with database.reading.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() != newest:
            raise OldSchema


def config(connection: Connection, migrations: Path = MIGRATIONS) -> Config:
    made = Config()
    made.set_main_option("script_location", str(migrations).replace("%", "%%"))
    made.set_main_option("truncate_slug_length", "60")
    made.attributes["connection"] = connection
    return made
