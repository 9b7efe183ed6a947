"""Copies an SQLite database out and back in through SQLite itself, which harms nobody who is using it."""

import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

from app.private_files import make_folder, make_private
from app.sqlite import driver

LAST_BEFORE = ".before-restore"


class NotACopy(Exception):
    """The file is not a whole SQLite database of Jointly's; the message says what is wrong with it."""


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
    """Fill `target` with the content of `file`; returns where its old content went. Raises NotACopy."""
    must_be_whole(file)
    make_folder(target.parent)
    aside = _put_aside(target) if target.exists() else None
    make_private(target)
    _pour(file, target)
    return aside


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


def _put_aside(target: Path) -> Path:
    """Keep the old content beside the database, even when it is too damaged to be copied."""
    aside = _free_name(target.with_name(target.name + LAST_BEFORE))
    try:
        copy(target, aside)
    except driver.DatabaseError:
        os.replace(target, aside)
        aside.chmod(0o600)
        for ending in ("-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
    return aside


def _free_name(first: Path) -> Path:
    """Each restore keeps a way back of its own: the second one shall not take the first one's."""
    names = (first.with_name(f"{first.name}-{number}") for number in count(2))
    return next(name for name in chain([first], names) if not name.exists())


def _pour(source: Path, to: Path) -> None:
    with closing(driver.connect(source)) as taken, closing(driver.connect(to)) as kept:
        taken.backup(kept)
        if not Path(f"{to}-wal").exists():
            # A copy that is one plain file can be read from a medium that cannot be written to.
            kept.execute("PRAGMA journal_mode=DELETE")
