"""What of all that was said stands on the page of a plan; the rest stands on the page of its step. Pure.

A plan is read on a phone: hundreds of long comments would make it too heavy to open for everybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.brief import brief, is_long
from app.shared_plan.steps_now import Said, StepNow

LAST, ON_A_PLAN = 20, 60  # comments of a step, and of a plan
A_PAGE = 50  # comments on the page of one step


def briefly(steps: Iterable[StepNow]) -> list[StepNow]:
    """The steps with their last comments, long words cut; `earlier` counts what is left out of each."""
    every = list(steps)
    newest = _newest(every)
    return [_brief(step, newest) for step in every]


def _newest(steps: Sequence[StepNow]) -> frozenset[tuple[int, int]]:
    """The last comments of the plan, by the numbers of their step and of their own."""
    last = [(said.at, step.number, said.number) for step in steps for said in step.comments[-LAST:]]
    return frozenset((step, number) for _at, step, number in sorted(last)[-ON_A_PLAN:])


def _brief(step: StepNow, newest: frozenset[tuple[int, int]]) -> StepNow:
    shown = tuple(_shortened(said) for said in step.comments if (step.number, said.number) in newest)
    return replace(
        step,
        comments=shown,
        earlier=len(step.comments) - len(shown),
        asked=step.asked and _shortened(step.asked),
        obstacle=step.obstacle and _shortened(step.obstacle),
        ended=step.ended and _shortened(step.ended),
    )


def _shortened(said: Said) -> Said:
    return replace(said, note=brief(said.note), is_cut=True) if is_long(said.note) else said


@dataclass(frozen=True, slots=True)
class CommentsPage:
    """Some comments of one step, whole; there are more below the number `before`, unless that is 0."""

    comments: tuple[Said, ...]
    before: int


def page_of(step: StepNow, before: int = 0) -> CommentsPage:
    """The last comments, or the last of those whose number is below `before`."""
    found = [said for said in step.comments if not before or said.number < before]
    shown = tuple(found[-A_PAGE:])
    return CommentsPage(shown, shown[0].number if len(found) > len(shown) else 0)
