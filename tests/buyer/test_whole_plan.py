"""What a prospect does with the plan as a whole, on the page they get."""

import re

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.database import Database
from app.shared_plan.tables import Handover
from tests.cast import Buyer, SellerAtWork, address_in, form_ending, in_days
from tests.markup import text_of
from tests.safety.visitors import a_browser

HTMX = {"HX-Request": "true"}


def presses(buyer: Buyer, act: str, *, headers: dict[str, str] | None = None, **fields: str):
    """Press one of the forms about the plan as a whole, having said who one is."""
    form = form_ending(buyer.page(), f"{buyer.path}/{act}")
    return buyer.client.post(
        form.action, data=form.fields | {"answering_as": "self"} | fields, headers=headers
    )


def yes_to_all(buyer: Buyer, steps: list[str], versions: list[str], **fields: str):
    form = form_ending(buyer.page(), f"{buyer.path}/yes")
    data = form.fields | {"step": steps, "version": versions, "answering_as": "self"} | fields
    return buyer.client.post(form.action, data=data)


def states(buyer: Buyer) -> list[str]:
    return re.findall(r'step__state [^"]*">([^<]*)', buyer.page())


def test_one_press_says_yes_to_all_that_ask_this_reader(jonas: Buyer, maria: SellerAtWork):
    page = text_of(jonas.page())
    answer = yes_to_all(jonas, ["1", "2"], ["1", "1"])

    assert "Yes to both" in page
    assert answer.status_code == 303
    assert len([state for state in states(jonas) if state.startswith("Both said yes")]) == 2


def test_the_words_and_days_stand_beside_the_one_press(jonas: Buyer):
    page = jonas.page()

    listing = text_of(page[page.index('class="listing"') : page.index("Yes to both")])

    assert "40 stuck invoices" in listing
    assert "data-residency answer" in listing
    assert listing.count(":") == 2


def test_all_or_none_are_agreed_when_one_has_changed(jonas: Buyer, maria: SellerAtWork):
    form = form_ending(jonas.page(), f"{jonas.path}/yes")
    maria.acts(2, "terms", due_on=str(in_days(9)), note="The auditors asked")

    data = form.fields | {"step": ["1", "2"], "version": ["1", "1"], "answering_as": "self"}
    answer = jonas.client.post(form.action, data=data)

    assert answer.status_code == 409
    assert f"{jonas.path}/steps/2/yes" in answer.text
    assert not [state for state in states(jonas) if state.startswith("Both said yes")]


def test_the_same_press_to_all_again_is_the_same_answer(jonas: Buyer, database: Database):
    form = form_ending(jonas.page(), f"{jonas.path}/yes")
    data = form.fields | {"step": ["1", "2"], "version": ["1", "1"], "answering_as": "self"}

    answers = [jonas.client.post(form.action, data=data).status_code for _ in range(2)]

    assert answers == [303, 303]


def test_who_answers_is_asked_before_all_are_agreed_and_no_step_is_lost(jonas: Buyer):
    form = form_ending(jonas.page(), f"{jonas.path}/yes")
    asked = jonas.client.post(form.action, data=form.fields | {"step": ["1", "2"], "version": ["1", "1"]})

    again = re.findall(r'name="(step|version)" value="(\d+)"', asked.text)

    assert asked.status_code == 422
    assert again == [("step", "1"), ("step", "2"), ("version", "1"), ("version", "1")]
    assert asked.text.count('name="answering_as"') == 2


@pytest.mark.parametrize("fields", [{}, {"step": ["1"]}, {"step": ["1", "2"], "version": ["1"]}])
def test_a_press_that_does_not_say_to_what_says_so(jonas: Buyer, fields: dict[str, str]):
    answer = jonas.client.post(f"{jonas.path}/yes", data={"answering_as": "self"} | fields)

    assert answer.status_code == 422


def test_what_the_buyer_asks_for_waits_for_the_seller(jonas: Buyer, maria: SellerAtWork):
    presses(jonas, "steps", title="Name the sites that are left out", due_on=str(in_days(6)), who="seller")

    assert "You asked for this; Maria answers next" in text_of(jonas.page())
    assert "Jonas Weber asks for this" in text_of(maria.page(maria.plan))
    assert maria.acts(3, "yes").status_code == 303
    assert "Both said yes" in text_of(jonas.page())


def test_a_buyer_may_ask_for_a_talk(jonas: Buyer):
    presses(jonas, "steps", title="Look at Husum", due_on=str(in_days(6)), who="both", due_at="14:30")

    assert "14:30 UTC time" in text_of(jonas.page())


def test_a_talk_without_a_time_is_asked_for_one_and_the_words_stay(jonas: Buyer):
    answer = presses(jonas, "steps", title="Look at Husum", due_on=str(in_days(6)), who="both")

    assert answer.status_code == 422
    assert "Look at Husum" in answer.text


