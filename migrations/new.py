"""`make migration NAME=add_a_telephone`: write the next migration from what the tables say.

They are compared with a fresh database at the newest schema, a file that is gone afterwards: no database of
yours is asked. It stands here and not in the app, which never writes migrations.
"""

import re
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.operations.ops import AddColumnOp, MigrationScript, ModifyTableOps
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData
from sqlmodel import SQLModel

from app.database import open_database
from app.migrate import MIGRATIONS, config, migrate

LONGEST_NAME = 60


@dataclass(frozen=True)
class Written:
    """A new migration, and which of its columns, as table.column, have no value in the rows of today."""

    file: Path
    without_value: list[str]


def main(name: str) -> None:
    if not re.fullmatch("[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or len(name) > LONGEST_NAME:
        sys.exit(f"Name it in one snake_case word, {LONGEST_NAME} letters at most: NAME=add_a_telephone")
    written = write_migration(name)
    if written is None:
        print("The tables are as the newest migration leaves them. Nothing was written.")
        return
    print(f"Wrote {written.file.relative_to(MIGRATIONS.parent)}. Read it, then try it: docs/migrations.md")
    for column in written.without_value:
        print(f"{column} may not be empty and has no server_default: no database with rows would take it.")


def write_migration(
    name: str, migrations: Path = MIGRATIONS, tables: MetaData = SQLModel.metadata
) -> Written | None:
    """Numbered, sorted and formatted; None where nothing has changed."""
    with TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/newest.db")
        migrate(database)
        with database.reading.connect() as connection:
            settings = config(connection, migrations)
            settings.cmd_opts = Namespace(quiet=True)
            settings.attributes["tables"] = tables
            written = _autogenerate(settings, name)
        database.dispose()
    if written:
        _tidy(written.file)
    return written


def _autogenerate(settings: Config, name: str) -> Written | None:
    without_value: list[str] = []

    def look(_context: object, _revision: object, scripts: list[MigrationScript]) -> None:
        scripts[:] = [one for one in scripts if one.upgrade_ops and not one.upgrade_ops.is_empty()]
        without_value.extend(column for one in scripts for column in _without_value(one))

    newest = ScriptDirectory.from_config(settings).get_current_head() or "0"
    script: Any = command.revision(
        settings,
        message=name.replace("_", " "),
        rev_id=f"{int(newest) + 1:04}",
        autogenerate=True,
        process_revision_directives=look,
    )
    return Written(Path(script.path), without_value) if script else None


def _without_value(script: MigrationScript) -> Iterator[str]:
    changed = script.upgrade_ops.ops if script.upgrade_ops else []
    for table in (op for op in changed if isinstance(op, ModifyTableOps)):
        for added in (op for op in table.ops if isinstance(op, AddColumnOp)):
            if not added.column.nullable and added.column.server_default is None:
                yield f"{table.table_name}.{added.column.name}"


def _tidy(file: Path) -> None:
    """The imports that the new tables need and no others, then line by line as everything here."""
    for order in (["check", "--select", "F401,I", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *order, "--quiet", file], check=True)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
