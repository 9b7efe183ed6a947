"""What a guest's act is loaded with: who answers, at which plan, at which of its steps."""

from typing import Annotated, TypeVar

from fastapi import Depends, Path, Request
from sqlmodel import Session

from app.account.rights import Missing
from app.buyer import room
from app.database import Writing, in_lane
from app.link import store as links
from app.link.guest import Calling
from app.link.visits import Visit
from app.now import Now
from app.press import loads_step
from app.safety import ACTS_PER_LINK, limits_of
from app.shared_plan import store
from app.shared_plan.commitment import Side, Status
from app.shared_plan.deed import AtStep, Party, Who
from app.shared_plan.tables import Step
from app.typed import Typed


class WhoAnswers(Exception):
    """This browser has not said who it is: the same form comes back with the question."""


class SomebodyElse(Exception):
    """Whoever reads is not the person the link was made for: nothing is recorded."""


Result = TypeVar("Result")
CopyNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
StepNumber = Annotated[int, Path(ge=1, le=store.HIGHEST_NUMBER)]


@loads_step
def opened_step(
    request: Request, number: StepNumber, here: Calling, session: Writing, now: Now, typed: Typed
) -> AtStep:
    """The step, its plan locked, ready for an act by the reader. Raises WhoAnswers, SomebodyElse, Missing."""
    party = _opened(request, here, session, now)
    at = AtStep(party, step_of(request, number, party))
    _answer_as(typed.get("answering_as", ""), party, here)
    return at


@loads_step
def step_to_hand_over(
    request: Request, number: StepNumber, here: Calling, session: Writing, now: Now, typed: Typed
) -> AtStep:
    """As `opened_step`; but somebody else may say who should answer: it agrees to nothing."""
    if typed.get("answering_as", "") != "other":
        return opened_step(request, number, here, session, now, typed)
    party = _opened(request, here, session, now)
    return AtStep(party, step_of(request, number, party))


def opened_plan(request: Request, here: Calling, session: Writing, now: Now, typed: Typed) -> Party:
    """The whole plan, locked, ready for an act by the reader. Raises WhoAnswers, SomebodyElse."""
    party = _opened(request, here, session, now)
    _answer_as(typed.get("answering_as", ""), party, here)
    return party


OpenedStep = Annotated[AtStep, Depends(in_lane(opened_step))]
StepToHandOver = Annotated[AtStep, Depends(in_lane(step_to_hand_over))]
OpenedPlan = Annotated[Party, Depends(in_lane(opened_plan))]


def step_of(request: Request, number: int, party: Party) -> Step:
    """One of the plan's steps. Raises Missing."""
    step = store.step_numbered(party.session, party.plan.id or 0, number)
    if step is None:
        raise Missing
    # An error page shows the step as it was and as it is now, with the forms that belong to it.
    request.state.step_id = step.id
    request.state.step_path = f"/p/{request.state.visit.ref}/steps/{number}"
    return step


def within_room(at: AtStep | Party, done: Result) -> Result:
    """What was just done, unless it was one too many: then nothing of it is kept. Raises NoRoom."""
    party, step = (at.party, at.step) if isinstance(at, AtStep) else (at, None)
    party.session.flush()
    on_step, what = (step.id, step.acts[-1].what) if step else (None, None)
    act = room.Done(party.who.id, on_step, what)
    done_so_far = store.done_by_buyers(party.session, party.plan.id or 0)
    room.must_have_room(act, (room.Done(*row) for row in done_so_far))
    return done


def requests_within_room(party: Party) -> None:
    """Whatever brought one more request to wait for the seller. Raises NoRoom."""
    party.session.flush()
    asked = store.requests_of(party.session, party.plan.id or 0)
    every = (room.Asked(who, status is Status.COUNTERED) for who, status in asked)
    room.must_have_room_for_requests(every, party.who.id)


def _opened(request: Request, here: Visit, session: Session, now: Now) -> Party:
    limits_of(request).count(ACTS_PER_LINK, "act", str(here.link_id))
    who = Who(Side.BUYER, here.participant_id, here.name, here.browser)
    return Party(session, store.locked_plan(session, here.plan_id), who, now)


def _answer_as(answering_as: str, party: Party, here: Visit) -> None:
    """Whoever answers says who they are, once a browser; it is remembered, and the link lives on."""
    if answering_as == "other":
        raise SomebodyElse
    if not here.is_known and answering_as != "self":
        raise WhoAnswers
    links.remember(party.session, here, party.at)
    links.extend(party.session, here, party.at)
