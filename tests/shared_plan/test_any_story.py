"""Whatever two buyers and a seller do to a plan, in whatever order: what is kept is what happened."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, func, select

from app.database import Database
from app.journal import Event, KeyReused, Press, already_done
from app.shared_plan import acts, audit, moves
from app.shared_plan.acts import Deed, Who
from app.shared_plan.commitment import Side, Status
from app.shared_plan.tables import Act, Obstacle, Step, Terms
from tests.marks import EACH_DATABASE
from tests.shared_plan.factories import TODAY, SharedPlan, a_plan
from tests.shared_plan.naive import reading

REFUSED = (
    moves.StaleVersion,
    moves.NotNow,
    moves.NotTheirs,
    moves.NothingChanged,
    moves.ReasonMissing,
    moves.TooLateToUndo,
)
WHO = st.sampled_from(["maria", "named", "maria", "named", "other"])
STEP = st.sampled_from([0, 0, 0, 1])
RARELY = st.sampled_from([False, False, False, False, True])
BEHIND = st.sampled_from([0, 0, 0, 0, 1])  # how many versions old the page is
DAYS = st.integers(-2, 20)
WORDS = st.sampled_from(["Send the 40 invoices", "Send the 12 oldest", ""])
ZONES = st.sampled_from(["UTC", "Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"])


class AnyStory(RuleBasedStateMachine):
    """Two steps of one plan; Jonas is named in the first, Petra in the second."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.session = Session(database.writing, expire_on_commit=False)
        self.steps: list[int] = []
        self.seen: dict[str, dict[int, tuple]] = {}
        self.presses = 0

    @initialize(zone=ZONES)
    def share_two_steps(self, zone: str) -> None:
        self.plan: SharedPlan = a_plan(self.session, zone)
        self.steps = [self.plan.shares(who=who).id or 0 for who in (self.plan.jonas, self.plan.petra)]
        self.session.flush()

    @rule(
        step=STEP, who=st.sampled_from(["asked", "asked", "asked", "named", "maria", "other"]), behind=BEHIND
    )
    def say_yes(self, step: int, who: str, behind: int) -> None:
        if who == "asked":
            who = "maria" if self.step(step).waits_for is Side.SELLER else "named"
        before, side = reading(self.step(step).acts), self.who(who, step).side
        asked = before.status in (Status.PROPOSED, Status.COUNTERED) and not before.is_stuck

        done = self.try_to(acts.agree, step, who, behind)

        if asked and behind == 0 and who != "other":
            assert done is (before.waits_for is side)

    @rule(step=STEP, who=WHO, behind=BEHIND, title=WORDS, days=DAYS, note=WORDS)
    def ask_for_other_terms(self, step: int, who: str, behind: int, title: str, days: int, note: str) -> None:
        day = TODAY + timedelta(days=days)
        change = acts.Change(title=title, due_on=day)
        self.try_to(lambda deed: acts.propose(deed, change, note), step, who, behind)

    @rule(step=STEP, who=WHO, why=st.sampled_from(Obstacle), days=st.none() | DAYS)
    def get_stuck(self, step: int, who: str, why: Obstacle, days: int | None) -> None:
        day = None if days is None else TODAY + timedelta(days=days)
        self.try_to(lambda deed: acts.get_stuck(deed, why, "", day), step, who)

    @rule(step=STEP, who=WHO)
    def answer_in_words(self, step: int, who: str) -> None:
        self.try_to(lambda deed: acts.answer_in_words(deed, "Here it is"), step, who)

    @rule(step=STEP, who=WHO, behind=BEHIND, is_ended=st.booleans(), is_dropped=RARELY)
    def end_or_reopen(self, step: int, who: str, behind: int, is_ended: bool, is_dropped: bool) -> None:
        if self.step(step).status is Status.DONE:
            self.try_to(acts.reopen, step, who)
        elif is_ended:
            self.try_to(acts.drop if is_dropped else acts.finish, step, who, behind)

    @rule(step=STEP, who=WHO, is_changed=st.booleans())
    def comment(self, step: int, who: str, is_changed: bool) -> None:
        last = self.step(step).acts[-1]
        if not is_changed:
            self.try_to(lambda deed: acts.comment(deed, "Whose list?"), step, who)
        elif self.try_to(lambda deed: acts.reword_comment(deed, last.number, "Which list?"), step, who):
            self.seen["act"].pop(last.id)

    @rule(step=STEP, who=st.sampled_from(["named", "named", "maria"]))
    def undo(self, step: int, who: str) -> None:
        self.try_to(acts.take_back, step, who)

    @rule(length=st.sampled_from([timedelta(minutes=4), timedelta(hours=7), timedelta(days=3)]))
    def time_passes(self, length: timedelta) -> None:
        self.plan.passes(length)

    def step(self, index: int) -> Step:
        return self.session.exec(select(Step).where(Step.id == self.steps[index])).one()

    def who(self, who: str, index: int) -> Who:
        """Jonas is named in the first step, Petra in the second."""
        buyers = (self.plan.jonas, self.plan.petra)
        return self.plan.maria if who == "maria" else buyers[index if who == "named" else 1 - index]

    def try_to(self, verb: Any, index: int, who: str, behind: int = 0) -> bool:
        """Let somebody act; refused or without effect it writes no event, else exactly one."""
        step, before = self.step(index), self.events()
        self.presses += 1
        seen = max(step.version - behind, 0)
        deed = self.plan.deed(step, self.who(who, index), seen=seen, key=f"k-{self.presses}")
        try:
            done = verb(deed) is not None
        except REFUSED:
            done = False
        self.session.flush()
        assert self.events() == before + done
        self.press_again(deed, done)
        return done

    def press_again(self, deed: Deed, had_effect: bool) -> None:
        """The same press is known from then on if it had an effect, and its key is taken."""
        assert (already_done(self.session, deed.press) is not None) is had_effect
        if had_effect:
            with pytest.raises(KeyReused):
                already_done(self.session, Press(deed.press.actor, deed.press.key, "another body"))

    def events(self) -> int:
        query = select(func.count()).where(Event.chain == self.plan.plan.chain)
        return self.session.exec(query).one()

    def rows(self, kind: type) -> dict[int, tuple]:
        """As the database has them, past the session's objects."""
        found = self.session.execute(select(kind.__table__).order_by(kind.__table__.c.id))
        return {row.id: tuple(row) for row in found}

    @invariant()
    def nothing_is_overwritten(self) -> None:
        for kind in (Terms, Act) if self.steps else ():
            now, name = self.rows(kind), kind.__tablename__
            before = self.seen.get(str(name), {})
            assert {id: now.get(id) for id in before} == before
            self.seen[str(name)] = now

    @invariant()
    def what_is_kept_is_what_a_person_would_read_in_the_history(self) -> None:
        self.session.expire_all()
        for index in range(len(self.steps)):
            step = self.step(index)
            now = reading(step.acts)
            kept = (step.version, step.status, step.waits_for, step.is_stuck, step.ask_again_on, step.since)
            assert kept == (
                now.version,
                now.status,
                now.waits_for,
                now.is_stuck,
                now.ask_again_on,
                now.since,
            )

    @invariant()
    def a_commitment_stands_exactly_when_both_said_yes_to_the_same_words(self) -> None:
        for index in range(len(self.steps)):
            step = self.step(index)
            terms = {terms.version: terms for terms in step.terms}
            agreed = reading(step.acts).commitment
            standing = [
                (kept.version, kept.day, kept.owner) for kept in step.commitments if not kept.ended_at
            ]
            expected = [(agreed, terms[agreed].due_on, Side.BUYER)] if agreed else []
            assert standing == expected

    @invariant()
    def the_record_is_whole(self) -> None:
        if self.steps:
            assert list(audit.breaks(self.session, self.plan.plan)) == []

    def teardown(self) -> None:
        self.session.rollback()
        self.session.close()


