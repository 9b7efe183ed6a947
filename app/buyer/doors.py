"""What a guest's act is loaded with: who answers, on which step or plan, under which press."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.account.rights import Missing
from app.database import Writing
from app.journal import Press
from app.link import store as links
from app.link.guest import Calling
from app.link.store import Visit
from app.now import Now
from app.safety import ACTS_PER_LINK, limits_of
from app.shared_plan import store
from app.shared_plan.acts import Deed, Who
from app.shared_plan.commitment import Side
from app.shared_plan.plan_acts import PlanDeed
from app.shared_plan.tables import Plan
from app.typed import Key, Typed


class WhoAnswers(Exception):
    """This browser has not said who it is: the same form comes back with the question."""


class SomebodyElse(Exception):
    """Whoever reads is not the person the link was made for: nothing is recorded."""


CopyNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
StepNumber = Annotated[int, Path(ge=1, le=store.MOST_STEPS_EVER)]


class PressForm(BaseModel):
    """What every form of the page carries besides its own fields."""

    key: Key = ""
    answering_as: str = ""

    def typed(self) -> dict[str, object]:
        """The fields that make one press differ from another."""
        return self.model_dump(exclude={"key", "answering_as"})


class ActForm(PressForm):
    """Every form of a step says which version of its words it answers."""

    version: int = Field(ge=0, le=100_000)


def opened_step(
    request: Request, number: StepNumber, here: Calling, session: Writing, now: Now, typed: Typed
) -> Deed:
    """The step, its plan locked, ready for an act by the reader. Raises WhoAnswers, SomebodyElse, Missing."""
    plan = _opened(request, here, session)
    deed = _on_step(request, number, plan, _reader(here), session, now)
    _must_say_who(here, typed.get("answering_as", ""))
    links.remember(session, here, now)
    links.extend(session, here, now)
    return deed


def step_to_hand_over(
    request: Request, number: StepNumber, here: Calling, session: Writing, now: Now, typed: Typed
) -> Deed:
    """As `opened_step`; but somebody else may say who should answer: it agrees to nothing."""
    if typed.get("answering_as", "") != "other":
        return opened_step(request, number, here, session, now, typed)
    return _on_step(request, number, _opened(request, here, session), _reader(here), session, now)


def opened_plan(request: Request, here: Calling, session: Writing, now: Now, typed: Typed) -> PlanDeed:
    """The whole plan, locked, ready for an act by the reader. Raises WhoAnswers, SomebodyElse."""
    plan = _opened(request, here, session)
    _must_say_who(here, typed.get("answering_as", ""))
    links.remember(session, here, now)
    links.extend(session, here, now)
    who = _reader(here)
    return PlanDeed(session, plan, who, now, Press(who.actor))


OpenedStep = Annotated[Deed, Depends(opened_step)]
StepToHandOver = Annotated[Deed, Depends(step_to_hand_over)]
OpenedPlan = Annotated[PlanDeed, Depends(opened_plan)]


def step_of(request: Request, number: int, deed: PlanDeed) -> Deed:
    """One of the plan's steps, for a press that answers several. Raises Missing."""
    return _on_step(request, number, deed.plan, deed.who, deed.session, deed.at)


def _opened(request: Request, here: Visit, session: Session) -> Plan:
    limits_of(request).count(ACTS_PER_LINK, "act", str(here.link_id))
    return store.locked_plan(session, here.plan_id)


def _on_step(request: Request, number: int, plan: Plan, who: Who, session: Session, now: datetime) -> Deed:
    step = store.step_numbered(session, plan.id or 0, number)
    if step is None:
        raise Missing
    # An error page shows the step as it was and as it is now, with the forms that belong to it.
    request.state.step_id = step.id
    request.state.step_path = f"/p/{request.state.visit.ref}/steps/{number}"
    return Deed(session, plan, step, who, now, Press(who.actor))


def _reader(here: Visit) -> Who:
    return Who(Side.BUYER, here.participant_id, here.name, here.browser)


def _must_say_who(here: Visit, answering_as: str) -> None:
    if answering_as == "other":
        raise SomebodyElse
    if not here.is_known and answering_as != "self":
        raise WhoAnswers
