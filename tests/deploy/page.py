"""Reads docs/running-it.md: its blocks of commands, what stands in them, and whether it can be typed."""

import re
import shlex
from pathlib import Path

from typer.core import TyperGroup
from typer.main import get_command

from app.cli import main
from tests import ROOT

PAGE = ROOT / "docs" / "running-it.md"
IN_CONTAINER = "docker compose exec app "
BETWEEN = re.compile(r"\|\||&&|[|;\n]")


def blocks(text: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", text, re.DOTALL)


def calls_in(text: str) -> list[list[str]]:
    """The arguments of each call of ours in the blocks, without what a shell does with it."""
    lines = [one.strip() for block in blocks(text) for one in BETWEEN.split(block)]
    called = (re.sub(rf"^(exec |{IN_CONTAINER})*", "", line) for line in lines)
    return [shlex.split(line)[1:] for line in called if Path(line.partition(" ")[0]).name == "jointly"]


def section(title: str) -> str:
    found = PAGE.read_text().partition(f"\n## {title}\n")[2]
    assert found, title
    return found.partition("\n## ")[0]


def must_be_a_call(arguments: list[str]) -> None:
    """Raises where a command, an option or an argument is none of ours; runs nothing."""
    command = get_command(main)
    context = command.make_context("jointly", list(arguments))
    while isinstance(command, TyperGroup):
        name, command, left = command.resolve_command(context, [*context._protected_args, *context.args])
        assert command
        context = command.make_context(name, left, parent=context)
