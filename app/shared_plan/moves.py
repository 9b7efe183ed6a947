"""Who may do what, when: one line for each allowed move, and what is said when not. Pure."""

from datetime import datetime, timedelta
from typing import Protocol

from app.shared_plan.commitment import Side, Standing, Status, What

UNDO_FOR = timedelta(minutes=10)
EDIT_COMMENT_FOR = timedelta(minutes=15)

_OPEN = frozenset({Status.PROPOSED, Status.COUNTERED, Status.AGREED})
_ANY = frozenset(Status)

MOVES: dict[tuple[Side, What], frozenset[Status]] = {
    (Side.BUYER, What.YES): _OPEN,
    (Side.SELLER, What.YES): _OPEN,
    (Side.BUYER, What.PROPOSED): _OPEN,  # also on an agreed step: the commitment stands until answered
    (Side.SELLER, What.PROPOSED): _OPEN,
    (Side.BUYER, What.STUCK): _OPEN,
    (Side.SELLER, What.STUCK): _OPEN,
    (Side.BUYER, What.ANSWERED): _OPEN,
    (Side.SELLER, What.ANSWERED): _OPEN,
    (Side.BUYER, What.DONE): _OPEN,  # also before a yes: people do things without saying yes first
    (Side.SELLER, What.DONE): _OPEN,
    (Side.BUYER, What.REOPENED): frozenset({Status.DONE}),
    (Side.SELLER, What.REOPENED): frozenset({Status.DONE}),
    (Side.SELLER, What.DROPPED): _OPEN,  # buyers end the whole plan, not the seller's step
    (Side.BUYER, What.COMMENTED): _ANY,
    (Side.SELLER, What.COMMENTED): _ANY,
}


class StaleVersion(Exception):
    """The terms changed since the page was shown; `seen` is the version that was on it."""

    def __init__(self, seen: int) -> None:
        super().__init__(seen)
        self.seen = seen


class NotNow(Exception):
    """The step has moved on, so this act no longer makes sense."""


class PlanOver(Exception):
    """The plan has ended or was closed: it can still be read."""


class NotTheirs(Exception):
    """Only the person named in the step may do this."""


class NothingChanged(Exception):
    """New terms that say the same as the old ones."""


class ReasonMissing(Exception):
    """A seller changes what was shared only with a reason."""


class TooLateToUndo(Exception):
    """Ten minutes are over, or something happened on the step since."""


def must_be_allowed(what: What, side: Side, at: Standing, seen: int) -> None:
    """Raise NotNow or StaleVersion unless `side` may do `what` to the version it saw."""
    if at.status not in MOVES.get((side, what), frozenset()):
        raise NotNow
    if seen != at.version and what is not What.COMMENTED:
        raise StaleVersion(seen)
    if what is What.ANSWERED and (at.stuck is None or at.stuck.side is side):
        raise NotNow


def yes_changes_something(side: Side, at: Standing) -> bool:
    """A yes to what one said yes to already writes nothing, unless it lifts one's own obstacle."""
    return side not in at.yeses or (at.stuck is not None and at.stuck.side is side)


def may_undo(done_at: datetime, now: datetime) -> bool:
    return now < done_at + UNDO_FOR


class Answered(Protocol):
    """What the rule of undoing needs of the last act of a step."""

    @property
    def what(self) -> What: ...

    @property
    def at(self) -> datetime: ...

    @property
    def browser(self) -> str | None: ...


def undo_until(last: Answered | None, now: datetime) -> datetime | None:
    """Until when the browser that gave the last answer can take it back; None when nobody can."""
    if last is None or last.browser is None or last.what in (What.COMMENTED, What.TAKEN_BACK):
        return None
    return last.at + UNDO_FOR if may_undo(last.at, now) else None
