"""Whatever two buyers and a seller do to a plan, in whatever order: what is kept is what happened."""

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from random import Random
from typing import Any, cast

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
from sqlmodel import Session, select

from app import verify
from app.database import Database
from app.shared_plan import acts, plan_acts
from app.shared_plan.commitment import Kind, Obstacle, Side, Status, What
from app.shared_plan.moves import UNDO_FOR
from app.shared_plan.tables import Act, Commitment, PlanAct, Step, Terms
from app.shared_plan.words import Change
from tests.databases import table_of
from tests.marks import EACH_DATABASE
from tests.shared_plan.factories import TODAY
from tests.shared_plan.naive import Reading
from tests.shared_plan.story import TALK, Story

MOST_STEPS = 3  # in one story; more of them tell nothing new
WHO = st.sampled_from(["seller", "named", "seller", "named", "other"])
SOMEBODY = st.sampled_from(["jonas", "petra", "seller"])
BUYERS = st.sampled_from(["jonas", "petra"])
STEP = st.sampled_from([0, 0, 0, 1, 2])
RARELY = st.sampled_from([False, False, False, False, True])
BEHIND = st.sampled_from([0, 0, 0, 0, 1])  # how many versions old the page is
SOON = st.sampled_from([0, 0, 11])  # minutes; ten are time enough to undo
DAYS = st.integers(-2, 20)
WORDS = st.sampled_from(["Send the 40 invoices", "Send the 12 oldest", ""])
TIMES = st.sampled_from([None, None, time(10), time(14, 30)])
PLACES = st.sampled_from([None, "", "Room 4", "https://meet.nordwind.test/room"])
ZONES = st.sampled_from(["UTC", "Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"])


