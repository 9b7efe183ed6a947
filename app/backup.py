"""Copies an SQLite database out and back in through SQLite itself, which harms nobody who is using it."""

import os
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

from app.private_files import make_folder, make_private
from app.sqlite import driver

LAST_BEFORE = ".before-restore"
TRIES = 50  # until nobody writes in the moment between two locks
FEW = 8  # pages: an empty database has more, so the first step is never the last


class NotACopy(Exception):
    """The file is not a whole SQLite database of Jointly's; the message says what is wrong with it."""


class Busy(NotACopy):
    """Somebody writes all the time."""


class Changed(Exception):
    """Somebody wrote in between."""


def copy(source: Path, to: Path) -> None:
    """Copy a database that may be in use; an earlier file at `to` is replaced once the copy is whole."""
    unfinished = to.with_name(to.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    make_private(unfinished)
    try:
        _pour(source, unfinished)
        os.replace(unfinished, to)
    finally:
        unfinished.unlink(missing_ok=True)


def put_back(file: Path, target: Path) -> Path | None:
    """Fill `target` with the content of `file`; returns where its old content went. Raises NotACopy, Busy.

    Where somebody writes to the target meanwhile, that is in the one or in the other.
    """
    must_be_whole(file)
    make_folder(target.parent)
    if not target.exists():
        make_private(target)
        _pour(file, target)
        return None
    aside = _free_name(target.with_name(target.name + LAST_BEFORE))
    for _ in range(TRIES):
        try:
            _exchange(file, target, aside)
        except Changed:
            continue
        return aside
    raise Busy(f"{target} is written to all the time. Nothing was changed; stop the server and try again.")


def _exchange(file: Path, target: Path, aside: Path) -> None:
    """Raises Changed where somebody wrote between the last look at the old content and the new."""
    try:
        with closing(driver.connect(target)) as watching:
            watching.execute("PRAGMA journal_mode=WAL")  # or it could not look while the content is poured
            seen = _put_aside(watching, target, aside)
            _pour(file, target, lambda: _must_be_as(watching, seen))
    except driver.OperationalError as error:
        if "locked" in str(error):
            raise Changed from error
        raise
    except driver.DatabaseError:
        _move_aside(target, aside)
        make_private(target)
        _pour(file, target)


def _must_be_as(watching: driver.Connection, seen: int) -> None:
    if _version(watching) != seen:
        raise Changed


def _version(watching: driver.Connection) -> int:
    """It moves when another connection commits."""
    return watching.execute("PRAGMA data_version").fetchone()[0]


@contextmanager
def a_copy_of(file: Path, folder: Path) -> Generator[Path]:
    """A copy to look into and to change, which is gone afterwards. Raises NotACopy."""
    must_be_whole(file)
    make_folder(folder)
    with TemporaryDirectory(dir=folder, prefix="restoring-") as aside:
        copied = Path(aside) / file.name
        copy(file, copied)
        yield copied


def must_be_whole(file: Path) -> None:
    """Raises NotACopy."""
    try:
        with closing(driver.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            found = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
            tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master")}
    except driver.DatabaseError as error:
        raise NotACopy(f"{file} cannot be read as an SQLite database: {error}.") from error
    if found != "ok":
        raise NotACopy(f"{file} is damaged: {found.splitlines()[0]}.")
    if not {"alembic_version", "workspace"} <= tables:
        raise NotACopy(f"{file} is an SQLite database, but not one of Jointly's.")


def _put_aside(watching: driver.Connection, target: Path, aside: Path) -> int:
    """Copy the old content while nobody can write; returns the version that was copied."""
    with closing(driver.connect(target, isolation_level=None)) as holding:
        holding.execute("BEGIN IMMEDIATE")
        copy(target, aside)
        seen = _version(watching)
        holding.execute("ROLLBACK")
    return seen


def _move_aside(target: Path, aside: Path) -> None:
    """What is too damaged to be copied is kept as it is."""
    os.replace(target, aside)
    aside.chmod(0o600)
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)


def _free_name(first: Path) -> Path:
    """Each restore keeps a way back of its own: the second one shall not take the first one's."""
    names = (first.with_name(f"{first.name}-{number}") for number in count(2))
    return next(name for name in chain([first], names) if not name.exists())


def _pour(source: Path, to: Path, check: Callable[[], None] = lambda: None) -> None:
    """`check` may raise once nobody else can write to the target any more: then nothing was poured."""
    pages = iter([True])
    with closing(driver.connect(source)) as taken, closing(driver.connect(to)) as kept:
        taken.backup(kept, pages=FEW, progress=lambda *_: check() if next(pages, False) else None)
        if not Path(f"{to}-wal").exists():
            # A copy that is one plain file can be read from a medium that cannot be written to.
            kept.execute("PRAGMA journal_mode=DELETE")
