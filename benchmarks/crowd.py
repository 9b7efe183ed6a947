"""A hundred thousand plans in bulk: one step each, every second one agreed, with chains that verify."""

import hashlib
import json
from collections import defaultdict
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, insert, text
from sqlmodel import SQLModel

from app.account.tables import Seller
from app.database import Database
from app.deal.tables import Deal
from app.journal import START, Event, seal
from app.link.store import WORKS_FOR
from app.link.tables import Guest, Link
from app.link.token import digest_of
from app.shared_plan.acts import facts_of
from app.shared_plan.commitment import Kind, Side, Status, What
from app.shared_plan.tables import Act, Commitment, Participant, Plan, Step, Terms

FIRST = 1_000  # ids below are the cast's
PLANS_A_SELLER = 2_500  # with a title and a reason each: 5,000 texts that the Specificity Test compares with
BATCH = 2_500
BROWSER = "a-browser-of-the-crowd"
TABLES = (Seller, Plan, Participant, Link, Guest, Step, Terms, Act, Commitment, Deal, Event)

Rows = defaultdict[type[SQLModel], list[dict[str, Any]]]


def add_crowd(database: Database, seller: Seller, begin: int, end: int, now: datetime) -> None:
    """Add plans number `begin` to `end`; the first PLANS_A_SELLER of all belong to `seller`."""
    with database.writing.begin() as connection:
        for start in range(begin, end, BATCH):
            rows: Rows = defaultdict(list)
            for number in range(start, min(start + BATCH, end)):
                owner = seller.id or 0 if number < PLANS_A_SELLER else _colleague(rows, seller, number, now)
                _add_plan(rows, seller.workspace_id, owner, number, now)
            for table in TABLES:
                if rows[table]:
                    connection.execute(insert(table), rows[table])
        if not database.is_sqlite:
            _catch_up(connection)
    with database.reading.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()  # statistics that nobody commits are rolled back


def is_open(number: int) -> bool:
    """Does the one step of plan `number` still wait for the buyer's yes?"""
    return number % 2 == 1


def link_of(number: int) -> str:
    """The digest of the link to a plan."""
    return hashlib.sha256(f"link {number}".encode()).hexdigest()


def ref_of(number: int) -> str:
    return f"p{number:021d}"


def _colleague(rows: Rows, seller: Seller, number: int, now: datetime) -> int:
    """A seller for each PLANS_A_SELLER plans."""
    ident = FIRST + number // PLANS_A_SELLER
    if number % PLANS_A_SELLER == 0:
        rows[Seller].append(
            {
                "id": ident,
                "workspace_id": seller.workspace_id,
                "email": f"seller-{ident}@ledgerline.test",
                "name": f"Seller {ident}",
                "role": seller.role,
                "password_hash": seller.password_hash,
                "created_at": now,
            }
        )
    return ident


def _add_plan(rows: Rows, workspace: int, seller: int, number: int, now: datetime) -> None:
    ident = FIRST + number
    common = {"workspace_id": workspace}
    plan, deal = _Chain(f"plan-{ident}", workspace, now), _Chain(f"deal-{ident}", workspace, now)
    rows[Participant].append(
        common
        | {
            "id": ident,
            "plan_id": ident,
            "ref": ref_of(number),
            "name": "Jonas Weber",
            "language": "en",
            "created_at": now,
        }
    )
    rows[Link].append(
        common
        | {
            "id": ident,
            "participant_id": ident,
            "token_hash": link_of(number),
            "created_at": now,
            "expires_at": now + WORKS_FOR,
        }
    )
    rows[Guest].append(
        common
        | {
            "id": ident,
            "participant_id": ident,
            "browser": digest_of(BROWSER),
            "known_since": now,
        }
    )
    actor = f"seller-{seller}"
    plan.add(rows, "plan made", actor, {})
    plan.add(rows, "participant added", actor, {"participant": ident})
    plan.add(rows, "link made", actor, {"link": ident, "participant": ident})
    _add_step(rows, plan, workspace, seller, number, now)
    deal.add(rows, "deal made", actor, {"plan": ident})
    company = f"Company {number}"
    rows[Plan].append(
        common
        | {
            "id": ident,
            "seller_id": seller,
            "ref": f"plan{number:018d}",
            "company": company,
            "title": f"Next steps with {company}",
            "created_at": now,
            "steps_ever": 1,
            "head_number": plan.number,
            "head_hash": plan.hash,
        }
    )
    rows[Deal].append(
        common
        | {
            "id": ident,
            "seller_id": seller,
            "plan_id": ident,
            "ref": f"deal{number:018d}",
            "company": company,
            "created_at": now,
            "touched_at": now - timedelta(minutes=number % 50_000),
            "head_number": deal.number,
            "head_hash": deal.hash,
        }
    )


