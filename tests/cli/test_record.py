"""The record as whoever runs it meets it: verify, seal anew, restore, copy to another database."""

import json
from pathlib import Path

import pytest
from alembic import command
from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel import Session, col, select

from app import backup
from app.database import Database, open_database
from app.journal import START, Event, seal
from app.migrate import config, migrate
from app.seals import Sealing, sealing
from app.shared_plan.tables import Plan
from tests.cast import SECRET, SellerAtWork, a_workspace
from tests.cli.running import run, said
from tests.databases import EMPTY, ServersDatabases
from tests.safety.visitors import a_browser

NEXT = "the-key-after-the-one-of-tests"


@pytest.fixture
def maria(migrated: Database, app: FastAPI) -> SellerAtWork:
    """With a deal, a plan and its record; the server is on the same database as the commands."""
    app.state.database = migrated
    maria = SellerAtWork(a_browser(app), a_workspace(migrated))
    maria.writes_down()
    maria.shares_with("Jonas Weber")
    return maria


def made_anew(database: Database) -> None:
    """The plan's record as a thief with a script would write it, but without a key."""
    with Session(database.writing) as session, session.begin():
        plan = session.exec(select(Plan)).one()
        previous = START
        for event in session.exec(select(Event).where(Event.chain == plan.chain).order_by(col(Event.number))):
            event.actor = event.actor if "act" in event.facts else "seller-9"
            event.previous = previous
            previous = event.hash = seal(event)
        plan.head_hash = previous


def seals_of(database: Database, *keys: str) -> set[Sealing]:
    with Session(database.reading) as session:
        return {sealing(plan, keys) for plan in session.exec(select(Plan))}


def unseal(database: Database) -> None:
    with database.writing.begin() as connection:
        for table in ("plan", "deal", "workspace"):
            connection.execute(text(f"UPDATE {table} SET head_seal = ''"))


def test_a_record_in_use_is_whole_and_a_forged_one_is_not(maria: SellerAtWork, migrated: Database):
    assert "The record is whole." in run("verify").stdout

    made_anew(migrated)

    result = run("verify")
    assert result.exit_code == 1
    assert "is not the one that was sealed" in result.stdout
    assert "broken" in result.stderr


@pytest.mark.parametrize("keys", ["another-key-of-somebody-else", None])
def test_a_missing_key_is_said_and_breaks_nothing(
    maria: SellerAtWork, monkeypatch: pytest.MonkeyPatch, keys: str | None
):
    if keys:
        monkeypatch.setenv("JOINTLY_SECRET_KEYS", keys)
    else:
        monkeypatch.delenv("JOINTLY_SECRET_KEYS")

    told = said(run("verify"))

    assert "Cannot tell" in told
    assert "broken" not in told
    assert not Path("var/secret-key").exists()


