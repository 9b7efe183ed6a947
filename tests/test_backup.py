"""Putting a copy back beside those who write: what they were told is kept, in one file or the other."""

import shutil
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from app import backup
from app.backup import copy, put_back
from app.sqlite import driver
from tests.databases import EMPTY, Files


def ids_in(file: Path) -> set[int]:
    with driver.connect(file) as opened:
        return {ident for (ident,) in opened.execute("SELECT id FROM try")}


@pytest.mark.wide
def test_what_was_acknowledged_meanwhile_is_in_the_one_or_in_the_other(files: Files, tmp_path: Path):
    target, kept = tmp_path / "jointly.db", tmp_path / "copy.db"
    shutil.copy(files.folder / f"{EMPTY}.db", target)
    copy(target, kept)
    acknowledged: set[int] = set()
    enough = Event()

    def keep_writing(first: int) -> None:
        connection = driver.connect(target, isolation_level=None, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        for number in range(first, first + 1_000_000):
            if enough.is_set():
                return
            connection.execute("INSERT INTO try (id, who, at) VALUES (?, 'x', '2026-11-26')", (number,))
            acknowledged.add(number)

    writers = [Thread(target=keep_writing, args=(number * 1_000_000,)) for number in (1, 2, 3)]
    for writer in writers:
        writer.start()
    asides = [put_back(kept, target) for _ in range(3)]
    enough.set()
    for writer in writers:
        writer.join()

    found = set().union(*(ids_in(file) for file in [target, *asides] if file))
    assert len(acknowledged) > 20
    assert acknowledged <= found


def test_a_write_between_the_two_locks_is_seen(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target, kept = tmp_path / "jointly.db", tmp_path / "copy.db"
    shutil.copy(files.folder / f"{EMPTY}.db", target)
    copy(target, kept)
    put_aside, written = backup._put_aside, []

    def and_then_somebody_writes(*given: Any) -> int:
        seen = put_aside(*given)
        if not written:
            with driver.connect(target) as opened:
                opened.execute("INSERT INTO try (id, who, at) VALUES (7, 'x', '2026-11-26')")
            written.append(7)
        return seen

    monkeypatch.setattr(backup, "_put_aside", and_then_somebody_writes)

    aside = put_back(kept, target)

    assert aside
    assert ids_in(aside) == {7}
    assert ids_in(target) == set()
