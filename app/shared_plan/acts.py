"""What people do with a step. Each verb obeys the rules, adds to the history and refreshes its results.

A verb works on loaded rows and writes one event; the session that loaded them saves it all at once.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from app.journal import Event, Facts, Press, record, salted
from app.shared_plan import store
from app.shared_plan.commitment import Side, Standing, What, standing
from app.shared_plan.moves import (
    EDIT_COMMENT_FOR,
    NothingChanged,
    NotNow,
    NotTheirs,
    ReasonMissing,
    TooLateToUndo,
    may_undo,
    must_be_allowed,
    yes_changes_something,
)
from app.shared_plan.record import commitments
from app.shared_plan.tables import Act, Commitment, Obstacle, Plan, Step, Terms


@dataclass(frozen=True)
class Who:
    """Who acts: a seller, or the participant whose link it is, in one browser."""

    side: Side
    id: int
    name: str
    browser: str | None = None

    @property
    def actor(self) -> str:
        return f"{'seller' if self.side is Side.SELLER else 'participant'}-{self.id}"


@dataclass(frozen=True)
class Deed:
    """One act about to happen: on which step of which plan, by whom, when, under which press."""

    session: Session
    plan: Plan
    step: Step
    who: Who
    at: datetime
    press: Press
    seen: int = 0

    def standing(self) -> Standing:
        return standing(self.step.acts)


def share(deed: Deed, terms: Terms) -> Act:
    """Put a new step on the plan: its first terms, said yes to by the seller."""
    _add_terms(deed, terms)
    return _did(deed, What.PROPOSED, version=terms.version)


def agree(deed: Deed) -> Act | None:
    """Say yes to the terms that were on the page; None when that yes was said already."""
    at = deed.standing()
    must_be_allowed(What.YES, deed.who.side, at, deed.seen)
    _must_be_named(deed)
    if not yes_changes_something(deed.who.side, at):
        return None
    return _did(deed, What.YES)


def propose(deed: Deed, *, title: str, due_on: date | None, reason: str | None = None, note: str = "") -> Act:
    """Ask for other words or another day. What is left empty stays as it is.

    Raises NothingChanged, and ReasonMissing for a seller without a note.
    """
    must_be_allowed(What.PROPOSED, deed.who.side, deed.standing(), deed.seen)
    _must_be_named(deed)
    if deed.who.side is Side.SELLER and not note:
        raise ReasonMissing
    old = current_terms(deed.step)
    new = _changed(old, title or old.title, due_on or old.due_on, old.reason if reason is None else reason)
    new.version = deed.step.terms[-1].version + 1
    _add_terms(deed, new)
    return _did(deed, What.PROPOSED, version=new.version, note=note)


def get_stuck(deed: Deed, why: Obstacle, note: str = "", ask_again_on: date | None = None) -> Act:
    must_be_allowed(What.STUCK, deed.who.side, deed.standing(), deed.seen)
    _must_be_named(deed)
    return _did(deed, What.STUCK, obstacle=why, note=note, ask_again_on=ask_again_on)


def answer_in_words(deed: Deed, words: str) -> Act:
    must_be_allowed(What.ANSWERED, deed.who.side, deed.standing(), deed.seen)
    _must_be_named(deed)
    return _did(deed, What.ANSWERED, note=words)


def finish(deed: Deed, note: str = "", url: str = "") -> Act:
    must_be_allowed(What.DONE, deed.who.side, deed.standing(), deed.seen)
    _must_be_named(deed)
    return _did(deed, What.DONE, note=note, url=url)


def reopen(deed: Deed, note: str = "") -> Act:
    must_be_allowed(What.REOPENED, deed.who.side, deed.standing(), deed.seen)
    _must_be_named(deed)
    return _did(deed, What.REOPENED, note=note)


def drop(deed: Deed, note: str = "") -> Act:
    must_be_allowed(What.DROPPED, deed.who.side, deed.standing(), deed.seen)
    return _did(deed, What.DROPPED, note=note)


def comment(deed: Deed, words: str) -> Act:
    must_be_allowed(What.COMMENTED, deed.who.side, deed.standing(), deed.seen)
    return _did(deed, What.COMMENTED, note=words)


def reword_comment(deed: Deed, number: int, words: str) -> Act:
    """Change one's own comment within a quarter of an hour; anybody else's looks missing."""
    own = [
        a for a in deed.step.acts if a.number == number and a.what is What.COMMENTED and is_by(a, deed.who)
    ]
    if not own or deed.at >= own[0].at + EDIT_COMMENT_FOR:
        raise NotNow
    own[0].note, own[0].edited_at, own[0].salt = words, deed.at, _salt()
    _record(deed, own[0], "reworded")
    return own[0]


def take_back(deed: Deed) -> Act:
    """Undo one's last answer: only in the browser that gave it, and while nothing came after it."""
    last = deed.step.acts[-1]
    undoable = last.what not in (What.TAKEN_BACK, What.COMMENTED)
    ours = is_by(last, deed.who) and last.browser is not None and last.browser == deed.who.browser
    if not (undoable and ours and may_undo(last.at, deed.at)):
        raise TooLateToUndo
    return _did(deed, What.TAKEN_BACK)


