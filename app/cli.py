"""`jointly …`: run it, look after its data, add the people who work here.

Each command imports what it needs, when it runs: half of them need neither the web app nor its pages.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from fastapi import FastAPI

    from app.database import Database
    from app.settings import Settings

HOST, PORT = "127.0.0.1", 8000
EVERYWHERE = ("0.0.0.0", "::")


class SaysWhy(TyperGroup):
    """Turns what a database or a file cannot do into one line and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except Exception as error:
            why = _in_a_line(error)
            if why is None:
                raise
            _stop(why)


main = typer.Typer(
    cls=SaysWhy, no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False
)
seller = typer.Typer(no_args_is_help=True, help="The people who work here.")
main.add_typer(seller, name="seller")

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]


def _say_version(asked: bool) -> None:
    import platform
    from importlib.metadata import version

    from app import sqlite

    if asked:
        typer.echo(f"jointly {version('jointly')} (Python {platform.python_version()}, {sqlite.in_words()})")
        raise typer.Exit


@main.callback()
def _before_a_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="What runs here.")
    ] = False,
) -> None:
    """Options that stand before a command."""


@main.command()
def demo(host: Host = HOST, port: Port = PORT) -> None:
    """Migrate, put a demo workspace into an empty database, make a link, serve."""
    from app.clock import right_now
    from app.demo import story
    from app.link.store import TooManyLinks
    from app.migrate import migrate as bring_up

    settings = _settings_to_serve(host, port)
    with _listen(host, port) as listening:
        database = _database(settings)
        bring_up(database)
        try:
            told = story.tell(database, settings, right_now())
        except story.OtherPeoplesData:
            _stop("This database holds other people's data. Point JOINTLY_DATABASE_URL at an empty one.")
        except TooManyLinks:
            _stop("The demo has no room for another link. Point JOINTLY_DATABASE_URL at an empty database.")
        database.dispose()
        typer.echo("A demo workspace for trying things out; its password is no secret.")
        typer.echo(f"seller: {settings.base_url}/sign-in {told.email} {told.password}")
        typer.echo(f"buyer: {told.buyer_address}")
        _serve(settings, listening)


@main.command()
def serve(
    host: Host = HOST,
    port: Port = PORT,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs PostgreSQL.")] = 1,
) -> None:
    """Serve the portal."""
    settings = _settings_to_serve(host, port)
    database = _database_at_newest(settings)
    if workers > 1 and database.is_sqlite:
        _stop("--workers needs PostgreSQL: SQLite has one writer, and one process serves it best.")
    database.dispose()
    with _listen(host, port) as listening:
        _serve(settings, listening, workers)


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from app.migrate import migrate as bring_up

    bring_up(_database(_settings()))
    typer.echo("The database is at the newest schema.")


@main.command()
def verify() -> None:
    """Check the record: every chain, every act, every kept result."""
    from sqlmodel import Session

    from app.verify import broken

    with Session(_database_at_newest(_settings()).reading) as session:
        found = list(broken(session))
    for line in found:
        typer.echo(line)
    if found:
        _stop("The record is broken; the first broken row stands above.")
    typer.echo("The record is whole.")


@main.command()
def backup(file: Path) -> None:
    """Copy an SQLite database to FILE while it is in use."""
    from app.backup import copy

    source = _sqlite_file(_settings())
    if not source.exists():
        _stop(f"There is no database at {source} yet.")
    if file.is_dir() or file.resolve() == source.resolve():
        _stop(f"{file} is not a place for a copy. Name a file of its own.")
    copy(source, file)
    typer.echo(f"Copied to {file}.")


@main.command()
def restore(file: Path) -> None:
    """Put the content of FILE in the place of the SQLite database."""
    from app.backup import NotACopy, put_back

    target = _sqlite_file(_settings())
    if not file.is_file():
        _stop(f"There is no file {file}.")
    if file.resolve() == target.resolve():
        _stop(f"{file} is the database itself.")
    try:
        aside = put_back(file, target)
    except NotACopy as refused:
        _stop(f"{refused} Nothing was changed.")
    typer.echo(f"Restored from {file}." + (f" What was there before is in {aside}." if aside else ""))


@main.command()
def export() -> None:
    """Write everything but secrets as JSON lines to standard output."""
    import json

    from sqlmodel import Session

    from app.export import rows

    with Session(_database_at_newest(_settings()).reading) as session:
        for row in rows(session):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


@main.command()
def specificity() -> None:
    """Judge JSON lines {id, kind, text, context} from standard input: could it be sent to anyone?"""
    from app.specificity.filter import BadLine, judge_lines

    try:
        for line in judge_lines(sys.stdin):
            sys.stdout.write(line + "\n")
    except BadLine as bad:
        _stop(str(bad))


