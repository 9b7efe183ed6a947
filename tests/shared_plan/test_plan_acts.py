"""What people do with a plan as a whole, in rows: its steps, its results and its record follow."""

import pytest
from sqlalchemy import text
from sqlmodel import Session

from app import verify
from app.journal import press
from app.shared_plan import acts, plan_acts, store
from app.shared_plan.commitment import Side, Status
from app.shared_plan.deed import PlanDeed
from app.shared_plan.moves import UNDO_FOR, NothingChanged, NotNow, PlanOver, StaleVersion
from app.shared_plan.tables import Participant, Terms
from app.shared_plan.whole_plan import PlanState
from tests.cast import a_seller
from tests.marks import EACH_DATABASE
from tests.shared_plan.factories import MINUTE, MONDAY, THURSDAY, SharedPlan, a_plan


@pytest.fixture
def plan(session: Session) -> SharedPlan:
    return a_plan(session)


def deed(plan: SharedPlan, who: str = "jonas", seen: int = 0) -> PlanDeed:
    one = getattr(plan, who)
    plan.session.flush()
    return PlanDeed(plan.session, plan.plan, one, plan.now, press(one.actor, "", {}), seen)


def is_whole(plan: SharedPlan) -> bool:
    plan.session.flush()
    return list(verify.broken(plan.session)) == []


@EACH_DATABASE
def test_not_going_ahead_drops_what_is_open_and_leaves_what_is_done(session: Session):
    plan = a_plan(session)
    agreed, done = plan.agrees(), plan.agrees()
    acts.finish(plan.deed(done, plan.jonas))

    plan_acts.end(deed(plan), "The budget is gone")

    assert plan.plan.state is PlanState.ENDED
    assert (agreed.status, done.status) == (Status.DROPPED, Status.DONE)
    assert all(commitment.ended_at for commitment in agreed.commitments)
    assert is_whole(plan)


def test_nothing_is_changed_on_a_plan_that_is_over(plan: SharedPlan):
    step, done = plan.shares(), plan.agrees()
    acts.finish(plan.deed(done, plan.jonas))
    plan_acts.close(deed(plan, "maria"))
    before = len(plan.events())

    for refused in (
        lambda: acts.agree(plan.deed(step, plan.jonas)),
        lambda: acts.comment(plan.deed(step, plan.jonas), "Well"),
        lambda: acts.reopen(plan.deed(done, plan.maria)),
        lambda: acts.take_back(plan.deed(done, plan.jonas)),
        lambda: store.new_step(plan.session, plan.plan, plan.now),
    ):
        with pytest.raises(PlanOver):
            refused()

    assert len(plan.events()) == before


def test_within_ten_minutes_the_steps_come_back_with_the_plan(plan: SharedPlan):
    step, dropped = plan.agrees(), plan.shares()
    acts.drop(plan.deed(dropped, plan.maria))
    plan.passes(MINUTE)
    plan_acts.end(deed(plan))
    plan.passes(9 * MINUTE)

    plan_acts.reopen(deed(plan))

    assert (step.status, dropped.status) == (Status.AGREED, Status.DROPPED)
    assert [one.ended_at for one in step.commitments][-1] is None
    assert is_whole(plan)


def test_later_the_plan_goes_on_without_them(plan: SharedPlan):
    step = plan.agrees()
    plan_acts.end(deed(plan))
    plan.passes(UNDO_FOR)

    plan_acts.reopen(deed(plan))

    assert (plan.plan.state, step.status) == (PlanState.OPEN, Status.DROPPED)
    assert plan.shares().number == 2


def test_what_the_other_side_ended_is_theirs_to_take_back(plan: SharedPlan):
    plan_acts.end(deed(plan))

    with pytest.raises(NotNow):
        plan_acts.reopen(deed(plan, "maria"))


def test_quiet_is_kept_on_the_plan_until_it_ends(plan: SharedPlan):
    plan_acts.pause(deed(plan), MONDAY)
    asked = plan.plan.quiet_until
    with pytest.raises(NothingChanged):
        plan_acts.pause(deed(plan), MONDAY)

    plan_acts.resume(deed(plan))

    assert (asked, plan.plan.quiet_until) == (MONDAY, None)
    assert is_whole(plan)


def test_another_goal_counts_once_the_seller_agrees(plan: SharedPlan):
    asked = plan_acts.ask_for_goal(deed(plan), "Invoices in two days", MONDAY)
    before = plan.plan.goal

    plan_acts.agree_to_goal(deed(plan, "maria", seen=asked.number))

    assert (before, plan.plan.goal, plan.plan.goal_on) == ("", "Invoices in two days", MONDAY)
    assert is_whole(plan)


def test_a_kept_goal_stays_and_the_reason_is_told(plan: SharedPlan):
    asked = plan_acts.ask_for_goal(deed(plan), "Everything by Friday", None)

    plan_acts.keep_goal(deed(plan, "maria", seen=asked.number), "Friday is a holiday")

    assert plan.plan.goal == ""
    assert store.plan_acts(plan.session, plan.plan.id or 0)[-1].words == "Friday is a holiday"


