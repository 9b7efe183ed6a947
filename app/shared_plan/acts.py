"""What people do with a step. Each verb obeys the rules, adds to the history and refreshes its results.

A verb works on loaded rows and writes one event; the session that loaded them saves it all at once.
"""

import secrets
from datetime import date
from typing import Any

from app.journal import Event, Facts, salted
from app.shared_plan import store
from app.shared_plan.commitment import REWORDED, Kind, Obstacle, Side, What, standing
from app.shared_plan.deed import Deed, Who
from app.shared_plan.moves import (
    EDIT_COMMENT_FOR,
    NothingChanged,
    NotNow,
    NotTheirs,
    PlanOver,
    ReasonMissing,
    TooLateToUndo,
    may_undo,
    must_be_allowed,
    yes_changes_something,
)
from app.shared_plan.results import refresh
from app.shared_plan.tables import Act, Step, Terms
from app.shared_plan.whole_plan import PlanState
from app.shared_plan.words import OF_TALKS, WORDS, Change


def share(deed: Deed, terms: Terms) -> Act:
    """Put a new step on the plan: its first terms, said yes to by whoever proposes it."""
    _add_terms(deed, terms)
    return _did(deed, What.PROPOSED, version=terms.version)


def agree(deed: Deed) -> Act | None:
    """Say yes to the terms that were on the page; None when that yes was said already."""
    at = deed.standing()
    _must_be_allowed(deed, What.YES)
    if not yes_changes_something(deed.who.side, at):
        return None
    return _did(deed, What.YES)


def propose(deed: Deed, change: Change, note: str = "") -> Act:
    """Ask for other words or another day.

    Raises NothingChanged, and ReasonMissing for a seller without a note.
    """
    _must_be_allowed(deed, What.PROPOSED)
    if deed.who.side is Side.SELLER and not note:
        raise ReasonMissing
    new = _changed(deed, current_terms(deed.step), change)
    new.version = deed.step.terms[-1].version + 1
    _add_terms(deed, new)
    return _did(deed, What.PROPOSED, version=new.version, note=note)


def get_stuck(deed: Deed, why: Obstacle, note: str = "", ask_again_on: date | None = None) -> Act:
    _must_be_allowed(deed, What.STUCK)
    return _did(deed, What.STUCK, obstacle=why, note=note, ask_again_on=ask_again_on)


def hand_over(deed: Deed, colleague: str, note: str = "") -> Act:
    """Name a colleague who should answer instead: "not mine", until the seller confirms or answers."""
    _must_be_allowed(deed, What.STUCK)
    return _did(deed, What.STUCK, obstacle=Obstacle.NOT_MINE, note=note, colleague=colleague)


def ask_somebody_else(deed: Deed, participant_id: int) -> Act:
    """The seller puts the same words to a colleague, who has not said yes to them yet."""
    _must_be_allowed(deed, What.PROPOSED)
    old = current_terms(deed.step)
    new = _copied(deed, old, version=deed.step.terms[-1].version + 1, participant_id=participant_id)
    _add_terms(deed, new)
    return _did(deed, What.PROPOSED, version=new.version)


def answer_in_words(deed: Deed, words: str) -> Act:
    _must_be_allowed(deed, What.ANSWERED)
    return _did(deed, What.ANSWERED, note=words)


def finish(deed: Deed, note: str = "", url: str = "") -> Act:
    _must_be_allowed(deed, What.DONE)
    return _did(deed, What.DONE, note=note, url=url)


def reopen(deed: Deed, note: str = "") -> Act:
    _must_be_allowed(deed, What.REOPENED)
    return _did(deed, What.REOPENED, note=note)


def drop(deed: Deed, note: str = "") -> Act:
    _must_be_allowed(deed, What.DROPPED)
    return _did(deed, What.DROPPED, note=note)


def drop_with_plan(deed: Deed) -> Act:
    """Drop an open step because its whole plan ends, by either side."""
    return _did(deed, What.DROPPED)


def bring_back(deed: Deed) -> Act:
    """Take back the drop that came with the end of the plan."""
    return _did(deed, What.TAKEN_BACK)


def comment(deed: Deed, words: str) -> Act:
    _must_be_allowed(deed, What.COMMENTED)
    return _did(deed, What.COMMENTED, note=words)


def reword_comment(deed: Deed, number: int, words: str) -> Act:
    """Change one's own comment within a quarter of an hour; anybody else's looks missing."""
    _plan_must_be_open(deed)
    own = [
        a for a in deed.step.acts if a.number == number and a.what is What.COMMENTED and is_by(a, deed.who)
    ]
    if not own or deed.at >= own[0].at + EDIT_COMMENT_FOR:
        raise NotNow
    own[0].note, own[0].edited_at, own[0].salt = words, deed.at, _salt()
    _record(deed, own[0], REWORDED)
    return own[0]


