"""What people do with a step: each act once, by whom it is for, while it makes sense."""

from datetime import time, timedelta

import pytest
import time_machine
from sqlmodel import Session
from starlette.testclient import TestClient

from app.clock import right_now
from app.database import Database
from app.journal import Event, KeyReused, already_done
from app.shared_plan import acts, store
from app.shared_plan.commitment import Obstacle, Side, Status, What
from app.shared_plan.deed import Deed
from app.shared_plan.moves import (
    NothingChanged,
    NotNow,
    NotTheirs,
    ReasonMissing,
    StaleVersion,
    TooLateToUndo,
)
from app.shared_plan.tables import Act, Commitment, Plan, Step, Terms
from app.shared_plan.words import Change
from tests.cast import Buyer, SellerAtWork, in_days
from tests.databases import table_of
from tests.marks import EACH_DATABASE
from tests.markup import first, text_of
from tests.shared_plan.factories import MINUTE, MONDAY, THURSDAY, TODAY, SharedPlan, a_plan

NAMED_ONLY = {
    "yes": acts.agree,
    "another date": lambda deed: acts.propose(deed, Change(due_on=MONDAY)),
    "won't work": lambda deed: acts.get_stuck(deed, Obstacle.WAITING),
    "done": acts.finish,
}


@pytest.fixture
def plan(session: Session) -> SharedPlan:
    return a_plan(session)


def test_a_yes_makes_a_commitment_of_two_people_these_words_and_this_day(plan: SharedPlan):
    step = plan.shares(owner=Side.BUYER, day=THURSDAY)

    acts.agree(plan.deed(step, plan.jonas))

    (kept,) = step.commitments
    assert (kept.version, kept.owner, kept.day, kept.agreed_at) == (1, Side.BUYER, THURSDAY, plan.now)
    assert (step.status, step.waits_for, kept.ended_at) == (Status.AGREED, None, None)


def test_a_yes_to_what_is_agreed_writes_nothing(plan: SharedPlan):
    step, before = plan.agrees(), len(plan.events())

    again = acts.agree(plan.deed(step, plan.jonas))

    assert again is None
    assert (len(step.acts), len(plan.events())) == (2, before)


def test_new_terms_stand_beside_the_old_ones(plan: SharedPlan):
    step = plan.agrees()

    acts.propose(plan.deed(step, plan.jonas), Change(due_on=MONDAY))

    assert [(terms.version, terms.due_on) for terms in step.terms] == [(1, THURSDAY), (2, MONDAY)]
    assert [(kept.version, kept.ended_at) for kept in step.commitments] == [(1, None)]
    assert (step.status, step.waits_for) == (Status.COUNTERED, Side.SELLER)


def test_the_sellers_yes_to_another_day_ends_the_earlier_commitment(plan: SharedPlan):
    step = plan.agrees()
    acts.propose(plan.deed(step, plan.jonas), Change(due_on=MONDAY))

    acts.agree(plan.deed(step, plan.maria))

    assert [(kept.day, kept.why) for kept in step.commitments] == [(THURSDAY, What.YES), (MONDAY, None)]


@pytest.mark.parametrize("act", NAMED_ONLY.values(), ids=NAMED_ONLY)
def test_on_the_buyers_side_only_the_person_named_may(plan: SharedPlan, act):
    step = plan.shares(who=plan.jonas)

    with pytest.raises(NotTheirs):
        act(plan.deed(step, plan.petra))


def test_only_the_person_named_may_reopen_or_answer_in_words(plan: SharedPlan):
    done, stuck = plan.agrees(), plan.agrees()
    acts.finish(plan.deed(done, plan.jonas))
    acts.get_stuck(plan.deed(stuck, plan.maria), Obstacle.NEEDS_YOU)

    with pytest.raises(NotTheirs):
        acts.reopen(plan.deed(done, plan.petra))
    with pytest.raises(NotTheirs):
        acts.answer_in_words(plan.deed(stuck, plan.petra), "I will ask her")


def test_others_on_the_buyers_side_may_comment(plan: SharedPlan):
    step = plan.shares(who=plan.jonas)

    acts.comment(plan.deed(step, plan.petra), "Ask Dirk too")

    assert step.acts[-1].note == "Ask Dirk too"
    assert step.waits_for is Side.BUYER


@pytest.mark.parametrize("act", NAMED_ONLY.values(), ids=NAMED_ONLY)
def test_older_terms_are_refused(plan: SharedPlan, act):
    step = plan.shares()
    acts.propose(plan.deed(step, plan.maria), Change(due_on=MONDAY), note="I am travelling")

    with pytest.raises(StaleVersion):
        act(plan.deed(step, plan.jonas, seen=1))


