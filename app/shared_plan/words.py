"""What a step says: the one list of its words, which drafts, terms, pages, forms and exports share. Pure.

Who on either side is named in a step stands beside it: a draft knows people, the shared plan participants.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any

from app.shared_plan.commitment import Kind, Side


@dataclass(frozen=True, slots=True)
class Words:
    """`due_at` and `place` belong to talks: a time in the plan's zone, a room or a web address."""

    title: str
    reason: str
    kind: Kind
    owner: Side
    due_on: date
    due_at: time | None
    place: str

    @property
    def is_talk(self) -> bool:
        return self.kind is Kind.TALK


@dataclass(frozen=True, slots=True)
class Version(Words):
    """The words of a step in one of its versions."""

    version: int


WORDS = tuple(field.name for field in fields(Words))
OF_TALKS: dict[str, Any] = {"due_at": None, "place": ""}  # and what other steps have instead
NEVER_EMPTY = frozenset({"title"})


def words_in(one: object) -> dict[str, Any]:
    """The words of a draft, of terms or of a row of either, by name."""
    return {name: getattr(one, name) for name in WORDS}


def fitting(words: Mapping[str, Any]) -> dict[str, Any]:
    """As they may be shared: only a talk has a time and a place."""
    return {**words, **({} if words["kind"] is Kind.TALK else OF_TALKS)}


class Change:
    """Other words, another day, time or place; what is not given (None) stays as it is."""

    def __init__(self, **given: Any) -> None:
        kept = {name: value for name, value in given.items() if value or name not in NEVER_EMPTY}
        self.given = {name: value for name, value in kept.items() if value is not None}

    def of(self, old: object) -> dict[str, Any]:
        """The words of `old` with this change made."""
        return fitting(words_in(old) | self.given)
