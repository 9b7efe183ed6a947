"""What a guest's act is loaded with: who answers, on which step, under which press."""

from typing import Annotated

from fastapi import Depends, Path, Request
from pydantic import BaseModel, Field

from app.account.rights import Missing
from app.clock import Now
from app.database import Writing
from app.journal import Press
from app.link import store as links
from app.link.guest import Calling
from app.link.store import Visit
from app.safety import ACTS_PER_LINK, limits_of
from app.shared_plan import store
from app.shared_plan.acts import Deed, Who
from app.shared_plan.commitment import Side
from app.typed import Key, Typed


class WhoAnswers(Exception):
    """This browser has not said who it is: the same form comes back with the question."""


class SomebodyElse(Exception):
    """Whoever reads is not the person the link was made for: nothing is recorded."""


StepNumber = Annotated[int, Path(ge=1, le=store.MOST_STEPS_EVER)]


class ActForm(BaseModel):
    """What every form of a step carries besides its own fields."""

    version: int = Field(ge=0, le=100_000)
    key: Key = ""
    answering_as: str = ""

    def typed(self) -> dict[str, object]:
        """The fields that make one press differ from another."""
        return self.model_dump(exclude={"key", "answering_as"})


def opened_step(
    request: Request, number: StepNumber, here: Calling, session: Writing, now: Now, typed: Typed
) -> Deed:
    """The step, its plan locked, ready for an act by the reader. Raises WhoAnswers, SomebodyElse, Missing."""
    limits_of(request).count(ACTS_PER_LINK, "act", str(here.link_id))
    plan = store.locked_plan(session, here.plan_id)
    step = store.step_numbered(session, here.plan_id, number)
    if step is None:
        raise Missing
    request.state.step_id = step.id
    _must_say_who(here, typed.get("answering_as", ""))
    links.remember(session, here, now)
    links.extend(session, here, now)
    who = Who(Side.BUYER, here.participant_id, here.name, here.browser)
    return Deed(session, plan, step, who, now, Press(who.actor))


OpenedStep = Annotated[Deed, Depends(opened_step)]


def _must_say_who(here: Visit, answering_as: str) -> None:
    if answering_as == "other":
        raise SomebodyElse
    if not here.is_known and answering_as != "self":
        raise WhoAnswers
