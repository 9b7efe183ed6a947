"""Files that hold what people wrote, or a key: made for their owner alone, and told where others may read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

OWNERS = 0o700
HAS_RIGHTS = os.name == "posix"  # elsewhere a mode says nothing about others


def make_folder(folder: Path) -> None:
    """0700 where it is made here; a folder that is there already stays as its owner wants it."""
    folder.mkdir(mode=OWNERS, parents=True, exist_ok=True)


def make_private(file: Path) -> None:
    """0600 where it is made here. What SQLite puts beside a database gets the same rights from it."""
    if not file.exists():
        file.touch(mode=0o600)


def keep_private(descriptor: int) -> None:
    """0600 for a file that somebody else opened for us, as a shell does for `>`; a pipe stays as it is.

    So does a file that belongs to others: a command that root runs as the service's user may not change it.
    """
    if not HAS_RIGHTS:
        return
    found = os.fstat(descriptor)
    if stat.S_ISREG(found.st_mode) and os.geteuid() in (0, found.st_uid):
        os.fchmod(descriptor, 0o600)


def open_to_others(database: Path | None, key: Path | None) -> Iterator[tuple[str, int]]:
    """Name and mode of whatever is not for its owner alone: the database, what lies beside it, the key."""
    beside = sorted(database.parent.glob(f"{database.name}*")) if database else []
    kept = [database.parent, *beside] if database else []
    for one in [*kept, *([key] if key else [])]:
        mode = _mode(one)
        if HAS_RIGHTS and mode & ~OWNERS & 0o777:
            yield one.resolve().name, mode


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0
