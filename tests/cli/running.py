"""`jointly …` as whoever runs it meets it."""

import socket

from typer.testing import CliRunner, Result

from app.cli import main

MARIA = ["maria@ledgerline.test", "--name", "Maria Keller", "--workspace", "Ledgerline", "--password-stdin"]


def run(*arguments: str, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(main, arguments, input=typed)


def said(result: Result) -> str:
    """The reason for exit code 1: one line, no traceback."""
    assert result.exit_code == 1, (result.exit_code, result.output)
    assert isinstance(result.exception, SystemExit)
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
