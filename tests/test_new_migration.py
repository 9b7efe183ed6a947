"""`make migration` writes what leads from the newest schema to the tables, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Column, MetaData, String
from sqlmodel import SQLModel

from app.database import Database
from app.migrate import config
from migrations.new import main, write_migration
from tests import ROOT


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the migrations need, so that none is written among ours."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    return tmp_path


def a_person_with(telephone: Column[Any]) -> MetaData:
    """The tables as they are, and one column more."""
    tables = MetaData(naming_convention=SQLModel.metadata.naming_convention)
    for table in SQLModel.metadata.sorted_tables:
        table.to_metadata(tables)
    tables.tables["person"].append_column(telephone)
    return tables


def migrations_in(root: Path) -> list[Path]:
    return sorted((root / "migrations" / "versions").glob("*.py"))


def test_a_column_more_is_one_tidy_migration_more(root: Path):
    before = migrations_in(root)
    tables = a_person_with(Column("telephone", String(40), nullable=False, server_default=""))

    written = write_migration("add_a_telephone", root / "migrations", tables)

    assert written
    assert written.without_value == []
    assert migrations_in(root) == [*before, written.file]
    assert written.file.name == f"{len(before) + 1:04}_add_a_telephone.py"
    assert written.file.read_text().startswith('"""add a telephone"""\n')
    assert "#" not in written.file.read_text()
    for order in (["check"], ["format", "--check"]):
        subprocess.run([sys.executable, "-m", "ruff", *order, "--quiet", written.file], check=True)


def test_what_is_written_leads_to_the_tables(root: Path, database: Database):
    tables = a_person_with(Column("telephone", String(40), nullable=False, server_default=""))
    write_migration("add_a_telephone", root / "migrations", tables)

    with database.reading.connect() as connection:
        settings = config(connection, root / "migrations")
        settings.attributes["tables"] = tables
        command.upgrade(settings, "head")
        command.check(settings)


def test_a_column_that_rows_of_today_cannot_fill_is_named(root: Path):
    written = write_migration(
        "add_a_telephone", root / "migrations", a_person_with(Column("telephone", String(40), nullable=False))
    )

    assert written
    assert written.without_value == ["person.telephone"]


def test_nothing_changed_is_no_migration(root: Path):
    before = migrations_in(root)

    written = write_migration("nothing_new", root / "migrations")

    assert written is None
    assert migrations_in(root) == before


@pytest.mark.parametrize(
    "name", ["", "Telephone", "add-a-telephone", "add a telephone", "../x", "_x", "a__b", "x" * 61]
)
def test_a_name_that_is_no_plain_word_is_refused(name: str):
    with pytest.raises(SystemExit, match="snake_case") as refused:
        main(name)

    assert "\n" not in str(refused.value)
