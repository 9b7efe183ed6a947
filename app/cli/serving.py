"""Serving: from the settings to processes that listen."""

import sys
from socket import socket
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.opening import (
    bring_up,
    database_at_newest,
    in_a_line,
    keyed,
    opened,
    settings_given,
    stop,
    with_base_url,
)

if TYPE_CHECKING:
    from fastapi import FastAPI

    from app.settings import Settings

HOST, PORT = "127.0.0.1", 8000
PAUSE = 2.0  # seconds until a worker that cannot serve ends, and another tries
EVERYWHERE = ("0.0.0.0", "::")
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]


def demo(host: Host = HOST, port: Port = PORT) -> None:
    """Migrate, put a demo workspace into an empty database, make a link, serve."""
    from app.clock import right_now
    from app.demo import story
    from app.link.store import TooManyLinks

    settings = _settings_to_serve(host, port)
    with _listen(host, port) as listening:
        database = opened(settings)
        bring_up(database)
        try:
            told = story.tell(database, settings, right_now())
        except story.OtherPeoplesData:
            stop("This database holds other people's data. Point JOINTLY_DATABASE_URL at an empty one.")
        except TooManyLinks:
            stop("The demo has no room for another link. Point JOINTLY_DATABASE_URL at an empty database.")
        database.dispose()
        typer.echo("A demo workspace for trying things out; its password is no secret.")
        typer.echo(f"seller: {settings.base_url}/sign-in {told.email} {told.password}")
        typer.echo(f"buyer: {told.buyer_address}")
        _serve(settings, listening)


def serve(
    host: Host = HOST,
    port: Port = PORT,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs PostgreSQL.")] = 1,
) -> None:
    """Serve the portal."""
    settings = _settings_to_serve(host, port)
    database = database_at_newest(settings)
    if workers > 1 and database.is_sqlite:
        stop("--workers needs PostgreSQL: SQLite has one writer, and one process serves it best.")
    database.dispose()
    with _listen(host, port) as listening:
        _serve(settings, listening, workers)


def app_from_environment() -> "FastAPI":
    """For several worker processes, each of which reads the settings itself, and the database's schema.

    One that cannot serve ends with a sentence; on SIGHUP the worker before it then stays.
    """
    import time

    try:
        settings = keyed(settings_given())
        _must_be_at_newest(settings)
    except typer.Exit as refused:
        time.sleep(PAUSE)
        sys.exit(refused.exit_code)
    return _made(settings)


def _must_be_at_newest(settings: "Settings") -> None:
    """The same in the log as on the command line: nobody sees a worker's."""
    from sqlalchemy.exc import SQLAlchemyError

    from app.logs import log
    from app.migrate import OtherSchema, must_be_newest

    try:
        must_be_newest(database := opened(settings))
        database.dispose()
    except (OtherSchema, SQLAlchemyError) as error:
        why = in_a_line(error) or str(error)
        log.error("not started", why=why)
        raise typer.Exit(1) from error


def _made(settings: "Settings") -> "FastAPI":
    """The app, and the line that says what it is that starts here."""
    from app import ready
    from app.logs import log
    from app.main import create_app

    app = create_app(settings)
    warnings = ready.warnings(settings, app.state.database)
    log.info("started", **ready.what_serves(app.state.database), warnings=len(warnings))
    for warning in warnings:
        log.warning("to mend", what=warning)
    return app


def _settings_to_serve(host: str, port: int) -> "Settings":
    settings = settings_given()
    if "base_url" not in settings.model_fields_set:
        settings = with_base_url(settings, _address(host, port))
    return keyed(settings)


def _address(host: str, port: int) -> str:
    """What a browser on this machine calls the address served."""
    reached = HOST if host in EVERYWHERE else host
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def _listen(host: str, port: int) -> socket:
    """Take the port before anything else happens; whoever calls early waits until the app is up."""
    import socket as sockets

    from app.cli.restart import port_given

    given = port_given()
    if given:
        return given
    family = sockets.AF_INET6 if ":" in host else sockets.AF_INET
    try:
        return sockets.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        stop(f"Cannot listen on {host}, port {port}: {str(error.strerror).partition(' (')[0]}.")


def _serve(settings: "Settings", listening: socket, workers: int = 1) -> None:
    import os

    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from app.cli.restart import serve_until_told

    typer.echo(f"Jointly listens on {_address(*listening.getsockname()[:2])}")
    config = uvicorn.Config(
        "app.cli:app_from_environment", workers=workers, factory=True, **_options(settings)
    )
    if workers > 1:
        os.environ["JOINTLY_BASE_URL"] = settings.base_url
        Multiprocess(config, sockets=[listening]).run()
        return
    config.app, config.factory = _made(settings), False
    try:
        serve_until_told(config, listening)
    except KeyboardInterrupt:
        typer.echo("Stopped.")


def _options(settings: "Settings") -> dict[str, Any]:
    from app.cli.restart import Unhurried

    proxies = settings.trusted_proxies
    return {
        "http": Unhurried,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "ws": "none",
        "proxy_headers": bool(proxies),
        "forwarded_allow_ips": proxies or None,
        "timeout_graceful_shutdown": 10,
        # uvicorn kills a worker that has not answered; on a busy machine one needs longer just to start.
        "timeout_worker_healthcheck": 60,
    }
