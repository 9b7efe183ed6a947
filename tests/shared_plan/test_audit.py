"""What the audit notices: each row of a plan's record, changed behind the program's back."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from app import verify
from app.shared_plan import acts, results
from app.shared_plan.commitment import Obstacle
from app.shared_plan.words import Change
from tests.marks import EACH_DATABASE
from tests.shared_plan.factories import MONDAY, SharedPlan, a_plan

# What a thief of the database might write, and the words that name what they touched. Step 1 is stuck with a
# commitment and a counter behind it, step 2 agreed with a comment, step 3 done and its yes once taken back.
CHANGED = [
    ("UPDATE terms SET due_on = '2026-12-24' WHERE step_id = {one} AND version = 1", "act 1 of step 1"),
    ("UPDATE terms SET title = 'Sign' WHERE step_id = {one} AND version = 2", "of step 1"),
    ("UPDATE terms SET reason = 'You asked' WHERE step_id = {two}", "act 1 of step 2"),
    ("UPDATE terms SET kind = 'talk' WHERE step_id = {two}", "act 1 of step 2"),
    ("UPDATE terms SET due_at = '10:00:00.000000' WHERE step_id = {two}", "act 1 of step 2"),
    ("UPDATE terms SET place = 'Room 4' WHERE step_id = {two}", "act 1 of step 2"),
    ("UPDATE terms SET owner = 'seller' WHERE step_id = {two}", "act 1 of step 2"),
    ("UPDATE terms SET participant_id = {petra} WHERE step_id = {two}", "act 1 of step 2"),
    ("UPDATE terms SET version = 3 WHERE step_id = {one} AND version = 2", "of step 1"),
    ("UPDATE terms SET plan_id = {other_plan} WHERE step_id = {two}", "of step 2"),
    ("DELETE FROM terms WHERE step_id = {one} AND version = 1", "act 1 of step 1"),
    ("DELETE FROM terms WHERE step_id = {one} AND version = 2", "of step 1"),
    (
        "INSERT INTO terms (workspace_id, plan_id, step_id, version, title, reason, owner, seller_id,"
        " participant_id, due_on, salt) SELECT workspace_id, plan_id, step_id, 9, title, reason, owner,"
        " seller_id, participant_id, due_on, salt FROM terms WHERE step_id = {two}",
        "of step 2",
    ),
    ("UPDATE act SET what = 'proposed' WHERE step_id = {two} AND number = 2", "act 2 of step 2"),
    ("UPDATE act SET what = 'unheard of' WHERE step_id = {two} AND number = 2", "{chain}"),
    ("UPDATE act SET at = '2026-11-01 12:00:00' WHERE step_id = {two} AND number = 2", "act 2 of step 2"),
    ("UPDATE act SET note = 'Never' WHERE step_id = {two} AND number = 3", "act 3 of step 2"),
    ("UPDATE act SET url = 'https://else.test' WHERE step_id = {two} AND number = 3", "act 3 of step 2"),
    (
        "UPDATE act SET edited_at = '2026-11-19 12:01:00' WHERE step_id = {two} AND number = 3",
        "act 3 of step 2",
    ),
    ("UPDATE act SET participant_id = {jonas} WHERE step_id = {two} AND number = 3", "act 3 of step 2"),
    (
        "UPDATE act SET side = 'seller', seller_id = {maria}, participant_id = NULL"
        " WHERE step_id = {two} AND number = 3",
        "act 3 of step 2",
    ),
    ("UPDATE act SET browser = 'another' WHERE step_id = {two} AND number = 2", "act 2 of step 2"),
    ("UPDATE act SET obstacle = 'other' WHERE step_id = {one} AND number = 4", "act 4 of step 1"),
    ("UPDATE act SET ask_again_on = NULL WHERE step_id = {one} AND number = 4", "act 4 of step 1"),
    ("UPDATE act SET version = 1 WHERE step_id = {one} AND number = 4", "act 4 of step 1"),
    ("UPDATE act SET plan_id = {other_plan} WHERE step_id = {two} AND number = 3", "act 3 of step 2"),
    ("UPDATE act SET step_id = {one}, number = 5 WHERE step_id = {two} AND number = 3", "act 5 of step 1"),
    ("DELETE FROM act WHERE step_id = {two} AND number = 3", "act 3 of step 2 is missing"),
    ("DELETE FROM act WHERE step_id = {two} AND number = 2", "act 2 of step 2 is missing"),
    ("UPDATE step SET status = 'agreed' WHERE id = {one}", "standing of step 1"),
    ("UPDATE step SET version = 1 WHERE id = {one}", "standing of step 1"),
    ("UPDATE step SET waits_for = NULL WHERE id = {one}", "standing of step 1"),
    ("UPDATE step SET since = '2026-11-01 12:00:00' WHERE id = {one}", "standing of step 1"),
    ("UPDATE step SET is_stuck = false WHERE id = {one}", "standing of step 1"),
    ("UPDATE step SET ask_again_on = '2026-11-20' WHERE id = {one}", "standing of step 1"),
    ("UPDATE step SET seller_id = {colleague} WHERE id = {one}", "standing of step 1"),
    ("UPDATE step SET number = 7 WHERE id = {two}", "step 7"),
    ("UPDATE step SET plan_id = {other_plan} WHERE id = {two}", "act 1 of step 2 is missing"),
    ("UPDATE commitment SET day = '2026-12-24' WHERE step_id = {one}", "commitments of step 1"),
    ("UPDATE commitment SET version = 2 WHERE step_id = {one}", "commitments of step 1"),
    ("UPDATE commitment SET owner = 'seller' WHERE step_id = {one}", "commitments of step 1"),
    ("UPDATE commitment SET seller_id = {colleague} WHERE step_id = {one}", "commitments of step 1"),
    ("UPDATE commitment SET plan_id = {other_plan} WHERE step_id = {one}", "commitments of step 1"),
    (
        "UPDATE commitment SET agreed_at = '2026-11-01 12:00:00' WHERE step_id = {one}",
        "commitments of step 1",
    ),
    ("UPDATE commitment SET ended_at = '2026-11-20 12:00:00' WHERE step_id = {one}", "commitments of step 1"),
    ("UPDATE commitment SET why = 'dropped' WHERE step_id = {three} AND number = 2", "commitments of step 3"),
    (
        "UPDATE commitment SET outcome = 'late' WHERE step_id = {three} AND number = 2",
        "commitments of step 3",
    ),
    ("DELETE FROM commitment WHERE step_id = {two}", "commitments of step 2"),
    ("UPDATE event SET what = 'dropped' WHERE chain = '{chain}' AND number = 4", "event 4 was changed"),
    ("UPDATE event SET facts = '{{' WHERE chain = '{chain}' AND number = 4", "event 4 was changed"),
    ("UPDATE event SET actor = 'seller-9' WHERE chain = '{chain}' AND number = 4", "event 4 was changed"),
    ("UPDATE event SET hash = previous WHERE chain = '{chain}' AND number = 4", "event 4 was changed"),
    ("DELETE FROM event WHERE chain = '{chain}' AND number = 4", "event 4 is missing"),
    ("DELETE FROM event WHERE chain = '{chain}' AND number = {head}", "its head says {head}"),
    ("UPDATE plan SET head_number = head_number - 1 WHERE id = {plan}", "ends at event {head}"),
    ("UPDATE event SET chain = 'plan-99' WHERE chain = '{chain}' AND number = {head}", "plan-99"),
]


@pytest.fixture
def plan(session: Session) -> SharedPlan:
    return a_plan(session)


def a_story(plan: SharedPlan) -> dict[str, object]:
    """Three steps with everything in their history, and the ids to find their rows by."""
    one, two, three = plan.agrees(), plan.agrees(), plan.agrees()
    acts.propose(plan.deed(one, plan.jonas), Change(due_on=MONDAY))
    acts.get_stuck(plan.deed(one, plan.jonas), Obstacle.NO_DATE, ask_again_on=MONDAY)
    acts.comment(plan.deed(two, plan.petra), "Ask Dirk too")
    acts.take_back(plan.deed(three, plan.jonas))
    acts.agree(plan.deed(three, plan.jonas))
    acts.finish(plan.deed(three, plan.maria), "All forty")
    plan.session.flush()
    return {"one": one.id, "two": two.id, "three": three.id} | others(plan)


def others(plan: SharedPlan) -> dict[str, object]:
    from app.account.tables import Workspace
    from app.shared_plan.tables import Plan
    from tests.cast import a_seller

    workspace = plan.session.get_one(Workspace, plan.plan.workspace_id)
    colleague = a_seller(plan.session, workspace, "Tobias Brandt")
    values = plan.plan.model_dump(include={"workspace_id", "seller_id", "company", "title", "created_at"})
    other = Plan(**values, ref="another")
    plan.session.add(other)
    plan.session.flush()
    return {
        "plan": plan.plan.id,
        "chain": plan.plan.chain,
        "head": plan.plan.head_number,
        "other_plan": other.id,
        "colleague": colleague.id,
        "maria": plan.maria.id,
        "jonas": plan.jonas.id,
        "petra": plan.petra.id,
    }


def broken_after(session: Session, sql: str) -> list[str]:
    """What `jointly verify` says after one statement, which is then rolled back."""
    with session.begin_nested() as point:
        session.connection().execute(text(sql))
        session.expire_all()
        found = list(verify.broken(session))
        point.rollback()
    session.expire_all()
    return found


@EACH_DATABASE
def test_whatever_was_changed_behind_our_back_is_named(plan: SharedPlan):
    ids = a_story(plan)
    assert list(verify.broken(plan.session)) == []

    unnoticed = [
        sql
        for sql, words in CHANGED
        if not any(words.format(**ids) in line for line in broken_after(plan.session, sql.format(**ids)))
    ]

    assert unnoticed == []


def test_a_record_nobody_touched_stays_whole_whatever_time_goes_by(plan: SharedPlan):
    a_story(plan)

    plan.passes(timedelta(days=400))

    assert list(verify.broken(plan.session)) == []


def test_another_time_zone_for_the_plan_breaks_no_record(plan: SharedPlan):
    step = plan.agrees(day=plan.now.date())
    plan.now = plan.now.replace(hour=23)
    acts.finish(plan.deed(step, plan.jonas))

    plan.plan.time_zone = "Pacific/Kiritimati"
    results.rejudge(plan.session, plan.plan)

    assert [kept.outcome for kept in step.commitments] == ["late"]
    assert list(verify.broken(plan.session)) == []
