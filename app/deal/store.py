"""Queries about deals, their people and points, and the rows that begin them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import bindparam, not_, update
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.account.rights import Missing
from app.account.session import Me
from app.database import Rows, rows_of, select_columns
from app.deal.tables import Anchor, Deal, Person, Point
from app.journal import Press, record
from app.shared_plan.commitment import Side
from app.shared_plan.store import new_ref
from app.shared_plan.tables import Participant, Plan, Terms

PAGE = 50
OTHER_TEXTS = 5_000  # the newest texts of the seller's other plans are enough to notice a habit


def own_deal(session: Session, me: Me, ref: str, *, lock: bool = False) -> Deal:
    """The deal at `ref`, if this seller may see it; raises Missing, and so for somebody else's."""
    return _one_own(session, me, "ref", ref, lock)


_PLAN = select(Plan).where(Plan.ref == bindparam("ref"), Plan.workspace_id == bindparam("workspace"))
_PLAN_LOCKED = _PLAN.with_for_update()


def own_deal_of_plan(session: Session, me: Me, plan_ref: str, *, lock: bool = False) -> tuple[Deal, Plan]:
    """The plan at `plan_ref` with its deal; locks the plan first, then the deal."""
    query = _PLAN_LOCKED if lock else _PLAN
    plan = session.exec(query, params={"ref": plan_ref, "workspace": me.workspace_id}).first()
    if plan is None:
        raise Missing
    return _one_own(session, me, "plan_id", plan.id, lock), plan


def _one_own(session: Session, me: Me, column: str, value: str | int | None, lock: bool) -> Deal:
    query = _own_deal(column, not me.sees_all, lock)
    values = {"value": value, "workspace": me.workspace_id, "seller": me.seller.id}
    deal = session.exec(query, params=values).first()
    if deal is None:
        raise Missing
    return deal


@cache
def _own_deal(column: str, only_mine: bool, lock: bool) -> SelectOfScalar[Deal]:
    """The workspace's deal with that value in its `column`."""
    query = select(Deal).where(
        getattr(Deal, column) == bindparam("value"), Deal.workspace_id == bindparam("workspace")
    )
    if only_mine:
        query = query.where(Deal.seller_id == bindparam("seller"))
    return query.with_for_update() if lock else query


def in_charge_of(session: Session, seller_id: int) -> list[int]:
    """The plans of all deals of one seller, by number."""
    query = select(Deal.plan_id).where(Deal.seller_id == seller_id)
    return list(session.exec(query.order_by(col(Deal.plan_id))))


def deal_of_plan(session: Session, plan_id: int) -> Deal:
    """Locked, as its plan is."""
    return session.exec(select(Deal).where(Deal.plan_id == plan_id).with_for_update()).one()


def cover_no_more(session: Session, seller_id: int) -> None:
    """Whom somebody covered who left is covered by nobody."""
    query = update(Person).where(col(Person.covered_by_id) == seller_id)
    session.exec(query.values(covered_by_id=None))


_LAST_TOUCHED = (col(Deal.touched_at).desc(), col(Deal.id).desc())


def deals_of(session: Session, me: Me, before: datetime | None = None) -> list[Deal]:
    """The deals last touched first, a page at a time: those touched `before` the last one shown."""
    query = select(Deal).where(Deal.workspace_id == me.workspace_id)
    if not me.sees_all:
        query = query.where(Deal.seller_id == me.seller.id)
    if before:
        query = query.where(Deal.touched_at < before)
    return list(session.exec(query.order_by(*_LAST_TOUCHED).limit(PAGE)))


def last_deals(session: Session, me: Me, most: int = 8) -> list[Deal]:
    query = select(Deal).where(Deal.seller_id == me.seller.id)
    return list(session.exec(query.order_by(*_LAST_TOUCHED).limit(most)))


_PEOPLE = (
    select(Person)
    .where(Person.deal_id == bindparam("deal"))
    .order_by(col(Person.met_at).desc(), col(Person.id))
)


def people_of(session: Session, deal_id: int) -> list[Person]:
    """Everybody known on the buyer's side, whom the seller met last first."""
    return list(session.exec(_PEOPLE, params={"deal": deal_id}))


