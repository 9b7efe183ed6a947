"""Promise 1: the shared side does not know that a private side exists."""

import ast
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI
from jinja2 import TemplateNotFound
from sqlmodel import SQLModel

from app.pages import BUYER_FOLDERS, SELLER_FOLDERS
from tests import ROOT
from tests.safety.folders import file_of, private_tables, pure_modules, wall

PRIVATE = private_tables()

PRIVATE_FOLDERS, SHARED_FOLDERS = wall()
PURE = pure_modules()
SMALL_LIBRARIES = {"snowballstemmer", "rapidfuzz", "wordfreq"}


def imports_of(file: Path) -> set[str]:
    """Every module that a file names in an import, at its top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_no_shared_table_points_at_a_private_one():
    pointing = [
        f"{table.name}.{key.parent.name} -> {key.column.table.name}"
        for table in SQLModel.metadata.sorted_tables
        if table.name not in PRIVATE
        for key in table.foreign_keys
        if key.column.table.name in PRIVATE
    ]

    assert not pointing


def test_the_private_side_points_at_the_shared_one():
    targets = {
        key.column.table.name
        for table in SQLModel.metadata.sorted_tables
        if table.name in PRIVATE
        for key in table.foreign_keys
    }

    assert {"plan", "participant"} <= targets


@pytest.mark.parametrize("folder", sorted(set(SELLER_FOLDERS) - set(BUYER_FOLDERS)))
def test_a_buyers_environment_cannot_load_a_sellers_template(app: FastAPI, folder: str):
    names = [f"{folder}/{file.name}" for file in (ROOT / "templates" / folder).glob("*.html")]
    tried = [
        *names,
        *(f"buyer/../{name}" for name in names),
        *(f"widgets/../../templates/{n}" for n in names),
    ]

    for environment in app.state.pages.buyer.values():
        for name in tried:
            with pytest.raises(TemplateNotFound):
                environment.get_template(name)

    assert names


def test_a_buyers_environment_lists_only_the_buyers_folders(app: FastAPI):
    names = app.state.pages.buyer["en"].list_templates()

    assert {name.split("/")[0] for name in names} <= set(BUYER_FOLDERS)


@pytest.mark.parametrize("folder", sorted(SHARED_FOLDERS))
def test_a_shared_folder_imports_nothing_private(folder: str):
    named = {name for file in (ROOT / "app" / folder).glob("**/*.py") for name in imports_of(file)}

    assert not {name for name in named if name.startswith("app.") and name.split(".")[1] in PRIVATE_FOLDERS}


@pytest.mark.parametrize("name", PURE)
def test_a_rule_imports_the_standard_library_and_other_rules_only(name: str):
    named = imports_of(file_of(name))

    foreign = {
        one
        for one in named
        if one.split(".")[0] not in sys.stdlib_module_names | SMALL_LIBRARIES
        and one not in PURE
        and one.rpartition(".")[0] not in PURE
    }
    assert not foreign
