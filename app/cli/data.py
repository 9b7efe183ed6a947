"""Looking after what is kept: its schema, its copies, its proof; and texts that are judged line by line."""

import sys
from collections import Counter
from contextlib import suppress
from io import UnsupportedOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from app.cli.opening import bring_up, database_at_newest, opened, settings_given, stop, with_database
from app.cli.progress import progress

if TYPE_CHECKING:
    from app.database import Database
    from app.seals import Sealing
    from app.settings import Settings


def migrate(
    seal: Annotated[
        bool,
        typer.Option("--seal", help="Seal heads that no key here proves as well, once they are verified."),
    ] = False,
) -> None:
    """Bring the database to the newest schema, and seal the heads of its record with the newest key."""
    from app.sealing import ANY

    database = opened(settings_given())
    trusted = ANY if seal else _trusted_before(database)
    bring_up(database)
    typer.echo("The database is at the newest schema.")
    _seal(database, trusted)


def verify() -> None:
    """Check the record: every chain, every act, every kept result, the seal of every head."""
    _say_whether_whole(database_at_newest(settings_given()))


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


def restore(
    file: Path,
    even_if_broken: Annotated[
        bool, typer.Option("--even-if-broken", help="Take a copy whose record does not verify.")
    ] = False,
) -> None:
    """Put the content of FILE in the place of the SQLite database, once its record is verified.

    A server that is running goes on with it. What was there before is kept in a file of its own.
    """
    from app.backup import NotACopy, a_copy_of, put_back

    settings = settings_given()
    target = _sqlite_file(settings)
    if not file.is_file():
        stop(f"There is no file {file}.")
    if file.resolve() == target.resolve():
        stop(f"{file} is the database itself.")
    try:
        with a_copy_of(file, target.parent) as copy:
            said = _verified_and_sealed(copy, settings, file, even_if_broken)
            aside = put_back(copy, target)
    except NotACopy as refused:
        stop(f"{refused} Nothing was changed.")
    typer.echo(f"Restored from {file}." + (f" What was there before is in {aside}." if aside else ""))
    typer.echo(said)


def copy_to(url: str) -> None:
    """Copy everything into the empty database at URL, such as postgresql+psycopg://…, and verify it there."""
    from app import copying

    settings = settings_given()
    source = database_at_newest(settings)
    target = opened(with_database(settings, url))
    if target.reading.url == source.reading.url:
        stop("That is the database itself.")
    bring_up(target)
    with source.reading.connect() as counting:
        rows = copying.rows_in(counting)
    try:
        with progress("rows", rows) as tell:
            copied = copying.copy_to(source, target, tell)
    except copying.NotEmpty:
        stop("There is something in that database already. Nothing was copied.")
    typer.echo(f"Copied {copied:,} rows.")
    _say_whether_whole(target)


def export() -> None:
    """Write everything but secrets as JSON lines to standard output."""
    import json

    from sqlmodel import Session

    from app.copying import rows_in
    from app.export import rows

    with Session(database_at_newest(settings_given()).reading) as session:
        _keep_private(sys.stdout)
        with progress("rows", rows_in(session.connection())) as tell:
            for number, row in enumerate(rows(session), start=1):
                sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
                tell(number)


def specificity() -> None:
    """Judge JSON lines {id, kind, text, context} from standard input: could it be sent to anyone?"""
    from app.specificity.filter import BadLine, judge_lines

    try:
        for line in judge_lines(sys.stdin):
            sys.stdout.write(line + "\n")
    except BadLine as bad:
        stop(str(bad))


def _say_whether_whole(database: "Database") -> None:
    """Ends with exit code 1 where it is not, or cannot be told."""
    from sqlmodel import Session

    from app import verify as record
    from app.seals import Sealing

    broken, untold = 0, Counter[Sealing]()
    with Session(database.reading) as session, progress("chains", record.chains_in(session)) as tell:
        for found in record.judged(session, database.keys, tell):
            if isinstance(found, record.Untold):
                untold[found.why] += 1
            else:
                typer.echo(found)
                broken += 1
    if broken:
        stop("The record is broken; the first broken row stands above.")
    if untold:
        stop(_in_untold_words(untold))
    typer.echo("The record is whole.")


def _seal(database: "Database", trusted: "frozenset[Sealing]") -> None:
    from sqlmodel import Session

    from app.sealing import seal_heads
    from app.verify import chains_in

    if not database.keys:
        return
    with Session(database.reading) as session:
        chains = chains_in(session)
    with progress("chains", chains) as tell:
        found = seal_heads(database, database.keys, trusted, tell)
    for line in found.broken:
        typer.echo(line)
    if found.heads:
        typer.echo(f"Sealed the heads of {found.heads:,} chains.")
    if found.broken:
        stop("The record is broken; the chains above were not sealed.")
    if found.untold:
        typer.echo(_in_untold_words(found.untold), err=True)


def _trusted_before(database: "Database") -> "frozenset[Sealing]":
    """What a head may lack and be sealed all the same: a schema from before there were seals has none."""
    from app.migrate import SEALED_SINCE, schema_before
    from app.sealing import PROVEN, UNSEALED

    before = schema_before(database)
    return UNSEALED if before is not None and before < SEALED_SINCE else PROVEN


def _verified_and_sealed(copy: Path, settings: "Settings", file: Path, even_if_broken: bool) -> str:
    """What is to be said of the copy, which is at the newest schema then, and sealed where it is whole."""
    from sqlmodel import Session

    from app.sealing import SealedAnew, seal_heads
    from app.verify import broken

    database = opened(settings.model_copy(update={"database_url": f"sqlite:///{copy}"}))
    try:
        trusted = _trusted_before(database)
        bring_up(database)
        if database.keys:
            found = seal_heads(database, database.keys, trusted)
        else:
            with Session(database.reading) as session:
                found = SealedAnew(broken=list(broken(session)))
    finally:
        database.dispose()
    if found.broken and not even_if_broken:
        for line in found.broken:
            typer.echo(line)
        stop(f"The record in {file} is broken. Nothing was changed; --even-if-broken takes it all the same.")
    if found.untold:
        return _in_untold_words(found.untold)
    return f"Its record was verified; {found.heads:,} heads were sealed anew."


def _in_untold_words(untold: "Counter[Sealing]") -> str:
    from app.seals import Sealing

    said = "Cannot tell whether the record is whole: by its hashes it is, but "
    if of_others := untold[Sealing.UNKNOWN_KEY]:
        return said + (
            f"the heads of {of_others:,} chains were sealed with keys that are not set here. "
            "Set JOINTLY_SECRET_KEYS with those keys, too."
        )
    return said + (
        f"the heads of {untold.total():,} chains bear no seal for their last events. "
        "Where an earlier release wrote them, run: jointly migrate --seal"
    )


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


COMMANDS = (migrate, verify, backup, restore, copy_to, export, specificity)
