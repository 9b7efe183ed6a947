"""One press of a button: what its form carries, and how it takes effect exactly once.

Nothing else asks whether a press was carried out before; an app with a route that acts without a key, or on a
step without the version it saw, does not start.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import Any, Protocol, TypeVar, overload

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.database import in_lane, writing
from app.journal import Event, Press, already_done, press
from app.typed import Key, typed_fields

Result = TypeVar("Result")


class PressForm(BaseModel):
    """What every form that acts carries besides its own fields."""

    key: Key = ""

    def typed(self) -> dict[str, object]:
        """The fields that make one press differ from another."""
        return self.model_dump(exclude={"key"})


class ActForm(PressForm):
    """A form of a step says which version of its words it answers."""

    version: int = Field(ge=0, le=100_000)


class Hand(Protocol):
    """Whose press it is, and the session that it writes with."""

    @property
    def session(self) -> Session: ...

    @property
    def actor(self) -> str: ...


@dataclass(frozen=True)
class BareHand:
    """Somebody who acts where no plan or deal is open yet."""

    session: Session
    actor: str


@overload
def once(request: Request, hand: Hand, form: PressForm, act: Callable[[Press], object]) -> None: ...
@overload
def once(
    request: Request,
    hand: Hand,
    form: PressForm,
    act: Callable[[Press], Result],
    again: Callable[[Event], Result],
) -> Result: ...
def once(
    request: Request,
    hand: Hand,
    form: PressForm,
    act: Callable[[Press], object],
    again: Callable[[Event], object] = lambda event: None,
) -> object:
    """Carry out one press exactly once: `act` with it, or `again` with the event that it left the first time.

    Ask with the row locked that the act's event hangs on. Raises KeyReused when the same key says something
    else now.
    """
    pressed = press(hand.actor, form.key, {"path": request.url.path, **form.typed()})
    earlier = already_done(hand.session, pressed)
    return act(pressed) if earlier is None else again(earlier)


async def keyless() -> None:
    """Declared by a POST that reads, or that does the same however often it is sent: it needs no key."""


class ActRoute(APIRoute):
    """A route that acts does so in the lane of acts; one that only reads waits among the pages."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        reads = any(door.dependency is keyless for door in options.get("dependencies") or ())
        if "POST" in (options.get("methods") or ()) and not reads and not iscoroutinefunction(endpoint):
            endpoint = in_lane(endpoint)
        super().__init__(path, endpoint, **options)


def router_for_forms() -> APIRouter:
    """For pages with forms: what was typed is at hand, and what acts has a lane of its own."""
    return APIRouter(dependencies=[Depends(typed_fields)], route_class=ActRoute)


async def leaves_step_alone() -> None:
    """Declared by an act at a step's address that does not touch the step: it needs no version."""


def loads_step(door: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a dependency as one that loads a step to act on."""
    door.__dict__["loads_step"] = True
    return door


def every_act_is_a_press(app: FastAPI) -> None:
    """Raises RuntimeError for a route that acts without a key, or on a step without the stale check."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            fault = _fault(route, set(_calls(route.dependant)), _form_of(route))
            if fault:
                raise RuntimeError(f"{route.path} {fault}")


def _fault(route: APIRoute, calls: set[Any], form: type[PressForm] | None) -> str:
    if set(route.methods or ()) <= {"GET", "HEAD"}:
        return "writes and is asked for by GET" if writing in calls else ""
    if form is None:
        return "" if keyless in calls else "acts without a key"
    is_on_step = "/steps/{number}/" in route.path and leaves_step_alone not in calls
    if is_on_step or any(getattr(call, "loads_step", False) for call in calls):
        return "" if issubclass(form, ActForm) else "acts on a step without the version it saw"
    return ""


def _form_of(route: APIRoute) -> type[PressForm] | None:
    kinds = [param.field_info.annotation for param in route.dependant.body_params]
    forms = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, PressForm)]
    return forms[0] if forms else None


def _calls(dependant: Dependant) -> Iterator[Any]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)
