"""Seals the heads of the record anew, once their chains are verified: for an upgrade, a new key, a restore.

What is broken is never sealed.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from app import seals
from app.database import Database
from app.seals import Sealing
from app.verify import KINDS, Untold, batches, judged_batch

PROVEN = frozenset[Sealing]()  # only heads whose seal one of our keys still proves
UNSEALED = frozenset({Sealing.MISSING, Sealing.BEHIND})
ANY = UNSEALED | {Sealing.UNKNOWN_KEY}


@dataclass
class SealedAnew:
    """How many heads were sealed anew, what is broken, and how many heads nobody here can judge, and why."""

    heads: int = 0
    broken: list[str] = field(default_factory=list)
    untold: Counter[Sealing] = field(default_factory=Counter)


def seal_heads(
    database: Database,
    keys: Sequence[str],
    trusted: frozenset[Sealing],
    tell: Callable[[int], None] = lambda done: None,
) -> SealedAnew:
    """Verify every chain, and seal the heads of those that are whole with the newest key.

    A head without a seal that one of `keys` proves is sealed only where what it lacks is `trusted`.
    """
    found, done = SealedAnew(), 0
    for kind in KINDS:
        with Session(database.reading) as session:
            for rows in batches(session, kind):
                session.rollback()  # each batch sees what the acts of others made of it meanwhile
                _seal_batch(database, session, kind, rows, keys, trusted, found)
                done += len(rows)
                tell(done)
    return found


def _seal_batch(
    database: Database,
    session: Session,
    kind: Any,
    rows: Sequence[Any],
    keys: Sequence[str],
    trusted: frozenset[Sealing],
    found: SealedAnew,
) -> None:
    _, told = judged_batch(session, kind, rows, keys)
    broken = [one for one in told if isinstance(one, str)]
    untold = [one for one in told if isinstance(one, Untold) and one.why not in trusted]
    left = {line.partition(":")[0] for line in broken} | {one.chain for one in untold}
    whole = (row for row in rows if kind.chain_of(row.id) not in left)
    unsealed = [row for row in whole if not _is_sealed(kind, row, keys[-1])]
    found.heads += _sealed(database, kind, unsealed, keys[-1])
    found.broken += broken
    found.untold.update(one.why for one in untold)


def _is_sealed(kind: Any, row: Any, key: str) -> bool:
    return row.head_number == 0 or row.head_seal == _seal(kind, row, key)


def _sealed(database: Database, kind: Any, rows: Sequence[Any], key: str) -> int:
    """A head that an act moved since it was judged was sealed by that act, or stays as it is."""
    if rows:
        with Session(database.writing) as session, session.begin():
            for row in rows:
                as_judged = (kind.id == row.id, kind.head_hash == row.head_hash)
                session.exec(update(kind).where(*as_judged).values(head_seal=_seal(kind, row, key)))
    return len(rows)


def _seal(kind: Any, row: Any, key: str) -> str:
    return seals.seal_of(key, kind.chain_of(row.id), row.head_number, row.head_hash)
