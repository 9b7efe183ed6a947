"""How the cast's story begins, played once a worker and kept as databases that tests begin with.

Each scene is played through HTTP, on top of the one before it; only what it leaves behind is copied.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from fastapi import FastAPI
from starlette.testclient import TestClient

from app.database import open_database
from tests.cast import SECRET, Buyer, SellerAtWork, a_workspace, today
from tests.databases import EMPTY
from tests.safety.visitors import one_of_everything

Somebody = TypeVar("Somebody", bound=SellerAtWork | Buyer)


class Databases(Protocol):
    """Where databases of one kind are kept by name."""

    def copy(self, source: str, name: str) -> str:
        """Returns the address of the copy."""
        ...


@dataclass
class Scene:
    """What it leaves behind: a database to copy, and the cast in their browsers."""

    source: str
    maria: Any = None
    jonas: Any = None


def again(kind: type[Somebody], played: SellerAtWork | Buyer, client: Any) -> Somebody:
    """Somebody as they were at the end of a scene, in a browser of the test's own."""
    somebody = kind.__new__(kind)
    vars(somebody).update(vars(played), client=client)
    for cookie in played.client.cookies.jar:
        client.cookies.jar.set_cookie(cookie)
    return somebody


def sign_in(scene: Scene, app: FastAPI) -> None:
    scene.maria = SellerAtWork(_browser(app), a_workspace(app.state.database))


def write_down(scene: Scene, app: FastAPI) -> None:
    scene.maria.writes_down()


def write_down_no_step(scene: Scene, app: FastAPI) -> None:
    scene.maria.writes_down(what_1="", what_2="")


def share(scene: Scene, app: FastAPI) -> None:
    scene.jonas = Buyer(_browser(app), scene.maria.shares_with("Jonas Weber"))


def leave_one_of_everything(scene: Scene, app: FastAPI) -> None:
    one_of_everything(scene.maria, scene.jonas)


def _browser(app: FastAPI) -> TestClient:
    return TestClient(app, follow_redirects=False)


# By the fixture that begins after it, the furthest first: the scene before it, and what happens in it.
SCENES: dict[str, tuple[str, Callable[[Scene, FastAPI], None]]] = {
    "things": ("jonas", leave_one_of_everything),
    "jonas": ("after_call", share),
    "after_call": ("maria", write_down),
    "without_steps": ("maria", write_down_no_step),
    "maria": (EMPTY, sign_in),
}


def scene_for(fixtures: list[str]) -> str:
    """After which scene a test begins that asks for these fixtures: the one that leads through them all."""
    asked = [name for name in SCENES if name in fixtures]
    furthest = asked[0] if asked else EMPTY
    assert set(asked) <= set(_way_to(furthest)), f"no story leads through {asked}"
    return furthest


def _way_to(name: str) -> list[str]:
    return [] if name == EMPTY else [name, *_way_to(SCENES[name][0])]


class Stage:
    """Plays each scene once on one kind of database; the next day anew, since days are counted from today."""

    def __init__(self, app: FastAPI, databases: Databases) -> None:
        self.app, self.databases = app, databases
        self.played: dict[tuple[str, date], Scene] = {}

    def after(self, name: str) -> Scene:
        if name == EMPTY:
            return Scene(EMPTY)
        key = (name, today())
        if key not in self.played:
            self.played[key] = self._play(name)
        return self.played[key]

    def _play(self, name: str) -> Scene:
        previous, happens = SCENES[name]
        before = self.after(previous)
        scene = Scene(f"{name}_{today():%Y%m%d}")
        aside = self.app.state.database
        self.app.state.database = open_database(self.databases.copy(before.source, scene.source), [SECRET])
        if before.maria:
            scene.maria = again(SellerAtWork, before.maria, _browser(self.app))
        if before.jonas:
            scene.jonas = again(Buyer, before.jonas, _browser(self.app))
        happens(scene, self.app)
        self.app.state.database.dispose()
        self.app.state.database = aside
        return scene
