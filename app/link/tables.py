"""Rows of links and of the browsers that said who they are."""

from datetime import datetime

from sqlalchemy import UniqueConstraint, false
from sqlmodel import Field, SQLModel


class Link(SQLModel, table=True):
    """The address itself is kept nowhere, only its digest."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    participant_id: int = Field(foreign_key="participant.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    # Whether cookies may name it by its number, as they did when it was made. No new link is named so.
    by_number: bool = Field(default=False, sa_column_kwargs={"server_default": false()})

    def works_at(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class Guest(SQLModel, table=True):
    """A browser in which somebody said: I am this participant."""

    __table_args__ = (UniqueConstraint("participant_id", "browser"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    participant_id: int = Field(foreign_key="participant.id")
    browser: str = Field(max_length=64)
    known_since: datetime
