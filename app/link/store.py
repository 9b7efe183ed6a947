"""Queries about links, and the few things that happen to one."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select

from app.journal import Press, record
from app.link import token as tokens
from app.link.tables import Guest, Link
from app.link.visits import Visit
from app.shared_plan import store as plans
from app.shared_plan.tables import Participant, Plan
from app.shared_plan.whole_plan import PlanState

WORKS_FOR = timedelta(days=180)
LINKS_PER_PLAN = 200
BROWSERS_KNOWN = 100  # of one person


class TooManyLinks(Exception):
    """A plan has room for LINKS_PER_PLAN links that work."""


def link_by_digest(session: Session, digest: str) -> tuple[Link, Participant] | None:
    query = (
        select(Link, Participant)
        .join(Participant, col(Participant.id) == Link.participant_id)
        .where(Link.token_hash == digest)
    )
    return session.exec(query).first()


def plan_ref_of(session: Session, link_id: int) -> str | None:
    query = (
        select(Plan.ref)
        .join(Participant, col(Participant.plan_id) == Plan.id)
        .join(Link, col(Link.participant_id) == Participant.id)
        .where(Link.id == link_id)
    )
    return session.exec(query).first()


_LINKS = (
    select(Link)
    .join(Participant, col(Participant.id) == Link.participant_id)
    .where(Participant.plan_id == bindparam("plan"))
    .order_by(col(Link.id))
)


def links_of(session: Session, plan_id: int) -> list[Link]:
    return list(session.exec(_LINKS, params={"plan": plan_id}))


_OF_PARTICIPANT = select(Link).where(Link.participant_id == bindparam("participant")).order_by(col(Link.id))


def works(session: Session, here: Visit, now: datetime) -> bool:
    """May this visit go on? A copy lives by the links of whoever made it."""
    if not here.works_at(now):
        return False
    return here.copy_of is None or _gets_in(session, here.copy_of, now)


def _gets_in(session: Session, participant_id: int, now: datetime) -> bool:
    """Has somebody a link that works?"""
    own = session.exec(_OF_PARTICIPANT, params={"participant": participant_id})
    return any(link.works_at(now) for link in own)


_WORKING = (
    select(func.count())
    .select_from(Link)
    .join(Participant, col(Participant.id) == Link.participant_id)
    .where(
        Participant.plan_id == bindparam("plan"),
        col(Participant.copy_of_id).is_(None),
        col(Link.revoked_at).is_(None),
        col(Link.expires_at) > bindparam("now"),
    )
)


def _working(session: Session, plan: Plan, now: datetime) -> int:
    return session.exec(_WORKING, params={"plan": plan.id, "now": now}).one()


_COPIES = (
    select(Link, Participant)
    .join(Participant, col(Participant.id) == Link.participant_id)
    .where(
        Participant.plan_id == bindparam("plan"),
        col(Participant.copy_of_id).is_not(None),
        col(Link.revoked_at).is_(None),
    )
    .order_by(col(Link.id))
)


def copies_of(session: Session, plan_id: int) -> list[tuple[Link, Participant]]:
    """The links to copies that still work, each with its copy, which knows whose page it copies."""
    return [(link, copy) for link, copy in session.exec(_COPIES, params={"plan": plan_id})]


_MADE_BY = (
    select(Link)
    .join(Participant, col(Participant.id) == Link.participant_id)
    .where(Participant.plan_id == bindparam("plan"), Participant.copy_of_id == bindparam("maker"))
    .order_by(col(Link.id))
)


_WITH_A_LINK = (
    select(Participant, Plan)
    .join(Plan, col(Plan.id) == Participant.plan_id)
    .where(
        Plan.workspace_id == bindparam("workspace"),
        Plan.state == PlanState.OPEN,
        col(Participant.copy_of_id).is_(None),
        col(Participant.id).in_(
            select(Link.participant_id).where(
                col(Link.revoked_at).is_(None), col(Link.expires_at) > bindparam("now")
            )
        ),
    )
    .order_by(Plan.company, col(Plan.id), Participant.name, col(Participant.id))
)


def everybody_with_a_link(
    session: Session, workspace_id: int, now: datetime
) -> list[tuple[Participant, Plan]]:
    """Who has a link that was neither turned off nor has expired, on all open plans of a workspace."""
    found = session.exec(_WITH_A_LINK, params={"workspace": workspace_id, "now": now})
    return [(participant, plan) for participant, plan in found]


def copies_made_by(session: Session, here: Visit) -> list[Link]:
    """Every copy that a reader made, in order, also those turned off: the count of one is its number."""
    return list(session.exec(_MADE_BY, params={"plan": here.plan_id, "maker": here.participant_id}))


def make_copy(session: Session, plan: Plan, here: Visit, token: str, pressed: Press, now: datetime) -> Link:
    """A link with which others can read what this reader sees, and do nothing."""
    copy = plans.add_participant(session, plan, here.name, pressed, now, copy_of=here.participant_id)
    copy.language = here.language
    return make_link(session, plan, copy, token, Press(pressed.actor), now)


def make_link(
    session: Session, plan: Plan, participant: Participant, token: str, pressed: Press, now: datetime
) -> Link:
    """Keep the digest of a fresh link; earlier ones go on working. Raises TooManyLinks.

    Copies are bounded for each of those who make them, and take nobody's place.
    """
    if participant.copy_of_id is None and _working(session, plan, now) >= LINKS_PER_PLAN:
        raise TooManyLinks
    link = Link(
        workspace_id=plan.workspace_id,
        participant_id=participant.id or 0,
        token_hash=tokens.digest_of(token),
        created_at=now,
        expires_at=now + WORKS_FOR,
    )
    session.add(link)
    session.flush()
    record(session, plan, "link made", pressed, now, {"link": link.id, "participant": participant.id})
    return link


def revoke(session: Session, plan: Plan, link: Link, pressed: Press, now: datetime) -> None:
    """Turn a link off. With somebody's last one their copies go: who is shut out shall read no further."""
    if link.revoked_at is not None:
        return
    _turn_off(session, plan, link, pressed, now)
    session.flush()
    if not _gets_in(session, link.participant_id, now):
        for copy in list(session.exec(_MADE_BY, params={"plan": plan.id, "maker": link.participant_id})):
            if copy.revoked_at is None:
                _turn_off(session, plan, copy, pressed.rest, now)


def _turn_off(session: Session, plan: Plan, link: Link, pressed: Press, now: datetime) -> None:
    link.revoked_at = now
    record(session, plan, "link turned off", pressed, now, {"link": link.id})


def extend(session: Session, here: Visit, now: datetime) -> None:
    """Each answer lets the link live on; the first of a day writes it down."""
    if here.expires_at < now + WORKS_FOR - timedelta(days=1):
        query = update(Link).where(col(Link.id) == here.link_id)
        session.exec(query.values(expires_at=now + WORKS_FOR))


def remember(session: Session, here: Visit, now: datetime) -> None:
    """Somebody in this browser said who they are. Ask with the plan locked: it happens once.

    The browsers known longest are forgotten, and asked again, where somebody comes with ever new ones.
    """
    if here.is_known:
        return
    of_same = select(Guest).where(Guest.participant_id == here.participant_id)
    known = list(session.exec(of_same.order_by(col(Guest.id))))
    if all(guest.browser != here.browser for guest in known):
        for oldest in known[: -(BROWSERS_KNOWN - 1)]:
            session.delete(oldest)
        session.add(
            Guest(
                workspace_id=here.workspace_id,
                participant_id=here.participant_id,
                browser=here.browser,
                known_since=now,
            )
        )
