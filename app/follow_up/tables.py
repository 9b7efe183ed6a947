"""Private rows: the messages that went out, each with what entitled to it and how it stood the tests."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.database import words_of
from app.follow_up.permission import Occasion
from app.specificity.verdict import Answer


class Way(StrEnum):
    """How a message left the portal; whether it was sent, only its writer knows."""

    COPIED = "copied"
    MAILED = "mailed"


class Touch(SQLModel, table=True):
    """One message to one person. `has_value` is None where keeping a promise was its value.

    The words are kept so that the same message to somebody else is noticed.
    """

    __table_args__ = (
        Index("ix_touch_person_at", "person_id", "at"),
        Index("ix_touch_seller_at", "seller_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    deal_id: int = Field(foreign_key="deal.id", index=True)
    seller_id: int = Field(foreign_key="seller.id")
    person_id: int = Field(foreign_key="person.id")
    step_id: int | None = Field(default=None, foreign_key="step.id")
    point_id: int | None = Field(default=None, foreign_key="point.id")
    occasion: Occasion = Field(sa_type=words_of(Occasion))
    way: Way = Field(sa_type=words_of(Way))
    words: str = Field(max_length=7500)
    brings: str = Field(default="", max_length=2000)
    day: date
    at: datetime
    is_permitted: bool
    specificity: Answer = Field(sa_type=words_of(Answer))
    has_value: bool | None = None
    is_reminder: bool = False
    removed_at: datetime | None = None  # it was never sent
