"""A deal gets another seller: its plan, every promise on it, its calls and drafts move together."""

from sqlmodel import Session

from app.account import store as accounts
from app.account.tables import Role, Seller
from app.call import store as calls
from app.deal.tables import Deal
from app.desk import store as drafts
from app.journal import record
from app.needs import NeedsSomething
from app.shared_plan import plan_acts
from app.shared_plan.deed import PlanDeed
from app.shared_plan.whole_plan import PlanState


def hand_over(deed: PlanDeed, deal: Deal, to: Seller) -> None:
    """Whoever is in charge now hands the deal on; the buyer reads so while the plan is open.

    Raises NothingChanged, NotNow, and NeedsSomething for somebody who may not be in charge.
    """
    must_be_able(to)
    before, to_id = accounts.seller_numbered(deed.session, deal.seller_id), to.id or 0
    plan_acts.change_seller(deed, to_id, before.name)
    _move(deed, deal, before, to_id)


def hand_over_all(deed: PlanDeed, deal: Deal, to: Seller) -> None:
    """The same when its seller leaves: a plan that is over moves too, and its history stays as it is."""
    if deed.plan.state is PlanState.OPEN:
        hand_over(deed, deal, to)
        return
    before, to_id = accounts.seller_numbered(deed.session, deal.seller_id), to.id or 0
    plan_acts.put_in_charge(deed.session, deed.plan, to_id)
    _move(deed, deal, before, to_id)


def must_be_able(seller: Seller) -> None:
    if seller.role is Role.VIEWER:
        raise NeedsSomething(f"{seller.name} may only look. Pick somebody who may act.")


def _move(deed: PlanDeed, deal: Deal, before: Seller, to_id: int) -> None:
    deal.seller_id = to_id
    _move_what_is_to_come(deed.session, deal, before.id or 0, to_id)
    record(deed.session, deal, "seller changed", deed.press.rest, deed.at, {"seller": to_id})


def _move_what_is_to_come(session: Session, deal: Deal, before: int, to_id: int) -> None:
    for call in calls.calls_of(session, deal.id or 0):
        if call.seller_id == before and call.learned_at is None:
            call.seller_id = to_id
    for draft in drafts.drafts_of(session, deal.plan_id):
        if draft.seller_id == before:
            draft.seller_id = to_id