@EACH_DATABASE
def test_any_story_leaves_a_record_that_says_what_happened(database: Database):
    stories = settings.default.max_examples  # ty: ignore
    chosen = settings(max_examples=stories // (3 if database.is_sqlite else 10), stateful_step_count=25)

    run_state_machine_as_test(lambda: AnyStory(database), settings=chosen)


# hypothesis finds the corners of short stories; what takes many acts to come about, chance finds sooner.
OFTEN = ["say_yes"] * 4 + ["ask_for_other_terms"] * 3 + ["get_stuck", "answer_in_words", "undo"] * 2
DAY_S_WORK = [*OFTEN, "end_or_reopen", "comment", "time_passes"]


def by_chance(chance: Random, what: str) -> dict[str, Any]:
    who = chance.choice(["named", "named", "maria", "maria", "other"])
    common = {
        "step": chance.choice([0, 0, 1]),
        "who": chance.choice(["asked", who]) if what == "say_yes" else who,
    }
    behind = {"behind": int(chance.random() < 0.1)}
    return {
        "say_yes": common | behind,
        "ask_for_other_terms": common
        | behind
        | {
            "title": chance.choice(["", "Send 40", "Send 12"]),
            "days": chance.randint(-2, 20),
            "note": "Fair",
        },
        "get_stuck": common | {"why": Obstacle.WAITING, "days": chance.choice([None, 3])},
        "answer_in_words": common,
        "undo": common,
        "end_or_reopen": common
        | behind
        | {"is_ended": chance.random() < 0.5, "is_dropped": chance.random() < 0.05},
        "comment": common | {"is_changed": chance.random() < 0.3},
        "time_passes": {"length": timedelta(minutes=chance.choice([4, 400, 4000]))},
    }[what]


@pytest.mark.parametrize("seed", range(4))
def test_a_long_story_leaves_one_too(database: Database, seed: int):
    story, chance = AnyStory(database), Random(seed)
    story.share_two_steps(zone=chance.choice(["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"]))

    for _ in range(80):
        what = chance.choice(DAY_S_WORK)
        getattr(story, what)(**by_chance(chance, what))
        story.nothing_is_overwritten()
        story.what_is_kept_is_what_a_person_would_read_in_the_history()
        story.a_commitment_stands_exactly_when_both_said_yes_to_the_same_words()
        story.the_record_is_whole()

    story.teardown()
