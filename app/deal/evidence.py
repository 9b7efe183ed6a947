"""What the Specificity Test compares a text with: everything this deal knows, gathered as plain values."""

import re

from sqlmodel import Session

from app.account.session import Me
from app.deal import store
from app.deal.tables import Deal
from app.specificity.verdict import Evidence, Named, Point, Side


def evidence_for(session: Session, me: Me, deal: Deal) -> Evidence:
    others = store.other_texts(session, deal.seller_id, deal.plan_id)
    people = [
        Named(person.name, person.title, Side.BUYER) for person in store.people_of(session, deal.id or 0)
    ]
    return Evidence(
        company=deal.company,
        people=(*people, Named(me.seller.name, "", Side.SELLER)),
        points=tuple(
            Point(point.words, name or "", point.said_on, point.id)
            for point, name in store.points_of(session, deal.id or 0)
        ),
        seller_company=me.workspace.company,
        products=products_in(me.workspace.products),
        other_texts=tuple(text for row in others for text in (row.title, row.reason) if text),
        other_plans=len({row.plan_id for row in others}),
    )


def products_in(typed: str) -> tuple[str, ...]:
    """One product a line, or several between commas."""
    return tuple(name.strip() for name in re.split(r"[\n,;]", typed) if name.strip())
