"""The migrations lead to the tables that the code knows, on both databases, whatever stands in them."""

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel, select

from app.database import Database, open_database
from app.deal.tables import Anchor
from app.migrate import MIGRATIONS, OldSchema, config, migrate, must_be_newest
from tests import ROOT
from tests.cast import SellerAtWork
from tests.filled import fill, ids_in, tables_of
from tests.marks import EACH_DATABASE
from tests.markup import text_of

# What a release before could not work with: a release that brings such a step says that it needs a stop.
NEEDS_A_STOP = {"0009"}
NEWEST, *EARLIER = (one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def on_postgres(start: str):
    """The longest way and the shortest on every change, the others when there is time."""
    long = [] if start in (EARLIER[0], EARLIER[-1]) else [pytest.mark.long]
    return pytest.param("postgres", start, marks=[pytest.mark.postgres, *long])


def long_but(revision: str) -> list[pytest.MarkDecorator]:
    return [] if revision == NEWEST else [pytest.mark.long]


LATER = [NEWEST, *EARLIER[:-1]]
EACH_START = pytest.mark.parametrize(
    ("database_url", "start"),
    [*(("sqlite", start) for start in EARLIER), *map(on_postgres, EARLIER)],
    indirect=["database_url"],
)


@pytest.fixture
def blank(database: Database) -> Database:
    """Without any table, as an installation begins."""
    if database.is_sqlite:
        Path(str(database.reading.url.database)).unlink()
    else:
        with database.reading.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return database


@EACH_DATABASE
def test_nothing_is_left_to_migrate(database: Database):
    with database.reading.connect() as connection:
        command.check(config(connection))


@EACH_DATABASE
def test_migrating_twice_changes_nothing(database: Database):
    migrate(database)

    must_be_newest(database)


def test_an_empty_file_is_an_old_schema(tmp_path):
    database = open_database(f"sqlite:///{tmp_path}/new.db")

    with pytest.raises(OldSchema):
        must_be_newest(database)

    database.dispose()


@pytest.mark.wide
@EACH_START
def test_rows_in_every_table_come_along_from_any_revision(blank: Database, start: str):
    migrate(blank, to=start)
    with blank.writing.begin() as connection:
        before = fill(connection)

    migrate(blank)

    with blank.reading.connect() as connection:
        command.check(config(connection))
        after = ids_in(connection)
        every_row = [connection.execute(table.select()).all() for table in SQLModel.metadata.sorted_tables]
        assert not blank.is_sqlite or not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    assert all(before.values())
    assert [name for name, ids in before.items() if ids - after.get(name, set())] == []
    assert sum(map(len, every_row)) >= sum(map(len, before.values()))


@pytest.mark.wide
@pytest.mark.parametrize(
    ("database_url", "revision"),
    [
        *(("sqlite", revision) for revision in LATER),
        *(pytest.param("postgres", one, marks=[pytest.mark.postgres, *long_but(one)]) for one in LATER),
    ],
    indirect=["database_url"],
)
def test_the_release_before_works_with_the_tables_of_the_next(blank: Database, revision: str):
    """What it knows of a table may be written, changed and read: migrations add before they take away."""
    migrate(blank, to=EARLIER[EARLIER.index(revision) + 1] if revision in EARLIER else EARLIER[0])
    with blank.reading.connect() as connection:
        known = tables_of(connection)
    blank.dispose()
    migrate(blank, to=revision)

    stop = pytest.raises(SQLAlchemyError) if revision in NEEDS_A_STOP else nullcontext()

    with stop, blank.writing.begin() as connection:
        fill(connection, known)
        for table in known:
            connection.execute(table.update().values({one.name: one for one in table.c}))
            assert len(connection.execute(table.select()).all()) >= 2


@pytest.mark.server
@EACH_DATABASE
def test_three_who_migrate_at_once_all_find_it_done(blank: Database, database_url: str):
    blank.dispose()
    command = [sys.executable, "-c", "from app.cli import main; main(['migrate'])"]
    environment = os.environ | {"JOINTLY_DATABASE_URL": database_url, "PYTHONPATH": str(ROOT)}

    started = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = [one.communicate(timeout=120)[1] for one in started]

    assert ([one.returncode for one in started], said) == ([0, 0, 0], ["", "", ""])
    must_be_newest(blank)


@EACH_DATABASE
def test_what_was_told_of_a_draft_is_told_of_the_deal(maria: SellerAtWork, database: Database):
    maria.writes_down(what_1="Prepare for the audit")
    with database.reading.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.downgrade(config(connection), "0008")
        connection.execute(text("UPDATE draft SET point_id = 1, reason = 'So that it is over' WHERE id = 1"))
        connection.commit()
    database.dispose()

    migrate(database)

    with Session(database.reading) as session:
        told = [(anchor.words, anchor.point_id) for anchor in session.exec(select(Anchor))]
    assert told == [("Prepare for the audit", 1)]
    assert "Only Nordwind could get this." in text_of(maria.page(maria.plan))
