"""Private rows of a call and its Action Plan; they point at the deal, and at the talk step if any."""

from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.call.depth import Depth
from app.call.shortlist import Answers, Shortlisted
from app.database import words_of


class Call(SQLModel, table=True):
    """One call about one deal. With `step_id` its day and time are those of the shared talk step."""

    __table_args__ = (Index("ix_call_seller_learned", "seller_id", "learned_at"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    seller_id: int = Field(foreign_key="seller.id")
    ref: str = Field(max_length=32, unique=True)
    step_id: int | None = Field(default=None, foreign_key="step.id")
    day: date
    at: time | None = None
    about: str = Field(default="", max_length=200)
    created_at: datetime
    depth: Depth | None = Field(default=None, sa_type=words_of(Depth))
    depth_reason: str = Field(default="", max_length=500)
    is_short: bool = False  # shorter than the stakes ask for
    assumed_on: date | None = None  # what a short form assumed was confirmed, or the decision moved
    could_lose: bool | None = None
    same_on: date | None = None  # "same people, same roles, nothing new": no plan needed
    gut_before: int | None = None
    gut_after: int | None = None
    happened_at: datetime | None = None
    learned_at: datetime | None = None


class InMeeting(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("call_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    call_id: int = Field(foreign_key="call.id", index=True)
    person_id: int = Field(foreign_key="person.id")


class Review(SQLModel, table=True):
    """What was thought of one question of the review."""

    __table_args__ = (UniqueConstraint("call_id", "question"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    call_id: int = Field(foreign_key="call.id", index=True)
    question: str = Field(max_length=20)
    words: str = Field(default="", max_length=2000)
    at: datetime


class PlanAction(SQLModel, table=True):
    """Who does what, where and when, and which information it secures; before the call or in it."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    call_id: int = Field(foreign_key="call.id", index=True)
    words: str = Field(max_length=500)
    who: str = Field(max_length=200)
    place: str = Field(default="", max_length=200)
    due_on: date | None = None
    in_call: bool = False
    secures: str = Field(max_length=500)
    standing: Shortlisted = Field(default=Shortlisted.CANDIDATE, sa_type=words_of(Shortlisted))
    logical: bool | None = None
    urgent: bool | None = None
    doable: bool | None = None
    reason: str = Field(default="", max_length=500)
    again_id: int | None = Field(default=None, foreign_key="planaction.id")
    done: bool | None = None
    brought: str = Field(default="", max_length=2000)

    @property
    def answers(self) -> Answers:
        return Answers(self.logical, self.urgent, self.doable)


class Trace(SQLModel, table=True):
    """One flag that an action removes, or one strength that it uses, by its key."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    action_id: int = Field(foreign_key="planaction.id", index=True)
    key: str = Field(max_length=60)
    title: str = Field(max_length=500)


class FlagSeen(SQLModel, table=True):
    """How a red flag stood when the call was debriefed."""

    __table_args__ = (UniqueConstraint("call_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    call_id: int = Field(foreign_key="call.id", index=True)
    key: str = Field(max_length=60)
    title: str = Field(max_length=500)
    is_gone: bool
