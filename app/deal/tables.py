"""Private rows of a deal. They point at the shared side; nothing there points back."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.journal import START


class Deal(SQLModel, table=True):
    __table_args__ = (Index("ix_deal_seller_touched", "seller_id", "touched_at"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    seller_id: int = Field(foreign_key="seller.id")
    plan_id: int = Field(foreign_key="plan.id", unique=True)
    ref: str = Field(max_length=32, unique=True)
    company: str = Field(max_length=200)
    objective: str = Field(default="", max_length=5000)
    amount: Decimal | None = Field(default=None, max_digits=14, decimal_places=2)
    currency: str = Field(default="", max_length=3)
    close_on: date | None = None
    created_at: datetime
    touched_at: datetime
    head_number: int = 0
    head_hash: str = Field(default=START, max_length=64)

    @property
    def chain(self) -> str:
        return f"deal-{self.id}"


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


class Point(SQLModel, table=True):
    """What somebody said, in their words."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    deal_id: int = Field(foreign_key="deal.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    said_on: date
    words: str = Field(max_length=5000)
    created_at: datetime
