"""Everything in the database but its secrets, a row a line, for whoever wants to leave or look."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from app.folders import know_every_table

SECRET = frozenset({"password_hash", "token_hash", "browser", "salt"})
LEFT_OUT = frozenset({"sellersession", "guest", "try"})


def rows(session: Session) -> Iterator[dict[str, Any]]:
    """`{"table": …, column: value, …}` for each row, tables in the order of their dependence."""
    know_every_table()
    for table in SQLModel.metadata.sorted_tables:
        if table.name in LEFT_OUT:
            continue
        for row in session.connection().execute(select(table).order_by(*table.primary_key)).mappings():
            values = {name: _plain(value) for name, value in row.items() if name not in SECRET}
            yield {"table": table.name, **values}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int | float | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
