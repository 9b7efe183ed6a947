"""From candidates to at most five: three questions each, and what no action touches. Pure.

Source: The New Strategic Selling: an action is logical, urgent and do-able, or it waits; more than five that
pass mean that the questions were not asked strictly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from app.call.ground_rule import Action, does_both

MOST = 5


class TooManyActions(Exception):
    """Five stand already: ask the three questions more strictly, or turn one of them down."""


class Question(StrEnum):
    LOGICAL = "logical"
    URGENT = "urgent"
    DOABLE = "do-able"


ASKS = {
    Question.LOGICAL: "Does it build on what was done before?",
    Question.URGENT: "Does it move the sale towards its close now?",
    Question.DOABLE: "Can it be done within the next one or two calls?",
}


class Shortlisted(StrEnum):
    """Where a candidate stands."""

    CANDIDATE = "candidate"
    CHOSEN = "chosen"
    TURNED_DOWN = "turned down"


class Candidate(Action, Protocol):
    @property
    def id(self) -> int | None: ...

    @property
    def standing(self) -> Shortlisted: ...


SomeCandidate = TypeVar("SomeCandidate", bound=Candidate)


@dataclass(frozen=True)
class Answers:
    """The three questions; None where nobody asked."""

    logical: bool | None = None
    urgent: bool | None = None
    doable: bool | None = None

    @property
    def passes(self) -> bool:
        return bool(self.logical and self.urgent and self.doable)

    @property
    def fails(self) -> tuple[Question, ...]:
        said = (
            (Question.LOGICAL, self.logical),
            (Question.URGENT, self.urgent),
            (Question.DOABLE, self.doable),
        )
        return tuple(question for question, answer in said if answer is False)


def may_choose(answers: Answers, chosen: int) -> None:
    """Raises TooManyActions when five stand already. Fewer is right; nothing ever asks for a fourth."""
    if answers.passes and chosen >= MOST:
        raise TooManyActions


def ranked(candidates: Iterable[SomeCandidate]) -> list[SomeCandidate]:
    """Those that use a strength to remove a flag first, then in the order written."""
    return sorted(candidates, key=lambda one: (not does_both(one), one.id or 0))


def untouched(keys: Sequence[str], actions: Iterable[Action]) -> list[str]:
    """Red flags that no action removes, or strengths that none uses, in their own order."""
    touched: set[str] = set()
    for action in actions:
        touched |= action.removes | action.uses
    return [key for key in keys if key not in touched]


def is_same_set(
    before: Sequence[tuple[str, frozenset[str]]], now: Sequence[tuple[str, frozenset[str]]]
) -> bool:
    """The same words with the same traces as for the last call: such a plan no longer fits."""
    return bool(now) and set(before) == set(now)
