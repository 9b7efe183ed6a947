"""Which folders and tables are private, and which modules are pure: read from where it is decided."""

import ast
import re
import tomllib
from pathlib import Path

from sqlmodel import SQLModel

from app.folders import know_every_table
from tests import ROOT


def wall() -> tuple[frozenset[str], frozenset[str]]:
    """The private folders and the shared ones, as the contract in pyproject.toml names them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["name"].startswith("The wall"))
    private, shared = (
        frozenset(name.strip(" ()").removeprefix("app.") for name in layer.split(":")) for layer in layers
    )
    return private, shared


def private_tables() -> set[str]:
    know_every_table()
    private, _ = wall()
    mappers = SQLModel._sa_registry.mappers
    return {str(one.local_table) for one in mappers if one.class_.__module__.split(".")[1] in private}


def pure_modules() -> list[str]:
    """Every module of app whose docstring says that it is pure, and all of specificity, as dotted names."""
    files = sorted((ROOT / "app").rglob("*.py"))
    return [dotted(file) for file in files if says_pure(file) or "specificity" in file.parts]


def says_pure(file: Path) -> bool:
    return bool(re.search(r"\bPure\b", ast.get_docstring(ast.parse(file.read_text())) or ""))


def dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def file_of(module: str) -> Path:
    place = ROOT / module.replace(".", "/")
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