def test_the_seller_answers_the_goal_that_was_on_the_page(plan: SharedPlan):
    seen = plan_acts.ask_for_goal(deed(plan), "Two days", None).number
    plan_acts.ask_for_goal(deed(plan, "petra"), "One day", None)

    with pytest.raises(StaleVersion):
        plan_acts.agree_to_goal(deed(plan, "maria", seen=seen))


def test_the_same_goal_is_no_other_goal(plan: SharedPlan):
    plan.plan.goal = "Two days"

    with pytest.raises(NothingChanged):
        plan_acts.ask_for_goal(deed(plan), "Two days", None)


@EACH_DATABASE
def test_everything_promised_moves_to_the_new_seller_and_the_words_stay(session: Session):
    plan = a_plan(session)
    agreed, done = plan.agrees(), plan.agrees()
    acts.finish(plan.deed(done, plan.jonas))
    tom = _tom(session, plan)

    plan_acts.change_seller(deed(plan, "maria"), tom, "Maria Keller")

    rows = [plan.plan, agreed, done, *agreed.commitments, *done.commitments]
    assert {row.seller_id for row in rows} == {tom}
    assert agreed.terms[0].seller_id == plan.maria.id
    assert is_whole(plan)


def _tom(session: Session, plan: SharedPlan) -> int:
    from app.account.tables import Workspace

    workspace = session.get_one(Workspace, plan.plan.workspace_id)
    return a_seller(session, workspace, "Tom Reyes").id or 0


def test_whoever_asks_for_a_step_says_yes_to_it_and_waits_for_the_seller(plan: SharedPlan):
    step = _asked(plan)

    assert (step.status, step.waits_for) == (Status.COUNTERED, Side.SELLER)
    acts.agree(plan.deed(step, plan.maria))
    assert step.status is Status.AGREED
    assert is_whole(plan)


def test_a_request_that_is_taken_back_is_dropped(plan: SharedPlan):
    step = _asked(plan)

    acts.take_back(plan.deed(step, plan.jonas))

    assert step.status is Status.DROPPED
    assert is_whole(plan)


def _asked(plan: SharedPlan):
    step = store.new_step(plan.session, plan.plan, plan.now)
    terms = Terms(
        workspace_id=plan.plan.workspace_id,
        plan_id=plan.plan.id or 0,
        step_id=step.id or 0,
        version=1,
        title="Send the list of sites",
        owner=Side.SELLER,
        seller_id=plan.maria.id,
        participant_id=plan.jonas.id,
        due_on=THURSDAY,
        salt="",
    )
    acts.share(plan.deed(step, plan.jonas), terms)
    return step


def test_a_step_handed_over_waits_for_the_seller_and_then_for_the_colleague(plan: SharedPlan):
    step = plan.agrees()
    acts.hand_over(plan.deed(step, plan.jonas), "Petra Lang")
    handed = (step.is_stuck, step.waits_for)

    acts.ask_somebody_else(plan.deed(step, plan.maria), plan.petra.id)

    assert handed == (True, Side.SELLER)
    assert (step.status, step.is_stuck, step.waits_for) == (Status.PROPOSED, False, Side.BUYER)
    assert acts.current_terms(step).participant_id == plan.petra.id
    assert plan.shown(step).agreed_day == THURSDAY  # what Jonas agreed to stands until Petra answers
    assert is_whole(plan)


CHANGED = [
    ("UPDATE planact SET words = 'Never' WHERE number = 1", "act 1 of the plan was changed"),
    ("UPDATE planact SET day = NULL WHERE number = 2", "act 2 of the plan was changed"),
    ("UPDATE planact SET what = 'closed' WHERE number = 1", "act 1 of the plan was changed"),
    ("UPDATE planact SET browser = 'another' WHERE number = 1", "act 1 of the plan was changed"),
    ("DELETE FROM planact WHERE number = 2", "act 2 of the plan is missing"),
    ("UPDATE plan SET state = 'ended'", "where the plan stands"),
    ("UPDATE plan SET quiet_until = NULL", "where the plan stands"),
    ("UPDATE act SET colleague = 'Tom Ude' WHERE number = 3", "act 3 of step 1 was changed"),
]


@pytest.mark.parametrize(("statement", "named"), CHANGED)
def test_whoever_changes_the_plans_history_is_noticed(session: Session, statement: str, named: str):
    plan = a_plan(session)
    acts.hand_over(plan.deed(plan.agrees(), plan.jonas), "Petra Lang")
    plan_acts.ask_for_goal(deed(plan), "Two days", None)
    plan_acts.pause(deed(plan), MONDAY)
    assert is_whole(plan)

    session.connection().execute(text(statement))
    session.expire_all()

    assert any(named in line for line in verify.broken(session))


def test_a_copy_is_nobody_who_answers(plan: SharedPlan):
    copy = store.add_participant(
        plan.session, plan.plan, "Jonas Weber", press("x", "", {}), plan.now, copy_of=plan.jonas.id
    )

    people = store.participants_of(plan.session, plan.plan.id or 0)

    assert isinstance(copy, Participant)
    assert copy.ref not in {one.ref for one in people}
    assert {one.name for one in people} == {"Jonas Weber", "Petra Lang"}
