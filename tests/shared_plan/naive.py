"""A second reading of the histories of a step and of a plan, as a person would do it: with lists, no folding.

It knows only the words of app/shared_plan/commitment.py and course.py, so that they can be held against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.shared_plan.commitment import Side, Status, What
from app.shared_plan.whole_plan import PlanState, PlanWhat


@dataclass(frozen=True)
class Reading:
    version: int
    status: Status
    commitment: int | None
    waits_for: Side | None
    is_stuck: bool
    ask_again_on: date | None
    since: Any
    handed_to: str  # who should answer instead, as long as the seller has not answered that


@dataclass(frozen=True)
class PlanReading:
    state: PlanState
    over: Any  # who ended it and when, unless somebody opened it again
    quiet: Any  # who asked for quiet and until when, unless it ended
    asked: Any  # another goal that nobody has answered
    goal: str
    goal_on: date | None


def reading(acts: Sequence[Any]) -> Reading:
    """Where a step stands after `acts`, which begin with its first proposal."""
    said = [act for act in _still_meant(acts) if act.what is not What.COMMENTED]
    proposal = [act for act in said if act.what is What.PROPOSED][-1]
    ended = _ended(said)
    both = [version for version in _versions(said) if len(_yeses(said, version)) == 2]
    agreed = both[-1] if both else None
    stuck = None if ended else _stuck(said)
    status = _status(ended, agreed == proposal.version, proposal.side)
    waits_for = None if status.is_over or status is Status.AGREED else proposal.side.other
    return Reading(
        version=proposal.version,
        status=status,
        commitment=None if ended else agreed,
        waits_for=stuck.side.other if stuck else waits_for,
        is_stuck=stuck is not None,
        ask_again_on=getattr(stuck, "ask_again_on", None) if stuck and stuck.side is Side.BUYER else None,
        since=said[-1].at,
        handed_to=getattr(stuck, "colleague", ""),
    )


def plan_reading(acts: Sequence[Any]) -> PlanReading:
    """Where a plan stands after what people did with it as a whole."""
    ends = (PlanWhat.ENDED, PlanWhat.CLOSED)
    over = _unless(acts, ends, PlanWhat.REOPENED)
    agreed = _agreed_goal(acts)
    return PlanReading(
        state={None: PlanState.OPEN, ends[0]: PlanState.ENDED, ends[1]: PlanState.CLOSED}[over and over.what],
        over=over,
        quiet=_unless(acts, (PlanWhat.PAUSED,), PlanWhat.RESUMED, *ends),
        asked=_unless(acts, (PlanWhat.GOAL_ASKED,), PlanWhat.GOAL_AGREED, PlanWhat.GOAL_KEPT, *ends),
        goal=agreed.words if agreed else "",
        goal_on=agreed.day if agreed else None,
    )


def _unless(acts: Sequence[Any], whats: tuple[PlanWhat, ...], *undone_by: PlanWhat) -> Any:
    """The last act of that kind, unless something after it undid it."""
    places = [place for place, act in enumerate(acts) if act.what in whats]
    if not places or any(act.what in undone_by for act in acts[places[-1] + 1 :]):
        return None
    return acts[places[-1]]


def _agreed_goal(acts: Sequence[Any]) -> Any:
    """What was asked for last before the seller last agreed to a goal."""
    answers = [place for place, act in enumerate(acts) if act.what is PlanWhat.GOAL_AGREED]
    asked = [act for act in acts[: max(answers, default=0)] if act.what is PlanWhat.GOAL_ASKED]
    return asked[-1] if asked else None


def _still_meant(acts: Sequence[Any]) -> list[Any]:
    """What was taken back is struck out together with its taking back."""
    meant: list[Any] = []
    for act in acts:
        if act.what is What.TAKEN_BACK:
            meant.pop()
        else:
            meant.append(act)
    return meant


def _versions(said: list[Any]) -> list[int]:
    return [act.version for act in said if act.what is What.PROPOSED]


def _yeses(said: list[Any], version: int) -> set[Side]:
    return {act.side for act in said if act.version == version and act.what in (What.PROPOSED, What.YES)}


def _ended(said: list[Any]) -> Any:
    turns = [act for act in said if act.what in (What.DONE, What.DROPPED, What.REOPENED)]
    return turns[-1] if turns and turns[-1].what is not What.REOPENED else None


def _stuck(said: list[Any]) -> Any:
    """The last obstacle, if nothing said after it lifted it."""
    places = [place for place, act in enumerate(said) if act.what is What.STUCK]
    if not places:
        return None
    obstacle = said[places[-1]]
    lifted = (What.PROPOSED, What.ANSWERED, What.DONE, What.DROPPED)
    after = said[places[-1] + 1 :]
    own_yes = any(act.what is What.YES and act.side is obstacle.side for act in after)
    return None if own_yes or any(act.what in lifted for act in after) else obstacle


def _status(ended: Any, is_agreed: bool, asked_by: Side) -> Status:
    if ended:
        return Status.DONE if ended.what is What.DONE else Status.DROPPED
    if is_agreed:
        return Status.AGREED
    return Status.PROPOSED if asked_by is Side.SELLER else Status.COUNTERED
