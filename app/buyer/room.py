"""How much the buyer's side may put on one plan. Pure.

Each bound is far above what people do, and nothing here counts against the seller: places for steps, links
and sharing stay the seller's own, whatever somebody with a link presses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.needs import _
from app.shared_plan.commitment import What

ACTS_ON_A_STEP, ACTS_OF_A_PERSON, ACTS_ON_A_PLAN = 200, 500, 2_000
REQUESTS_WAITING, REQUESTS_WAITING_ON_A_PLAN = 5, 15
REQUESTS_OF_A_PERSON, REQUESTS_ON_A_PLAN = 30, 100
COPIES_THAT_WORK, COPIES_EVER = 5, 50
REWORDINGS = 200  # of one's own comments on a plan


class Bounded(StrEnum):
    """What is bounded on its own, so that who has said much can still say yes."""

    COMMENT = "comment"
    CHANGE = "change"
    WHOLE_PLAN = "whole plan"
    OTHER = "other"


OF_ONE_PERSON = {
    Bounded.COMMENT: 100,
    Bounded.CHANGE: 100,
    Bounded.WHOLE_PLAN: 100,
    Bounded.OTHER: ACTS_OF_A_PERSON,
}
TOO_MANY = {
    Bounded.COMMENT: _("A hundred comments of yours stand here already. Write to them directly."),
    Bounded.CHANGE: _("You asked for a hundred changes already. Write to them directly."),
    Bounded.WHOLE_PLAN: _("You changed a lot about this plan already. Write to them directly."),
    Bounded.OTHER: _("A great deal was done here already. Write to them directly."),
}


class NoRoom(Exception):
    """The buyer's side has used up its places; `str(error)` says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Done:
    """How often one of the buyer's side did a thing to a step; without `step_id` and `what`: to the plan."""

    participant_id: int
    step_id: int | None
    what: What | None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that somebody of the buyer's side asked for, and whether the seller has yet to answer."""

    participant_id: int
    waits: bool


def must_have_room(act: Done, done: Iterable[Done]) -> None:
    """Raise NoRoom where `act` is one too many; it is among all that was `done` on the plan.

    What others did never stands in the way of a yes, or of saying that something is done.
    """
    every = list(done)
    mine = [one for one in every if one.participant_id == act.participant_id]
    alike = _sum(one for one in mine if _kind(one) == _kind(act))
    if alike > OF_ONE_PERSON[_kind(act)] or _sum(mine) > ACTS_OF_A_PERSON:
        raise NoRoom(TOO_MANY[_kind(act)])
    if act.what not in (What.YES, What.DONE):
        on_step = (one for one in every if one.step_id == act.step_id and _kind(one) is not Bounded.COMMENT)
        if (act.step_id and _sum(on_step) > ACTS_ON_A_STEP) or _sum(every) > ACTS_ON_A_PLAN:
            raise NoRoom(TOO_MANY[Bounded.OTHER])


def must_have_room_for_requests(asked: Iterable[Asked], participant_id: int) -> None:
    """Raise NoRoom where one of the plan's requests, the last included, is one too many."""
    every = list(asked)
    mine = [one for one in every if one.participant_id == participant_id]
    waiting = sum(one.waits for one in mine) > REQUESTS_WAITING
    if waiting or sum(one.waits for one in every) > REQUESTS_WAITING_ON_A_PLAN:
        raise NoRoom(_("Some of your requests wait for an answer. Ask for more once they have one."))
    if len(mine) > REQUESTS_OF_A_PERSON or len(every) > REQUESTS_ON_A_PLAN:
        raise NoRoom(_("You asked for many steps already. Write to them directly."))


def must_have_room_to_reword(times: int) -> None:
    """Raise NoRoom where a person has changed their comments on a plan too often, this time included."""
    if times > REWORDINGS:
        raise NoRoom(_("You changed your comments very often already. Write a new one instead."))


def must_have_room_for_copy(working: int, ever: int) -> None:
    """Raise NoRoom where one more copy would be one too many."""
    if working >= COPIES_THAT_WORK:
        raise NoRoom(_("Five of your copies work. Pass on one of those, or turn one of them off."))
    if ever >= COPIES_EVER:
        raise NoRoom(_("You made many copies already. Pass on one of those that work."))


def _kind(one: Done) -> Bounded:
    if one.what is None:
        return Bounded.WHOLE_PLAN
    if one.what in (What.COMMENTED, What.ANSWERED):
        return Bounded.COMMENT
    return Bounded.CHANGE if one.what is What.PROPOSED else Bounded.OTHER


def _sum(counts: Iterable[Done]) -> int:
    return sum(count.times for count in counts)