def _add_step(rows: Rows, plan: "_Chain", workspace: int, seller: int, number: int, now: datetime) -> None:
    ident, agreed = FIRST + number, not is_open(number)
    salt = f"{ident:032x}"
    owner = Side.BUYER if number % 3 else Side.SELLER
    common = {"workspace_id": workspace, "plan_id": ident, "step_id": ident}
    terms = common | {
        "version": 1,
        "title": f"Send the {number} stuck invoices with the approver named on each",
        "reason": f"An invoice takes {number % 30} days to get through",
        "kind": Kind.DO,
        "owner": owner,
        "seller_id": seller,
        "participant_id": ident,
        "due_at": None,
        "place": "",
        "due_on": now.date() + timedelta(days=number % 120 - 3),
        "salt": salt,
    }
    rows[Step].append(
        {
            "id": ident,
            "workspace_id": workspace,
            "plan_id": ident,
            "seller_id": seller,
            "number": 1,
            "version": 1,
            "status": Status.AGREED if agreed else Status.PROPOSED,
            "waits_for": None if agreed else Side.BUYER,
            "since": now,
        }
    )
    rows[Terms].append(terms)
    sides = (
        [(What.PROPOSED, Side.SELLER), (What.YES, Side.BUYER)] if agreed else [(What.PROPOSED, Side.SELLER)]
    )
    for act_number, (what, side) in enumerate(sides, start=1):
        act = common | {
            "number": act_number,
            "what": what,
            "side": side,
            "seller_id": seller if side is Side.SELLER else None,
            "participant_id": ident if side is Side.BUYER else None,
            "at": now,
            "version": 1,
            "obstacle": None,
            "ask_again_on": None,
            "note": "",
            "url": "",
            "colleague": "",
            "browser": None,
            "edited_at": None,
            "salt": salt,
        }
        rows[Act].append(act)
        who = f"seller-{seller}" if side is Side.SELLER else f"participant-{ident}"
        plan.add(rows, str(what), who, facts_of(1, _row(act), _row(terms)))
    if agreed:
        rows[Commitment].append(
            common
            | {
                "seller_id": seller,
                "number": 1,
                "version": 1,
                "owner": owner,
                "day": terms["due_on"],
                "agreed_at": now,
            }
        )


class _Chain:
    """The events of one plan or deal, sealed as the journal seals them."""

    def __init__(self, name: str, workspace: int, now: datetime) -> None:
        self.name, self.workspace, self.now = name, workspace, now
        self.number, self.hash = 0, START

    def add(self, rows: Rows, what: str, actor: str, facts: Any) -> None:
        event = {
            "workspace_id": self.workspace,
            "chain": self.name,
            "number": self.number + 1,
            "at": self.now,
            "what": what,
            "actor": actor,
            "facts": json.dumps(facts, sort_keys=True),
            "key": None,
            "body": None,
            "previous": self.hash,
        }
        event["hash"] = seal(_row(event))
        self.number, self.hash = event["number"], event["hash"]
        rows[Event].append(event)


def _catch_up(connection: Connection) -> None:
    """Let PostgreSQL count on from the ids that were given."""
    for table in TABLES:
        name = table.__tablename__
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM \"{name}\"))")
        )


def _row(columns: dict[str, Any]) -> Any:
    """What a rule reads of a row, without the cost of a mapped one."""
    return SimpleNamespace(**columns)
