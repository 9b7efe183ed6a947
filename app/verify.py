"""All that `jointly verify` checks: the chains of plans, deals and workspaces, and the plans' results.

It reads some hundred chains at a time, as plain rows: what it takes does not grow with the database.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from app import seals
from app.account.tables import Workspace
from app.database import Rows, rows_of, select_columns
from app.deal.tables import Deal
from app.journal import Event, breaks_in
from app.seals import Sealing
from app.shared_plan import audit
from app.shared_plan.tables import Plan

AT_ONCE = 400  # chains
KINDS = (Plan, Deal, Workspace)
HEAD = ("id", "head_number", "head_hash", "head_seal")
OF_PLANS = ("seller_id", "time_zone", "state", "quiet_until")


@dataclass(frozen=True)
class Untold:
    """A chain that is whole by its hashes, and whose head no key that is here speaks for."""

    chain: str
    why: Sealing


def broken(session: Session) -> Iterator[str]:
    """A line for each broken row, none when the record is whole by its hashes."""
    return (found for found in judged(session, None) if isinstance(found, str))


def judged(
    session: Session, keys: Sequence[str] | None, tell: Callable[[int], None] = lambda done: None
) -> Iterator[str | Untold]:
    """A line for each broken row, and an Untold for each head that these keys cannot speak for.

    With None for keys, no seal is looked at. `tell` hears how many chains are done.
    """
    done = events = 0
    for kind in KINDS:
        for rows in batches(session, kind):
            seen, found = judged_batch(session, kind, rows, keys)
            yield from found
            done, events = done + len(rows), events + seen
            tell(done)
    if events != session.exec(select(func.count()).select_from(Event)).one():
        yield from _chains_of_nothing(session)


def chains_in(session: Session) -> int:
    """How many chains there are to judge."""
    return sum(session.exec(select(func.count()).select_from(kind)).one() for kind in KINDS)


def batches(session: Session, kind: Any) -> Iterator[Rows]:
    names = HEAD + (OF_PLANS if kind is Plan else ())
    columns = [getattr(kind, name) for name in names]
    after = 0
    while True:
        query = select_columns(*columns).where(kind.id > after).order_by(kind.id).limit(AT_ONCE)
        rows = rows_of(session, query)
        if not rows:
            return
        yield rows
        after = rows[-1].id


def judged_batch(
    session: Session, kind: Any, rows: Rows, keys: Sequence[str] | None
) -> tuple[int, list[str | Untold]]:
    """How many events were seen, and what is wrong, chain by chain."""
    try:
        events = _events_of(session, [kind.chain_of(row.id) for row in rows])
        history = audit.history_between(session, rows[0].id, rows[-1].id) if kind is Plan else None
    except (LookupError, ValueError):
        return _one_by_one(session, kind, rows, keys)
    found: list[str | Untold] = []
    for row in rows:
        found += _judged_chain(kind, row, events.get(kind.chain_of(row.id), []), history, keys)
    return sum(map(len, events.values())), found


def _one_by_one(
    session: Session, kind: Any, rows: Rows, keys: Sequence[str] | None
) -> tuple[int, list[str | Untold]]:
    """Somebody wrote what no act of ours writes: all but that chain can still be judged."""
    if len(rows) == 1:
        chain = kind.chain_of(rows[0].id)
        count = select(func.count()).where(Event.chain == chain)
        return session.exec(count).one(), [_unreadable(chain)]
    middle = len(rows) // 2
    halves = [judged_batch(session, kind, half, keys) for half in (rows[:middle], rows[middle:])]
    return sum(seen for seen, _ in halves), [line for _, found in halves for line in found]


def _judged_chain(
    kind: Any, row: Any, events: Sequence[Any], history: audit.History | None, keys: Sequence[str] | None
) -> Iterator[str | Untold]:
    chain = kind.chain_of(row.id)
    lines = list(breaks_in(chain, events, (row.head_number, row.head_hash)))
    yield from lines
    if not lines and keys is not None:
        yield from _wrong_seal(kind, row, events, keys)
    if history is not None:
        try:
            yield from audit.breaks(row, events, history)
        except (LookupError, ValueError):
            yield _unreadable(chain)


def _wrong_seal(kind: Any, row: Any, events: Sequence[Any], keys: Sequence[str]) -> Iterator[str | Untold]:
    """The chain is whole by its hashes; whether all of it was made anew is for the seal to say."""
    chain = kind.chain_of(row.id)
    if row.head_number == 0 and not row.head_seal:
        if kind is not Workspace:  # a plan and a deal begin with an event
            yield f"{chain}: has no events"
        return
    seal = seals.read(row.head_seal)
    if row.head_seal and (seal is None or not 0 < seal.number <= row.head_number):
        yield f"{chain}: the seal of its head was changed"
    elif seal is None:
        yield Untold(chain, Sealing.MISSING)
    else:
        speaks = seals.proves(seal, keys, chain, events[seal.number - 1].hash)
        if speaks is Sealing.FALSE:
            yield f"{chain}: event {seal.number} is not the one that was sealed"
        elif speaks is Sealing.UNKNOWN_KEY:
            yield Untold(chain, speaks)
        elif seal.number < row.head_number:
            yield Untold(chain, Sealing.BEHIND)


def _unreadable(chain: str) -> str:
    return f"{chain}: a row cannot be read any more"


def _events_of(session: Session, chains: Sequence[str]) -> dict[str, list[Any]]:
    query = select_columns(*Event.__table__.columns).where(col(Event.chain).in_(chains))  # ty: ignore
    found: dict[str, list[Any]] = {}
    for event in rows_of(session, query.order_by(col(Event.chain), col(Event.number), col(Event.id))):
        found.setdefault(event.chain, []).append(event)
    return found


def _chains_of_nothing(session: Session) -> Iterator[str]:
    known = {kind.chain_of(row_id) for kind in KINDS for row_id in session.exec(select(col(kind.id)))}
    for chain in session.exec(select(Event.chain).distinct().order_by(col(Event.chain))):
        if chain not in known:
            yield f"{chain}: its row is missing"
