"""Which person is meant: by the value of a form's choice, or by name as typed. Pure."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from app.needs import NeedsSomething


class HasName(Protocol):
    id: int | None
    name: str


Someone = TypeVar("Someone", bound=HasName)


def choice(prefix: str, someone: HasName) -> str:
    """What a form's option holds for this person: their name while nobody but the plan knows them."""
    return someone.name if someone.id is None else f"{prefix}-{someone.id}"


def options(people: Iterable[HasName], prefix: str = "them") -> list[tuple[str, str]]:
    return [(choice(prefix, one), one.name) for one in people]


def person_meant(typed: str, people: Sequence[Someone], prefix: str = "them") -> Someone:
    """Raises NeedsSomething when nobody, or more than one person, is meant."""
    meant = [one for one in people if typed in _values(one, prefix)] or _named(typed, people)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise NeedsSomething(f"There are {len(meant)} people called {typed}. Pick one from the list.")
    raise NeedsSomething(f"Nobody called “{typed}” is known here yet. Add them to the deal first.")


def _values(one: HasName, prefix: str) -> tuple[str, ...]:
    return (choice(prefix, one), str(one.id)) if one.id else ()


def _named(typed: str, people: Iterable[Someone]) -> list[Someone]:
    return [one for one in people if one.name.casefold() == typed.casefold()]
