"""The page of a call as values: what the record says, the plan, and after the call what is to be learned."""

from dataclasses import dataclass
from typing import Any

from app.call import store
from app.call.depth import MINUTES, Advice, Depth, Stakes, advice
from app.call.doors import OpenCall
from app.call.ground_rule import does_both
from app.call.gut_check import WORDS, Gut, reading
from app.call.lifetime import Stage
from app.call.proposals import one_thing, proposals
from app.call.questions import BY_DEPTH
from app.call.shortlist import ASKS, MOST, Shortlisted, ranked, untouched
from app.call.tables import PlanAction, Trace
from app.deal.evidence import evidence_for
from app.deal.position.influence import GLOSS, AlternativeKind, Mode
from app.deal.position.position import Where
from app.deal.position.red_flags import line_of
from app.desk.drafting.verdicts import Compared, Shown, shown
from app.specificity.verdict import Passage, TextKind


@dataclass(frozen=True)
class ActionCard:
    """An action with what it traces to, and what the Specificity Test says of its words."""

    row: PlanAction
    traces: tuple[Trace, ...]
    verdict: Shown | None = None

    @property
    def id(self) -> int | None:
        return self.row.id

    @property
    def standing(self) -> Shortlisted:
        return self.row.standing

    @property
    def who(self) -> str:
        return self.row.who

    @property
    def secures(self) -> str:
        return self.row.secures

    @property
    def uses(self) -> frozenset[str]:
        return frozenset(one.key for one in self.traces if one.key.startswith("strength:"))

    @property
    def removes(self) -> frozenset[str]:
        return frozenset(one.key for one in self.traces if not one.key.startswith("strength:"))

    @property
    def is_best(self) -> bool:
        return does_both(self)


def stakes_of(opened: OpenCall, at: Where) -> Stakes:
    large = opened.me.workspace.big_amount
    amount = opened.deal.amount
    return Stakes(
        is_large=large is not None and amount is not None and amount >= large,
        could_lose=opened.call.could_lose,
        open_flags=len(at.flags),
        has_rival=any(one.kind is AlternativeKind.RIVAL for one in at.alternatives),
    )


def advice_for(opened: OpenCall, at: Where) -> Advice:
    return advice(stakes_of(opened, at), opened.minutes_left)


def cards(opened: OpenCall, call_id: int) -> list[ActionCard]:
    traces = store.traces_of(opened.session, call_id)
    evidence = evidence_for(opened.session, opened.me, opened.deal)
    found = []
    for row in store.actions_of(opened.session, call_id):
        text = Passage(TextKind.ACTION, f"{row.words}. {row.secures}", "")
        found.append(ActionCard(row, tuple(traces.get(row.id or 0, ())), shown(text, Compared(evidence))))
    return ranked(found)


def call_values(opened: OpenCall) -> dict[str, Any]:
    """All values of `call/_call.html`."""
    at, call = opened.where(), opened.call
    every = cards(opened, opened.call_id)
    chosen = [card for card in every if card.standing is Shortlisted.CHOSEN]
    strengths = [(one.key, one.words) for one in at.counting]
    traced = {trace.key for card in every for trace in card.traces}
    there = store.in_meeting(opened.session, opened.call_id)
    advised = advice_for(opened, at)
    depth = call.depth or (advised.depth if advised.is_short else None)
    return {
        "me": opened.me,
        "deal": opened.deal,
        "call": call,
        "when": opened.when,
        "stage": opened.stage,
        "minutes": opened.minutes_left,
        "today": opened.today,
        "where": at,
        "advice": advised,
        "depth": depth,
        "depths": list(Depth),
        "depth_minutes": MINUTES,
        "questions": BY_DEPTH[depth] if depth else (),
        "reviews": store.reviews_of(opened.session, opened.call_id),
        "there": there,
        "one_thing": one_thing(at.flags, there),
        "candidates": [card for card in every if card.standing is Shortlisted.CANDIDATE],
        "before_call": [card for card in chosen if not card.row.in_call],
        "in_call": [card for card in chosen if card.row.in_call],
        "turned_down": [card for card in every if card.standing is Shortlisted.TURNED_DOWN],
        "most": MOST,
        "asks": ASKS,
        "untouched_flags": _named(at, untouched([flag.key for flag in at.flags], chosen)),
        "addressed": _named(at, [flag.key for flag in at.flags if flag.key in _touched(chosen)]),
        "unused": _named(at, untouched([key for key, _ in strengths], chosen)),
        "strengths": strengths,
        "proposals": proposals(at.flags, strengths, traced),
        "may_propose": bool(at.flags or strengths),
        "gloss": GLOSS,
        "modes": list(Mode),
        **_gut(opened),
        **_since_last(opened, at),
        "seen": store.flags_seen(opened.session, opened.call_id),
    }


def _touched(chosen: list[ActionCard]) -> set[str]:
    return {key for card in chosen for key in card.removes}


def _named(at: Where, keys: list[str]) -> list[str]:
    titles = at.titles()
    return [titles[key] for key in keys if key in titles]


def _gut(opened: OpenCall) -> dict[str, Any]:
    before, after = opened.call.gut_before, opened.call.gut_after
    said = reading(Gut(before), Gut(after)) if before and after else ""
    return {"guts": [(gut.value, WORDS[gut]) for gut in Gut], "gut_reading": said, "gut_words": WORDS}


def _since_last(opened: OpenCall, at: Where) -> dict[str, Any]:
    """What changed since the last call, and its plan: nothing of it carries over by itself."""
    last = store.last_over(opened.session, opened.call.deal_id, opened.call.id)
    if last is None or opened.stage in (Stage.OVER, Stage.LEARNED):
        return {"last": None, "last_actions": [], "flags_gone": [], "flags_new": [], "flags_left": []}
    seen = store.flags_seen(opened.session, last.id or 0)
    now = {flag.key: line_of(flag) for flag in at.flags}
    kept = [card for card in cards(opened, last.id or 0) if card.standing is Shortlisted.CHOSEN]
    return {
        "last": last,
        "last_actions": kept,
        "flags_gone": [one.title for key, one in seen.items() if key not in now],
        "flags_new": [title for key, title in now.items() if key not in seen],
        "flags_left": [title for key, title in now.items() if key in seen],
    }
