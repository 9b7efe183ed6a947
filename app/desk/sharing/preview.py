"""The plan as they will see it: what is shared, and the drafts as if they were, for one person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from app.deal.tables import Person
from app.desk.doors import OpenPlan
from app.desk.tables import Draft
from app.link.visits import Visit
from app.shared_plan.commitment import Side, Status, What
from app.shared_plan.words import words_in

PRETENDED = 1_000_000  # ids of what is not there yet begin here


def pretended_visit(opened: OpenPlan, person: Person, language: str) -> Visit:
    """What the person's own visit would bring; there is no link and no browser behind it."""
    plan = opened.plan
    return Visit(
        link_id=0,
        expires_at=opened.now + timedelta(days=180),
        revoked_at=None,
        workspace_id=plan.workspace_id,
        participant_id=_participant_id(person),
        ref=plan.ref,
        name=person.name,
        language=language,
        first_opened_on=None,
        plan_id=opened.plan_id,
        shared_number=plan.shared_number,
        plan_hash=plan.head_hash,
        company=plan.company,
        title=plan.title,
        goal=plan.goal,
        goal_on=plan.goal_on,
        discussed_on=plan.discussed_on or opened.today,
        time_zone=plan.time_zone,
        seller_id=plan.seller_id,
        seller_name=opened.me.seller.name,
        seller_company=opened.me.workspace.company,
        state=plan.state,
        quiet_until=plan.quiet_until,
        copy_of=None,
        guest_id=None,
    )


def pretended_rows(
    drafts: Sequence[Draft], people: Sequence[Person], seller: str, first_number: int, now: datetime
) -> tuple[list[Any], list[Any]]:
    """Terms and acts as sharing would write them; drafts that cannot be shared yet are left out."""
    by_id = {person.id: person for person in people}
    terms, acts = [], []
    for offset, draft in enumerate(draft for draft in drafts if draft.is_ready):
        person = by_id[draft.person_id]
        step_id = PRETENDED + offset
        terms.append(_terms(draft, person, seller, step_id, first_number + offset))
        acts.append(_proposal(step_id, seller, now))
    return terms, acts


def _participant_id(person: Person) -> int:
    return person.participant_id or PRETENDED + (person.id or 0)


def _terms(draft: Draft, person: Person, seller: str, step_id: int, number: int) -> SimpleNamespace:
    return SimpleNamespace(
        step_id=step_id,
        number=number,
        status=Status.PROPOSED,
        now=1,
        waits_for=Side.BUYER,
        is_stuck=False,
        ask_again_on=None,
        version=1,
        **words_in(draft),
        participant_id=_participant_id(person),
        buyer=person.name,
        seller=seller,
    )


def _proposal(step_id: int, seller: str, now: datetime) -> SimpleNamespace:
    nothing = dict.fromkeys(("obstacle", "ask_again_on", "browser", "edited_at", "participant_id"))
    return SimpleNamespace(
        **nothing,
        step_id=step_id,
        number=1,
        what=What.PROPOSED,
        side=Side.SELLER,
        at=now,
        version=1,
        note="",
        url="",
        colleague="",
        name=seller,
    )
