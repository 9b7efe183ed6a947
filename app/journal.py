"""Append-only, hash-chained record of what happened.

One chain per plan, deal and workspace. The chain's head stands on the row it belongs to, which an act locks
first, so neither a fork nor a cut-off tail goes unseen. Events hold ids, versions, days and digests, never
text: what people wrote stays erasable.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Index, UniqueConstraint, bindparam
from sqlmodel import Field, Session, SQLModel, col, select

from app.database import SEALED_WITH
from app.seals import Sealing, sealing, set_seal

START = "0" * 64
Facts = Mapping[str, str | int | None]


class Chained(Protocol):
    """A row that carries the head of its own chain."""

    head_number: int
    head_hash: str
    head_seal: str

    @property
    def workspace_id(self) -> int: ...

    @property
    def chain(self) -> str: ...


class Event(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("chain", "number"),
        UniqueConstraint("chain", "actor", "key"),
        Index("ix_event_actor_key", "actor", "key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    chain: str = Field(max_length=40)
    number: int
    at: datetime
    what: str = Field(max_length=40)
    actor: str = Field(max_length=40)
    facts: str
    key: str | None = Field(default=None, max_length=64)
    body: str | None = Field(default=None, max_length=64)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


@dataclass(frozen=True)
class Press:
    """One press of a button: who pressed, under which key, with which content (both as digests)."""

    actor: str
    key: str | None = None
    body: str | None = None

    @property
    def rest(self) -> "Press":
        """What is left of the press for its later events: the first one uses the key up."""
        return Press(self.actor)


class KeyReused(Exception):
    """The key belongs to an act that took effect with other content; nothing was changed."""


def press(actor: str, key: str, fields: Mapping[str, object]) -> Press:
    if not key:
        return Press(actor)
    body = json.dumps({name: str(value) for name, value in sorted(fields.items())})
    return Press(actor, _digest(key), _digest(body))


_PRESSED = (
    select(Event)
    .where(Event.actor == bindparam("actor"), Event.key == bindparam("key"))
    .order_by(col(Event.id))
)


def already_done(session: Session, pressed: Press) -> Event | None:
    """The event of an earlier press with the same key, if there was one.

    Raises KeyReused when that press said something else. Ask with the chain's row locked.
    """
    if pressed.key is None:
        return None
    event = session.exec(_PRESSED, params={"actor": pressed.actor, "key": pressed.key}).first()
    if event and event.body != pressed.body:
        raise KeyReused
    return event


def record(session: Session, row: Chained, what: str, pressed: Press, at: datetime, facts: Facts) -> Event:
    """Append one event to the chain of `row` and move its head; the caller holds the row's lock.

    The head is sealed anew where its seal held before: what somebody changed meanwhile stays in the open.
    """
    keys = session.get_bind().get_execution_options().get(SEALED_WITH, ())
    was = Sealing.HOLDS if row.head_number == 0 else sealing(row, keys)
    event = Event(
        workspace_id=row.workspace_id,
        chain=row.chain,
        number=row.head_number + 1,
        at=at,
        what=what,
        actor=pressed.actor,
        facts=json.dumps(dict(facts), sort_keys=True),
        key=pressed.key,
        body=pressed.body,
        previous=row.head_hash,
        hash="",
    )
    event.hash = seal(event)
    row.head_number, row.head_hash = event.number, event.hash
    set_seal(row, keys, was)
    session.add(event)
    return event


def seal(event: Event) -> str:
    """SHA-256 over the event's content and the seal before it, as 64 hex digits."""
    content = [
        event.previous,
        event.workspace_id,
        event.chain,
        event.number,
        event.at.isoformat(),
        event.what,
        event.actor,
        event.facts,
        event.key,
        event.body,
    ]
    return _digest(json.dumps(content))


def salted(salt: str, *texts: str) -> str:
    """A digest of people's words that tells nothing once the words and their salt are erased."""
    return hmac.digest(salt.encode(), json.dumps(texts).encode(), "sha256").hex()


def breaks_in(chain: str, events: Iterable[Event], head: tuple[int, str]) -> Iterator[str]:
    """Name the first broken row of a chain, whose events come in order of their number."""
    number, previous = 0, START
    for event in events:
        if event.number != number + 1:
            yield f"{chain}: event {number + 1} is missing"
            return
        if event.previous != previous or event.hash != seal(event):
            yield f"{chain}: event {event.number} was changed"
            return
        number, previous = event.number, event.hash
    if (number, previous) != head:
        yield f"{chain}: ends at event {number}, its head says {head[0]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
