"""What a folder holds is found and not listed: its routers and its tables come with it."""

from collections.abc import Iterator, MutableSequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from fastapi import APIRouter

HERE = Path(__file__).parent


def routers() -> Iterator[APIRouter]:
    """The router of every folder that has routes: its `routes.py`, or what its folder `routes` gathers."""
    for name in _modules_called("routes"):
        yield import_module(name).router


def gathered(package: str, paths: MutableSequence[str]) -> APIRouter:
    """One router of all routers in the modules of a package; ask in its `__init__`."""
    whole = APIRouter()
    for found in iter_modules(paths):
        whole.include_router(import_module(f"{package}.{found.name}").router)
    return whole


def know_every_table() -> None:
    """Import every folder's tables: SQLModel's metadata knows only what was imported."""
    import_module("app.journal")
    import_module("app.tries")
    for name in _modules_called("tables"):
        import_module(name)


def enums(*folders: str) -> dict[str, type[StrEnum]]:
    """The closed sets of words that these folders, and those below them, define: by the name of the class."""
    list(routers())  # whatever a page shows is imported by then
    known = StrEnum.__subclasses__()
    here = tuple(f"app.{folder}." for folder in folders)
    return {one.__name__: one for one in known if one.__module__.startswith(here)}


def _modules_called(name: str) -> list[str]:
    """Dotted names of all modules and packages of that name, by their folder; nothing is imported for it."""
    files = sorted([*HERE.rglob(f"{name}.py"), *HERE.rglob(f"{name}/__init__.py")])
    places = (file.with_suffix("").relative_to(HERE.parent).parts for file in files)
    return [".".join(parts).removesuffix(".__init__") for parts in places]