def test_a_request_can_be_taken_back(jonas: Buyer):
    presses(jonas, "steps", title="Name the sites", due_on=str(in_days(6)), who="seller")

    assert jonas.acts(3, "undo").status_code == 303
    assert "Dropped by Jonas Weber" in text_of(jonas.page())


def test_a_goal_in_the_buyers_words_counts_once_the_seller_agrees(jonas: Buyer, maria: SellerAtWork):
    presses(jonas, "goal", words="Two days instead of nine", due_on=str(in_days(80)))
    before = text_of(jonas.page())
    form = maria.form(maria.plan, "/goal/yes")

    maria.client.post(form.action, data=form.fields)

    assert "Another goal is asked for: “Two days instead of nine”. Maria answers next." in before
    assert "<h1><bdi>Two days instead of nine</bdi></h1>" in jonas.page()


def test_a_goal_that_is_kept_comes_with_a_reason(jonas: Buyer, maria: SellerAtWork):
    presses(jonas, "goal", words="Everything by Friday")
    form = maria.form(maria.plan, "/goal/keeping")

    maria.client.post(form.action, data=form.fields | {"words": "The works council meets on Monday"})

    assert "The works council meets on Monday" in text_of(jonas.page())


def test_quiet_is_said_on_both_pages_and_ends_with_a_press(jonas: Buyer, maria: SellerAtWork):
    presses(jonas, "pause", until=str(in_days(20)))
    told = text_of(jonas.page()), text_of(maria.page(maria.plan))

    presses(jonas, "pause")

    assert "Maria will not write before." in told[0]
    assert "write nothing before" in told[1]
    assert "Maria will not write before." not in text_of(jonas.page())


@pytest.mark.parametrize("days", [0, -3])
def test_quiet_ends_on_a_day_to_come(jonas: Buyer, days: int):
    assert presses(jonas, "pause", until=str(in_days(days))).status_code == 422


def test_whoever_is_not_going_ahead_is_thanked_and_left_alone(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "yes")

    presses(jonas, "ending", reason="The budget went to the warehouse")

    page = text_of(jonas.page())
    assert "Thank you for saying so." in page
    assert "has no reason to write to you" in page
    assert not [f for f in re.findall(r'action="([^"]*)"', jonas.page()) if "reopening" not in f]
    follow_ups = text_of(maria.page("/"))
    assert "Nordwind is not going ahead." in follow_ups
    assert "The budget went to the warehouse" in follow_ups
    assert "Send last quarter" not in follow_ups


def test_the_end_can_be_undone_for_ten_minutes(jonas: Buyer):
    jonas.acts(1, "yes")
    presses(jonas, "ending")

    presses(jonas, "reopening")

    assert "Both said yes" in text_of(jonas.page())


def test_an_act_on_a_plan_that_is_over_gives_the_words_back(jonas: Buyer, maria: SellerAtWork):
    form = jonas.form(1, "comments")
    closing = maria.form(maria.plan, "/closing")
    maria.client.post(closing.action, data=closing.fields | {"note": "We start over in May"})

    answer = jonas.client.post(
        form.action, data=form.fields | {"words": "Which list?", "answering_as": "self"}
    )

    assert answer.status_code == 409
    assert "Which list?" in answer.text
    assert "We start over in May" in text_of(jonas.page())


def test_a_colleague_answers_once_the_seller_confirms(jonas: Buyer, maria: SellerAtWork, app: FastAPI):
    form = jonas.form(1, "handover")
    jonas.client.post(
        form.action,
        data=form.fields | {"name": "Petra Lang", "email": "petra@nordwind.test", "answering_as": "self"},
    )
    confirm = maria.form(maria.plan, "/confirmation")

    shown = maria.client.post(confirm.action, data=confirm.fields)

    petra = Buyer(a_browser(app), address_in(shown.text))
    assert "Waiting for Petra Lang" in text_of(jonas.page())
    assert petra.acts(1, "yes").status_code == 303
    assert "petra@nordwind.test" in maria.page(maria.deal)