def test_terms_that_say_the_same_are_refused(plan: SharedPlan):
    step = plan.shares(day=THURSDAY)

    with pytest.raises(NothingChanged):
        acts.propose(plan.deed(step, plan.jonas), Change(title=step.terms[0].title, due_on=THURSDAY))


def test_a_seller_changes_what_was_shared_only_with_a_reason(plan: SharedPlan):
    step = plan.shares()

    with pytest.raises(ReasonMissing):
        acts.propose(plan.deed(step, plan.maria), Change(due_on=MONDAY))


def test_the_buyer_alone_grants_a_day_to_be_asked_again(plan: SharedPlan):
    theirs, ours = plan.agrees(), plan.agrees()

    acts.get_stuck(plan.deed(theirs, plan.jonas), Obstacle.NO_DATE, ask_again_on=MONDAY)
    acts.get_stuck(plan.deed(ours, plan.maria), Obstacle.NO_DATE, ask_again_on=MONDAY)

    assert (theirs.ask_again_on, theirs.waits_for, theirs.is_stuck) == (MONDAY, Side.SELLER, True)
    assert ours.ask_again_on is None


def test_an_answer_in_words_lifts_the_obstacle_and_the_day_named_with_it(plan: SharedPlan):
    step = plan.agrees()
    acts.get_stuck(plan.deed(step, plan.jonas), Obstacle.NEEDS_YOU, ask_again_on=MONDAY)

    acts.answer_in_words(plan.deed(step, plan.maria), "Here it is")

    assert (step.is_stuck, step.ask_again_on, step.status) == (False, None, Status.AGREED)


def test_every_act_is_one_event_of_the_plan(plan: SharedPlan):
    step = plan.shares()
    before = len(plan.events())

    acts.agree(plan.deed(step, plan.jonas))
    acts.comment(plan.deed(step, plan.petra), "Good")
    acts.finish(plan.deed(step, plan.maria))

    told = [(event.what, event.actor) for event in plan.events()[before:]]
    assert told == [
        ("yes", plan.jonas.actor),
        ("commented", plan.petra.actor),
        ("done", plan.maria.actor),
    ]


def test_events_hold_no_words_that_people_wrote(plan: SharedPlan):
    step = plan.shares(title="Invoices of Vesterbro")

    acts.finish(plan.deed(step, plan.jonas), "Vesterbro came", "https://vesterbro.test")

    assert not [event for event in plan.events() if "ester" in event.facts]


# Undo


def test_an_answer_can_be_taken_back_in_the_browser_that_gave_it(plan: SharedPlan):
    step = plan.agrees()
    plan.passes(10 * MINUTE - timedelta(seconds=1))

    acts.take_back(plan.deed(step, plan.jonas))

    assert [act.what for act in step.acts] == [What.PROPOSED, What.YES, What.TAKEN_BACK]
    assert (step.status, step.waits_for) == (Status.PROPOSED, Side.BUYER)
    assert step.commitments[0].why is What.TAKEN_BACK


def test_after_ten_minutes_an_answer_stands(plan: SharedPlan):
    step = plan.agrees()
    plan.passes(10 * MINUTE)

    with pytest.raises(TooLateToUndo):
        acts.take_back(plan.deed(step, plan.jonas))


def test_another_browser_of_the_same_person_takes_nothing_back(plan: SharedPlan):
    step = plan.agrees()
    laptop = acts.Who(Side.BUYER, plan.jonas.id, plan.jonas.name, browser="another")

    with pytest.raises(TooLateToUndo):
        acts.take_back(plan.deed(step, laptop))


def test_another_person_in_the_same_browser_takes_nothing_back(plan: SharedPlan):
    step = plan.agrees()
    petra = acts.Who(Side.BUYER, plan.petra.id, plan.petra.name, browser=plan.jonas.browser)

    with pytest.raises(TooLateToUndo):
        acts.take_back(plan.deed(step, petra))


@pytest.mark.parametrize("who", ["maria", "petra", "jonas"])
def test_nothing_is_taken_back_once_something_came_after_it(plan: SharedPlan, who: str):
    step = plan.agrees()
    acts.comment(plan.deed(step, getattr(plan, who)), "Thanks")

    with pytest.raises(TooLateToUndo):
        acts.take_back(plan.deed(step, plan.jonas))


def test_what_was_taken_back_is_not_taken_back_again(plan: SharedPlan):
    step = plan.agrees()
    acts.take_back(plan.deed(step, plan.jonas))

    with pytest.raises(TooLateToUndo):
        acts.take_back(plan.deed(step, plan.jonas))


def test_a_number_of_terms_taken_back_is_not_given_again(plan: SharedPlan):
    step = plan.agrees()
    acts.propose(plan.deed(step, plan.jonas), Change(due_on=MONDAY))
    acts.take_back(plan.deed(step, plan.jonas))

    acts.propose(plan.deed(step, plan.jonas), Change(due_on=TODAY))

    assert [terms.version for terms in step.terms] == [1, 2, 3]
    assert step.version == 3


