"""Whatever a seller does to calls, in whatever order: few actions, a debrief first, and the wall holds.

Through the routes, as a browser would; what must hold is read from the database, not from the code that
keeps it. What is refused writes nothing, what takes effect writes one event, and pressed again it is known.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any, cast

import pytest
import time_machine
from fastapi import FastAPI
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app import verify
from app.call.tables import Call, InMeeting, PlanAction, Review, Trace
from app.clock import right_now
from app.database import Database
from app.deal.position.position import where
from app.deal.tables import Deal
from tests.cast import Buyer, SellerAtWork, in_days
from tests.safety.visitors import Photograph, contents, forget_pages

KEPT = {"done", "brought"}  # all that may change of an action when its call is over
CALL = st.sampled_from([0, 0, 0, 1, 2])  # the newest most
WORDS = st.sampled_from(["Ask Jonas who signs", "Show the 40 stuck invoices", "Meet Petra alone"])
KEYS = st.lists(st.sampled_from(["first", "last", "strength"]), min_size=1, max_size=2)
MOSTLY = st.sampled_from(["yes"] * 5 + ["no", ""])
YES = {"logical": "yes", "urgent": "yes", "doable": "yes"}
ACTION = {"words": "Ask Jonas who signs", "who": "Maria", "secures": "the name of who signs"}
LACKS = [{"who": ""}, {"secures": " "}, {"removes": "no-such-flag"}, {"removes": []}]
SHORT = ("depth", {"depth": "quick", "could_lose": "no", "reason": "Only the date is open"})
PREPARING = [
    ("depth", {"depth": "full"}),
    SHORT,
    ("gut", {"before": "2", "after": "4"}),
    ("same", {"same": "yes"}),
    ("same", {"same": "no"}),
    ("meeting", {"person": "1"}),
    ("meeting", {}),
    ("review", {"question": "coverage", "words": "The COO left", "flag": "A new COO"}),
    ("review", {"question": "who", "words": "The COO left", "strength": "Two days", "gap": "1"}),
]
LEARNS = ["flags", "strengths", "disputes", "people", "points"]
BEGINNINGS = ["a call", "a full plan", "a short plan", "a call that is over", "a call learned from"]


class Office:
    """Maria's browser, Jonas's page, and the database as it was when he had agreed to one talk."""

    def __init__(self, maria: SellerAtWork, guest: TestClient, app: FastAPI, database: Database, clock: Any):
        self.maria, self.app, self.database, self.clock = maria, app, database, clock
        maria.signs_in()
        maria.writes_down(what_1="Go through the invoices", who_1="both", at_1="10:00")
        self.jonas = Buyer(guest, maria.shares_with("Jonas Weber"))
        self.jonas.acts(1, "yes")
        clock.shift(timedelta(hours=1))
        self.begins = right_now()
        self.buyers_page = self.look()
        self.photograph = Photograph(database)

    def as_it_was(self) -> None:
        self.photograph.put_back()
        self.clock.move_to(self.begins)

    def look(self) -> tuple[bytes, dict[str, str]]:
        """Every byte and header of the buyer's page, made anew."""
        forget_pages(self.app)
        answer = self.jonas.client.get(self.jonas.path)
        assert answer.status_code == 200
        return answer.content, dict(answer.headers)


