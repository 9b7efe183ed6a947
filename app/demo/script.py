"""What a deal of the demo is told with: plain values for who did what, when. Days count from today.

A day is a number of working days after today, before it where negative.
"""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from app.desk.tables import KeepBecause
from app.shared_plan.commitment import Obstacle


class Verb(StrEnum):
    SAYS_YES = "says yes"
    ASKS_FOR = "asks for another day"
    IS_STUCK = "is stuck"
    FINISHES = "marks it as done"
    DROPS = "drops it"
    COMMENTS = "comments"


@dataclass(frozen=True)
class Did:
    """Somebody did something with a step. `until` is the day asked for, or the one to ask again on."""

    day: int
    clock: str
    who: str
    verb: Verb
    words: str = ""
    until: int | None = None
    why: Obstacle = Obstacle.OTHER


@dataclass(frozen=True)
class StepTold:
    """Who does what for whom by when, and what came of it (`then`). With a time (`at`) they talk."""

    title: str
    reason: str
    owner: str
    counterpart: str
    due: int
    then: tuple[Did, ...] = ()
    keep_because: KeepBecause | None = None
    at: time | None = None
    place: str = ""


@dataclass(frozen=True)
class Someone:
    name: str
    title: str
    email: str


@dataclass(frozen=True)
class CallTold:
    """A call: whom it was the first one with, what was said (by whom), what both agreed to write down."""

    day: int
    clock: str
    meets: tuple[Someone, ...]
    said: tuple[tuple[str, str], ...]
    steps: tuple[StepTold, ...] = ()


@dataclass(frozen=True)
class Wrote:
    """Maria wrote to somebody: about a step, by its title, or from the point last made."""

    day: int
    clock: str
    to: str
    words: str
    about: str = ""


@dataclass(frozen=True)
class DealTold:
    """`goal_on` is the month and day of the goal; `objective`, `amount` and `closes` are private."""

    company: str
    title: str
    goal: str
    goal_on: tuple[int, int]
    objective: str
    amount: int
    closes: int
    calls: tuple[CallTold, ...]
    drafts: tuple[StepTold, ...] = ()
    wrote: tuple[Wrote, ...] = ()
    language: str = "en"