@seller.command("add")
def add_seller(
    email: str,
    name: Annotated[str, typer.Option()],
    workspace: Annotated[str, typer.Option(help="Made if it is new.")],
    role: Annotated[Literal["admin", "seller", "viewer"], typer.Option()] = "seller",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read it from standard input.")
    ] = False,
) -> None:
    """Add somebody who works here."""
    from sqlmodel import Session

    from app.account import team
    from app.account.passwords import PasswordTooShort
    from app.account.tables import Role
    from app.clock import right_now

    password = _password(password_stdin)
    try:
        with Session(_database_at_newest(_settings()).writing) as session, session.begin():
            team.add_seller(session, email, name, workspace, Role(role), password, right_now())
    except PasswordTooShort:
        _stop("A password needs 10 characters or more.")
    except team.EmailTaken:
        _stop(f"{email} is a seller already.")
    except team.EmailUnclear:
        _stop(f"{email} does not look like an e-mail address.")
    typer.echo(f"Added {name}.")


def app_from_environment() -> "FastAPI":
    """For several worker processes, each of which reads the settings itself."""
    from app.main import create_app

    return create_app(_with_keys(_settings()))


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    return typer.prompt("Password", hide_input=True, confirmation_prompt=True)


def _settings() -> "Settings":
    from pydantic import ValidationError

    from app.logs import set_up
    from app.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        _stop(_in_settings_words(error.errors()))
    set_up(settings.log)
    return settings


def _in_settings_words(errors: Sequence[Any]) -> str:
    """`JOINTLY_BASE_URL: must be …`, a setting after the other."""
    said = (
        f"JOINTLY_{str(error['loc'][0]).upper()}: {error['msg'].removeprefix('Value error, ')}"
        for error in errors
    )
    return "; ".join(said)


def _settings_to_serve(host: str, port: int) -> "Settings":
    settings = _settings()
    if "base_url" not in settings.model_fields_set:
        settings = settings.model_copy(update={"base_url": _address(host, port)})
    return _with_keys(settings)


def _with_keys(settings: "Settings") -> "Settings":
    from app.settings import SettingsRefused, with_keys

    try:
        settings, said = with_keys(settings)
    except SettingsRefused as refused:
        _stop(str(refused))
    if said:
        typer.echo(said)
    return settings


def _address(host: str, port: int) -> str:
    """What a browser on this machine calls the address served."""
    reached = HOST if host in EVERYWHERE else host
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def _database(settings: "Settings") -> "Database":
    from sqlalchemy.exc import SQLAlchemyError

    from app.database import open_database

    try:
        return open_database(settings.database_url)
    except (SQLAlchemyError, ImportError, TypeError, ValueError) as error:
        _stop(f"JOINTLY_DATABASE_URL cannot be used: {_first_line(error)}")


def _database_at_newest(settings: "Settings") -> "Database":
    from app.migrate import OldSchema, must_be_newest

    database = _database(settings)
    try:
        must_be_newest(database)
    except OldSchema:
        _stop("The database is not at the newest schema. Run: jointly migrate")
    return database


def _sqlite_file(settings: "Settings") -> Path:
    database = _database(settings)
    if not database.is_sqlite or not database.reading.url.database:
        _stop("This command is for SQLite files; PostgreSQL has pg_dump and pg_restore.")
    return Path(str(database.reading.url.database))


def _listen(host: str, port: int) -> socket:
    """Take the port before anything else happens; whoever calls early waits until the app is up."""
    import socket as sockets

    family = sockets.AF_INET6 if ":" in host else sockets.AF_INET
    try:
        return sockets.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        _stop(f"Cannot listen on {host}, port {port}: {str(error.strerror).partition(' (')[0]}.")


def _serve(settings: "Settings", listening: socket, workers: int = 1) -> None:
    import os

    import uvicorn
    from uvicorn.supervisors import Multiprocess

    typer.echo(f"Jointly listens on {_address(*listening.getsockname()[:2])}")
    config = uvicorn.Config(
        "app.cli:app_from_environment", workers=workers, factory=True, **_options(settings)
    )
    if workers > 1:
        os.environ["JOINTLY_BASE_URL"] = settings.base_url
        Multiprocess(config, sockets=[listening]).run()
        return
    from app.main import create_app

    config.app, config.factory = create_app(settings), False
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        typer.echo("Stopped.")


def _options(settings: "Settings") -> dict[str, Any]:
    from app.serving import PatientForAWhile

    proxies = settings.trusted_proxies
    return {
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "http": PatientForAWhile,
        "ws": "none",
        "proxy_headers": bool(proxies),
        "forwarded_allow_ips": proxies or None,
        "timeout_graceful_shutdown": 10,
        # uvicorn kills a worker that has not answered; on a busy machine one needs longer just to start.
        "timeout_worker_healthcheck": 60,
    }


def _in_a_line(error: Exception) -> str | None:
    """What a database or file could not do, or None for an error of ours."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    from app.sqlite import driver

    if isinstance(error, DBAPIError):
        return f"The database cannot be used: {_first_line(error.orig)}"
    if isinstance(error, SQLAlchemyError | driver.Error | CommandError):
        return f"The database cannot be used: {_first_line(error)}"
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'}: {error.strerror or error}"
    return None


def _first_line(error: object) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