def take_back(deed: Deed) -> Act:
    """Undo one's last answer: only in the browser that gave it, and while nothing came after it.

    Before the first act of a step there was no step: a request that is taken back is dropped.
    """
    _plan_must_be_open(deed)
    last = deed.step.acts[-1]
    undoable = last.what not in (What.TAKEN_BACK, What.COMMENTED)
    ours = is_by(last, deed.who) and last.browser is not None and last.browser == deed.who.browser
    if not (undoable and ours and may_undo(last.at, deed.at)):
        raise TooLateToUndo
    return _did(deed, What.TAKEN_BACK if last.number > 1 else What.DROPPED)


def current_terms(step: Step) -> Terms:
    """The terms under discussion; a taken-back proposal is no longer among them."""
    version = standing(step.acts).version
    return next(terms for terms in step.terms if terms.version == version)


def is_by(act: Act, who: Who) -> bool:
    return (
        who.id == (act.seller_id if who.side is Side.SELLER else act.participant_id) and act.side is who.side
    )


def _must_be_allowed(deed: Deed, what: What) -> None:
    """Raises PlanOver, NotNow, StaleVersion, or NotTheirs: on the buyer's side only the person named acts."""
    _plan_must_be_open(deed)
    must_be_allowed(what, deed.who.side, deed.standing(), deed.seen)
    is_named = deed.who.side is Side.SELLER or current_terms(deed.step).participant_id == deed.who.id
    if not is_named and what is not What.COMMENTED:
        raise NotTheirs


def _plan_must_be_open(deed: Deed) -> None:
    if deed.plan.state is not PlanState.OPEN:
        raise PlanOver


def _changed(deed: Deed, old: Terms, change: Change) -> Terms:
    words = change.of(old)
    if all(getattr(old, name) == value for name, value in words.items()):
        raise NothingChanged
    return _copied(deed, old, **words)


def _copied(deed: Deed, old: Terms, **changed: Any) -> Terms:
    """Terms that say the same but for what is `changed`; they get a number and a salt of their own.

    They name nobody who works here no more: whoever is in charge does it, or waits for it, instead.
    """
    if not store.works_here(deed.session, old.seller_id):
        changed = {"seller_id": deed.plan.seller_id} | changed
    words: dict[str, Any] = old.model_dump(exclude={"id", "version", "salt"})
    words |= {"version": 0, "salt": _salt()} | changed
    return Terms(**words)


def _add_terms(deed: Deed, terms: Terms) -> None:
    terms.author, terms.salt = deed.who.side, terms.salt or _salt()
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
    refresh(deed.step, deed.plan.time_zone, deed.at)
    _record(deed, act, str(what))
    return act


def _record(deed: Deed, act: Act, what: str) -> Event:
    terms = next(terms for terms in deed.step.terms if terms.version == act.version)
    return deed.tell(what, facts_of(deed.step.number, act, terms))


# Words that came after these facts were first recorded: told where they are set, so that earlier facts stay.
LATER = tuple(name for name in WORDS if name not in ("title", "reason", "owner", "due_on", "kind", *OF_TALKS))


def facts_of(step_number: int, act: Act, terms: Terms) -> Facts:
    """What the journal keeps of an act: enough to notice any change to its row or its terms."""
    # Told of talks alone: the facts of other steps stay as they were recorded before there were any.
    is_talk = terms.kind is Kind.TALK or bool(terms.due_at or terms.place)
    meeting = {
        "kind": str(terms.kind),
        "time": terms.due_at.isoformat() if terms.due_at else None,
        "place": salted(terms.salt, terms.place),
    }
    named = [act.colleague] if act.colleague else []
    later = {name: salted(terms.salt, str(getattr(terms, name))) for name in LATER if getattr(terms, name)}
    return {
        "step": step_number,
        "act": act.number,
        "what": str(act.what),
        "version": act.version,
        "at": act.at.isoformat(),
        "obstacle": str(act.obstacle) if act.obstacle else None,
        "ask_again_on": act.ask_again_on.isoformat() if act.ask_again_on else None,
        "by": f"{act.side}-{act.seller_id or act.participant_id}",
        "words": salted(act.salt, act.note, act.url, act.browser or "", str(act.edited_at or ""), *named),
        "owner": str(terms.owner),
        "people": f"{terms.seller_id}/{terms.participant_id}",
        "day": terms.due_on.isoformat(),
        "terms": salted(terms.salt, terms.title, terms.reason),
        **(meeting if is_talk else {}),
        **later,
    }


def _salt() -> str:
    return secrets.token_hex(16)
