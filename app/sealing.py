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

NOBODYS = frozenset[Sealing]()  # heads whose seal holds under one of our keys need no trust
UNSEALED = frozenset({Sealing.MISSING, Sealing.BEHIND})
ANYBODYS = UNSEALED | {Sealing.UNKNOWN_KEY}


@dataclass
class SealedAnew:
    """How many heads were sealed anew, what is broken, and whose seal nobody here can judge."""

    heads: int = 0
    broken: list[str] = field(default_factory=list)
    untold: Counter[Sealing] = field(default_factory=Counter)


def seal_heads(
    database: Database,
    keys: Sequence[str],
    trusted: frozenset[Sealing],
    tell: Callable[[int], None] = lambda done: None,
) -> SealedAnew:
    """Verify each chain whose head the newest key has not sealed, and seal it.

    A head without a seal that holds is sealed only where what it lacks is `trusted`.
    """
    found, done = SealedAnew(), 0
    for kind in KINDS:
        with Session(database.reading) as session:
            for rows in batches(session, kind):
                session.rollback()  # each batch sees what the acts of others made of it meanwhile
                unsealed = [row for row in rows if not _is_sealed(kind, row, keys[-1])]
                _seal_batch(database, kind, unsealed, keys, trusted, found)
                done += len(rows)
                tell(done)
    return found


def _is_sealed(kind: Any, row: Any, key: str) -> bool:
    if row.head_number == 0:
        return True
    return row.head_seal == seals.seal_of(key, kind.chain_of(row.id), row.head_number, row.head_hash)


def _seal_batch(
    database: Database,
    kind: Any,
    rows: Sequence[Any],
    keys: Sequence[str],
    trusted: frozenset[Sealing],
    found: SealedAnew,
) -> None:
    if not rows:
        return
    with Session(database.writing) as session, session.begin():
        _, told = judged_batch(session, kind, rows, keys)
        broken = [one for one in told if isinstance(one, str)]
        untold = [one for one in told if isinstance(one, Untold) and one.why not in trusted]
        left = {line.partition(":")[0] for line in broken} | {one.chain for one in untold}
        for row in rows:
            chain = kind.chain_of(row.id)
            if chain not in left:
                seal = seals.seal_of(keys[-1], chain, row.head_number, row.head_hash)
                as_judged = (kind.id == row.id, kind.head_hash == row.head_hash)
                session.exec(update(kind).where(*as_judged).values(head_seal=seal))
                found.heads += 1
        found.broken += broken
        found.untold.update(one.why for one in untold)
