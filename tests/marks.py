"""Marks that tests share."""

from collections.abc import Callable, Collection
from typing import Any

import pytest

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
EACH_DATABASE = pytest.mark.parametrize("database_url", ["sqlite", POSTGRES], indirect=True)

# What is decided before any SQL is the same on both: PostgreSQL is asked in the long run.
EACH_DATABASE_AT_LENGTH = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.long])],
    indirect=True,
)


def each_database(
    name: str,
    cases: Collection[str | int | Callable[..., Any]],
    *,
    both: Collection[str | int | Callable[..., Any]],
) -> pytest.MarkDecorator:
    """Every case on SQLite, and those of `both` on PostgreSQL as well; there the long run asks the rest."""
    found = [pytest.param("sqlite", case, id=f"{_named(case)}-sqlite") for case in cases]
    for case in cases:
        marks = [pytest.mark.postgres, *([] if case in both else [pytest.mark.long])]
        found.append(pytest.param("postgres", case, marks=marks, id=f"{_named(case)}-postgres"))
    return pytest.mark.parametrize(("database_url", name), found, indirect=["database_url"])


def _named(case: str | int | Callable[..., Any]) -> str:
    return str(getattr(case, "__name__", case))
