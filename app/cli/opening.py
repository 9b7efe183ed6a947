"""What commands open before they work, settings and database, and how they say what stops them."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from app.database import Database
    from app.settings import Settings


def settings_given() -> "Settings":
    from pydantic import ValidationError

    from app.logs import set_up
    from app.settings import Settings, SettingsRefused, must_be_known

    try:
        must_be_known(os.environ)
        settings = Settings()
    except SettingsRefused as refused:
        stop(str(refused))
    except ValidationError as error:
        stop(_in_settings_words(error.errors()))
    set_up(settings.log)
    return settings


def _in_settings_words(errors: Sequence[Any]) -> str:
    """`JOINTLY_BASE_URL: must be …`, a setting after the other."""
    said = (
        f"JOINTLY_{str(error['loc'][0]).upper()}: {error['msg'].removeprefix('Value error, ')}"
        for error in errors
    )
    return "; ".join(said)


def with_database(settings: "Settings", url: str) -> "Settings":
    """The same with another database, whose address is looked at as the setting is."""
    return _with(settings, database_url=url)


def with_base_url(settings: "Settings", url: str) -> "Settings":
    """The same at another address, which is looked at, and written, as the setting is."""
    return _with(settings, base_url=url)


def _with(settings: "Settings", **other: str) -> "Settings":
    from pydantic import ValidationError

    try:
        return type(settings).model_validate(settings.model_dump() | other)
    except ValidationError as error:
        stop(_in_settings_words(error.errors()))


def keyed(settings: "Settings") -> "Settings":
    from app.settings import SettingsRefused, with_keys

    try:
        settings, said = with_keys(settings)
    except SettingsRefused as refused:
        stop(str(refused))
    if said:
        typer.echo(said)
    return settings


def opened(settings: "Settings") -> "Database":
    from sqlalchemy.exc import SQLAlchemyError

    from app.addresses import DATABASES
    from app.database import open_database
    from app.settings import SettingsRefused, keys_at_hand

    try:
        database = open_database(settings.database_url, keys_at_hand(settings))
        database.reading.dialect.create_connect_args(database.reading.url)  # its options are read only here
        return database
    except (SQLAlchemyError, ImportError, TypeError, ValueError):
        stop(f"JOINTLY_DATABASE_URL cannot be used: write {DATABASES}, with options that it knows.")
    except SettingsRefused as refused:
        stop(str(refused))


def database_at_newest(settings: "Settings") -> "Database":
    from app.migrate import OtherSchema, must_be_newest

    database = opened(settings)
    try:
        must_be_newest(database)
    except OtherSchema as other:
        stop(str(other))
    return database


def bring_up(database: "Database") -> None:
    from app.migrate import OtherSchema, migrate

    try:
        migrate(database)
    except OtherSchema as other:
        stop(str(other))


def in_a_line(error: Exception) -> str | None:
    """What a database or file could not do, or None for an error of ours."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    from app.migrate import OtherSchema
    from app.sqlite import driver

    if isinstance(error, OtherSchema):
        return str(error)
    if isinstance(error, DBAPIError):
        return f"The database cannot be used: {first_line(error.orig)}"
    if isinstance(error, SQLAlchemyError | driver.Error | CommandError):
        return f"The database cannot be used: {first_line(error)}"
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'}: {error.strerror or error}"
    return None


def first_line(error: object) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
