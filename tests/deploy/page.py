"""Reads docs/running-it.md: its blocks of commands, and what stands in them."""

import re
import shlex
from pathlib import Path

from tests import ROOT

PAGE = ROOT / "docs" / "running-it.md"
IN_CONTAINER = "docker compose exec app "
BETWEEN = re.compile(r"\|\||&&|[|;\n]")


def blocks(text: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", text, re.DOTALL)


def calls_of(program: str, text: str) -> list[list[str]]:
    """The arguments of each call in the blocks, without what a shell does with it."""
    lines = [one.strip() for block in blocks(text) for one in BETWEEN.split(block)]
    called = (re.sub(rf"^(exec |{IN_CONTAINER})*", "", line) for line in lines)
    return [shlex.split(line)[1:] for line in called if Path(line.partition(" ")[0]).name == program]


def section(title: str) -> str:
    found = PAGE.read_text().partition(f"\n## {title}\n")[2]
    assert found, title
    return found.partition("\n## ")[0]
