"""The desk's page as values: each step and draft with its verdict, what they said, who has a link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.account.rights import Missing
from app.account.tables import Seller
from app.clock import day_in
from app.deal.people import choice
from app.deal.tables import Person
from app.desk import store
from app.desk.cards import draft_cards, names_by_value, step_cards
from app.desk.days.placing import days_of
from app.desk.doors import OpenPlan
from app.desk.drafting import verdicts
from app.desk.drafting.points import points_on_desk, quotes_to, readers_of, told_on_desk
from app.desk.drafting.verdicts import Compared
from app.desk.tables import KeepBecause
from app.link import store as links
from app.link.tables import Link
from app.pages import Pages
from app.shared_plan import store as plans
from app.shared_plan.comments import briefly, page_of
from app.shared_plan.commitment import Obstacle, Side
from app.shared_plan.drawing.timeline import timeline
from app.shared_plan.steps_now import as_they_stand, behind, next_talk, records
from app.shared_plan.tables import Participant
from app.shared_plan.whole_plan import PlanWhat, course, may


@dataclass(frozen=True)
class OnTheirSide:
    """Somebody on their side: the person, the links and copies that work, the day of the last answer."""

    person: Person
    value: str
    links: tuple[Link, ...]
    copies: int
    answered_on: Any
    opened_on: Any


def desk(opened: OpenPlan, compared: Compared, pages: Pages) -> dict[str, Any]:
    """All values of `desk/plan.html`."""
    people, colleagues = opened.people(), opened.colleagues()
    copies = links.copies_of(opened.session, opened.plan_id)
    rows = plans.plan_rows(opened.session, opened.plan_id)
    steps = briefly(as_they_stand(rows))
    written = store.drafts_of(opened.session, opened.plan_id)
    was_draft = store.shared_drafts_of(opened.session, opened.plan_id)
    days = days_of(opened.plan, opened.today, steps, was_draft, written)
    cards = step_cards(opened, steps, behind(rows), compared, days)
    readers_along, told = readers_of(opened), told_on_desk(opened)
    quotes = partial(quotes_to, opened, pages, compared.evidence.points, readers=readers_along)
    drafts = draft_cards(written, steps, compared, days, names_by_value(colleagues, people), quotes)
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
        "score": verdicts.score([card.verdict for card in [*drafts, *cards] if card.counts]),
        "disowned": [anchor for anchor in told if anchor.point_id is None],
        "points": points_on_desk(opened, [card.verdict for card in [*drafts, *cards]], told),
        "readers": readers(opened, people, copies),
        "copies": copies,
        "records": records(rows, opened.today),
        **_choices(opened, people, colleagues),
        **_whole(opened, colleagues),
        "to_follow": [(step.number, step.title) for step in steps if step.is_open],
        "open_steps": sum(card.step.is_open for card in cards),
        "many": plans.MANY_OPEN_STEPS,
    }


def one_step(opened: OpenPlan, compared: Compared, number: int, before: int) -> dict[str, Any]:
    """All values of `desk/step.html`: the step with its comments whole. Raises Missing."""
    rows = plans.plan_rows(opened.session, opened.plan_id)
    steps = as_they_stand(rows)
    found = next((step for step in steps if step.number == number), None)
    if found is None:
        raise Missing
    shown = page_of(found, before)
    step = replace(found, comments=shown.comments)
    was_draft = store.shared_drafts_of(opened.session, opened.plan_id)
    days = days_of(
        opened.plan, opened.today, steps, was_draft, store.drafts_of(opened.session, opened.plan_id)
    )
    (card,) = step_cards(opened, [step], behind(rows), compared, days)
    return {
        "me": opened.me,
        "plan": opened.plan,
        "today": opened.today,
        "obstacles": list(Obstacle),
        "card": card,
        "before": shown.before,
    }


def readers(
    opened: OpenPlan, people: list[Person], copies: Sequence[tuple[Link, Participant]]
) -> list[OnTheirSide]:
    by_participant: dict[int, list[Link]] = {}
    for link in links.links_of(opened.session, opened.plan_id):
        if link.revoked_at is None and link.expires_at > opened.now:
            by_participant.setdefault(link.participant_id, []).append(link)
    answered = plans.last_answers(opened.session, opened.plan_id)
    opened_on = {one.id: one.first_opened_on for one in participants(opened)}
    return [
        OnTheirSide(
            person,
            choice("them", person),
            tuple(by_participant.get(person.participant_id or 0, ())),
            sum(copy.copy_of_id == person.participant_id for _, copy in copies),
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
        "keep_because": list(KeepBecause),
        "obstacles": list(Obstacle),
        "templates": store.templates_of(opened.session, opened.me.workspace_id),
    }


def _whole(opened: OpenPlan, colleagues: list[Seller]) -> dict[str, Any]:
    """The plan as a whole: where it stands, what may be done with it, who could take it over, its copies."""
    at = course(plans.history_of_plan(opened.session, opened.plan_id)).on(opened.today)
    others = [one for one in colleagues if one.id != opened.plan.seller_id]
    return {
        "whole": at,
        "may": {what for what in PlanWhat if may(what, Side.SELLER, at)} if opened.me.may_act else set(),
        "colleagues": [(choice("us", one), one.name) for one in others],
    }


def _day(opened: OpenPlan, at: Any) -> Any:
    return day_in(opened.plan.time_zone, at) if at else None