_MET = select(Person.id).where(
    Person.deal_id == bindparam("deal"), col(Person.participant_id) == Participant.id
)
_UNMET = (
    select(Participant)
    .where(
        Participant.plan_id == bindparam("plan"),
        col(Participant.copy_of_id).is_(None),
        not_(_MET.correlate(Participant).exists()),
    )
    .order_by(col(Participant.name), col(Participant.id))
)


def everybody_of(session: Session, deal: Deal) -> list[Person]:
    """The people of the deal, and who is on its plan but in no note yet, by the name that the plan shows.

    Nothing is written: whoever is not known yet has no id. `meet_everybody` makes them known.
    """
    people = people_of(session, deal.id or 0)
    for participant in _unmet(session, deal):
        namesakes = [one for one in people if _is_namesake(one, participant)]
        if len(namesakes) == 1:
            namesakes[0].participant_id = participant.id
        else:
            people.append(_as_shared(deal, participant))
    return people


def meet_everybody(session: Session, deal: Deal, pressed: Press, now: datetime) -> None:
    """Whoever is on the plan becomes a person of the deal."""
    if not _unmet(session, deal):
        return
    for person in everybody_of(session, deal):
        if person.id is None:
            session.add(person)
            session.flush()
            record(session, deal, "person added", Press(pressed.actor), now, {"person": person.id})


def _unmet(session: Session, deal: Deal) -> list[Participant]:
    return list(session.exec(_UNMET, params={"plan": deal.plan_id, "deal": deal.id}))


def _is_namesake(person: Person, participant: Participant) -> bool:
    return person.participant_id is None and person.name.casefold() == participant.name.casefold()


def _as_shared(deal: Deal, participant: Participant) -> Person:
    return Person(
        workspace_id=deal.workspace_id,
        deal_id=deal.id or 0,
        participant_id=participant.id,
        name=participant.name,
        met_at=participant.created_at,
    )


_EMAILS = (
    select_columns(Person.participant_id, Person.email)
    .where(Person.workspace_id == bindparam("workspace"), col(Person.participant_id).is_not(None))
    .order_by(col(Person.id))
)


def emails_of_participants(session: Session, workspace_id: int) -> dict[int, str]:
    """The address of each participant of the workspace's plans, where the deal knows one."""
    return dict(map(tuple, rows_of(session, _EMAILS, workspace=workspace_id)))


_POINTS = (
    select(Point, Person.name)
    .outerjoin(Person, col(Person.id) == Point.person_id)
    .where(Point.deal_id == bindparam("deal"))
    .order_by(col(Point.said_on).desc(), col(Point.id).desc())
)


def points_of(session: Session, deal_id: int) -> list[tuple[Point, str | None]]:
    """What was said, newest first, each with the name of who said it."""
    return [(point, name) for point, name in session.exec(_POINTS, params={"deal": deal_id})]


_ANCHORS = (
    select(Anchor)
    .where(Anchor.deal_id == bindparam("deal"), col(Anchor.taken_back_at).is_(None))
    .order_by(col(Anchor.id).desc())
)


def anchors_of(session: Session, deal_id: int) -> list[Anchor]:
    """What the seller said of doubtful words and did not take back, the last word first."""
    return list(session.exec(_ANCHORS, params={"deal": deal_id}))


def other_deals(session: Session, seller_id: int, deal_id: int, most: int) -> list[Deal]:
    """The seller's other deals, those last touched first."""
    query = select(Deal).where(Deal.seller_id == seller_id, Deal.id != deal_id)
    return list(session.exec(query.order_by(*_LAST_TOUCHED).limit(most)))


_SAID = (
    select_columns(Point.deal_id, Point.words)
    .where(col(Point.deal_id).in_(bindparam("deals", expanding=True)))
    .order_by(col(Point.said_on).desc(), col(Point.id).desc())
)


def said_in(session: Session, deal_ids: Sequence[int]) -> dict[int, list[str]]:
    """What was said in each of some deals, newest first."""
    return _by_deal(rows_of(session, _SAID, deals=deal_ids))


_NAMED = (
    select_columns(Person.deal_id, Person.name)
    .where(col(Person.deal_id).in_(bindparam("deals", expanding=True)))
    .order_by(col(Person.met_at).desc(), col(Person.id))
)


