"""Rows of the people who work here. Shared rows may point at these; buyers have no account."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app import seals
from app.database import words_of
from app.journal import START


class Role(StrEnum):
    ADMIN = "admin"  # everything in the workspace
    SELLER = "seller"  # own deals and plans
    VIEWER = "viewer"  # reads all, acts on nothing


class Workspace(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    company: str = Field(max_length=200, unique=True)
    products: str = Field(default="", max_length=2000)
    time_zone: str = Field(default="UTC", max_length=64)
    language: str = Field(default="en", max_length=8)
    big_amount: Decimal | None = Field(default=None, max_digits=14, decimal_places=2)
    created_at: datetime
    head_number: int = 0
    head_hash: str = Field(default=START, max_length=64)
    head_seal: str = Field(default="", max_length=seals.LONGEST, sa_column_kwargs={"server_default": ""})

    @staticmethod
    def chain_of(ident: int | None) -> str:
        return f"workspace-{ident}"

    @property
    def chain(self) -> str:
        return self.chain_of(self.id)

    @property
    def workspace_id(self) -> int:
        return self.id or 0


class Seller(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=200)
    role: Role = Field(sa_type=words_of(Role))
    password_hash: str = Field(max_length=200, repr=False)
    created_at: datetime
    ended_at: datetime | None = None  # they work here no more; history keeps their name

    @property
    def actor(self) -> str:
        return f"seller-{self.id}"


class SellerSession(SQLModel, table=True):
    """One browser of one seller; only the digest of its cookie is kept."""

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id", index=True)
    seller_id: int = Field(foreign_key="seller.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime
    last_used_at: datetime
