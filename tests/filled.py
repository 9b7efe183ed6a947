"""Rows in every table of a database at any revision, made from its schema: today's code knows others."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Enum, MetaData, Table, UniqueConstraint, insert, select
from sqlmodel import SQLModel

VALUES = {
    bool: True,
    Decimal: Decimal("1.50"),
    date: date(2026, 11, 28),
    time: time(14, 30),
    datetime: datetime(2026, 11, 28, 14, 30, tzinfo=UTC),
}
Ids = dict[str, set[int]]


def fill(connection: Connection, tables: Sequence[Table] = ()) -> Ids:
    """Two rows a table, one with everything and one with what must be, alike wherever they may be.

    `tables` as another release knows them; those that stand there where none are given.
    """
    for table in tables or tables_of(connection):
        full, bare = ({column.name: _value(column, row) for column in _typed(table)} for row in (1, 2))
        connection.execute(insert(table), full)
        connection.execute(insert(table), {name: bare[name] for name in bare if not table.c[name].nullable})
    return ids_in(connection)


def ids_in(connection: Connection) -> Ids:
    return {table.name: set(connection.scalars(select(table.c.id))) for table in tables_of(connection)}


def tables_of(connection: Connection) -> list[Table]:
    """As they stand in the database, parents first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _typed(table: Table) -> Iterator[Column[Any]]:
    """Every column but the id, which the database counts."""
    return (column for column in table.c if not column.primary_key)


def _value(column: Column[Any], row: int) -> Any:
    number = row if column.name in _must_differ(column.table) else 1
    kind = column.type.python_type
    if column.foreign_keys:
        return number
    if kind is str:
        return _word(column) or f"{number} {column.name}"[: getattr(column.type, "length", None)]
    return number if kind is int else VALUES[kind]


def _word(column: Column[Any]) -> str:
    """One that the code knows, where it lets only some stand here; the database takes any."""
    today = SQLModel.metadata.tables.get(column.table.name)
    known = today.columns.get(column.name) if today is not None else None
    return known.type.enums[0] if known is not None and isinstance(known.type, Enum) else ""


def _must_differ(table: Table) -> set[str]:
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    indexes = [one for one in table.indexes if one.unique]
    return {column.name for one in [*unique, *indexes] for column in one.columns}