class AnyStory(RuleBasedStateMachine):
    """Jonas is named in the first step, Petra in the second; either asks for more, hands over, ends it."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.story = Story(database)
        self.seen: dict[str, dict[int, tuple[object, ...]]] = {}
        self.was_over = False

    @initialize(zone=ZONES, talks=st.tuples(st.booleans(), st.booleans()))
    def share_two_steps(self, zone: str, talks: tuple[bool, bool]) -> None:
        self.story.begin(zone, talks)

    @rule(
        step=STEP, who=st.sampled_from(["asked", "asked", "asked", "named", "seller", "other"]), behind=BEHIND
    )
    def say_yes(self, step: int, who: str, behind: int) -> None:
        index = self.index(step, _asks) if who == "asked" else self.index(step)
        before = self.story.standing(index)
        if who == "asked":
            who = "seller" if before.waits_for is Side.SELLER else "named"

        done = self.story.try_to(acts.agree, index, who, behind)

        if _asks(before) and self.is_open and behind == 0:
            assert done is (who != "other" and before.waits_for is self.story.who(who, index).side)

    @rule(
        step=STEP,
        who=WHO,
        behind=BEHIND,
        title=WORDS,
        days=st.none() | DAYS,
        at=TIMES,
        place=PLACES,
        note=WORDS,
    )
    def ask_for_other_terms(
        self,
        step: int,
        who: str,
        behind: int,
        title: str,
        days: int | None,
        at: time | None,
        place: str | None,
        note: str,
    ) -> None:
        index, change = self.index(step), Change(title=title, due_on=days_on(days), due_at=at, place=place)
        old = acts.current_terms(self.story.step(index))
        meant = as_meant(old, change)

        done = self.story.try_to(lambda deed: acts.propose(deed, change, note), index, who, behind)

        if done:
            assert said_in(self.story.step(index).terms[-1]) == meant != said_in(old)

    @rule(step=STEP, who=WHO, why=st.sampled_from(Obstacle), days=st.none() | DAYS)
    def get_stuck(self, step: int, who: str, why: Obstacle, days: int | None) -> None:
        day = days_on(days)
        self.story.try_to(lambda deed: acts.get_stuck(deed, why, "", day), self.index(step), who)

    @rule(step=STEP, who=st.sampled_from(["named", "named", "other"]), is_confirmed=st.booleans())
    def hand_over(self, step: int, who: str, is_confirmed: bool) -> None:
        """To the other buyer; the seller puts it to them at once, later or never."""
        index = self.index(step)
        if not self.story.standing(index).handed_to:
            colleague = "Petra Lang" if self.story.named[index] == "jonas" else "Jonas Weber"
            self.story.try_to(lambda deed: acts.hand_over(deed, colleague), index, who)
        if is_confirmed and self.story.standing(index).handed_to:
            self.put_to_the_colleague(index)

    def put_to_the_colleague(self, index: int) -> None:
        colleague = self.story.who("other", index)
        before = self.story.standing(index).commitment

        assert self.story.try_to(lambda deed: acts.ask_somebody_else(deed, colleague.id), index, "seller")

        self.story.named[index] = "petra" if self.story.named[index] == "jonas" else "jonas"
        after = self.story.standing(index)
        assert (after.status, after.is_stuck, after.commitment) == (Status.PROPOSED, False, before)

    @rule(step=STEP, who=WHO)
    def answer_in_words(self, step: int, who: str) -> None:
        index = self.index(step, lambda one: one.is_stuck)
        self.story.try_to(lambda deed: acts.answer_in_words(deed, "Here it is"), index, who)

    @rule(step=STEP, who=WHO, behind=BEHIND, is_ended=st.booleans(), is_dropped=RARELY)
    def end_or_reopen(self, step: int, who: str, behind: int, is_ended: bool, is_dropped: bool) -> None:
        index = self.index(step)
        if self.story.step(index).status is Status.DONE:
            self.story.try_to(acts.reopen, index, who)
        elif is_ended:
            self.story.try_to(acts.drop if is_dropped else acts.finish, index, who, behind)

    @rule(step=STEP, who=WHO, is_changed=st.booleans())
    def comment(self, step: int, who: str, is_changed: bool) -> None:
        index = self.index(step)
        last = self.story.step(index).acts[-1]
        if not is_changed:
            self.story.try_to(lambda deed: acts.comment(deed, "Whose list?"), index, who)
        elif self.story.try_to(
            lambda deed: acts.reword_comment(deed, last.number, "Which list?"), index, who
        ):
            self.seen["act"].pop(last.id or 0)

    @rule(step=STEP, who=st.sampled_from(["named", "named", "other", "seller"]), minutes=SOON)
    def undo(self, step: int, who: str, minutes: int) -> None:
        index = self.index(step, lambda one: one.since >= self.story.plan.now)
        self.story.plan.passes(timedelta(minutes=minutes))
        last, actor = self.story.step(index).acts[-1], self.story.who(who, index)
        is_fresh = self.story.plan.now - last.at < UNDO_FOR - timedelta(seconds=1)
        is_theirs = who != "seller" and last.participant_id == actor.id
        can_be = last.what not in (What.COMMENTED, What.TAKEN_BACK)

        done = self.story.try_to(acts.take_back, index, who)

        assert done is (self.is_open and is_fresh and is_theirs and can_be)

    @rule(
        who=st.sampled_from(["jonas", "petra"]),
        owner=st.sampled_from(Side),
        is_talk=st.booleans(),
        days=DAYS,
        is_taken_back=st.sampled_from([False, False, True]),
    )
    def ask_for_a_step(self, who: str, owner: Side, is_talk: bool, days: int, is_taken_back: bool) -> None:
        if len(self.story.steps) >= MOST_STEPS:
            return
        done = self.story.ask_for_step(who, owner, TODAY + timedelta(days=days), TALK if is_talk else {})

        assert done is self.is_open
        if done:
            asked = self.story.standing(-1)
            assert (asked.status, asked.waits_for) == (Status.COUNTERED, Side.SELLER)
        if done and is_taken_back:
            assert self.story.try_to(acts.take_back, -1, "named")
            assert self.story.standing(-1).status is Status.DROPPED

    @rule(who=SOMEBODY, is_ended=RARELY, minutes=SOON)
    def end_the_plan_or_go_on(self, who: str, is_ended: bool, minutes: int) -> None:
        """Go on at once, or when the end cannot be undone any more."""
        if not self.is_open:
            self.story.plan.passes(timedelta(minutes=minutes))
            self.go_on()
        elif is_ended:
            self.end_the_plan(who)

    def end_the_plan(self, who: str) -> None:
        """An event for each open step, and one more."""
        self.before_the_end = self.story.kept()
        self.open_steps = sum(not self.story.standing(n).status.is_over for n in range(len(self.story.steps)))
        verb = plan_acts.close if who == "seller" else plan_acts.end

        assert self.story.try_on_plan(verb, who, events=self.open_steps + 1)

        assert all(step.status.is_over for step in self.story.session.exec(select(Step)))
        self.at_the_end = self.story.kept()
        self.nothing_else_can_be_done_with_it()

    def nothing_else_can_be_done_with_it(self) -> None:
        heir = next(one for one in self.story.sellers if one != self.story.in_charge)
        for who, verb in (
            ("jonas", plan_acts.end),
            ("seller", plan_acts.close),
            ("petra", lambda deed: plan_acts.pause(deed, TODAY + timedelta(days=90))),
            ("jonas", lambda deed: plan_acts.ask_for_goal(deed, "A third goal", None)),
            ("seller", lambda deed: plan_acts.change_seller(deed, heir.id, "Maria Keller")),
        ):
            assert not self.story.try_on_plan(verb, who)

    def go_on(self) -> None:
        """Within ten minutes all is as it was before the end, later what was dropped stays dropped."""
        over, seconds = self.story.now().over, timedelta(seconds=2)
        theirs, others = ("seller", "jonas") if over.side is Side.SELLER else ("petra", "seller")
        in_time = self.story.plan.now - over.at < UNDO_FOR - seconds
        events = 1 + (self.open_steps if in_time else 0)

        assert not self.story.try_on_plan(plan_acts.reopen, others)
        assert self.story.try_on_plan(plan_acts.reopen, theirs, events=events)

        assert self.story.kept() == (self.before_the_end if in_time else self.at_the_end)

    @rule(who=SOMEBODY, days=st.integers(1, 9), is_ended=st.booleans())
    def ask_for_quiet_or_end_it(self, who: str, days: int, is_ended: bool) -> None:
        quiet, day = self.story.quiet(), TODAY + timedelta(days=days)
        is_theirs = who != "seller" or quiet is None or quiet.side is Side.SELLER
        if is_ended:
            done = self.story.try_on_plan(plan_acts.resume, who)
            assert done is (self.is_open and is_theirs and quiet is not None)
        else:
            done = self.story.try_on_plan(lambda deed: plan_acts.pause(deed, day), who)
            is_new = quiet is None or quiet.day != day
            assert done is (self.is_open and is_theirs and is_new)

    @rule(
        who=st.sampled_from(["jonas", "petra", "seller", "seller"]),
        words=st.sampled_from(["Two days", "By Friday"]),
        days=st.none() | DAYS,
        behind=BEHIND,
        is_kept=st.booleans(),
    )
    def ask_for_a_goal_or_answer_it(
        self, who: str, words: str, days: int | None, behind: int, is_kept: bool
    ) -> None:
        now, day = self.story.now(), days_on(days)
        if who == "seller":
            verb = (lambda deed: plan_acts.keep_goal(deed, "Why")) if is_kept else plan_acts.agree_to_goal
            seen = now.asked.number - behind if now.asked else 1
            done = self.story.try_on_plan(verb, who, seen=seen)
            assert done is (self.is_open and now.asked is not None and behind == 0)
        else:
            done = self.story.try_on_plan(lambda deed: plan_acts.ask_for_goal(deed, words, day), who)
            assert done is (self.is_open and (words, day or now.goal_on) != (now.goal, now.goal_on))

    @rule(who=st.sampled_from(["seller", "seller", "jonas"]), to=st.sampled_from([0, 1]))
    def change_the_seller(self, who: str, to: int) -> None:
        before, after = self.story.in_charge, self.story.sellers[to]

        done = self.story.try_on_plan(lambda deed: plan_acts.change_seller(deed, after.id, before.name), who)

        assert done is (self.is_open and who == "seller" and after != before)
        if done:
            self.story.in_charge = after

    @rule(length=st.sampled_from([timedelta(minutes=4), timedelta(hours=7), timedelta(days=3)]))
    def time_passes(self, length: timedelta) -> None:
        self.story.plan.passes(length)

    def index(self, step: int, sought: Callable[[Reading], bool] = bool) -> int:
        """A step, the next one rather for which `sought` is true."""
        count = len(self.story.steps)
        around = [(step + further) % count for further in range(count)]
        return next((index for index in around if sought(self.story.standing(index))), around[0])

    @property
    def is_open(self) -> bool:
        return self.story.now().over is None

    @invariant()
    def nothing_is_overwritten(self) -> None:
        """Nor is anything added to a step while the plan is over."""
        if not self.story.steps:
            return
        is_over = not self.is_open
        for kind in (Terms, Act, PlanAct):
            now, name = self.story.rows(kind), str(kind.__tablename__)
            before = self.seen.get(name, {})
            stays = is_over and self.was_over and kind is not PlanAct
            assert (now if stays else {id: now.get(id) for id in before}) == before
            self.seen[name] = now
        self.was_over = is_over

    @invariant()
    def what_is_kept_is_what_a_person_would_read_in_the_history(self) -> None:
        self.story.session.expire_all()
        for index, kept in enumerate(self.story.kept()):
            now = self.story.standing(index)
            assert kept == (
                now.version,
                now.status,
                now.waits_for,
                now.is_stuck,
                now.ask_again_on,
                now.since,
            )
            named = acts.current_terms(self.story.step(index)).participant_id
            assert named == self.story.who("named", index).id

    @invariant()
    def so_is_what_is_kept_of_the_plan(self) -> None:
        if self.story.steps:
            plan, now = self.story.plan.plan, self.story.now()
            assert (plan.state, plan.quiet_until) == (now.state, now.quiet and now.quiet.day)
            assert (plan.goal, plan.goal_on) == (now.goal, now.goal_on)
            assert (plan.seller_id, plan.steps_ever) == (self.story.in_charge.id, len(self.story.steps))

    @invariant()
    def a_commitment_stands_exactly_when_both_said_yes_to_the_same_words(self) -> None:
        for index in range(len(self.story.steps)):
            step = self.story.step(index)
            terms = {terms.version: terms for terms in step.terms}
            agreed = self.story.standing(index).commitment
            standing = [
                (kept.version, kept.day, kept.owner) for kept in step.commitments if not kept.ended_at
            ]
            expected = [(agreed, terms[agreed].due_on, terms[agreed].owner)] if agreed else []
            assert standing == expected

    @invariant()
    def all_that_is_promised_is_promised_by_whoever_is_in_charge(self) -> None:
        if self.story.steps:
            sellers = {
                row.seller_id for kind in (Step, Commitment) for row in rows_of(self.story.session, kind)
            }
            assert sellers == {self.story.in_charge.id}

    @invariant()
    def the_record_is_whole(self) -> None:
        if self.story.steps:
            assert list(verify.broken(self.story.session)) == []

    def teardown(self) -> None:
        self.story.end()


def _asks(now: Reading) -> bool:
    return now.status in (Status.PROPOSED, Status.COUNTERED) and not now.is_stuck


def days_on(days: int | None) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


def rows_of(session: Session, kind: Any) -> Any:
    return session.connection().execute(table_of(kind).select()).all()


def said_in(terms: Terms) -> tuple[object, ...]:
    return terms.title, terms.due_on, terms.due_at, terms.place


def as_meant(old: Terms, change: Change) -> tuple[object, ...]:
    """What somebody asks for who leaves some fields empty; a place can be taken out, a time only changed."""
    at, place = old.due_at, old.place
    if old.kind is Kind.TALK:
        at = at if change.given.get("due_at") is None else change.given.get("due_at")
        place = place if change.given.get("place") is None else change.given.get("place")
    day = old.due_on if change.given.get("due_on") is None else change.given.get("due_on")
    return change.given.get("title") if change.given.get("title") else old.title, day, at, place


@pytest.mark.wide
@EACH_DATABASE
def test_any_story_leaves_a_record_that_says_what_happened(database: Database):
    stories = settings().max_examples
    chosen = settings(max_examples=stories // (4 if database.is_sqlite else 10), stateful_step_count=25)

    run_state_machine_as_test(cast(Any, partial(AnyStory, database)), settings=chosen)


# hypothesis finds the corners of short stories; what takes many acts to come about, chance finds sooner.
OFTEN = ["say_yes"] * 5 + ["ask_for_other_terms"] * 3 + ["get_stuck", "answer_in_words", "undo"] * 2
WHOLE = ["end_the_plan_or_go_on", "ask_for_a_goal_or_answer_it"] * 3 + ["ask_for_quiet_or_end_it"]
DAY_S_WORK = [
    *OFTEN,
    *WHOLE,
    "end_or_reopen",
    "comment",
    "hand_over",
    "ask_for_a_step",
    "change_the_seller",
    "time_passes",
]


def by_chance(chance: Random, what: str) -> dict[str, Any]:
    who = chance.choice(["named", "named", "seller", "seller", "other"])
    somebody = {"who": chance.choice(["jonas", "petra", "seller"])}
    common = {
        "step": chance.choice([0, 0, 1, 2]),
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
            "at": chance.choice([None, time(9)]),
            "place": chance.choice([None, "", "Room 4"]),
            "note": "Fair",
        },
        "get_stuck": common | {"why": Obstacle.WAITING, "days": chance.choice([None, 3])},
        "hand_over": common | {"is_confirmed": chance.random() < 0.7},
        "answer_in_words": common,
        "undo": common | {"minutes": chance.choice([0, 0, 11])},
        "end_or_reopen": common
        | behind
        | {"is_ended": chance.random() < 0.5, "is_dropped": chance.random() < 0.05},
        "comment": common | {"is_changed": chance.random() < 0.3},
        "ask_for_a_step": {
            "who": chance.choice(["jonas", "petra"]),
            "owner": chance.choice(list(Side)),
            "is_talk": chance.random() < 0.5,
            "days": chance.randint(1, 20),
            "is_taken_back": chance.random() < 0.3,
        },
        "end_the_plan_or_go_on": somebody
        | {"is_ended": chance.random() < 0.3, "minutes": chance.choice([0, 0, 11])},
        "ask_for_quiet_or_end_it": somebody
        | {"days": chance.randint(1, 3), "is_ended": chance.random() < 0.3},
        "ask_for_a_goal_or_answer_it": somebody
        | behind
        | {
            "words": chance.choice(["Two days", "By Friday"]),
            "days": chance.choice([None, 9]),
            "is_kept": chance.random() < 0.5,
        },
        "change_the_seller": {"who": "seller", "to": chance.choice([0, 1])},
        "time_passes": {"length": timedelta(minutes=chance.choice([4, 400, 4000]))},
    }[what]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2, 3))])
def test_a_long_story_leaves_one_too(database: Database, seed: int):
    machine, chance = AnyStory(database), Random(seed)
    machine.share_two_steps(
        zone=chance.choice(["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"]), talks=(True, False)
    )

    for _ in range(100):
        what = chance.choice(DAY_S_WORK)
        getattr(machine, what)(**by_chance(chance, what))
        machine.nothing_is_overwritten()
        machine.what_is_kept_is_what_a_person_would_read_in_the_history()
        machine.so_is_what_is_kept_of_the_plan()
        machine.a_commitment_stands_exactly_when_both_said_yes_to_the_same_words()
        machine.all_that_is_promised_is_promised_by_whoever_is_in_charge()
        machine.the_record_is_whole()

    machine.teardown()
