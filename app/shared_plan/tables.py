"""Rows both sides see. No foreign key here ends at a private table.

History (terms, acts) is only ever added to; `commitment` rows and the kept columns of a step are results of
it, written by the same act and recomputed by `jointly verify`.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, Relationship, SQLModel

from app import seals
from app.database import words_of
from app.journal import START
from app.shared_plan.commitment import Obstacle, Side, Status, What
from app.shared_plan.record import Outcome
from app.shared_plan.whole_plan import PlanState, PlanWhat
from app.shared_plan.word_fields import WordColumns


class Plan(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    seller_id: int = Field(foreign_key="seller.id", index=True)
    ref: str = Field(max_length=32, unique=True)
    company: str = Field(max_length=200)
    title: str = Field(max_length=200)
    goal: str = Field(default="", max_length=500)
    goal_on: date | None = None
    discussed_on: date | None = None
    language: str = Field(default="en", max_length=8)
    time_zone: str = Field(default="UTC", max_length=64)
    created_at: datetime
    steps_ever: int = 0
    # Results of the plan's own history, kept for queries.
    state: PlanState = Field(default=PlanState.OPEN, sa_type=words_of(PlanState))
    quiet_until: date | None = None
    # The number of the last event that both sides see: an opening, a link or a copy is none.
    shared_number: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    head_number: int = 0
    head_hash: str = Field(default=START, max_length=64)
    head_seal: str = Field(default="", max_length=seals.LONGEST, sa_column_kwargs={"server_default": ""})

    @staticmethod
    def chain_of(ident: int | None) -> str:
        return f"plan-{ident}"

    @property
    def chain(self) -> str:
        return self.chain_of(self.id)


class PlanAct(SQLModel, table=True):
    """What somebody did with a plan as a whole. `day` is the end of a pause or a goal's day."""

    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id")
    number: int
    what: PlanWhat = Field(sa_type=words_of(PlanWhat))
    side: Side = Field(sa_type=words_of(Side))
    seller_id: int | None = Field(default=None, foreign_key="seller.id")
    participant_id: int | None = Field(default=None, foreign_key="participant.id")
    browser: str | None = Field(default=None, max_length=64)
    at: datetime
    day: date | None = None
    words: str = Field(default="", max_length=5000)
    salt: str = Field(max_length=32)


class Participant(SQLModel, table=True):
    """A person of the buyer's side who takes part in one plan, or a copy of one's page for others to read."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    ref: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=200)
    language: str = Field(default="en", max_length=8)
    created_at: datetime
    first_opened_on: date | None = None
    copy_of_id: int | None = Field(default=None, foreign_key="participant.id")


class Step(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        Index(
            "ix_step_waiting",
            "seller_id",
            "waits_for",
            "since",
            sqlite_where=text("waits_for IS NOT NULL"),
            postgresql_where=text("waits_for IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id")
    seller_id: int = Field(foreign_key="seller.id")
    number: int
    # Results of the history, kept for queries.
    version: int = 0
    status: Status = Field(default=Status.PROPOSED, sa_type=words_of(Status))
    waits_for: Side | None = Field(default=None, sa_type=words_of(Side))
    since: datetime
    is_stuck: bool = False
    ask_again_on: date | None = None

    terms: list["Terms"] = Relationship(sa_relationship_kwargs={"order_by": "Terms.version"})
    acts: list["Act"] = Relationship(sa_relationship_kwargs={"order_by": "Act.number"})
    commitments: list["Commitment"] = Relationship(sa_relationship_kwargs={"order_by": "Commitment.number"})


class Terms(WordColumns, table=True):
    """What is proposed: these words, these two people, this day. Never overwritten.

    `author` is the side that proposes them; what a buyer writes says nothing about how the seller writes.
    """

    __table_args__ = (
        UniqueConstraint("step_id", "version"),
        Index("ix_terms_seller_author", "seller_id", "author", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id", index=True)
    step_id: int = Field(foreign_key="step.id")
    version: int
    owner: Side = Field(sa_type=words_of(Side))
    seller_id: int = Field(foreign_key="seller.id")
    participant_id: int = Field(foreign_key="participant.id")
    due_on: date
    author: Side = Field(
        default=Side.SELLER, sa_type=words_of(Side), sa_column_kwargs={"server_default": str(Side.SELLER)}
    )
    salt: str = Field(max_length=32)


class Act(SQLModel, table=True):
    """What somebody did with a step. `number` counts the acts of its step."""

    __table_args__ = (
        UniqueConstraint("step_id", "number"),
        Index("ix_act_plan_step_at", "plan_id", "step_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id")
    step_id: int = Field(foreign_key="step.id")
    number: int
    what: What = Field(sa_type=words_of(What))
    side: Side = Field(sa_type=words_of(Side))
    seller_id: int | None = Field(default=None, foreign_key="seller.id")
    participant_id: int | None = Field(default=None, foreign_key="participant.id")
    browser: str | None = Field(default=None, max_length=64)
    at: datetime
    version: int
    obstacle: Obstacle | None = Field(default=None, sa_type=words_of(Obstacle))
    ask_again_on: date | None = None
    note: str = Field(default="", max_length=5000)
    url: str = Field(default="", max_length=2000)
    colleague: str = Field(default="", max_length=200)
    edited_at: datetime | None = None
    salt: str = Field(max_length=32)


class Handover(SQLModel, table=True):
    """Who should answer instead. Their address is kept for the seller until it is confirmed."""

    __table_args__ = (UniqueConstraint("step_id", "act_number"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id", index=True)
    step_id: int = Field(foreign_key="step.id")
    act_number: int
    email: str = Field(default="", max_length=254)
    confirmed_at: datetime | None = None


class Commitment(SQLModel, table=True):
    """A stretch of time in which both sides were held to the same terms; open while `ended_at` is empty."""

    __table_args__ = (
        UniqueConstraint("step_id", "number"),
        Index(
            "ix_commitment_open",
            "seller_id",
            "day",
            "step_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_commitment_ended", "seller_id", "ended_at"),
        Index("ix_commitment_plan", "plan_id", "ended_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id")
    step_id: int = Field(foreign_key="step.id")
    seller_id: int = Field(foreign_key="seller.id")
    number: int
    version: int
    owner: Side = Field(sa_type=words_of(Side))
    day: date
    agreed_at: datetime
    ended_at: datetime | None = None
    why: What | None = Field(default=None, sa_type=words_of(What))
    outcome: Outcome | None = Field(default=None, sa_type=words_of(Outcome))
