"""Private rows beside the shared plan: drafts, and why a generic step was kept."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.database import words_of
from app.shared_plan.commitment import Kind, Side
from app.shared_plan.word_fields import WordColumns


class KeepBecause(StrEnum):
    """Why a step stays although it could be sent to anyone."""

    EVERYONE = "everyone needs this one"
    ASKED = "they asked for it in these words"
    LATER = "I will make it specific later"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> "KeepBecause | None":
        """A reason of one's own is kept as another one."""
        return cls.OTHER if isinstance(value, str) and value else None


class Draft(WordColumns, table=True):
    """A step in the making. Once shared it stays, as the private memory of why its words were kept."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    seller_id: int | None = Field(default=None, foreign_key="seller.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    # So many working days before the goal, or after the step of that number; it holds for that version alone.
    placed_days: int | None = None
    placed_after: int | None = None
    placed_version: int = 1
    keep_because: KeepBecause | None = Field(default=None, sa_type=words_of(KeepBecause))
    written_on: date
    created_at: datetime
    shared_step: int | None = None
    removed_at: datetime | None = None

    @property
    def is_ready(self) -> bool:
        """Can it be shared: two people, a day, and for a talk a time?"""
        has_time = self.kind is Kind.DO or self.due_at is not None
        return bool(self.seller_id and self.person_id and self.due_on and has_time)


class PlanTemplate(SQLModel, table=True):
    """The skeleton of a plan, for everybody of the workspace to begin with."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    seller_id: int = Field(foreign_key="seller.id")
    name: str = Field(max_length=200)
    created_at: datetime
    removed_at: datetime | None = None


class TemplateStep(SQLModel, table=True):
    """One step of a skeleton: its words without names and reasons, and its distance from the goal."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    template_id: int = Field(foreign_key="plantemplate.id", index=True)
    title: str = Field(max_length=200)
    kind: Kind = Field(sa_type=words_of(Kind))
    owner: Side = Field(sa_type=words_of(Side))
    placed_days: int | None = None
    is_for_everyone: bool = False
