"""When is a step a commitment? When, by its history, both sides said yes to the same terms. Pure."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from app.needs import _


class Side(StrEnum):
    SELLER = "seller"
    BUYER = "buyer"

    @property
    def other(self) -> "Side":
        return Side.BUYER if self is Side.SELLER else Side.SELLER


class Kind(StrEnum):
    DO = "do"  # one person does it, one of the other side waits for it
    TALK = "talk"  # both meet, on a day and at a time


class What(StrEnum):
    """What somebody did with a step."""

    PROPOSED = "proposed"  # new terms; their author says yes to them
    YES = "yes"
    STUCK = "stuck"
    ANSWERED = "answered"
    DONE = "done"
    REOPENED = "reopened"
    DROPPED = "dropped"
    TAKEN_BACK = "taken back"
    COMMENTED = "commented"


REWORDED = "reworded"  # what the journal calls a comment with other words; it is no act of its own


class Status(StrEnum):
    PROPOSED = "proposed"  # waits for the buyer
    COUNTERED = "countered"  # waits for the seller
    AGREED = "agreed"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_over(self) -> bool:
        return self in (Status.DONE, Status.DROPPED)


class Obstacle(StrEnum):
    """What is in the way, as the reader picks it."""

    WAITING = "waiting for someone"
    PRIORITY = "other priority"
    NEEDS_YOU = "need something from you"
    NO_DATE = "cannot give a date yet"
    NOT_MINE = "not mine"
    NOT_NEEDED = "no longer needed"
    OTHER = "other"

    @property
    def words(self) -> str:
        """What whoever is stuck says, to be translated."""
        return OBSTACLES[self][0]

    @property
    def words_of_them(self) -> str:
        """What the team reads of them."""
        return OBSTACLES[self][1]


OBSTACLES = {
    Obstacle.WAITING: (_("I am waiting for someone"), "waiting for someone"),
    Obstacle.PRIORITY: (_("Something else comes first"), "has another priority"),
    Obstacle.NEEDS_YOU: (_("I need something from you"), "needs something from you"),
    Obstacle.NO_DATE: (_("I cannot give a date yet"), "cannot give a date yet"),
    Obstacle.NOT_MINE: (_("This is not mine to do"), "says it is not theirs"),
    Obstacle.NOT_NEEDED: (_("It is no longer needed"), "says it is no longer needed"),
    Obstacle.OTHER: (_("Something else"), "see what they wrote"),
}


class Entry(Protocol):
    """What this rule needs of a row of history."""

    @property
    def what(self) -> What: ...

    @property
    def side(self) -> Side: ...

    @property
    def at(self) -> datetime: ...

    @property
    def version(self) -> int: ...


SomeEntry = TypeVar("SomeEntry", bound=Entry)


@dataclass(frozen=True)
class Standing:
    """Where a step stands: the same history always gives the same standing."""

    version: int = 0
    author: Side = Side.SELLER
    yeses: frozenset[Side] = frozenset()
    agreed_version: int | None = None
    agreed_at: datetime | None = None
    stuck: Entry | None = None
    ended: Entry | None = None
    since: datetime | None = None

    @property
    def status(self) -> Status:
        if self.ended:
            return Status.DONE if self.ended.what is What.DONE else Status.DROPPED
        if self.agreed_version == self.version:
            return Status.AGREED
        return Status.PROPOSED if self.author is Side.SELLER else Status.COUNTERED

    @property
    def waits_for(self) -> Side | None:
        if self.status.is_over:
            return None
        if self.stuck:
            return self.stuck.side.other
        return None if self.status is Status.AGREED else self.author.other

    @property
    def commitment(self) -> int | None:
        """The version both sides are held to, if any; it stands until other terms are agreed."""
        return None if self.ended else self.agreed_version

    @property
    def asks(self) -> bool:
        """Is there a question open to which a yes is an answer?"""
        return self.status in (Status.PROPOSED, Status.COUNTERED)


def standing(history: Sequence[Entry]) -> Standing:
    return standings(history)[-1] if history else Standing()


def standings(history: Iterable[Entry]) -> list[Standing]:
    """The standing after each act. A retraction restores what stood before the act it takes back."""
    states = [Standing()]
    for act in history:
        taken_back = act.what is What.TAKEN_BACK and len(states) > 1
        states.append(states[-2] if taken_back else _after(states[-1], act))
    return states[1:]


def retracted(history: Sequence[SomeEntry]) -> Iterator[SomeEntry]:
    """Acts that were taken back: always the one right before the retraction."""
    for act, following in itertools.pairwise(history):
        if following.what is What.TAKEN_BACK:
            yield act


def _after(before: Standing, act: Entry) -> Standing:
    match act.what:
        case What.COMMENTED:
            return before
        case What.PROPOSED:
            return _proposed(before, act)
        case What.YES:
            return _said_yes(before, act)
        case What.STUCK:
            return replace(before, stuck=act, since=act.at)
        case What.ANSWERED:
            return replace(before, stuck=None, since=act.at)
        case What.DONE | What.DROPPED:
            return replace(before, ended=act, stuck=None, since=act.at)
        case _:
            return replace(before, ended=None, since=act.at)


def _proposed(before: Standing, act: Entry) -> Standing:
    return replace(
        before,
        version=act.version,
        author=act.side,
        yeses=frozenset({act.side}),
        stuck=None,
        since=act.at,
    )


def _said_yes(before: Standing, act: Entry) -> Standing:
    yeses = before.yeses | {act.side}
    own_obstacle = before.stuck is not None and before.stuck.side is act.side
    after = replace(before, yeses=yeses, since=act.at, stuck=None if own_obstacle else before.stuck)
    # A yes to what was agreed already only lifts an obstacle; the day of agreement stays.
    if len(yeses) < 2 or before.agreed_version == act.version:
        return after
    return replace(after, agreed_version=act.version, agreed_at=act.at)
