"""A draft's beginning: its words, and who of both sides they are about."""

from app.desk.doors import OpenPlan
from app.desk.drafting.pair import pair_of
from app.desk.tables import Draft


def new_draft(opened: OpenPlan, title: str, reason: str = "") -> Draft:
    draft = Draft(
        workspace_id=opened.me.workspace_id,
        plan_id=opened.plan_id,
        title=title,
        reason=reason,
        written_on=opened.today,
        created_at=opened.now,
    )
    opened.session.add(draft)
    return draft


def choose_people(opened: OpenPlan, draft: Draft, owner: str, counterpart: str) -> None:
    pair = pair_of(owner, counterpart, opened.me.seller, opened.colleagues(), opened.people())
    draft.owner = pair.owner
    draft.seller_id = pair.seller.id if pair.seller else None
    draft.person_id = pair.person.id if pair.person else None
