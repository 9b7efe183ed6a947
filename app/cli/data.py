"""Looking after what is kept: its schema, its copies, its proof; and texts that are judged line by line."""

import sys
from contextlib import suppress
from io import UnsupportedOperation
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from app.cli.opening import bring_up, database_at_newest, opened, settings_given, stop

if TYPE_CHECKING:
    from app.settings import Settings


def migrate() -> None:
    """Bring the database to the newest schema."""
    bring_up(opened(settings_given()))
    typer.echo("The database is at the newest schema.")


def verify() -> None:
    """Check the record: every chain, every act, every kept result."""
    from sqlmodel import Session

    from app.verify import broken

    with Session(database_at_newest(settings_given()).reading) as session:
        found = list(broken(session))
    for line in found:
        typer.echo(line)
    if found:
        stop("The record is broken; the first broken row stands above.")
    typer.echo("The record is whole.")


def backup(file: Path) -> None:
    """Copy an SQLite database to FILE while it is in use."""
    from app.backup import copy

    source = _sqlite_file(settings_given())
    if not source.exists():
        stop(f"There is no database at {source} yet.")
    if file.is_dir() or file.resolve() == source.resolve():
        stop(f"{file} is not a place for a copy. Name a file of its own.")
    copy(source, file)
    typer.echo(f"Copied to {file}.")


def restore(file: Path) -> None:
    """Put the content of FILE in the place of the SQLite database."""
    from app.backup import NotACopy, put_back

    target = _sqlite_file(settings_given())
    if not file.is_file():
        stop(f"There is no file {file}.")
    if file.resolve() == target.resolve():
        stop(f"{file} is the database itself.")
    try:
        aside = put_back(file, target)
    except NotACopy as refused:
        stop(f"{refused} Nothing was changed.")
    typer.echo(f"Restored from {file}." + (f" What was there before is in {aside}." if aside else ""))


def export() -> None:
    """Write everything but secrets as JSON lines to standard output."""
    import json

    from sqlmodel import Session

    from app.export import rows

    with Session(database_at_newest(settings_given()).reading) as session:
        _keep_private(sys.stdout)
        for row in rows(session):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def specificity() -> None:
    """Judge JSON lines {id, kind, text, context} from standard input: could it be sent to anyone?"""
    from app.specificity.filter import BadLine, judge_lines

    try:
        for line in judge_lines(sys.stdin):
            sys.stdout.write(line + "\n")
    except BadLine as bad:
        stop(str(bad))


def _keep_private(to: TextIO) -> None:
    """What a shell made of `>` is readable by all; a test's output is no file."""
    from app.private_files import keep_private

    with suppress(UnsupportedOperation):
        keep_private(to.fileno())


def _sqlite_file(settings: "Settings") -> Path:
    database = opened(settings)
    if not database.is_sqlite or not database.reading.url.database:
        stop("This command is for SQLite files; PostgreSQL has pg_dump and pg_restore.")
    return Path(str(database.reading.url.database))


COMMANDS = (migrate, verify, backup, restore, export, specificity)
