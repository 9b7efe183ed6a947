"""The desk's page as values: each step and draft with its verdict, what they said, who has a link."""

from dataclasses import dataclass, replace
from typing import Any

from app.account.tables import Seller
from app.buyer.page import plan_rows
from app.clock import day_in
from app.deal import store as deals
from app.deal.people import choice
from app.deal.tables import Person
from app.desk import store, verdicts
from app.desk.doors import OpenPlan
from app.desk.placing import Days, days_of, placement_of
from app.desk.tables import Draft, KeepBecause
from app.desk.twice import twin_of
from app.desk.verdicts import Shown
from app.link import store as links
from app.link.tables import Link
from app.shared_plan import store as plans
from app.shared_plan.commitment import Side
from app.shared_plan.course import PlanWhat, course, may
from app.shared_plan.moves import undo_until
from app.shared_plan.picture import StepNow, next_talk, picture, records
from app.shared_plan.tables import Handover, Obstacle, Participant
from app.shared_plan.timeline import timeline
from app.specificity.verdict import Evidence


@dataclass(frozen=True)
class DraftCard:
    draft: Draft
    verdict: Shown
    owner: str
    counterpart: str
    owner_value: str
    counterpart_value: str
    slack: int | None = None
    hints: tuple[str, ...] = ()
    twin: str | None = None


@dataclass(frozen=True)
class StepCard:
    step: StepNow
    verdict: Shown
    is_late: bool
    ended_on: Any
    undo_until: Any
    handover: Handover | None = None
    slack: int | None = None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Somebody on their side: the person, the links that work, the day of the last answer."""

    person: Person
    value: str
    links: tuple[Link, ...]
    answered_on: Any
    opened_on: Any


def desk(opened: OpenPlan, evidence: Evidence) -> dict[str, Any]:
    """All values of `desk/plan.html`."""
    people, colleagues = opened.people(), opened.colleagues()
    rows = plan_rows(opened.session, opened.plan_id)
    steps = picture(*rows)
    was_draft = store.shared_drafts_of(opened.session, opened.plan_id)
    names = {choice("us", one): one.name for one in colleagues} | {
        choice("them", one): one.name for one in people
    }
    handovers = {
        (one.step_id, one.act_number): one for one in plans.open_handovers(opened.session, opened.plan_id)
    }
    written = store.drafts_of(opened.session, opened.plan_id)
    days = days_of(opened.plan, opened.today, steps, was_draft, written)
    cards = [_step_card(opened, step, evidence, was_draft.get(step.number), handovers) for step in steps]
    drafts = [_draft_card(draft, evidence, names) for draft in written]
    cards, drafts = _with_days(cards, days), _with_twins(_drafts_with_days(drafts, days), steps)
    return {
        "me": opened.me,
        "deal": opened.deal,
        "plan": opened.plan,
        "today": opened.today,
        "drafts": drafts,
        "talk": next_talk(steps, opened.today),
        "timeline": timeline(steps, opened.today, opened.plan.goal_on),
        "steps": [card for card in cards if card.step.is_open],
        "over": [card for card in cards if not card.step.is_open],
        "score": verdicts.score([card.verdict for card in [*drafts, *cards] if _counts(card)]),
        "points": _points(opened, [*drafts, *cards]),
        "readers": readers(opened, people),
        **_choices(opened, people, colleagues),
        "keep_because": list(KeepBecause),
        "obstacles": list(Obstacle),
        "whole": course(plans.history_of_plan(opened.session, opened.plan_id)).on(opened.today),
        "records": records(rows[2], opened.today, {step.id for step in steps if step.is_stuck}),
        "copies": links.copies_of(opened.session, opened.plan_id),
        "may": _may(opened),
        "colleagues": [
            (choice("us", one), one.name) for one in colleagues if one.id != opened.plan.seller_id
        ],
        "templates": store.templates_of(opened.session, opened.me.workspace_id),
        "anchors": [(step.number, step.title) for step in steps if step.is_open],
        "open_steps": sum(card.step.is_open for card in cards),
        "many": plans.MANY_OPEN_STEPS,
    }


def readers(opened: OpenPlan, people: list[Person]) -> list[Reader]:
    by_participant: dict[int, list[Link]] = {}
    for link in links.links_of(opened.session, opened.plan_id):
        if link.revoked_at is None and link.expires_at > opened.now:
            by_participant.setdefault(link.participant_id, []).append(link)
    answered = plans.last_answers(opened.session, opened.plan_id)
    opened_on = {one.id: one.first_opened_on for one in participants(opened)}
    return [
        Reader(
            person,
            choice("them", person),
            tuple(by_participant.get(person.participant_id or 0, ())),
            _day(opened, answered.get(person.participant_id or 0)),
            opened_on.get(person.participant_id or 0),
        )
        for person in people
    ]


def participants(opened: OpenPlan) -> list[Participant]:
    return plans.participants_of(opened.session, opened.plan_id)


def preview_banner(opened: OpenPlan, person: Person, new: int) -> dict[str, Any]:
    """What stands above the preview: back to the desk, or share and get this person's message."""
    return {
        "name": person.name,
        "value": choice("them", person),
        "new": new,
        "desk": f"/plans/{opened.plan.ref}",
        "may_share": opened.me.may_act,
    }


