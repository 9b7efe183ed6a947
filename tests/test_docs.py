"""What is written for people leads where it says, and names commands that there are."""

import re
from itertools import takewhile
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from app.cli import main
from tests import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
WITHIN = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)")
COMMAND = re.compile(r"`jointly ([^`]+)`")


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@EACH_PAGE
def test_every_link_leads_somewhere(page: Path):
    links = WITHIN.findall(page.read_text())

    for path, anchor in links:
        target = (page.parent / path) if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors_of(target), (path, anchor)


@EACH_PAGE
def test_every_command_named_is_one(page: Path):
    for said in COMMAND.findall(page.read_text()):
        command = get_command(main)
        for word in takewhile(lambda word: re.fullmatch(r"[a-z-]+", word), said.split()):
            if isinstance(command, TyperGroup) and not word.startswith("-"):
                assert word in command.commands, said
                command = command.commands[word]
