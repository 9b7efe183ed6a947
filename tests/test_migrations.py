"""The migrations lead to the tables that the code knows, on both databases."""

import pytest
from alembic import command
from sqlalchemy import text
from sqlmodel import Session, select

from app.database import Database, open_database
from app.deal.tables import Anchor
from app.migrate import OldSchema, config, migrate, must_be_newest
from tests.cast import SellerAtWork
from tests.marks import EACH_DATABASE
from tests.markup import text_of


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
