"""A step as both sides' pages show it."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from app.shared_plan import acts
from app.shared_plan.commitment import Kind, Obstacle, Side
from app.shared_plan.record import Outcome, Tally
from app.shared_plan.steps_now import PlanRows, next_talk, records
from app.shared_plan.words import Change
from tests.shared_plan.factories import MONDAY, THURSDAY, TODAY, SharedPlan, a_plan

DAY = timedelta(days=1)


@pytest.fixture
def plan(session: Session) -> SharedPlan:
    return a_plan(session)


def test_a_step_names_its_two_people_and_its_day(plan: SharedPlan):
    step = plan.shares(day=THURSDAY, who=plan.petra)

    shown = plan.shown(step)

    assert (shown.seller, shown.buyer, shown.due_on) == ("Maria Keller", "Petra Lang", THURSDAY)
    assert (shown.agreed_day, shown.agreed_title, shown.moved_from) == (None, "", None)


def test_the_words_agreed_stand_beside_the_words_asked_for(plan: SharedPlan):
    step = plan.agrees(title="Send the 40 invoices", day=THURSDAY)

    change = Change(title="Send the 12 invoices", due_on=MONDAY)
    acts.propose(plan.deed(step, plan.jonas), change, "Fair")

    shown = plan.shown(step)
    assert (shown.title, shown.due_on) == ("Send the 12 invoices", MONDAY)
    assert (shown.agreed_title, shown.agreed_day) == ("Send the 40 invoices", THURSDAY)
    assert shown.asked
    assert (shown.moved_from, shown.asked.note) == (THURSDAY, "Fair")


def test_once_another_day_is_agreed_the_first_one_is_struck_through(plan: SharedPlan):
    step = plan.agrees(day=THURSDAY)
    acts.propose(plan.deed(step, plan.jonas), Change(due_on=MONDAY))

    acts.agree(plan.deed(step, plan.maria))

    shown = plan.shown(step)
    assert (shown.agreed_day, shown.moved_from) == (MONDAY, THURSDAY)


def test_a_day_taken_back_is_no_longer_asked_for(plan: SharedPlan):
    step = plan.agrees(day=THURSDAY)
    acts.propose(plan.deed(step, plan.jonas), Change(due_on=MONDAY))

    acts.take_back(plan.deed(step, plan.jonas))

    shown = plan.shown(step)
    assert (shown.due_on, shown.agreed_day, shown.moved_from) == (THURSDAY, THURSDAY, None)


def test_the_obstacle_shown_is_the_one_that_stands(plan: SharedPlan):
    step = plan.agrees()
    acts.get_stuck(plan.deed(step, plan.jonas), Obstacle.WAITING, "for Dirk")
    acts.get_stuck(plan.deed(step, plan.jonas), Obstacle.NOT_NEEDED, "a slip")

    acts.take_back(plan.deed(step, plan.jonas))

    stuck = plan.shown(step).obstacle
    assert stuck
    assert stuck.note == "for Dirk"


def test_an_answer_in_words_that_was_taken_back_is_not_shown(plan: SharedPlan):
    step = plan.agrees()
    acts.get_stuck(plan.deed(step, plan.maria), Obstacle.NEEDS_YOU)
    acts.answer_in_words(plan.deed(step, plan.jonas), "I will send it")
    said = plan.shown(step).comments

    acts.take_back(plan.deed(step, plan.jonas))

    assert [answer.note for answer in said] == ["I will send it"]
    assert plan.shown(step).comments == ()


def test_what_came_of_it_is_shown_with_who_marked_it(plan: SharedPlan):
    step = plan.agrees()

    acts.finish(plan.deed(step, plan.jonas), "All forty", "https://nordwind.test/40")

    ended = plan.shown(step).ended
    assert ended
    assert (ended.name, ended.note, ended.url) == ("Jonas Weber", "All forty", "https://nordwind.test/40")


def test_an_agreed_step_is_late_from_the_day_after(plan: SharedPlan):
    shown = plan.shown(plan.agrees(day=THURSDAY))

    assert not shown.is_late(THURSDAY)
    assert shown.is_late(THURSDAY + DAY)
    assert shown.days_late(THURSDAY + 3 * DAY) == 3


def test_nothing_is_late_that_is_done_stuck_or_was_never_agreed(plan: SharedPlan):
    done, stuck, asked = plan.agrees(), plan.agrees(), plan.shares()
    acts.finish(plan.deed(done, plan.jonas))
    acts.get_stuck(plan.deed(stuck, plan.jonas), Obstacle.WAITING)

    late = [step.number for step in (done, stuck, asked) if plan.shown(step).is_late(MONDAY)]

    assert late == []


def test_the_record_counts_each_sides_promises():
    kept = SimpleNamespace(step_id=1, owner=Side.SELLER, outcome=Outcome.KEPT, ended_at=TODAY, day=TODAY)
    overdue = SimpleNamespace(step_id=2, owner=Side.BUYER, outcome=None, ended_at=None, day=TODAY - DAY)
    due_today = SimpleNamespace(step_id=3, owner=Side.BUYER, outcome=None, ended_at=None, day=TODAY)
    replaced = SimpleNamespace(step_id=4, owner=Side.BUYER, outcome=None, ended_at=TODAY, day=TODAY - DAY)

    counted = records(PlanRows([], [], [kept, overdue, due_today, replaced]), TODAY)

    assert counted == {Side.SELLER: Tally(kept=1), Side.BUYER: Tally(late=1)}
    stuck = SimpleNamespace(step_id=2, is_stuck=True)
    assert records(PlanRows([stuck], [], [overdue]), TODAY)[Side.BUYER] == Tally()


def test_the_next_talk_is_the_first_agreed_one_that_is_not_over(plan: SharedPlan):
    plan.shares(kind=Kind.TALK, due_at=time(9), day=TODAY)
    late, early = plan.talk(time(15), day=MONDAY), plan.talk(time(9), day=MONDAY)
    plan.talk(day=TODAY - timedelta(days=1))
    steps = [plan.shown(step) for step in (late, early)]

    assert next_talk(plan.all_shown(), TODAY) == steps[1]


def test_a_proposed_talk_is_the_next_one_while_none_is_agreed(plan: SharedPlan):
    plan.agrees()
    asked = plan.shares(kind=Kind.TALK, due_at=time(9))

    assert next_talk(plan.all_shown(), TODAY) == plan.shown(asked)
    assert next_talk([plan.shown(plan.agrees())], TODAY) is None