def test_the_address_of_a_colleague_stands_on_no_buyers_page(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    form = jonas.form(1, "handover")
    fields = {"name": "Petra Lang", "email": "petra@nordwind.test", "answering_as": "self"}

    answer = jonas.client.post(form.action, data=form.fields | fields, headers=HTMX)

    assert "Petra Lang" in answer.text
    assert "petra@" not in answer.text + jonas.page()
    confirm = maria.form(maria.plan, "/confirmation")
    maria.client.post(confirm.action, data=confirm.fields)
    with Session(database.reading) as session:
        assert session.exec(select(Handover.email)).all() == [""]


def test_somebody_else_may_say_who_should_answer_and_agrees_to_nothing(jonas: Buyer, maria: SellerAtWork):
    form = jonas.form(1, "yes")
    asked = jonas.client.post(form.action, data=form.fields | {"answering_as": "other"})
    handover = form_ending(asked.text, "/steps/1/handover")

    answer = jonas.client.post(handover.action, data=handover.fields | {"name": "Petra Lang"})

    assert answer.status_code == 303
    assert "Jonas Weber says Petra Lang should answer" in text_of(maria.page(maria.plan))
    assert jonas.client.post(form.action, data=form.fields).status_code == 422  # still nobody said: it is me


def test_nobody_hands_a_step_to_themselves(jonas: Buyer):
    form = jonas.form(1, "handover")

    answer = jonas.client.post(
        form.action, data=form.fields | {"name": "jonas weber", "answering_as": "self"}
    )

    assert answer.status_code == 422


def test_a_handover_that_was_answered_meanwhile_is_confirmed_no_more(jonas: Buyer, maria: SellerAtWork):
    form = jonas.form(1, "handover")
    jonas.client.post(form.action, data=form.fields | {"name": "Petra Lang", "answering_as": "self"})
    confirm = maria.form(maria.plan, "/confirmation")
    maria.acts(1, "answer", words="It is about your own invoices")

    assert maria.client.post(confirm.action, data=confirm.fields).status_code == 409


@pytest.fixture
def copy(jonas: Buyer, app: FastAPI) -> Buyer:
    """A colleague's browser with the copy that Jonas made."""
    return Buyer(a_browser(app), address_in(presses(jonas, "copies").text))


def test_a_copy_shows_the_plan_and_no_form(copy: Buyer, jonas: Buyer):
    page = copy.page()

    assert copy.path != jonas.path
    assert "A copy for reading, made by Jonas Weber" in text_of(page)
    assert "40 stuck invoices" in text_of(page)
    assert "<form" not in page
    assert "data-seen" not in page


@pytest.mark.parametrize(
    "act", ["steps/1/yes", "yes", "ending", "copies", "seen", "steps", "steps/1/handover"]
)
def test_whoever_reads_a_copy_answers_nothing(copy: Buyer, act: str):
    fields = {"version": "1", "step": "1", "answering_as": "self", "title": "x", "due_on": str(in_days(3))}

    answer = copy.client.post(f"{copy.path}/{act}", data=fields | {"name": "Petra", "who": "seller"})

    assert answer.status_code == 403
    assert "This copy is for reading." in answer.text


def test_whoever_made_a_copy_turns_it_off(copy: Buyer, jonas: Buyer):
    form = form_ending(jonas.page(), "/revocation")

    jonas.client.post(form.action, data=form.fields | {"answering_as": "self"})

    assert copy.client.get(copy.path).status_code == 410
    assert "Turn off the copy" not in jonas.page()


def test_the_seller_sees_that_a_copy_exists_and_turns_it_off(copy: Buyer, maria: SellerAtWork):
    page = maria.page(maria.plan)
    form = next(f for f in re.findall(r'action="(/links/\d+/revocation)"', page)[::-1])

    maria.client.post(form, data={})

    assert "A copy for reading, made by Jonas Weber" in text_of(page)
    assert copy.client.get(copy.path).status_code == 410


def test_two_people_and_a_copy_never_mix_in_one_browser(copy: Buyer, jonas: Buyer):
    jonas.client.get(copy.address.replace("http://testserver", ""))

    assert jonas.acts(1, "yes").status_code == 303
    assert "A copy for reading" in text_of(jonas.client.get(copy.path).text)


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("steps", {"title": "Name the sites", "due_on": str(in_days(6)), "who": "seller"}),
        ("goal", {"words": "Two days"}),
        ("pause", {"until": str(in_days(20))}),
        ("ending", {"reason": "Later"}),
    ],
)
def test_an_act_on_the_whole_plan_answers_htmx_with_the_page_it_changed(
    jonas: Buyer, act: str, fields: dict[str, str]
):
    answer = presses(jonas, act, headers=HTMX, **fields)

    assert answer.status_code == 200
    # The keys of forms hang on nothing but the plan, so a fresh page has the same words and forms.
    assert text_of(answer.text) in text_of(jonas.page())


def test_a_reader_sees_and_turns_off_their_own_copies_only(jonas: Buyer, maria: SellerAtWork, app: FastAPI):
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang"})
    petra = Buyer(a_browser(app), maria.makes_link_for("Petra Lang"))
    of_jonas = Buyer(a_browser(app), address_in(presses(jonas, "copies").text))

    petra.client.post(f"{petra.path}/copies/1/revocation", data={"answering_as": "self"})

    assert "/copies/1/revocation" in jonas.page()
    assert "/copies/1/revocation" not in petra.page()
    assert of_jonas.client.get(of_jonas.path).status_code == 200
