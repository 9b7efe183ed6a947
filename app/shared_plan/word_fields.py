"""The words of a step as columns of a table and as fields of a form, in the order of `words.py`."""

from datetime import time
from typing import Any

from pydantic import BaseModel
from sqlmodel import Field, SQLModel

from app.database import words_of
from app.press import ActForm
from app.shared_plan.commitment import Kind, Side
from app.shared_plan.words import WORDS, Change
from app.typed import Day, Line, Place, Text, TimeOfDay


class WordColumns(SQLModel):
    """What drafts and terms have in common; only a draft may still be without a day."""

    title: str = Field(max_length=200)
    reason: str = Field(default="", max_length=5000)
    kind: Kind = Field(default=Kind.DO, sa_type=words_of(Kind))
    owner: Side = Field(default=Side.SELLER, sa_type=words_of(Side))
    due_at: time | None = None
    place: str = Field(default="", max_length=500)


class WordFields(BaseModel):
    """None where a field was not sent. Who owns a step is read from the names of its people."""

    title: Line | None = None
    reason: Text | None = None
    kind: Kind | None = None
    due_on: Day = None
    due_at: TimeOfDay = None
    place: Place | None = None

    def words(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in WORDS if name in WordFields.model_fields}


class OtherWords(ActForm, WordFields):
    """Other terms for a shared step. What kind of step it is, nobody changes any more."""

    note: Text = ""

    def change(self) -> Change:
        return Change(**self.words() | {"kind": None})
