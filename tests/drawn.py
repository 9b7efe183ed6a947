"""What the templates draw: what a buyer's page is made of, and the names that stand in each template."""

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, meta

from tests import ROOT

TEMPLATES = ROOT / "templates"
BLOCK = r"\{[{%#].*?[}%#]\}"
TEXT = r"""(\b_\()?(["'])(.*?)\2"""
VALUE = rf'"((?:{BLOCK}|[^"])*)"'


@cache
def every_template() -> frozenset[str]:
    return frozenset(file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.html"))


@cache
def shared_templates() -> frozenset[str]:
    """Those that a buyer's page or a problem is made of, with all that they include."""
    begun = {name for name in every_template() if name.startswith(("buyer/", "problem/"))}
    found: set[str] = set()
    while begun - found:
        found |= begun
        begun = {name for one in found for name in _named_in(one)}
    return frozenset(found)


def _named_in(name: str) -> set[str]:
    parsed = Environment(extensions=["jinja2.ext.i18n"]).parse(_source(name))
    return {one for one in meta.find_referenced_templates(parsed) if one}


@cache
def _source(name: str) -> str:
    return re.sub(r"\{#.*?#\}", "", (TEMPLATES / name).read_text(), flags=re.DOTALL)


def values_of(attribute: str, names: Iterable[str]) -> set[str]:
    """Every word that stands in this attribute; "step--{{ … }}" gives "step--"."""
    values = [
        one for name in names for one in re.findall(rf"\b{attribute}={VALUE}", _source(name), re.DOTALL)
    ]
    return {word for value in values for word in re.sub(BLOCK, " ", value).split()} | _spoken_in(values)


def data_attributes(names: Iterable[str]) -> set[str]:
    """`data-own`, and `own` as a script reads it."""
    found = {one for name in names for one in re.findall(r"\bdata-([a-z-]+)", _source(name))}
    return {f"data-{one}" for one in found} | {re.sub(r"-(.)", lambda m: m[1].upper(), one) for one in found}


def words_in_blocks(names: Iterable[str]) -> set[str]:
    """Every word of a text that stands in a block of a template: "late" in {{ "late" if … }}."""
    return _spoken_in([_source(name) for name in names])


def _spoken_in(sources: Iterable[str]) -> set[str]:
    """The words of every text in a block, but for those that a reader is meant to read."""
    blocks = [block for source in sources for block in re.findall(BLOCK, source, re.DOTALL)]
    texts = [text for block in blocks for read, _, text in re.findall(TEXT, block) if not read]
    return {word for text in texts for word in text.split()}


@cache
def names_in_code(*folders: str) -> frozenset[str]:
    """Texts of one word in these folders of app, or in all of it: a class may be one, as "qr" is."""
    files = [file for folder in folders or ("",) for file in (ROOT / "app" / folder).rglob("*.py")]
    return frozenset(text for file in files for text in _texts_in(file) if re.fullmatch(r"[\w-]+", text))


@cache
def _texts_in(file: Path) -> frozenset[str]:
    nodes = ast.walk(ast.parse(file.read_text()))
    return frozenset(
        one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)
    )


def classes_styled(style: str) -> set[str]:
    """The classes that a stylesheet's rules are about."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    heads = re.findall(r"([^{};]+)\{", plain)
    return {found for head in heads for found in re.findall(r"\.([a-zA-Z][\w-]*)", head)}


def is_drawn(name: str, drawn: set[str] | frozenset[str]) -> bool:
    """A class stands in a template, or its beginning does: "step--" before an expression."""
    return name in drawn or any(name.startswith(one) for one in drawn if one.endswith(("--", "__")))