class AnyCalls(RuleBasedStateMachine):
    """Maria prepares calls with Jonas, has them, and learns from them; or tries to."""

    def __init__(self, office: Office, beginning: str) -> None:
        super().__init__()
        self.office, self.beginning = office, beginning
        self.presses = 0
        self.over: dict[int, object] = {}  # the plans of calls that happened, as they were then
        office.as_it_was()
        self.kept = contents(office.database)

    @initialize(days=st.integers(-2, 9))
    def begin(self, days: int) -> None:
        self.plan_a_call(days, "10:00")
        match self.beginning:
            case "a full plan":
                self.choose_many(0, 6)
            case "a short plan":
                self.prepare(0, SHORT)
            case "a call that is over" | "a call learned from":
                self.choose_many(0, 2)
                self.say_whether_it_happened(0, "yes", 0)
        if self.beginning == "a call learned from":
            self.go_through_one_call_and_learn_from_it()
            self.plan_a_call(days, "")
            self.choose_the_last_plan_again(0)

    @rule(days=st.integers(-2, 9), at=st.sampled_from(["", "10:00"]))
    def plan_a_call(self, days: int, at: str) -> None:
        must_learn_first = self.must_learn_first()

        done = self.press(f"{self.office.maria.deal}/calls", on=str(in_days(days)), at=at)

        assert done is not must_learn_first

    @rule()
    def prepare_the_talk(self) -> None:
        """The call about it that is there, else a new one; looking at one that is there is no act."""
        known = any(call.step_id and not call.happened_at for call in self.calls())
        must_learn_first = self.must_learn_first()

        done = self.press(f"{self.office.maria.plan}/steps/1/call", acts=0 if known else 1)

        assert done is (known or not must_learn_first)

    @rule(call=CALL, act=st.sampled_from(PREPARING))
    def prepare(self, call: int, act: tuple[str, dict[str, str]]) -> None:
        """Whether a review asks that question hangs on its depth; the rest takes effect until the call."""
        chosen_call = self.call(call)

        done = self.presses_on(chosen_call, act[0], **act[1])

        assert done is not bool(chosen_call.happened_at) or (act[0] == "review" and not done)

    @precondition(lambda self: self.last_over())
    @rule(action=st.integers(0, 5))
    def prepare_a_call_that_is_over(self, action: int) -> None:
        """In every way; its plan can only be read."""
        call = self.last_over()
        assert call
        for act, form in [*PREPARING, ("actions", ACTION | {"removes": self.traced(["first"])[0]})]:
            assert not self.presses_on(call, act, **form)
        for how in ("yes", "moved", "missed"):
            assert not self.presses_on(call, "happened", how=how, on=str(in_days(9)))
        actions = self.rows(PlanAction, PlanAction.call_id == call.id)
        for one in actions[action : action + 1]:
            self.decide(call, one, YES)
            self.decide(call, one, dict.fromkeys(YES, "no"))

    @rule(call=CALL, words=WORDS, keys=KEYS)
    def write_a_candidate(self, call: int, words: str, keys: list[str]) -> None:
        chosen_call = self.call(call)
        removes, uses = self.traced(keys)

        done = self.presses_on(
            chosen_call, "actions", **ACTION | {"words": words, "removes": removes, "uses": uses}
        )

        assert done is bool((removes or uses) and not chosen_call.happened_at)

    @rule(call=CALL)
    def write_what_is_no_action(self, call: int) -> None:
        removes, _ = self.traced(["first"])
        for lack in LACKS:
            assert not self.presses_on(self.call(call), "actions", **ACTION | {"removes": removes} | lack)

    @rule(
        call=CALL,
        action=st.integers(0, 5),
        answers=st.fixed_dictionaries(dict.fromkeys(YES, MOSTLY)),
        reason=st.sampled_from(["", "", "It waits for March"]),
    )
    def ask_the_three_questions(self, call: int, action: int, answers: dict[str, str], reason: str) -> None:
        chosen_call = self.call(call)
        actions = self.rows(PlanAction, PlanAction.call_id == chosen_call.id)
        if actions:
            self.decide(chosen_call, actions[action % len(actions)], answers, reason)

    def decide(self, call: Call, action: PlanAction, answers: dict[str, str], reason: str = "") -> None:
        """A no or a reason turns it down; the sixth is refused, and so is the plan of the last call again."""
        chosen = [one for one in self.chosen(call) if one.id != action.id]
        is_turned_down = bool(reason) or "no" in answers.values()
        is_chosen = answers == YES and not reason
        plan = self.as_a_set([*chosen, action] if is_chosen else chosen)
        is_old = plan == self.as_a_set(self.chosen(self.last_over())) != set()

        done = self.presses_on(call, f"actions/{action.id}/questions", **answers, reason=reason)

        is_good = not is_old and (is_turned_down or (is_chosen and len(chosen) < 5))
        assert done is (is_good and call.happened_at is None)
        standing = self.rows(PlanAction, PlanAction.id == action.id)[0].standing
        assert standing == (("chosen" if is_chosen else "turned down") if done else action.standing)

    @rule(call=CALL, count=st.integers(2, 6))
    def choose_many(self, call: int, count: int) -> None:
        for number in range(count):
            self.write_and_choose(self.call(call), f"Ask Jonas question {number} of {self.presses}")

    @precondition(lambda self: self.chosen(self.last_over()))
    @rule(call=CALL)
    def choose_the_last_plan_again(self, call: int) -> None:
        for action in self.chosen(self.last_over()):
            keys = [trace.key for trace in self.rows(Trace, Trace.action_id == action.id)]
            self.write_and_choose(self.call(call), action.words, keys)

    def write_and_choose(self, call: Call, words: str, keys: list[str] | None = None) -> None:
        removes = keys or self.traced(["first"])[0]
        if self.presses_on(call, "actions", **ACTION | {"words": words, "removes": removes}):
            self.decide(call, self.rows(PlanAction, PlanAction.call_id == call.id)[-1], YES)

    @rule(call=CALL, how=st.sampled_from(["yes", "yes", "moved", "missed"]), days=st.integers(-1, 9))
    def say_whether_it_happened(self, call: int, how: str, days: int) -> None:
        chosen_call = self.call(call)
        actions = self.actions_of(chosen_call)
        on = {} if how == "yes" else {"on": str(in_days(days))}

        done = self.presses_on(chosen_call, "happened", how=how, **on)

        assert done is (chosen_call.happened_at is None)
        assert self.actions_of(chosen_call) == actions
        if done and how == "yes":
            self.over[chosen_call.id or 0] = self.plan_of(chosen_call)

    @rule(
        call=CALL,
        done=st.sampled_from(["all", "all", "first", "none"]),
        mode=st.sampled_from(["", "trouble", "even keel", "bored"]),
        gone=KEYS,
        said=st.sampled_from(["", "", "The board meets in March"]),
        new_flag=st.sampled_from(["", "", "Their new controller"]),
        finish=st.sampled_from(["", "yes", "yes"]),
    )
    def debrief(self, call: int, done: str, gone: list[str], **form: str) -> None:
        chosen_call = self.call(call)
        looked_at = {"all": None, "first": 1, "none": 0}[done]
        form["mode_1"] = form.pop("mode")

        self.learn(chosen_call, looked_at, gone=self.traced(gone)[0], **form)

    def learn(self, call: Call, looked_at: int | None = None, **form: Any) -> None:
        """The first `looked_at` of the actions are looked at; the debrief ends when all of them were."""
        chosen = self.chosen(call)
        named = {f"done_{one.id}": "yes" for one in chosen[:looked_at]}
        brought = {f"brought_{one.id}": "Petra signs" for one in chosen[:looked_at]}
        unknown = [one for one in chosen[looked_at:] if one.done is None] if looked_at is not None else []
        may_end = not unknown and (call.assumed_on or not call.is_short)

        done = self.presses_on(call, "debrief", **named, **brought, **form)

        is_good = may_end if form.get("finish") else True
        assert done is bool(call.happened_at and not call.learned_at and is_good)

    @precondition(lambda self: self.must_learn_first())
    @rule(looked_at=st.sampled_from([0, 1]))
    def go_on_without_having_learned(self, looked_at: int) -> None:
        """Neither the next call nor the end of the debrief comes before each action was looked at."""
        self.plan_a_call(3, "")
        self.prepare_the_talk()
        self.learn(self.waiting()[0], looked_at, finish="yes")

    @rule()
    def go_through_one_call_and_learn_from_it(self) -> None:
        """Trying to be done with it too early, and once more when it is done."""
        if not self.waiting() and not self.call(0).happened_at:
            self.say_whether_it_happened(0, "yes", 0)
        for call in self.waiting()[:1]:
            self.go_on_without_having_learned(0)
            self.learn(self.again(call), finish="yes")
            self.presses_on(call, "assumed", assumed="confirmed")
            self.learn(self.again(call), finish="yes")
            assert self.again(call).learned_at

    @rule(call=CALL)
    def settle_what_a_short_plan_assumed(self, call: int) -> None:
        chosen_call = self.call(call)

        done = self.presses_on(chosen_call, "assumed", assumed="moved")

        assert done is bool(chosen_call.happened_at and not chosen_call.learned_at)

    @rule(what=st.sampled_from(LEARNS), keys=KEYS)
    def learn_something_between_calls(self, what: str, keys: list[str]) -> None:
        deal = self.office.maria.deal
        if what == "flags":
            self.press(f"{deal}/flags", words="A reorganisation is announced")
        elif what == "strengths":
            self.press(f"{deal}/points/1/gap", gap="yes")
            self.press(f"{deal}/strengths", words="Shows who signs", gap="1")
        elif what == "people":
            self.press(f"{deal}/people/1", role=["user", "economic"], mode="trouble", win="Free weekends")
        elif what == "points":
            self.press(f"{deal}/points", words="The close takes us two weekends")
        else:
            for key in self.traced(keys)[0][:1]:
                self.press(f"{deal}/disputes", flag=key, reason="Jonas says so")

    @invariant()
    def the_last_press_that_took_effect_is_known_again(self) -> None:
        path, form = self.last_press

        assert self.office.maria.client.post(path, data=form).status_code == 303

        now, touched = contents(self.office.database), {"deal": []}  # a deal notes when somebody came by
        assert now | touched == self.kept | touched
        self.kept = now

    @invariant()
    def never_more_than_five_actions_are_chosen(self) -> None:
        for call in self.calls():
            assert len(self.chosen(call)) <= 5

    @invariant()
    def every_action_traces_to_something_and_secures_something(self) -> None:
        for action in self.rows(PlanAction):
            assert self.rows(Trace, Trace.action_id == action.id)
            assert action.secures.strip()
            assert action.who.strip()

    @invariant()
    def a_plan_whose_call_happened_stays_as_it_was(self) -> None:
        for call in self.calls():
            assert (call.id in self.over) is (call.happened_at is not None)
            assert call.id not in self.over or self.plan_of(call) == self.over[call.id]

    @invariant()
    def no_call_was_begun_before_the_last_one_was_learned_from(self) -> None:
        calls = self.calls()
        for call in calls:
            over = [one for one in calls if one.happened_at and one.happened_at < call.created_at]
            assert all(one.learned_at and one.learned_at < call.created_at for one in over)

    @invariant()
    def the_record_is_whole(self) -> None:
        with Session(self.office.database.reading) as session:
            assert list(verify.broken(session)) == []

    @invariant()
    def the_buyer_s_page_is_the_same_to_the_last_byte(self) -> None:
        assert self.office.look() == self.office.buyers_page

    def presses_on(self, call: Call, act: str, **form: Any) -> bool:
        return self.press(f"/calls/{call.ref}/{act}", **form)

    def press(self, path: str, acts: int = 1, **form: Any) -> bool:
        """Did it take effect? It wrote `acts` events then, and one for what they said; else nothing."""
        self.presses += 1
        self.office.clock.shift(timedelta(seconds=1))
        form["key"] = f"press-{self.presses}"
        before = self.kept

        answer = self.office.maria.client.post(path, data=form)

        self.kept = contents(self.office.database)
        assert answer.status_code in (303, 409, 422), answer.status_code
        if answer.status_code != 303:
            assert self.kept == before
            return False
        notes = len(self.kept["point"]) - len(before["point"]) if path.endswith("/debrief") else 0
        assert len(self.kept["event"]) == len(before["event"]) + acts + notes
        self.last_press = path, form
        return True

    def traced(self, keys: list[str]) -> tuple[list[str], list[str]]:
        """The keys of red flags and of strengths that are meant."""
        flags, strengths = self.open_keys()
        named = {"first": flags[:1], "last": flags[-1:]}
        removes = [key for one in keys for key in named.get(one, [])]
        return removes, strengths[:1] if "strength" in keys else []

    def open_keys(self) -> tuple[list[str], list[str]]:
        with Session(self.office.database.reading) as session:
            at = where(session, session.exec(select(Deal)).one(), in_days(0))
        return [flag.key for flag in at.flags], [one.key for one in at.counting]

    def calls(self) -> list[Call]:
        """The newest first."""
        return self.rows(Call)[::-1]

    def call(self, number: int) -> Call:
        calls = self.calls()
        return calls[number % len(calls)]

    def again(self, call: Call) -> Call:
        return self.rows(Call, Call.id == call.id)[0]

    def last_over(self) -> Call | None:
        over = [(call.happened_at, call) for call in self.calls() if call.happened_at]
        return max(over, key=lambda one: one[0], default=(None, None))[1]

    def waiting(self) -> list[Call]:
        """Those that happened and were not learned from."""
        return [call for call in self.calls() if call.happened_at and not call.learned_at]

    def must_learn_first(self) -> bool:
        return bool(self.waiting())

    def chosen(self, call: Call | None) -> list[PlanAction]:
        actions = self.rows(PlanAction, PlanAction.call_id == call.id) if call else []
        return [one for one in actions if one.standing == "chosen"]

    def as_a_set(self, actions: list[PlanAction]) -> set[tuple[str, frozenset[str]]]:
        """What makes one plan the same as another: its words and what they trace to."""
        traces = [self.rows(Trace, Trace.action_id == one.id) for one in actions]
        keys = [frozenset(trace.key for trace in found) for found in traces]
        return {(one.words, key) for one, key in zip(actions, keys, strict=True)}

    def actions_of(self, call: Call) -> list[dict[str, Any]]:
        """Each action with its traces."""
        return [
            action.model_dump(exclude=KEPT)
            | {"traces": [trace.model_dump() for trace in self.rows(Trace, Trace.action_id == action.id)]}
            for action in self.rows(PlanAction, PlanAction.call_id == call.id)
        ]

    def plan_of(self, call: Call) -> tuple[object, ...]:
        """All that was prepared for a call."""
        now = self.again(call).model_dump(exclude={"assumed_on", "learned_at"})
        kinds = (Review, InMeeting)
        thought = [[row.model_dump() for row in self.rows(kind, kind.call_id == call.id)] for kind in kinds]
        return now, thought, self.actions_of(call)

    def rows(self, kind: Any, *conditions: Any) -> list[Any]:
        with Session(self.office.database.reading) as session:
            return list(session.exec(select(kind).where(*conditions).order_by(kind.id)))


@pytest.fixture
def office(maria: SellerAtWork, app: FastAPI, database: Database) -> Iterator[Office]:
    """At noon, so that no day ends while the story is told."""
    noon = right_now().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False) as clock, TestClient(app, follow_redirects=False) as guest:
        yield Office(maria, guest, app, database, clock)


@pytest.mark.wide
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_any_story_of_calls_keeps_to_the_method(office: Office, beginning: str):
    stories = settings().max_examples // 15
    chosen = settings(max_examples=stories, stateful_step_count=10)

    run_state_machine_as_test(cast(Any, partial(AnyCalls, office, beginning)), settings=chosen)
