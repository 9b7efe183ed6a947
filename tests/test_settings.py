"""What can be set is read, and README says so."""

import ast
import re
from pathlib import Path

from app.settings import Settings
from tests import ROOT


def test_every_setting_is_read():
    files = (ROOT / "app").rglob("*.py")

    read = {name for file in files for name in settings_read_in(file)}

    assert set(Settings.model_fields) - read == set()


def test_readme_names_every_setting_and_no_other():
    table = (ROOT / "README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]

    named = [name for line in table.splitlines() if line.startswith("| `") for name in names_in(line)]

    assert sorted(named) == sorted(f"JOINTLY_{name.upper()}" for name in Settings.model_fields)


def settings_read_in(file: Path) -> set[str]:
    """What is asked of something called `settings`, or by the settings themselves."""
    owners = {"settings", "self"} if file.name == "settings.py" else {"settings"}
    return {
        node.attr
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).rpartition(".")[2] in owners
    }


def names_in(line: str) -> list[str]:
    """The variables of one line; `JOINTLY_MODEL_URL` `_KEY` are two that begin alike."""
    first, *others = re.findall(r"`(\w+)`", line.split("|")[1])
    return [first, *(first.rpartition("_")[0] + other for other in others)]
