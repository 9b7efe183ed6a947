"""Who may come in by which door. Every route declares one right, or the app does not start."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TypeVar

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from app.account.tables import Role

Door = TypeVar("Door", bound=Callable[..., object])


class Right(StrEnum):
    ADMIN = "admin"
    SELLER = "seller"
    VIEWER = "viewer"
    GUEST = "guest"
    ANYONE = "anyone"


class NotSignedIn(Exception):
    """Nobody is signed in; after signing in they may."""


class Forbidden(Exception):
    """This person is known and may not do this."""


class Missing(Exception):
    """There is no such thing, or it is somebody else's: both look the same."""


def grants(right: Right) -> Callable[[Door], Door]:
    """Mark a dependency as the door for `right`."""

    def mark(door: Door) -> Door:
        door.__dict__["right"] = right
        return door

    return mark


@grants(Right.ANYONE)
async def anyone() -> None:
    """The door that is open: said out loud, so that no route is open by oversight."""


def must_be(role: Role, *allowed: Role) -> None:
    if role not in allowed:
        raise Forbidden


def every_route_declares_its_right(app: FastAPI) -> None:
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if not isinstance(route, APIRoute) or not any(_rights(route.dependant)):
            raise RuntimeError(f"{getattr(route, 'path', route)} declares no right")


def routes_of(app: FastAPI) -> list[APIRoute]:
    """Every route of the app, those of included routers too."""
    found = (context.original_route for context in iter_route_contexts(app.routes))
    return [route for route in found if isinstance(route, APIRoute)]


def right_of(route: APIRoute) -> Right:
    """The strictest right among the doors of a route, in the order of Right."""
    return min(_rights(route.dependant), key=list(Right).index)


def _rights(dependant: Dependant) -> Iterator[Right]:
    right = getattr(dependant.call, "right", None)
    if right:
        yield right
    for inner in dependant.dependencies:
        yield from _rights(inner)
