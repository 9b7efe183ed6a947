"""Private rows of a deal. They point at the shared side; nothing there points back."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app import seals
from app.database import words_of
from app.deal.position.influence import AlternativeKind, Area, BuyingRole, Mode
from app.journal import START


class Deal(SQLModel, table=True):
    __table_args__ = (
        Index("ix_deal_seller_touched", "seller_id", "touched_at"),
        Index("ix_deal_workspace_touched", "workspace_id", "touched_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    seller_id: int = Field(foreign_key="seller.id")
    plan_id: int = Field(foreign_key="plan.id", unique=True)
    ref: str = Field(max_length=32, unique=True)
    company: str = Field(max_length=200)
    objective: str = Field(default="", max_length=5000)
    amount: Decimal | None = Field(default=None, max_digits=14, decimal_places=2)
    currency: str = Field(default="", max_length=3)
    close_on: date | None = None
    confirmed_on: date | None = None  # somebody asked: is it still true?
    bets: bool | None = None  # would you bet on its day?
    last_call_on: date | None = None
    created_at: datetime
    touched_at: datetime
    head_number: int = 0
    head_hash: str = Field(default=START, max_length=64)
    head_seal: str = Field(default="", max_length=seals.LONGEST, sa_column_kwargs={"server_default": ""})

    @staticmethod
    def chain_of(ident: int | None) -> str:
        return f"deal-{ident}"

    @property
    def chain(self) -> str:
        return self.chain_of(self.id)


class Person(SQLModel, table=True):
    """Somebody on the buyer's side; a participant once they take part in the shared plan."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    deal_id: int = Field(foreign_key="deal.id", index=True)
    participant_id: int | None = Field(default=None, foreign_key="participant.id")
    name: str = Field(max_length=200)
    title: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=254)
    met_at: datetime
    mode: Mode | None = Field(default=None, sa_type=words_of(Mode))
    mode_point_id: int | None = None  # a Point; a key would close a circle, points name persons
    result: str = Field(default="", max_length=500)
    win: str = Field(default="", max_length=500)
    covered_by_id: int | None = Field(default=None, foreign_key="seller.id")
    spoken_on: date | None = None
    started_on: date | None = None
    confirmed_on: date | None = None


class Point(SQLModel, table=True):
    """What somebody said, in their words."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    deal_id: int = Field(foreign_key="deal.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    said_on: date
    words: str = Field(max_length=5000)
    is_gap: bool = False  # states where the buyer is and where they want to be
    created_at: datetime


class Anchor(SQLModel, table=True):
    """What the seller said of doubtful words: they are about this point or, without one, about none of them.

    The Specificity Test asks once and believes it for every later text of the deal.
    """

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    seller_id: int = Field(foreign_key="seller.id")
    words: str = Field(max_length=5300)
    point_id: int | None = Field(default=None, foreign_key="point.id")
    created_at: datetime
    taken_back_at: datetime | None = None


class RolePlayed(SQLModel, table=True):
    """One person in one role of the decision; who said that they are the right one stands in `told_by`."""

    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    role: BuyingRole = Field(sa_type=words_of(BuyingRole))
    told_by: str = Field(default="", max_length=200)
    confirmed_on: date


class ModeSeen(SQLModel, table=True):
    """How somebody saw the change on a day, and what they win: the history of a cell of the grid."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    seen_on: date
    mode: Mode | None = Field(default=None, sa_type=words_of(Mode))
    win: str = Field(default="", max_length=500)
    is_debrief: bool = False


class ObjectiveWas(SQLModel, table=True):
    """The objective as it was until somebody changed it."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    objective: str = Field(max_length=5000)
    amount: Decimal | None = Field(default=None, max_digits=14, decimal_places=2)
    currency: str = Field(default="", max_length=3)
    close_on: date | None = None
    until: date


class Alternative(SQLModel, table=True):
    """Something else the buyer could do, and what answers it."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    kind: AlternativeKind = Field(sa_type=words_of(AlternativeKind))
    name: str = Field(default="", max_length=200)
    answer: str = Field(default="", max_length=500)
    checked_on: date
    removed_at: datetime | None = None


class Strength(SQLModel, table=True):
    """What sets the seller apart and matters to this buyer: it counts only if it closes a gap they stated."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    area: Area = Field(sa_type=words_of(Area))
    words: str = Field(max_length=500)
    gap_id: int | None = Field(default=None, foreign_key="point.id")
    created_on: date
    gone_at: datetime | None = None

    @property
    def key(self) -> str:
        return f"strength:{self.id}"


class OwnFlag(SQLModel, table=True):
    """A red flag that the seller raised."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    seller_id: int = Field(foreign_key="seller.id")
    area: Area = Field(sa_type=words_of(Area))
    words: str = Field(max_length=500)
    point_id: int | None = Field(default=None, foreign_key="point.id")
    created_on: date
    gone_at: datetime | None = None

    @property
    def key(self) -> str:
        return f"own:{self.id}"


class Dispute(SQLModel, table=True):
    """The seller's word against a flag that the record raises, with the reason."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    seller_id: int = Field(foreign_key="seller.id")
    flag: str = Field(max_length=60)
    reason: str = Field(max_length=500)
    since: date
    lifted_at: datetime | None = None
