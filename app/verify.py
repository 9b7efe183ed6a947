"""All that `jointly verify` checks: the chains of plans, deals and workspaces, and the plans' results."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from app.account.tables import Workspace
from app.deal.tables import Deal
from app.journal import Event, breaks_in
from app.shared_plan import audit
from app.shared_plan.tables import Plan


def broken(session: Session) -> Iterator[str]:
    """A line for each broken row, none when the record is whole."""
    for plan in session.exec(select(Plan).order_by(col(Plan.id))):
        yield from audit.breaks(session, plan)
    for kind in (Deal, Workspace):
        for row in session.exec(select(kind).order_by(col(kind.id))):
            query = select(Event).where(Event.chain == row.chain).order_by(col(Event.number), col(Event.id))
            yield from breaks_in(row.chain, session.exec(query), (row.head_number, row.head_hash))
    yield from _chains_of_nothing(session)


def _chains_of_nothing(session: Session) -> Iterator[str]:
    known = {row.chain for kind in (Plan, Deal, Workspace) for row in session.exec(select(kind))}
    for chain in session.exec(select(Event.chain).distinct().order_by(col(Event.chain))):
        if chain not in known:
            yield f"{chain}: its row is missing"