def named_in(session: Session, deal_ids: Sequence[int]) -> dict[int, list[str]]:
    """Who is known in each of some deals, whom the seller met last first."""
    return _by_deal(rows_of(session, _NAMED, deals=deal_ids))


def _by_deal(rows: Rows) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for deal_id, words in map(tuple, rows):
        found.setdefault(deal_id, []).append(words)
    return found


_BY_SELLER = (Terms.seller_id == bindparam("seller"), Terms.author == Side.SELLER)
_NEWEST_SALT = select(Terms.salt).where(*_BY_SELLER).order_by(col(Terms.id).desc()).limit(1).scalar_subquery()
_NEWEST_AND_COUNT = select_columns(_NEWEST_SALT, func.count()).where(*_BY_SELLER)


def texts_of_seller(session: Session, seller_id: int) -> tuple[str, int]:
    """What the newest of the terms that the seller wrote is salted with, and their number.

    While both stay, nothing was added, and no restore brought others in their place.
    """
    [(newest, count)] = rows_of(session, _NEWEST_AND_COUNT, seller=seller_id)
    return newest or "", count


_OTHER_TEXTS = (
    select_columns(Terms.title, Terms.reason, Terms.plan_id)
    .where(*_BY_SELLER, Terms.plan_id != bindparam("plan"))
    .order_by(col(Terms.id).desc())
    .limit(OTHER_TEXTS)
)


def other_texts(session: Session, seller_id: int, plan_id: int) -> Rows:
    """Title, reason and plan of the newest terms that the seller wrote on other plans."""
    return rows_of(session, _OTHER_TEXTS, seller=seller_id, plan=plan_id)


def ref_of_chain(session: Session, chain: str) -> str:
    return session.exec(select(Deal.ref).where(Deal.id == int(chain.partition("-")[2]))).one()


def plan_ref_of(session: Session, deal: Deal) -> str:
    return session.exec(select(Plan.ref).where(Plan.id == deal.plan_id)).one()


def begin_deal(session: Session, me: Me, company: str, pressed: Press, now: datetime) -> tuple[Deal, Plan]:
    """A deal and the plan that comes into being with it. The company's name is copied once, here."""
    plan = Plan(
        workspace_id=me.workspace_id,
        seller_id=me.seller.id or 0,
        ref=new_ref(),
        company=company,
        title=_title(me, company),
        language=me.workspace.language,
        time_zone=me.workspace.time_zone,
        created_at=now,
    )
    session.add(plan)
    session.flush()
    deal = Deal(
        workspace_id=me.workspace_id,
        seller_id=me.seller.id or 0,
        plan_id=plan.id or 0,
        ref=new_ref(),
        company=company,
        created_at=now,
        touched_at=now,
    )
    session.add(deal)
    session.flush()
    record(session, plan, "plan made", Press(pressed.actor), now, {})
    record(session, deal, "deal made", pressed, now, {"plan": plan.id})
    return deal, plan


def _title(me: Me, company: str) -> str:
    words = "Nächste Schritte mit" if me.workspace.language == "de" else "Next steps with"
    return f"{words} {company}"[:200]


def add_person(
    session: Session,
    deal: Deal,
    name: str,
    pressed: Press,
    now: datetime,
    *,
    title: str = "",
    email: str = "",
) -> Person:
    person = Person(
        workspace_id=deal.workspace_id, deal_id=deal.id or 0, name=name, title=title, email=email, met_at=now
    )
    session.add(person)
    session.flush()
    record(session, deal, "person added", pressed, now, {"person": person.id})
    return person


def add_point(
    session: Session, deal: Deal, words: str, said_on: date, by: Person | None, pressed: Press, now: datetime
) -> Point:
    point = Point(
        workspace_id=deal.workspace_id,
        deal_id=deal.id or 0,
        person_id=by.id if by else None,
        said_on=said_on,
        words=words,
        created_at=now,
    )
    session.add(point)
    session.flush()
    record(session, deal, "point added", pressed, now, {"point": point.id})
    return point


def note_call(session: Session, deal: Deal, pressed: Press, now: datetime) -> None:
    record(session, deal, "written down after a call", pressed, now, {})
