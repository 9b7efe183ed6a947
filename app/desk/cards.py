"""One step or one draft as the desk shows it: its verdict, its slack, and what is odd about its day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.account.tables import Seller
from app.clock import day_in
from app.deal.people import choice
from app.deal.tables import Person
from app.desk import store
from app.desk.days.placing import Days, placement_of
from app.desk.doors import OpenPlan
from app.desk.drafting import verdicts
from app.desk.drafting.quote import Quote
from app.desk.drafting.twin import twin_of
from app.desk.drafting.verdicts import Compared, Shown
from app.desk.tables import Draft
from app.shared_plan import store as plans
from app.shared_plan.commitment import Side, Status
from app.shared_plan.moves import undo_until
from app.shared_plan.steps_now import Behind, StepNow
from app.shared_plan.tables import Handover


@dataclass(frozen=True)
class DraftCard:
    """`slack` is in working days; `twin` is the step that says nearly the same."""

    draft: Draft
    verdict: Shown
    owner: str
    counterpart: str
    owner_value: str
    counterpart_value: str
    slack: int | None
    hints: tuple[str, ...]
    twin: str | None
    quotes: tuple[Quote, ...] = ()

    @property
    def counts(self) -> bool:
        return True


@dataclass(frozen=True)
class StepCard:
    step: StepNow
    verdict: Shown
    is_late: bool
    ended_on: date | None
    undo_until: datetime | None
    handover: Handover | None
    slack: int | None
    hints: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Among those of which so many are theirs."""
        return self.step.status is not Status.DROPPED


def step_cards(
    opened: OpenPlan, steps: list[StepNow], known: Mapping[int, Behind], compared: Compared, days: Days
) -> list[StepCard]:
    was_draft = store.shared_drafts_of(opened.session, opened.plan_id)
    waiting = plans.open_handovers(opened.session, opened.plan_id)
    handovers = {(one.step_id, one.act_number): one for one in waiting}
    slack = days.telling_slack()
    return [
        StepCard(
            step,
            verdicts.of_step(step, compared, was_draft.get(step.number)),
            step.is_late(opened.today),
            day_in(opened.plan.time_zone, step.ended.at) if step.ended else None,
            undo_until(known[step.number].last, opened.now),
            handovers.get((known[step.number].step_id, step.obstacle.number)) if step.obstacle else None,
            slack.get(step.number) if step.is_open else None,
            _odd(step, days),
        )
        for step in steps
    ]


def draft_cards(
    drafts: list[Draft],
    steps: list[StepNow],
    compared: Compared,
    days: Days,
    names: dict[str, str],
    quotes: Callable[[str], list[Quote]],
) -> list[DraftCard]:
    """Each draft beside the open step, or the earlier draft, that says nearly the same."""
    titles = [step.title for step in steps if step.is_open]
    slack, cards = days.telling_slack(), []
    for draft in drafts:
        card = _draft_card(draft, compared, days, names, twin_of(draft.title, titles))
        reader = names.get(f"them-{draft.person_id}", "")
        offered = () if card.verdict.is_theirs else tuple(quotes(reader))
        cards.append(replace(card, slack=slack.get(("draft", draft.id)), quotes=offered))
        titles.append(draft.title)
    return cards


def _draft_card(
    draft: Draft, compared: Compared, days: Days, names: dict[str, str], twin: str | None
) -> DraftCard:
    owner, counterpart = _values(draft)
    return DraftCard(
        draft=draft,
        verdict=verdicts.of_draft(draft, compared),
        owner=names.get(owner, ""),
        counterpart=names.get(counterpart, ""),
        owner_value=owner,
        counterpart_value=counterpart,
        slack=None,
        hints=tuple(days.hints(draft.due_on, placement_of(draft))),
        twin=twin,
    )


def names_by_value(colleagues: list[Seller], people: list[Person]) -> dict[str, str]:
    """What a form calls somebody, and their name."""
    us = {choice("us", one): one.name for one in colleagues}
    return us | {choice("them", one): one.name for one in people}


def _values(draft: Draft) -> tuple[str, str]:
    ours, theirs = f"us-{draft.seller_id}", f"them-{draft.person_id}"
    return (ours, theirs) if draft.owner is Side.SELLER else (theirs, ours)


def _odd(step: StepNow, days: Days) -> tuple[str, ...]:
    """What is odd about a day, while nobody agreed to it."""
    return tuple(days.hints(step.due_on)) if step.is_open and not step.agreed_day else ()