def test_a_key_that_signs_no_more_still_proves_the_record(
    maria: SellerAtWork, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("JOINTLY_SECRET_KEYS", f"{SECRET},{NEXT}")

    assert run("verify").exit_code == 0


def test_migrate_seals_with_the_newest_key_before_the_old_one_goes(
    maria: SellerAtWork, migrated: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("JOINTLY_SECRET_KEYS", f"{SECRET},{NEXT}")
    assert "Sealed the heads of 2 chains." in run("migrate").stdout
    monkeypatch.setenv("JOINTLY_SECRET_KEYS", NEXT)

    assert run("verify").exit_code == 0
    assert "Sealed" not in run("migrate").stdout


def test_migrate_never_seals_what_was_made_anew(
    maria: SellerAtWork, migrated: Database, monkeypatch: pytest.MonkeyPatch
):
    made_anew(migrated)
    monkeypatch.setenv("JOINTLY_SECRET_KEYS", f"{SECRET},{NEXT}")

    result = run("migrate", "--seal")

    assert result.exit_code == 1
    assert "is not the one that was sealed" in result.stdout
    assert seals_of(migrated, SECRET, NEXT) == {Sealing.FALSE}


def test_heads_without_a_seal_are_sealed_only_when_asked_for(maria: SellerAtWork, migrated: Database):
    unseal(migrated)
    assert "jointly migrate --seal" in said(run("verify"))

    assert "Sealed" not in run("migrate").stdout
    assert seals_of(migrated, SECRET) == {Sealing.MISSING}

    assert "Sealed the heads of 2 chains." in run("migrate", "--seal").stdout
    assert run("verify").exit_code == 0


def test_an_upgrade_to_seals_verifies_and_seals_what_is_there(maria: SellerAtWork, migrated: Database):
    with migrated.reading.connect() as connection:
        for statement in ("COMMIT", "PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"):
            connection.exec_driver_sql(statement)
        command.downgrade(config(connection), "0013")
        connection.commit()
    migrated.dispose()

    assert "Sealed the heads of 2 chains." in run("migrate").stdout
    assert run("verify").exit_code == 0


def test_a_restored_record_is_verified_and_sealed_here(
    maria: SellerAtWork, migrated: Database, monkeypatch: pytest.MonkeyPatch
):
    run("backup", "copy.db")
    monkeypatch.setenv("JOINTLY_SECRET_KEYS", f"{SECRET},{NEXT}")

    assert "2 heads were sealed anew" in run("restore", "copy.db").stdout

    monkeypatch.setenv("JOINTLY_SECRET_KEYS", NEXT)
    assert run("verify").exit_code == 0


def test_a_copy_that_no_key_here_proves_is_taken_and_not_sealed(
    maria: SellerAtWork, migrated: Database, monkeypatch: pytest.MonkeyPatch
):
    run("backup", "copy.db")
    monkeypatch.setenv("JOINTLY_SECRET_KEYS", NEXT)

    assert "Cannot tell" in run("restore", "copy.db").stdout

    assert "Cannot tell" in said(run("verify"))
    assert "Sealed the heads of 2 chains." in run("migrate", "--seal").stdout


@pytest.mark.parametrize("seal", ["''", "'12345678.9.00'"])
def test_no_restore_makes_a_forged_record_whole(maria: SellerAtWork, migrated: Database, seal: str):
    made_anew(migrated)
    with migrated.writing.begin() as connection:
        connection.execute(text(f"UPDATE plan SET head_seal = {seal}"))
    run("backup", "copy.db")

    run("restore", "copy.db")
    run("migrate")

    assert run("verify").exit_code == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE event SET what = 'zzz' WHERE number = 2", "UPDATE act SET note = 'x'"]
)
def test_what_was_changed_under_a_good_seal_is_found(maria: SellerAtWork, migrated: Database, statement: str):
    with migrated.writing.begin() as connection:
        connection.execute(text(statement))
    run("backup", "copy.db")

    assert run("migrate").exit_code == 1
    assert run("restore", "copy.db").exit_code == 1


def test_without_a_key_a_copy_is_verified_by_its_hashes(
    maria: SellerAtWork, migrated: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("JOINTLY_SECRET_KEYS")
    run("backup", "copy.db")
    assert "verified; 0 heads" in run("restore", "copy.db").stdout
    with migrated.writing.begin() as connection:
        connection.execute(text("UPDATE event SET what = 'zzz' WHERE number = 2"))
    run("backup", "copy.db")

    assert run("restore", "copy.db").exit_code == 1


def test_a_deal_whose_record_was_taken_away_is_named(maria: SellerAtWork, migrated: Database):
    with migrated.writing.begin() as connection:
        connection.execute(text("DELETE FROM event WHERE chain LIKE 'deal-%'"))
        connection.execute(text(f"UPDATE deal SET head_number = 0, head_seal = '', head_hash = '{START}'"))

    assert "deal-1: has no events" in run("verify").stdout


def test_a_copy_whose_record_is_broken_is_taken_only_when_asked_for(maria: SellerAtWork, migrated: Database):
    made_anew(migrated)
    run("backup", "copy.db")
    run("restore", "copy.db")
    before = sorted(Path().iterdir())

    refused = run("restore", "copy.db")

    assert refused.exit_code == 1
    assert "Nothing was changed" in refused.stderr
    assert sorted(Path().iterdir()) == before
    assert run("restore", "copy.db", "--even-if-broken").exit_code == 0
    assert run("verify").exit_code == 1


def test_each_restore_keeps_a_way_back_of_its_own(maria: SellerAtWork, migrated: Database):
    run("backup", "copy.db")

    for _ in range(3):
        assert run("restore", "copy.db").exit_code == 0

    kept = sorted(file.name for file in Path().glob("*.before-restore*"))
    assert kept == [f"jointly.db{backup.LAST_BEFORE}{rest}" for rest in ("", "-2", "-3")]
    assert not list(Path().glob("restoring-*"))


def exported() -> list[dict[str, object]]:
    return [json.loads(line) for line in run("export").stdout.splitlines()]


def goes_along(to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported()

    copied = run("copy-to", to)

    assert copied.exit_code == 0, copied.output
    assert "The record is whole." in copied.stdout
    monkeypatch.setenv("JOINTLY_DATABASE_URL", to)
    assert exported() == before
    assert run("verify").exit_code == 0
    tom = ["tom@x.test", "--name", "Tom", "--workspace", "Ledgerline", "--password-stdin"]
    assert run("seller", "add", *tom, typed="a password to guess").exit_code == 0


def test_everything_goes_along_to_another_file(maria: SellerAtWork, monkeypatch: pytest.MonkeyPatch):
    goes_along(f"sqlite:///{Path().resolve()}/another.db", monkeypatch)


@pytest.mark.postgres
def test_everything_goes_along_to_postgresql(
    maria: SellerAtWork, postgres: ServersDatabases, monkeypatch: pytest.MonkeyPatch
):
    target = postgres.copy(EMPTY, "target")
    try:
        goes_along(target, monkeypatch)
    finally:
        postgres.say("DROP DATABASE target WITH (FORCE)")


def test_nothing_is_copied_over_what_is_there(maria: SellerAtWork, tmp_path: Path):
    another = open_database(f"sqlite:///{tmp_path}/another.db")
    migrate(another)
    a_workspace(another, "Brightwater")
    another.dispose()

    assert "Nothing was copied" in said(run("copy-to", f"sqlite:///{tmp_path}/another.db"))
    assert "itself" in said(run("copy-to", f"sqlite:///{tmp_path}/jointly.db"))
