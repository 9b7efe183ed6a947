"""What the Specificity Test compares a text with: everything this deal knows, gathered as plain values."""

import re

from sqlmodel import Session

from app.account.session import Me
from app.deal import store
from app.deal.elsewhere import texts_elsewhere
from app.deal.tables import Deal
from app.specificity.verdict import Evidence, Named, NamedSide, Saying, Told


def evidence_for(session: Session, me: Me, deal: Deal) -> Evidence:
    others = texts_elsewhere(session, deal)
    points = _points(session, deal)
    return Evidence(
        company=deal.company,
        people=(*_people(session, deal), Named(me.seller.name, "", NamedSide.SELLER)),
        points=points,
        seller_company=me.workspace.company,
        products=products_in(me.workspace.products),
        other_texts=others.texts,
        other_plans=others.plans,
        told=_told(session, deal, {point.ref: point for point in points}),
    )


def evidence_of_others(session: Session, me: Me, deal: Deal, most: int) -> tuple[Evidence, ...]:
    """The seller's other prospects, those last touched first: who they are and what they said."""
    others = store.other_deals(session, deal.seller_id, deal.id or 0, most)
    ids = [other.id or 0 for other in others]
    names, said = store.named_in(session, ids), store.said_in(session, ids)
    return tuple(
        Evidence(
            company=other.company,
            people=tuple(map(Named, names.get(other.id or 0, ()))),
            points=tuple(map(Saying, said.get(other.id or 0, ()))),
            seller_company=me.workspace.company,
            products=products_in(me.workspace.products),
        )
        for other in others
    )


def _people(session: Session, deal: Deal) -> tuple[Named, ...]:
    people = store.people_of(session, deal.id or 0)
    return tuple(Named(person.name, person.title, NamedSide.BUYER) for person in people)


def _points(session: Session, deal: Deal) -> tuple[Saying, ...]:
    said = store.points_of(session, deal.id or 0)
    return tuple(Saying(point.words, name or "", point.said_on, point.id) for point, name in said)


def products_in(typed: str) -> tuple[str, ...]:
    """One product a line, or several between commas."""
    return tuple(name.strip() for name in re.split(r"[\n,;]", typed) if name.strip())


def _told(session: Session, deal: Deal, points: dict[int | None, Saying]) -> tuple[Told, ...]:
    """What the seller said last of the same words is what holds."""
    said = {anchor.words: anchor.point_id for anchor in reversed(store.anchors_of(session, deal.id or 0))}
    known = ((words, point) for words, point in sorted(said.items()) if point is None or point in points)
    return tuple(Told(words, points.get(point)) for words, point in known)
