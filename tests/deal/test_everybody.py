"""Who is on the plan and in no note of the deal: known by the name that the plan shows, on every page."""

import pytest
from sqlmodel import Session, col, select

from app.database import Database
from app.deal.tables import Person
from app.follow_up.tables import Touch
from app.journal import Event
from app.shared_plan.tables import Participant
from tests.cast import RESIDENCY, Buyer, SellerAtWork, in_days
from tests.marks import EACH_DATABASE
from tests.markup import forms_in, text_of


def is_forgotten(database: Database, name: str = "Petra Lang") -> None:
    """What the deal noted of Jonas is another person's now; he is on the plan all the same."""
    with Session(database.writing) as session, session.begin():
        person = session.exec(select(Person)).one()
        person.participant_id, person.name = None, name


def people(database: Database) -> list[tuple[str, bool]]:
    """By name, and whether they are on the plan."""
    with Session(database.reading) as session:
        found = session.exec(select(Person).order_by(col(Person.id)))
        return [(person.name, person.participant_id is not None) for person in found]


@pytest.fixture(autouse=True)
def forgotten(jonas: Buyer, maria: SellerAtWork, database: Database) -> None:
    jonas.acts(1, "yes")
    jonas.acts(2, "yes")
    is_forgotten(database)


@EACH_DATABASE
def test_a_message_goes_to_whom_the_step_names(maria: SellerAtWork):
    page = maria.page(f"{maria.plan}/message?step=2")

    assert "Write to Jonas Weber" in text_of(page)
    assert "Jonas, on " in page
    assert "None" not in text_of(page)
    assert "/people/None/" not in page


def test_looking_makes_nobody_known(maria: SellerAtWork, database: Database):
    for page in (maria.plan, maria.deal, f"{maria.plan}/message?step=2", f"{maria.plan}/on-the-call"):
        maria.page(page)

    assert people(database) == [("Petra Lang", False)]