# Comments


def test_ones_own_comment_can_be_changed_for_a_quarter_of_an_hour(plan: SharedPlan):
    step = plan.shares()
    said = acts.comment(plan.deed(step, plan.petra), "Monday?")
    plan.passes(15 * MINUTE - timedelta(seconds=1))

    acts.reword_comment(plan.deed(step, plan.petra), said.number, "Tuesday?")

    assert (step.acts[-1].note, step.acts[-1].edited_at, len(step.acts)) == ("Tuesday?", plan.now, 2)
    assert plan.events()[-1].what == "reworded"


@pytest.mark.parametrize(("who", "minutes"), [("petra", 15), ("jonas", 1), ("maria", 1)])
def test_a_comment_stays_after_that_and_for_everybody_else(plan: SharedPlan, who: str, minutes: int):
    step = plan.shares()
    said = acts.comment(plan.deed(step, plan.petra), "Monday?")
    plan.passes(minutes * MINUTE)

    with pytest.raises(NotNow):
        acts.reword_comment(plan.deed(step, getattr(plan, who)), said.number, "Never")


def test_an_answer_is_no_comment_to_be_changed(plan: SharedPlan):
    step = plan.agrees()

    with pytest.raises(NotNow):
        acts.reword_comment(plan.deed(step, plan.jonas), step.acts[-1].number, "No")


# Room


def test_a_plan_has_room_for_thirty_open_steps(plan: SharedPlan):
    steps = [plan.shares() for _ in range(30)]

    with pytest.raises(store.TooManySteps):
        plan.shares()
    acts.drop(plan.deed(steps[0], plan.maria))
    assert plan.shares().number == 31


# Exactly once


def pressed_twice(first: Deed, second: Deed) -> object:
    acts.finish(first, "Sent")
    return already_done(second.session, second.press)


def test_the_same_press_again_is_recognised(plan: SharedPlan):
    step = plan.agrees()
    first, second = (plan.deed(step, plan.jonas, key="k-1", note="Sent") for _ in range(2))

    assert pressed_twice(first, second) is plan.events()[-1]


def test_the_same_key_with_other_words_is_refused(plan: SharedPlan):
    step = plan.agrees()
    first = plan.deed(step, plan.jonas, key="k-1", note="Sent")
    second = plan.deed(step, plan.jonas, key="k-1", note="Not sent")

    with pytest.raises(KeyReused):
        pressed_twice(first, second)


def test_a_key_is_each_persons_own(plan: SharedPlan):
    step = plan.agrees()
    first = plan.deed(step, plan.jonas, key="k-1", note="Sent")

    assert pressed_twice(first, plan.deed(step, plan.petra, key="k-1", note="Else")) is None


def test_an_act_without_effect_leaves_its_key_unused(plan: SharedPlan):
    step = plan.agrees()
    deed = plan.deed(step, plan.jonas, key="k-1")

    acts.agree(deed)

    assert already_done(deed.session, deed.press) is None


def history_of(database: Database) -> tuple[object, ...]:
    """All that a press could have written on the shared side."""
    with Session(database.reading) as session:
        rows = [
            session.connection().execute(table.select().order_by(table.c.id)).all()
            for table in map(table_of, (Plan, Step, Terms, Act, Commitment, Event))
        ]
    return tuple(map(tuple, rows))


@EACH_DATABASE
@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("yes", {}),
        ("counter", {"due_on": str(in_days(9)), "note": "The fair is that week"}),
        ("obstacle", {"reason": "other priority", "note": "Year end"}),
        ("done", {"note": "All forty"}),
        ("comments", {"words": "Whose list is it?"}),
    ],
)
def test_a_press_that_arrives_twice_has_one_effect_and_the_same_answer(
    jonas: Buyer, database: Database, act: str, fields: dict[str, str]
):
    form = jonas.form(1, act)
    body = form.fields | fields | {"answering_as": "self"}
    first = jonas.client.post(form.action, data=body)
    before = history_of(database)

    second = jonas.client.post(form.action, data=body)

    assert first.status_code == 303
    assert (second.status_code, second.headers["location"]) == (303, first.headers["location"])
    assert history_of(database) == before


def test_the_same_key_with_other_words_gives_the_words_back(jonas: Buyer, database: Database):
    form = jonas.form(1, "counter")
    body = form.fields | {"answering_as": "self", "due_on": str(in_days(9))}
    jonas.client.post(form.action, data=body | {"note": "The fair is that week"})
    before = history_of(database)

    answer = jonas.client.post(form.action, data=body | {"note": "Frankfurt is <closed>"})

    assert answer.status_code == 409
    assert "Frankfurt is &lt;closed&gt;" in answer.text
    assert form.fields["key"] not in answer.text
    assert history_of(database) == before