def _choices(opened: OpenPlan, people: list[Person], colleagues: list[Seller]) -> dict[str, Any]:
    """Who may do a step and who may wait for it: ours first for the one, theirs first for the other."""
    us = [(choice("us", one), f"{one.name} (us)") for one in colleagues]
    them = [(choice("them", one), one.name) for one in people]
    return {
        "owners": us + them,
        "counterparts": them + us,
        "default_owner": choice("us", opened.me.seller),
        "default_counterpart": them[0][0] if them else "",
    }


def _counts(card: StepCard | DraftCard) -> bool:
    return not isinstance(card, StepCard) or str(card.step.status) != "dropped"


def _day(opened: OpenPlan, at: Any) -> Any:
    return day_in(opened.plan.time_zone, at) if at else None


def _draft_card(draft: Draft, evidence: Evidence, names: dict[str, str]) -> DraftCard:
    ours, theirs = f"us-{draft.seller_id}", f"them-{draft.person_id}"
    owner, counterpart = (ours, theirs) if str(draft.owner) == "seller" else (theirs, ours)
    verdict = verdicts.of_draft(draft, evidence)
    return DraftCard(draft, verdict, names.get(owner, ""), names.get(counterpart, ""), owner, counterpart)


def _with_days(cards: list[StepCard], days: Days) -> list[StepCard]:
    """Slack beside each open step; what is odd about a day only while nobody agreed to it."""
    slack = days.telling_slack()
    return [
        replace(
            card,
            slack=slack.get(card.step.number),
            hints=() if card.step.agreed_day else tuple(days.hints(card.step.due_on)),
        )
        if card.step.is_open
        else card
        for card in cards
    ]


def _drafts_with_days(drafts: list[DraftCard], days: Days) -> list[DraftCard]:
    slack = days.telling_slack()
    return [
        replace(
            card,
            slack=slack.get(("draft", card.draft.id)),
            hints=tuple(days.hints(card.draft.due_on, placement_of(card.draft))),
        )
        for card in drafts
    ]


def _with_twins(drafts: list[DraftCard], steps: list[StepNow]) -> list[DraftCard]:
    """Each draft beside the open step, or the earlier draft, that says nearly the same."""
    titles = [step.title for step in steps if step.is_open]
    found = []
    for card in drafts:
        found.append(replace(card, twin=twin_of(card.draft.title, titles)))
        titles.append(card.draft.title)
    return found


def _may(opened: OpenPlan) -> frozenset[PlanWhat]:
    """What the seller may do with the plan as a whole as it stands."""
    at = course(plans.plan_acts(opened.session, opened.plan_id)).on(opened.today)
    return (
        frozenset(what for what in PlanWhat if may(what, Side.SELLER, at))
        if opened.me.may_act
        else frozenset()
    )


def _step_card(
    opened: OpenPlan,
    step: StepNow,
    evidence: Evidence,
    draft: Draft | None,
    handovers: dict[tuple[int, int], Handover],
) -> StepCard:
    ended_on = _day(opened, step.ended.at) if step.ended else None
    verdict = verdicts.of_step(step, evidence, draft)
    return StepCard(
        step,
        verdict,
        step.is_late(opened.today),
        ended_on,
        undo_until(step.last, opened.now),
        handovers.get((step.id, step.obstacle.number)) if step.obstacle else None,
    )


def _points(opened: OpenPlan, cards: list[Any]) -> list[dict[str, Any]]:
    """What they said, each with the number of steps that use it."""
    used: dict[int | None, int] = {}
    for card in cards:
        for ref in {point.ref for point in card.verdict.uses}:
            used[ref] = used.get(ref, 0) + 1
    return [
        {"id": point.id, "words": point.words, "by": name, "on": point.said_on, "used": used.get(point.id, 0)}
        for point, name in deals.points_of(opened.session, opened.deal.id or 0)
    ]
