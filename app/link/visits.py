"""A visit: a link in one browser, and the one query that brings all that a guest's request begins with."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlmodel import Session, and_, col, select

from app.account.tables import Seller, Workspace
from app.database import select_columns
from app.link import token as tokens
from app.link.tables import Guest, Link
from app.shared_plan.tables import Participant, Plan
from app.shared_plan.whole_plan import PlanState


@dataclass(frozen=True)
class Visit:
    """A valid link in one browser: everything the first query of a guest's request brings."""

    link_id: int
    expires_at: datetime
    revoked_at: datetime | None
    workspace_id: int
    participant_id: int
    ref: str
    name: str
    language: str
    first_opened_on: date | None
    plan_id: int
    shared_number: int
    plan_hash: str
    company: str
    title: str
    goal: str
    goal_on: date | None
    discussed_on: date | None
    time_zone: str
    seller_id: int
    seller_name: str
    seller_company: str
    state: PlanState
    quiet_until: date | None
    copy_of: int | None
    guest_id: int | None
    browser: str = ""

    @property
    def is_copy(self) -> bool:
        """A page for colleagues to read; nobody answers on it."""
        return self.copy_of is not None

    @property
    def is_known(self) -> bool:
        """Has somebody in this browser said: I am this participant?"""
        return self.guest_id is not None

    def works_at(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


def visit(session: Session, link: str, browser: str) -> Visit | None:
    """What a browser sees through a link, in one query; link's digest and browser's name as in its cookie."""
    if link.isdecimal():
        link = session.exec(_BY_NUMBER, params={"number": int(link)}).first() or link
    digest = tokens.digest_of(browser)
    row = session.connection().execute(VISIT, {"link": link, "browser": digest}).first()
    return Visit(browser=digest, **row._mapping) if row else None


_BY_NUMBER = select(Link.token_hash).where(Link.id == bindparam("number"), Link.by_number)


# Each column is named for the field of a Visit that it fills.
VISIT = (
    select_columns(
        col(Link.id).label("link_id"),
        Link.expires_at,
        Link.revoked_at,
        Participant.workspace_id,
        col(Participant.id).label("participant_id"),
        Participant.ref,
        Participant.name,
        Participant.language,
        Participant.first_opened_on,
        col(Plan.id).label("plan_id"),
        Plan.shared_number,
        col(Plan.head_hash).label("plan_hash"),
        Plan.company,
        Plan.title,
        Plan.goal,
        Plan.goal_on,
        Plan.discussed_on,
        Plan.time_zone,
        Plan.seller_id,
        col(Seller.name).label("seller_name"),
        col(Workspace.company).label("seller_company"),
        Plan.state,
        Plan.quiet_until,
        col(Participant.copy_of_id).label("copy_of"),
        col(Guest.id).label("guest_id"),
    )
    .join(Participant, col(Participant.id) == Link.participant_id)
    .join(Plan, col(Plan.id) == Participant.plan_id)
    .join(Seller, col(Seller.id) == Plan.seller_id)
    .join(Workspace, col(Workspace.id) == Plan.workspace_id)
    .outerjoin(Guest, and_(Guest.participant_id == Participant.id, Guest.browser == bindparam("browser")))
    .where(Link.token_hash == bindparam("link"))
)
_NAMES = [column.name for column in VISIT.selected_columns]
# Where in its row VISIT has what is looked at before the rest.
EXPIRES_AT, REVOKED_AT, REF, COPY_OF = map(_NAMES.index, ("expires_at", "revoked_at", "ref", "copy_of"))
