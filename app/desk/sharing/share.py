"""Sharing: drafts become steps that the seller has said yes to."""

from typing import Any

from app.deal.people import choice, person_meant
from app.deal.tables import Person
from app.desk import store
from app.desk.doors import OpenPlan
from app.desk.tables import Draft
from app.journal import Press
from app.needs import NeedsSomething
from app.shared_plan import acts
from app.shared_plan import store as plans
from app.shared_plan.commitment import Kind
from app.shared_plan.tables import Participant, Terms
from app.shared_plan.words import fitting, words_in


def share(opened: OpenPlan, pressed: Press) -> None:
    """Share every draft of the plan. Raises NeedsSomething when one lacks a person or a day."""
    drafts = store.drafts_of(opened.session, opened.plan_id)
    for draft in drafts:
        _must_be_ready(draft)
    people = {person.id: person for person in opened.people()}
    for draft in drafts:
        # The key is used up by the first event; the rest of the same press need none.
        share_one(opened, draft, people[draft.person_id], pressed)
        pressed = pressed.rest
    if drafts:
        opened.plan.discussed_on = max(draft.written_on for draft in drafts)


def participant_for(opened: OpenPlan, person: Person) -> Participant:
    """The person as the shared side knows them; only the name goes over, when the seller picks them."""
    if person.participant_id is None:
        pressed = Press(opened.actor)
        added = plans.add_participant(opened.session, opened.plan, person.name, pressed, opened.now)
        person.participant_id = added.id
    return plans.participant(opened.session, person.participant_id or 0)


def participant_meant(opened: OpenPlan, typed: str) -> Participant:
    """By the participant's ref or name, or by the person's choice or name on the deal."""
    for participant in plans.participants_of(opened.session, opened.plan_id):
        if typed in (participant.ref, participant.name, str(participant.id)):
            return participant
    return participant_for(opened, person_meant(typed, opened.people()))


def value_of(person: Person) -> str:
    return choice("them", person)


def share_one(opened: OpenPlan, draft: Draft, person: Person, pressed: Press) -> None:
    participant = participant_for(opened, person)
    step = plans.new_step(opened.session, opened.plan, opened.now)
    terms = Terms(**shared_terms(draft), plan_id=opened.plan_id, participant_id=participant.id or 0)
    acts.share(opened.party.on(step, pressed, seen=0), terms)
    draft.shared_step = step.number


def shared_terms(draft: Draft) -> dict[str, Any]:
    """What of a draft reaches the other side, and nothing else."""
    ids = {"workspace_id": draft.workspace_id, "seller_id": draft.seller_id}
    return fitting(words_in(draft)) | ids | {"version": 1, "salt": ""}


def _must_be_ready(draft: Draft) -> None:
    needed = [("who on their side", draft.person_id), ("by when", draft.due_on)]
    if draft.kind is Kind.TALK:
        needed.append(("at what time", draft.due_at))
    missing = [words for words, given in needed if not given]
    if missing:
        raise NeedsSomething(f"“{draft.title}” still needs {' and '.join(missing)}. Nothing was shared yet.")
