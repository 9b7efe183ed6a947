"""Somebody who worked here leaves, or may only look from now on: others go on with what was theirs."""

from datetime import datetime

from sqlmodel import Session

from app.account import store as accounts
from app.account import team
from app.account.tables import Role, Seller
from app.call import store as calls
from app.deal import store as deals
from app.desk import store as drafts
from app.in_charge.handing_over import hand_over_all, must_be_able
from app.journal import record
from app.needs import NeedsSomething
from app.shared_plan import store as plans
from app.shared_plan.commitment import Side
from app.shared_plan.deed import Party, Who

OPERATOR = team.OPERATOR


def end(session: Session, email: str, hand_over_to: str, now: datetime) -> int:
    """End an account for good; returns how many deals a colleague has now. Raises NeedsSomething.

    Their sessions end, nobody signs in with it any more, and history keeps their name.
    """
    leaving = team.seller_at(session, email, lock=True)
    team.must_not_be_last_admin(session, leaving)
    to = _colleague(session, leaving, hand_over_to)
    moved = hand_all_over(session, leaving, to, now)
    leaving.ended_at, leaving.password_hash = now, ""
    accounts.end_sessions(session, seller_id=leaving.id or 0)
    workspace = accounts.workspace_of(session, leaving.workspace_id, lock=True)
    facts = {"seller": leaving.id, "to": to.id, "deals": moved}
    record(session, workspace, "seller ended", OPERATOR, now, facts)
    return moved


def change_role(session: Session, email: str, role: Role, hand_over_to: str, now: datetime) -> None:
    """Whoever may only look owns nothing: their deals go to a colleague first. Raises NeedsSomething."""
    seller = team.seller_at(session, email, lock=True)
    if role is Role.VIEWER and deals.in_charge_of(session, seller.id or 0):
        if not hand_over_to:
            raise NeedsSomething(
                f"{seller.name} is in charge of deals, and a viewer owns none: add --hand-over-to EMAIL."
            )
        hand_all_over(session, seller, _colleague(session, seller, hand_over_to), now)
    team.change_role(session, seller, role, now)


def hand_all_over(session: Session, leaving: Seller, to: Seller, now: datetime) -> int:
    """Every deal of one seller, and what of theirs hangs on the deals of others."""
    who = Who(Side.SELLER, leaving.id or 0, leaving.name)
    found = deals.in_charge_of(session, leaving.id or 0)
    for plan_id in found:
        plan = plans.locked_plan(session, plan_id)
        deal = deals.deal_of_plan(session, plan_id)
        hand_over_all(Party(session, plan, who, now).on_plan(OPERATOR), deal, to)
    calls.hand_on(session, leaving.id or 0)
    drafts.hand_on(session, leaving.id or 0)
    deals.cover_no_more(session, leaving.id or 0)
    return len(found)


def _colleague(session: Session, leaving: Seller, email: str) -> Seller:
    """Raises NeedsSomething for whoever may not take over."""
    to = team.seller_at(session, email)
    if to.id == leaving.id:
        raise NeedsSomething(f"{to.name} cannot hand over to themselves. Name a colleague.")
    if to.workspace_id != leaving.workspace_id:
        raise NeedsSomething(f"{to.name} works in another workspace. Name a colleague of {leaving.name}'s.")
    must_be_able(to)
    return to
