"""What people do with a whole plan: end it, close it, pause it, correct its goal, change who is in charge.

As with steps, a verb obeys the rules, adds to the history, refreshes what is kept of it and writes one event;
ending and closing also drop every open step, which are events of their own.
"""

import secrets
from datetime import date

from sqlmodel import Session

from app.journal import Facts, salted
from app.shared_plan import acts, store
from app.shared_plan.commitment import Side, What
from app.shared_plan.deed import PlanDeed
from app.shared_plan.moves import NothingChanged, NotNow, StaleVersion, may_undo
from app.shared_plan.tables import Plan, PlanAct
from app.shared_plan.whole_plan import PlanState, PlanWhat, may


def end(deed: PlanDeed, reason: str = "") -> PlanAct:
    """The buyer is not going ahead: open steps are dropped, nothing entitles to a message any more."""
    return _finish(deed, PlanWhat.ENDED, reason)


def close(deed: PlanDeed, note: str = "") -> PlanAct:
    """The seller closes the plan: it can be read until its links end."""
    return _finish(deed, PlanWhat.CLOSED, note)


def reopen(deed: PlanDeed) -> PlanAct:
    """Take the ending back; within ten minutes the steps that it dropped come back with it."""
    over = deed.course().over
    _must_be_allowed(deed, PlanWhat.REOPENED)
    deed.plan.state = PlanState.OPEN
    act = _did(deed, PlanWhat.REOPENED)
    if over and may_undo(over.at, deed.at):
        for step in store.steps_of(deed.session, deed.plan.id or 0):
            last = step.acts[-1]
            if last.what is What.DROPPED and last.at == over.at:
                acts.bring_back(deed.on(step))
    return act


def pause(deed: PlanDeed, until: date) -> PlanAct:
    _must_be_allowed(deed, PlanWhat.PAUSED)
    if deed.course_today().quiet_until == until:
        raise NothingChanged
    return _did(deed, PlanWhat.PAUSED, day=until)


def resume(deed: PlanDeed) -> PlanAct:
    _must_be_allowed(deed, PlanWhat.RESUMED)
    return _did(deed, PlanWhat.RESUMED)


def ask_for_goal(deed: PlanDeed, words: str, day: date | None) -> PlanAct:
    """The buyer says what they want to reach; it counts once the seller agrees. Raises NothingChanged."""
    _must_be_allowed(deed, PlanWhat.GOAL_ASKED)
    if (words, day or deed.plan.goal_on) == (deed.plan.goal, deed.plan.goal_on):
        raise NothingChanged
    return _did(deed, PlanWhat.GOAL_ASKED, words=words, day=day or deed.plan.goal_on)


def agree_to_goal(deed: PlanDeed) -> PlanAct:
    asked = _asked_goal(deed, PlanWhat.GOAL_AGREED)
    deed.plan.goal, deed.plan.goal_on = asked.words, asked.day
    return _did(deed, PlanWhat.GOAL_AGREED, words=asked.words, day=asked.day)


def keep_goal(deed: PlanDeed, why: str) -> PlanAct:
    _asked_goal(deed, PlanWhat.GOAL_KEPT)
    return _did(deed, PlanWhat.GOAL_KEPT, words=why)


def change_seller(deed: PlanDeed, seller_id: int, before: str) -> PlanAct:
    """Another seller is in charge: the plan, its steps and its commitments move together."""
    _must_be_allowed(deed, PlanWhat.SELLER_CHANGED)
    if seller_id == deed.plan.seller_id:
        raise NothingChanged
    put_in_charge(deed.session, deed.plan, seller_id)
    return _did(deed, PlanWhat.SELLER_CHANGED, words=before)


def put_in_charge(session: Session, plan: Plan, seller_id: int) -> None:
    """The copies of the plan's seller that its queries read, without an entry in its history."""
    plan.seller_id = seller_id
    for step in store.steps_of(session, plan.id or 0):
        step.seller_id = seller_id
        for commitment in step.commitments:
            commitment.seller_id = seller_id


def _finish(deed: PlanDeed, what: PlanWhat, words: str) -> PlanAct:
    _must_be_allowed(deed, what)
    for step in store.steps_of(deed.session, deed.plan.id or 0):
        if not step.status.is_over:
            acts.drop_with_plan(deed.on(step))
    return _did(deed, what, words=words)


def _asked_goal(deed: PlanDeed, what: PlanWhat) -> PlanAct:
    _must_be_allowed(deed, what)
    asked = deed.course().goal
    assert asked is not None
    if asked.number != deed.seen:
        raise StaleVersion(deed.seen)
    return asked


def _must_be_allowed(deed: PlanDeed, what: PlanWhat) -> None:
    if not may(what, deed.who.side, deed.course_today()):
        raise NotNow


def _did(deed: PlanDeed, what: PlanWhat, *, words: str = "", day: date | None = None) -> PlanAct:
    by_seller = deed.who.side is Side.SELLER
    plan_id = deed.plan.id or 0
    act = PlanAct(
        workspace_id=deed.plan.workspace_id,
        plan_id=plan_id,
        number=len(store.plan_acts(deed.session, plan_id)) + 1,
        what=what,
        side=deed.who.side,
        seller_id=deed.who.id if by_seller else None,
        participant_id=None if by_seller else deed.who.id,
        browser=deed.who.browser,
        at=deed.at,
        day=day,
        words=words,
        salt=secrets.token_hex(16),
    )
    deed.session.add(act)
    deed.session.flush()
    refresh(deed)
    deed.tell(str(what), facts_of(act))
    return act


def refresh(deed: PlanDeed) -> None:
    """Write down on the plan what its history now means."""
    now = deed.course()
    deed.plan.state, deed.plan.quiet_until = now.state, now.quiet_until


def facts_of(act: PlanAct) -> Facts:
    """What the journal keeps of an act on the plan: enough to notice any change to its row."""
    return {
        "plan_act": act.number,
        "what": str(act.what),
        "by": f"{act.side}-{act.seller_id or act.participant_id}",
        "at": act.at.isoformat(),
        "day": act.day.isoformat() if act.day else None,
        "words": salted(act.salt, act.words, act.browser or ""),
    }