def test_the_checks_follow_the_words(maria: SellerAtWork):
    form = next(f for f in forms_in(maria.page(f"{maria.plan}/message?step=2")) if "touches" in f.action)
    data = form.fields | {"text": "Jonas, the answer: Frankfurt only.", "part": "checks"}

    answer = maria.client.post(f"{maria.plan}/message", data=data, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "Jonas expects to hear from you" in text_of(answer.text)


@EACH_DATABASE
def test_who_is_written_to_becomes_a_person_of_the_deal(maria: SellerAtWork, database: Database):
    form = next(f for f in forms_in(maria.page(f"{maria.plan}/message?step=2")) if "touches" in f.action)

    answer = maria.client.post(
        form.action, data=form.fields | {"text": "Jonas, Frankfurt only.", "way": "copied"}
    )

    assert answer.status_code == 200
    assert people(database) == [("Petra Lang", False), ("Jonas Weber", True)]
    with Session(database.reading) as session:
        touch, person = session.exec(select(Touch)).one(), session.exec(select(Person)).all()[-1]
        said = session.exec(select(Event.what).order_by(col(Event.id))).all()
    assert touch.person_id == person.id
    assert said.count("person added") == 2
    assert "Jonas Weber" in text_of(maria.page(f"{maria.deal}/people/{person.id}/reasons"))


def test_a_message_that_was_not_sent_comes_back(maria: SellerAtWork):
    form = next(f for f in forms_in(maria.page(f"{maria.plan}/message?step=2")) if "touches" in f.action)
    logged = maria.client.post(form.action, data=form.fields | {"text": "Jonas, Frankfurt only."}).text
    removal = next(f for f in forms_in(logged) if f.action.endswith("/removal"))

    back = maria.client.post(removal.action, data=removal.fields).headers["location"]

    assert "Jonas, Frankfurt only." in maria.page(back)


def test_a_doubt_about_the_message_can_be_settled(maria: SellerAtWork):
    data = {"was_step": "2", "was_person": "Jonas Weber", "was_text": "Who may sign?", "about": "1"}

    answer = maria.client.post(f"{maria.plan}/message/anchors", data=data, headers={"HX-Request": "true"})

    assert answer.status_code == 200


def test_the_reasons_of_others_name_no_page_that_is_not_there(maria: SellerAtWork, database: Database):
    page = maria.page(f"{maria.deal}/people/1/reasons")

    assert "/people/None/" not in page


def test_their_link_is_seen_and_can_be_turned_off(jonas: Buyer, maria: SellerAtWork):
    page = maria.page(maria.plan)
    turn_off = next(form for form in forms_in(page) if form.action.endswith("/revocation"))

    maria.client.post(turn_off.action, data=turn_off.fields)

    assert "Jonas Weber" in text_of(page.partition('id="links"')[2])
    assert jonas.client.get(jonas.path).status_code != 200


def test_a_fresh_link_is_theirs(maria: SellerAtWork, database: Database):
    section = maria.page(maria.plan).partition('id="links"')[2]
    forms = [form for form in forms_in(section) if form.action.endswith("/links")]

    answers = [maria.client.post(form.action, data=form.fields).text for form in forms]

    assert any("Jonas Weber" in text_of(answer) for answer in answers)
    with Session(database.reading) as session:
        names = session.exec(select(Participant.name).order_by(col(Participant.id))).all()
    assert names.count("Jonas Weber") == 1


def test_a_draft_can_be_for_them(maria: SellerAtWork, database: Database):
    options = maria.page(maria.plan)
    fields = {"title": "Look at the hall", "counterpart": "Jonas Weber", "due_on": str(in_days(4))}

    answer = maria.client.post(f"{maria.plan}/drafts", data=fields)

    assert 'value="Jonas Weber"' in options
    assert answer.status_code == 303
    assert ("Jonas Weber", True) in people(database)


def test_the_plan_is_previewed_as_they_see_it(maria: SellerAtWork):
    assert "Jonas" in text_of(maria.page(f"{maria.plan}/preview?participant=Jonas+Weber"))


def test_on_the_call_they_are_on_the_screen_and_get_the_step(maria: SellerAtWork, database: Database):
    page = maria.page(f"{maria.plan}/on-the-call")
    step = {"title": "Name the approvers", "due_on": str(in_days(4)), "participant": "Jonas Weber"}

    answer = maria.client.post(f"{maria.plan}/on-the-call/steps", data=step)

    assert "Jonas Weber" in page
    assert "Petra" not in page
    assert answer.status_code == 303
    with Session(database.reading) as session:
        assert len(session.exec(select(Participant)).all()) == 1


def test_after_a_call_they_can_be_picked(maria: SellerAtWork, database: Database):
    page = maria.page("/after-call")
    deal = maria.deal.rpartition("/")[2]
    written = {"deal": deal, "person": "Jonas Weber", "said": "The hall is cold", "key": "one"}

    answer = maria.client.post("/after-call", data=written)

    assert 'value="Jonas Weber"' in page
    assert answer.status_code == 303
    assert people(database) == [("Petra Lang", False), ("Jonas Weber", True)]


def test_the_deal_lists_them_and_takes_what_they_said(maria: SellerAtWork, database: Database):
    page = maria.page(maria.deal)

    answer = maria.client.post(
        f"{maria.deal}/points", data={"words": "The hall is cold", "said_by": "Jonas Weber"}
    )

    assert "Jonas Weber" in text_of(page)
    assert "/people/None/" not in page
    assert answer.status_code == 303
    assert ("Jonas Weber", True) in people(database)


def test_a_namesake_in_the_notes_is_the_one_on_the_plan(maria: SellerAtWork, database: Database):
    is_forgotten(database, name="jonas weber")

    reasons = text_of(maria.page(f"{maria.deal}/people/1/reasons"))
    maria.client.post(f"{maria.plan}/touches", data={"step": "2", "text": "Jonas, Frankfurt only."})

    assert RESIDENCY in reasons
    assert people(database) == [("jonas weber", True)]


def test_what_the_deal_notes_stays_with_the_seller(jonas: Buyer, maria: SellerAtWork):
    maria.client.post(f"{maria.plan}/touches", data={"step": "2", "text": "Jonas, Frankfurt only."})

    assert "Petra Lang" not in jonas.page()
