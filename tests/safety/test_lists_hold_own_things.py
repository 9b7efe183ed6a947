"""Promise 5 for lists: of what a colleague or another workspace has, nothing is on anybody's page.

Lists and routes are found, not listed. A query that asks for a seller or a workspace is believed to need to:
without that part of it, some page must be another one.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI
from sqlalchemy import event
from sqlmodel import Session, SQLModel, col, func, select
from starlette.testclient import TestClient

from app.account import team
from app.account.rights import Right, right_of, routes_of
from app.account.tables import Role, Seller
from app.clock import right_now
from app.database import Database
from app.demo import cast, story
from app.settings import Settings
from app.sqlite import driver
from tests.cast import Buyer, SellerAtWork, a_colleague, a_workspace, hashed
from tests.safety.filling import lengths_of
from tests.safety.visitors import (
    Things,
    a_browser,
    colleague,
    methods_of,
    one_of_everything,
    signed_in,
    things_of,
    viewer,
)

MORNING = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
WHO_WORKS_HERE = {"workspace", "seller", "sellersession"}
TEMPLATES = {"plantemplate", "templatestep"}  # everybody's of the workspace
PRESS = re.compile(rb'name="key" value="[^"]*"')
OF_SOMEBODY = re.compile(r'(?:"?\w+"?\.)?(?:seller_id|workspace_id) = \?')


def pages_of_the_team(app: FastAPI) -> list[str]:
    """Every route of theirs that only looks."""
    rights = (Right.ADMIN, Right.SELLER, Right.VIEWER)
    return [one.path for one in routes_of(app) if "GET" in methods_of(one) and right_of(one) in rights]


def stranger(app: FastAPI, database: Database) -> TestClient:
    """The admin of another workspace."""
    return signed_in(app, a_workspace(database, "Brightwater"))


def strangers_viewer(app: FastAPI, database: Database) -> TestClient:
    a_workspace(database, "Brightwater")
    return signed_in(app, a_colleague(database, "Ines Moll", Role.VIEWER, "Brightwater"))


def words_in(database: Database, tables: set[str]) -> set[str]:
    """What anybody wrote there."""
    with Session(database.reading) as session:
        columns = [
            table.c[name]
            for table in SQLModel.metadata.sorted_tables
            if table.name in tables
            for name, length in lengths_of(table).items()
            if length >= 200
        ]
        found = (session.connection().execute(select(column)).scalars() for column in columns)
        return {word for words in found for word in words if word}


@pytest.mark.parametrize("visitor", [colleague, stranger, strangers_viewer])
def test_no_list_holds_a_word_of_somebody_elses(
    things: Things, app: FastAPI, database: Database, visitor: Callable[..., Any]
):
    shared = WHO_WORKS_HERE | (TEMPLATES if visitor is colleague else set())
    words = words_in(database, SQLModel.metadata.tables.keys() - shared) - words_in(database, shared)
    client = visitor(app, database)

    lists = {path: client.get(path) for path in pages_of_the_team(app) if "{" not in path}

    assert {"/", "/deals", "/after-call", "/templates"} <= lists.keys()
    assert {"Nordwind", "Jonas Weber"} <= words
    assert [(path, word) for path, page in lists.items() for word in words if word in page.text] == []
