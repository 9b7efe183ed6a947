"""What is the longest that a field takes, and columns that speak up where PostgreSQL's would refuse."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, get_origin

from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from sqlalchemy import Table, event, func, update
from sqlmodel import SQLModel

from app.database import Database
from tests.safety.visitors import EVERY_FIELD

MOST = 16_384  # a field that takes more takes anything


def hear_of_long_words(database: Database) -> set[str]:
    """What is written longer than its column from now on, as table.column: SQLite itself keeps any length."""
    heard: set[str] = set()
    database.dispose()
    event.listen(
        database.reading,
        "connect",
        lambda connection, _: connection.create_function("too_long", 1, heard.add),
    )
    with database.writing.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            said = [
                f"SELECT too_long('{table}.{name}') WHERE length(NEW.\"{name}\") > {length};"
                for name, length in lengths_of(table).items()
            ]
            for deed in ("INSERT", "UPDATE") if said else ():
                trigger = f'CREATE TRIGGER "{deed} {table}" BEFORE {deed} ON "{table}"'
                connection.exec_driver_sql(f"{trigger} BEGIN {' '.join(said)} END")
    return heard


def lengths_of(table: Table) -> dict[str, int]:
    found = {column.name: getattr(column.type, "length", None) for column in table.columns}
    return {name: length for name, length in found.items() if length}


def stretch_every_line(database: Database, letter: str) -> None:
    """Every line of words that somebody wrote becomes as long as its column lets it.

    What is shorter is a name of ours, what stands once or is a digest would be another; longer texts are left
    as they are, since it takes seconds to judge a page of them.
    """
    with database.writing.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for name, length in lengths_of(table).items():
                column = table.columns[name]
                if 200 <= length <= 500 and not column.unique and not name.endswith("_hash"):
                    longer = func.substr(column.concat(letter * length), 1, length)
                    connection.execute(update(table).where(column != "").values({name: longer}))


def longest_texts(route: APIRoute, letter: str) -> dict[str, str]:
    """The longest text that each field of a route's form takes; fields that take no words are left out."""
    found = {name: _longest(name, field, letter) for name, field in form_fields(route).items()}
    return {name: text for name, text in found.items() if text}


def form_fields(route: APIRoute) -> dict[str, FieldInfo]:
    """The fields of a route's form model, with all that is asked of them."""
    found: dict[str, FieldInfo] = {}
    for param in route.dependant.body_params:
        model = getattr(param.field_info, "annotation", None)
        found |= getattr(model, "model_fields", None) or {param.alias: param.field_info}
    return found


def _longest(name: str, field: FieldInfo, letter: str) -> str:
    """Of one letter alone, or begun with something that the field is known to take."""
    adapter: TypeAdapter[Any] = TypeAdapter(field.rebuild_annotation())
    is_list = get_origin(field.annotation) is list

    def takes(text: str) -> bool:
        with suppress(ValidationError):
            adapter.validate_python([text] if is_list else text)
            return True
        return False

    begins = ("", EVERY_FIELD.get(name, ""))
    found = ((begin, _most(lambda n, begin=begin: takes(begin + letter * n))) for begin in begins)
    return next((begin + letter * most for begin, most in found if most), "")


def _most(fits: Callable[[int], bool]) -> int:
    """The largest number that fits: doubled until it is too large, then by halves."""
    known, step = 0, 1
    while known + step <= MOST and fits(known + step):
        known, step = known + step, step * 2
    while step > 1:
        step //= 2
        known += step if fits(known + step) else 0
    return known