def current_terms(step: Step) -> Terms:
    """The terms under discussion; a taken-back proposal is no longer among them."""
    version = standing(step.acts).version
    return next(terms for terms in step.terms if terms.version == version)


def is_by(act: Act, who: Who) -> bool:
    return (
        who.id == (act.seller_id if who.side is Side.SELLER else act.participant_id) and act.side is who.side
    )


def refresh(deed: Deed) -> None:
    """Write down what the history now means: the step's standing and its commitments."""
    step, now = deed.step, deed.standing()
    step.version, step.status, step.waits_for = now.version, now.status, now.waits_for
    step.since, step.is_stuck = now.since or deed.at, now.stuck is not None
    step.ask_again_on = named_day(now)
    _keep_commitments(step, deed.plan.time_zone)


def named_day(now: Standing) -> date | None:
    """When a stuck buyer wants to be asked again; a seller cannot grant that."""
    return now.stuck.ask_again_on if isinstance(now.stuck, Act) and now.stuck.side is Side.BUYER else None


def rejudge(session: Session, plan: Plan) -> None:
    """Judge every promise anew: the plan's days begin and end in another time zone now."""
    for step in store.steps_of(session, plan.id or 0):
        _keep_commitments(step, plan.time_zone)


def _keep_commitments(step: Step, zone: str) -> None:
    days = {terms.version: terms.due_on for terms in step.terms}
    owners = {terms.version: terms.owner for terms in step.terms}
    for number, stretch in enumerate(commitments(step.acts, days, zone), start=1):
        if number > len(step.commitments):
            step.commitments.append(
                Commitment(
                    workspace_id=step.workspace_id,
                    plan_id=step.plan_id,
                    step_id=step.id or 0,
                    seller_id=step.seller_id,
                    number=number,
                    version=stretch.version,
                    owner=owners[stretch.version],
                    day=stretch.day,
                    agreed_at=stretch.agreed_at,
                )
            )
        row = step.commitments[number - 1]
        row.ended_at, row.why, row.outcome = stretch.ended_at, stretch.why, stretch.outcome


def _must_be_named(deed: Deed) -> None:
    if deed.who.side is Side.BUYER and current_terms(deed.step).participant_id != deed.who.id:
        raise NotTheirs


def _changed(old: Terms, title: str, due_on: date, reason: str) -> Terms:
    if (title, due_on, reason) == (old.title, old.due_on, old.reason):
        raise NothingChanged
    return Terms(
        workspace_id=old.workspace_id,
        plan_id=old.plan_id,
        step_id=old.step_id,
        version=0,
        title=title,
        reason=reason,
        owner=old.owner,
        seller_id=old.seller_id,
        participant_id=old.participant_id,
        due_on=due_on,
        salt=_salt(),
    )


def _add_terms(deed: Deed, terms: Terms) -> None:
    terms.salt = terms.salt or _salt()
    deed.step.terms.append(terms)


def _did(deed: Deed, what: What, *, version: int | None = None, note: str = "", **content: Any) -> Act:
    by_seller = deed.who.side is Side.SELLER
    act = Act(
        workspace_id=deed.plan.workspace_id,
        plan_id=deed.plan.id or 0,
        step_id=deed.step.id or 0,
        number=len(deed.step.acts) + 1,
        what=what,
        side=deed.who.side,
        seller_id=deed.who.id if by_seller else None,
        participant_id=None if by_seller else deed.who.id,
        browser=deed.who.browser,
        at=deed.at,
        version=version or deed.standing().version,
        note=note,
        salt=_salt(),
        **content,
    )
    deed.step.acts.append(act)
    refresh(deed)
    _record(deed, act, str(what))
    return act


def _record(deed: Deed, act: Act, what: str) -> Event:
    terms = next(terms for terms in deed.step.terms if terms.version == act.version)
    return record(deed.session, deed.plan, what, deed.press, deed.at, facts_of(deed.step.number, act, terms))


def facts_of(step_number: int, act: Act, terms: Terms) -> Facts:
    """What the journal keeps of an act: enough to notice any change to its row or its terms."""
    return {
        "step": step_number,
        "act": act.number,
        "what": str(act.what),
        "version": act.version,
        "at": act.at.isoformat(),
        "obstacle": str(act.obstacle) if act.obstacle else None,
        "ask_again_on": act.ask_again_on.isoformat() if act.ask_again_on else None,
        "by": f"{act.side}-{act.seller_id or act.participant_id}",
        "words": salted(act.salt, act.note, act.url, act.browser or "", str(act.edited_at or "")),
        "owner": str(terms.owner),
        "people": f"{terms.seller_id}/{terms.participant_id}",
        "day": terms.due_on.isoformat(),
        "terms": salted(terms.salt, terms.title, terms.reason),
    }


def _salt() -> str:
    return secrets.token_hex(16)