def test_words_given_back_can_be_sent_again(jonas: Buyer):
    form = jonas.form(1, "comments")
    body = form.fields | {"answering_as": "self"}
    jonas.client.post(form.action, data=body | {"words": "Whose list is it?"})
    refused = jonas.client.post(form.action, data=body | {"words": "And by whom?"})

    key = first(r'name="key" value="([^"]+)"', refused.text)
    jonas.client.post(form.action, data=body | {"words": "And by whom?", "key": key})

    assert "And by whom?" in text_of(jonas.page())


@EACH_DATABASE
def test_an_answer_to_older_terms_shows_both(jonas: Buyer, maria: SellerAtWork, database: Database):
    form = jonas.form(1, "yes")
    maria.acts(1, "terms", title="Send the 12 oldest stuck invoices", note="Forty is too many")
    before = history_of(database)

    answer = jonas.client.post(form.action, data=form.fields | {"answering_as": "self"})

    assert answer.status_code == 409
    assert "Send last quarter's 40 stuck invoices" in text_of(answer.text)
    assert "Send the 12 oldest stuck invoices" in text_of(answer.text)
    assert history_of(database) == before


def test_a_seller_who_answers_older_terms_sees_both_too(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "counter", due_on=str(in_days(9)))
    form = maria.form(maria.plan, "/steps/1/yes")
    jonas.acts(1, "counter", due_on=str(in_days(12)))

    answer = maria.client.post(form.action, data=form.fields)

    assert answer.status_code == 409
    assert answer.text.count("compare__version") == 2


def test_an_act_that_comes_too_late_gives_the_words_back(jonas: Buyer, maria: SellerAtWork):
    form = jonas.form(1, "counter")
    maria.acts(1, "drop", note="Not needed")
    body = form.fields | {"answering_as": "self", "due_on": str(in_days(9)), "note": "Nine is fine"}

    answer = jonas.client.post(form.action, data=body)

    assert answer.status_code == 409
    assert "Nine is fine" in text_of(answer.text)


def test_new_terms_that_change_nothing_are_sent_back(jonas: Buyer):
    answer = jonas.acts(1, "counter", due_on=str(in_days(5)))

    assert answer.status_code == 422
    assert "That is what the step says already" in text_of(answer.text)


# Undo in two browsers


def test_undo_is_offered_and_done_in_the_browser_that_answered(jonas: Buyer):
    jonas.acts(1, "yes")

    answer = jonas.acts(1, "undo")

    assert answer.status_code == 303
    assert "Both said yes" not in text_of(jonas.page())


def test_undo_is_neither_offered_nor_done_in_another_browser(jonas: Buyer, client: TestClient):
    jonas.acts(1, "yes")
    form = jonas.form(1, "undo")
    laptop = Buyer(client, jonas.address)

    answer = client.post(form.action, data=form.fields | {"answering_as": "self"})

    assert "/undo" not in laptop.page()
    assert answer.status_code == 409
    assert "Both said yes" in text_of(laptop.page())


@pytest.mark.parametrize(("length", "status"), [(timedelta(minutes=9, seconds=59), 303), (10 * MINUTE, 409)])
def test_undo_works_for_ten_minutes(jonas: Buyer, length: timedelta, status: int):
    with time_machine.travel(right_now(), tick=False) as clock:
        jonas.acts(1, "yes")
        form = jonas.form(1, "undo")
        clock.shift(length)
        answer = jonas.client.post(form.action, data=form.fields)

    assert answer.status_code == status
    assert ("Both said yes" in text_of(jonas.page())) is (status == 409)


def test_another_time_is_a_proposal_like_another_day(plan: SharedPlan):
    talk = plan.talk(time(10))

    acts.propose(plan.deed(talk, plan.jonas), Change(due_at=time(11)))

    assert (talk.status, talk.waits_for) == (Status.COUNTERED, Side.SELLER)
    assert acts.current_terms(talk).due_at == time(11)


def test_another_place_is_a_proposal_and_no_place_is_one_too(plan: SharedPlan):
    talk = plan.talk(place="Room 4")

    acts.propose(plan.deed(talk, plan.jonas), Change(place=""))

    assert acts.current_terms(talk).place == ""
    assert talk.status is Status.COUNTERED


def test_the_same_time_and_place_change_nothing(plan: SharedPlan):
    talk = plan.talk(time(10), "Room 4")

    with pytest.raises(NothingChanged):
        acts.propose(plan.deed(talk, plan.jonas), Change(due_at=time(10), place="Room 4"))


def test_what_is_done_has_no_time(plan: SharedPlan):
    step = plan.agrees()

    with pytest.raises(NothingChanged):
        acts.propose(plan.deed(step, plan.jonas), Change(due_at=time(11), place="Room 4"))
