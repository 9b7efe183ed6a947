"""What holds people's words, or a key, is its owner's alone, wherever a command makes it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.database import Database, open_database
from app.private_files import keep_private
from app.settings import Settings, with_keys
from app.sqlite import driver
from tests import ROOT
from tests.cast import a_workspace
from tests.cli.running import run


@pytest.fixture(autouse=True)
def _a_usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes_in(folder: Path) -> dict[str, str]:
    return {one.name: f"{one.stat().st_mode & 0o777:o}" for one in (folder, *sorted(folder.iterdir()))}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is still to be made, and the database in it."""
    monkeypatch.setenv("JOINTLY_DATABASE_URL", f"sqlite:///{tmp_path}/kept/jointly.db")
    return tmp_path / "kept"


def test_a_new_database_and_its_folder_are_its_owners_alone(kept: Path):
    run("migrate")

    assert modes_in(kept) == {"kept": "700", "jointly.db": "600"}


def test_so_is_what_sqlite_puts_beside_it(kept: Path):
    run("migrate")
    database = open_database(f"sqlite:///{kept}/jointly.db")
    a_workspace(database)

    found = modes_in(kept)
    database.dispose()

    assert found == dict.fromkeys(("jointly.db", "jointly.db-shm", "jointly.db-wal"), "600") | {"kept": "700"}


def test_a_folder_that_is_there_keeps_its_rights(kept: Path):
    kept.mkdir(mode=0o755)

    run("migrate")

    assert modes_in(kept) == {"kept": "755", "jointly.db": "600"}


def test_copies_are_too_and_what_a_restore_puts_in_place_or_aside(kept: Path, tmp_path: Path):
    run("migrate")
    (tmp_path / "copy.db").touch(mode=0o644)
    run("backup", "copy.db")
    (kept / "jointly.db").unlink()

    first, again = run("restore", "copy.db"), run("restore", "copy.db")

    assert [first.exit_code, again.exit_code] == [0, 0]
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert modes_in(kept) == {"kept": "700", "jointly.db": "600", "jointly.db.before-restore": "600"}


def test_so_is_a_damaged_database_that_was_put_aside(kept: Path):
    run("migrate")
    run("backup", "copy.db")
    (kept / "jointly.db").write_bytes(b"no database any more" * 100)
    (kept / "jointly.db").chmod(0o644)

    run("restore", "copy.db")

    assert modes_in(kept) == {"kept": "700", "jointly.db": "600", "jointly.db.before-restore": "600"}


def test_a_restore_makes_the_folder_too(kept: Path, migrated: Database, tmp_path: Path):
    run("restore", str(tmp_path / "jointly.db"))

    assert modes_in(kept) == {"kept": "700", "jointly.db": "600"}


def test_an_export_into_a_file_is_its_owners_alone(migrated: Database):
    with Path("all.jsonl").open("w") as file:
        command = [sys.executable, "-c", "from app.cli import main; main(['export'])"]
        subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=file, check=True)

    assert modes_in(Path())["all.jsonl"] == "600"


def test_an_export_into_somebody_elses_file_leaves_its_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)

    with (tmp_path / "all.jsonl").open("w") as file:
        keep_private(file.fileno())

    assert modes_in(tmp_path)["all.jsonl"] == "644"


def test_a_key_and_its_folder_are_their_owners_alone(tmp_path: Path):
    with_keys(Settings(), tmp_path / "own" / "secret-key")

    assert modes_in(tmp_path / "own") == {"own": "700", "secret-key": "600"}


def test_an_address_that_only_sqlite_reads_makes_no_folder(tmp_path: Path, migrated: Database):
    a_workspace(migrated)
    before = sorted(tmp_path.iterdir())

    database = open_database(f"sqlite:///file:{tmp_path}/jointly.db?mode=ro&uri=true")
    with database.reading.connect():
        found = sorted(tmp_path.iterdir())
    database.dispose()

    assert found == before


@pytest.fixture
def ready(app: FastAPI, settings: Settings, kept: Path) -> Iterator[TestClient]:
    """A server on the database in the folder."""
    run("migrate")
    app.state.database = open_database(f"sqlite:///{kept}/jointly.db")
    yield TestClient(app)
    app.state.database.dispose()


def test_readyz_has_nothing_to_say_of_private_files(ready: TestClient):
    assert [one for one in warnings_of(ready) if "open to others" in one] == []


@pytest.mark.parametrize(
    ("name", "mode"), [("", 0o750), ("jointly.db", 0o644), ("jointly.db.before-restore", 0o604)]
)
def test_readyz_warns_of_what_others_may_read_and_refuses_nothing(
    ready: TestClient, kept: Path, name: str, mode: int
):
    (kept / name).touch(mode=0o600)
    (kept / name).chmod(mode)

    told = [one for one in warnings_of(ready) if "open to others" in one]

    assert told[0].startswith(f"{name or 'kept'} ")
    assert f"{mode:o}" in told[0]


def test_readyz_warns_of_a_key_that_others_may_read(ready: TestClient, settings: Settings, tmp_path: Path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret-key").write_text(settings.secret_keys)

    assert [one.partition(" ")[0] for one in warnings_of(ready) if "open to others" in one] == ["secret-key"]


def test_a_key_that_is_not_used_is_nobodys_business(ready: TestClient, tmp_path: Path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret-key").write_text("of-another-installation")

    assert [one for one in warnings_of(ready) if "secret-key" in one] == []


def warnings_of(client: TestClient) -> list[str]:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    return answer.json()["warnings"]


def test_a_database_open_to_others_still_serves(migrated: Database):
    migrated.dispose()
    Path("jointly.db").chmod(0o644)

    assert run("verify").exit_code == 0
    with closing(driver.connect("jointly.db")):
        assert modes_in(Path())["jointly.db"] == "644"
