"""Everything from one database into another that is empty, of whichever kind: from SQLite to PostgreSQL."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlmodel import SQLModel

from app.database import Database
from app.folders import know_every_table

AT_ONCE = 1_000  # rows
LEFT_OUT = frozenset({"try"})  # what somebody tried in the last quarter of an hour


class NotEmpty(Exception):
    """There is something in the target already; nothing was copied."""


def copy_to(source: Database, target: Database, tell: Callable[[int], None] = lambda done: None) -> int:
    """Copy all rows in one transaction of each; returns how many. Raises NotEmpty.

    Both are at the newest schema. What is written to the source meanwhile does not come along.
    """
    copied = 0
    with source.reading.connect() as taken, target.writing.begin() as kept:
        _steady(taken, source)
        if rows_in(kept):
            raise NotEmpty
        for table in tables():
            for rows in (
                taken.execute(select(table).order_by(*table.primary_key)).mappings().partitions(AT_ONCE)
            ):
                kept.execute(insert(table), [dict(row) for row in rows])
                copied += len(rows)
                tell(copied)
            if not target.is_sqlite:
                _count_on(kept, table)
    return copied


def tables() -> list[Table]:
    know_every_table()
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in LEFT_OUT]


def rows_in(connection: Connection) -> int:
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables())


def _steady(connection: Connection, source: Database) -> None:
    """One look at the source for all tables; SQLite's transactions look so by themselves."""
    if not source.is_sqlite:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL goes on from the ids that came along."""
    column: Any = table.primary_key.columns.values()[0]
    highest = connection.execute(select(func.max(column))).scalar_one()
    if highest is not None:
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
        connection.execute(select(func.setval(sequence, highest)))
