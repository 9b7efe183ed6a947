"""One word for one thing: no name stands for two, and nobody writes a word where there is a name for it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from app.folders import enums
from app.pages import TEAM_ENUMS
from tests import ROOT


def test_no_class_has_the_name_of_another():
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{file.relative_to(ROOT)}:{node.lineno}")

    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_every_closed_set_of_words_has_one_name():
    named = enums(*TEAM_ENUMS)
    found = [one for one in StrEnum.__subclasses__() if one.__module__.startswith("app.")]

    assert set(named.values()) <= set(found)
    assert len({one.__name__ for one in found}) == len(found)


COMPARED = re.compile(r"\b([a-z_]+) (?:==|!=) [\"']([a-z ?]+)[\"']")
# Words of the page itself: what a form calls its fields, how a line is marked, what a drawing draws.
THE_PAGES_OWN = {"name", "key", "sign", "here", "kind", "mark", "obstacle"}


def compared_with_words() -> Iterator[str]:
    every = {str(member) for kind in enums(*TEAM_ENUMS).values() for member in kind}
    for file in sorted((ROOT / "templates").rglob("*.html")):
        for what, word in COMPARED.findall(file.read_text()):
            if word in every and what not in THE_PAGES_OWN:
                yield f"{file.relative_to(ROOT)}: {what} and {word!r}"


def test_templates_compare_with_names_and_not_with_their_words():
    assert list(compared_with_words()) == []


@pytest.mark.parametrize("file", sorted((ROOT / "app").rglob("*.py")), ids=lambda file: file.stem)
def test_code_compares_with_names_too(file: Path):
    """A word of a closed set is no string to compare a state, a status, a side or a kind with."""
    told = re.findall(
        r"\.(?:state|status|side|owner|kind|waits_for|standing|outcome|why)\)? (?:==|!=) \"[a-z ]+\"",
        file.read_text(),
    )

    assert told == []


def test_a_file_that_is_named_is_there():
    """In what people read before they look for it: the documents, and the first line of a template."""
    read = {file: file.read_text() for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]}
    read |= {file: file.read_text().partition("\n")[0] for file in (ROOT / "templates").rglob("*.html")}
    folders = ("app", "tests", "benchmarks", "migrations")
    there = {f"/{file.relative_to(ROOT)}" for folder in folders for file in (ROOT / folder).rglob("*.py")}

    named = ((file, name) for file, text in read.items() for name in re.findall(r"\w[\w/]*\.py\b", text))
    missing = {name: file.name for file, name in named if not any(one.endswith(f"/{name}") for one in there)}

    assert missing == {}
