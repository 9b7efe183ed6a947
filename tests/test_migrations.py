"""The migrations lead to the tables that the code knows, on both databases."""

import pytest
from alembic import command

from app.database import Database, open_database
from app.migrate import OldSchema, config, migrate, must_be_newest
from tests.marks import EACH_DATABASE


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
