"""Writing to somebody: composed, checked while it is written, logged as a touch."""

from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
import time_machine
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from app.account.tables import Role
from app.clock import right_now
from app.database import Database
from app.follow_up.permission import Occasion
from app.follow_up.tables import Touch, Way
from app.journal import Event
from app.specificity.verdict import Answer
from tests.cast import INVOICES, NINE_DAYS, RESIDENCY, Buyer, SellerAtWork, a_colleague, in_days
from tests.marks import EACH_DATABASE
from tests.markup import forms_in, text_of

HTMX = {"HX-Request": "true"}
HOLLOW = "Hi Jonas, just checking in. Any news?"
BRINGS = "Dr. Brandt at the Chamber confirms it: section 14 allows a scan."


def on_day(days: int):
    return time_machine.travel(right_now() + timedelta(days=days), tick=True)


def message_on(page: str) -> str:
    return unescape(page.partition('id="message-text"')[2].partition(">")[2].partition("</textarea>")[0])


def log(maria: SellerAtWork, text: str = "", **fields: str):
    """Press the page's own button."""
    data = {"way": "copied"} | fields | ({"text": text} if text else {})
    if "text" not in data:
        address = f"{maria.plan}/message?" + "&".join(f"{k}={v}" for k, v in fields.items() if k != "key")
        data["text"] = message_on(maria.page(address))
    return maria.client.post(f"{maria.plan}/touches", data=data)


def touches(database: Database) -> list[Touch]:
    with Session(database.reading) as session:
        return list(session.exec(select(Touch).order_by(col(Touch.id))))


@EACH_DATABASE
def test_one_tap_from_the_follow_ups_composes_the_message(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    address = maria.page("/").split("/message?step=2")[0].rpartition('"')[2] + "/message?step=2"

    text = message_on(maria.page(address))

    assert text.startswith("Jonas, on ")
    assert (
        f"we agreed that I do this by {in_days(3):%a} {in_days(3).day} {in_days(3):%b}: {RESIDENCY}" in text
    )
    assert text.endswith("Maria")


def test_the_message_speaks_the_readers_language(jonas: Buyer, maria: SellerAtWork, database: Database):
    from app.shared_plan.tables import Participant

    jonas.acts(2, "yes")
    with Session(database.writing) as session, session.begin():
        session.exec(select(Participant)).one().language = "de"

    assert "habe ich Ihnen bis" in message_on(maria.page(f"{maria.plan}/message?step=2"))


@EACH_DATABASE
def test_what_is_written_is_logged_with_its_permission_and_verdicts(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    jonas.acts(2, "yes")

    answer = log(maria, step="2", brings="")

    (touch,) = touches(database)
    assert (touch.occasion, touch.way, touch.is_permitted) == (Occasion.OURS, Way.COPIED, True)
    assert (touch.specificity, touch.has_value) == (Answer.PASS, None)
    assert "with a reason" in text_of(answer.text)
    assert message_on(answer.text) == touch.words


def test_after_keeping_a_promise_one_press_marks_it_as_done(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    form = next(form for form in forms_in(log(maria, step="2").text) if form.action.endswith("/done"))

    answer = maria.client.post(form.action, data=form.fields)

    assert answer.headers["location"] == "/"
    assert "1 of 1 you kept" in text_of(maria.page("/"))


def test_opening_it_in_mail_carries_the_words(jonas: Buyer, maria: SellerAtWork, database: Database):
    jonas.acts(2, "yes")

    page = log(maria, step="2", way="mailed").text

    mail = unquote(unescape(page.split('href="mailto:')[1].split('"')[0]))
    assert mail.startswith(f"?subject={RESIDENCY}&body=Jonas, on ")
    assert touches(database)[0].way is Way.MAILED


def test_what_they_owe_is_asked_about_from_the_next_working_day(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    jonas.acts(1, "yes")

    with on_day(5):
        early = text_of(maria.page(f"{maria.plan}/message?step=1"))
        log(maria, step="1")
    with on_day(8):
        maria.signs_in()
        then = text_of(maria.page(f"{maria.plan}/message?step=1"))
        log(maria, step="1")

    assert "Permission: not before" in early
    assert "Permission: Jonas expects to hear from you about this." in then
    assert [touch.is_permitted for touch in touches(database)] == [False, True]


def test_a_plain_reminder_passes_and_still_counts_as_one_that_brought_nothing(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    jonas.acts(1, "yes")

    with on_day(8):
        maria.signs_in()
        page = text_of(maria.page(f"{maria.plan}/message?step=1"))
        log(maria, step="1")

    assert "it says plainly that it is a reminder" in page
    (touch,) = touches(database)
    assert (touch.is_reminder, touch.has_value) == (True, False)


def check(maria: SellerAtWork, part: str = "checks", **fields: str) -> str:
    answer = maria.client.post(f"{maria.plan}/message", data=fields | {"part": part}, headers=HTMX)
    assert answer.status_code == 200
    return answer.text


def test_the_checks_follow_the_words(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "yes")

    with on_day(8):
        maria.signs_in()
        hollow = text_of(check(maria, step="1", text=HOLLOW))
        better = text_of(check(maria, step="1", text=f"Jonas, about the 9 days: {BRINGS}"))

    assert "Specificity: this would fit any prospect" in hollow
    assert "nothing is left that Jonas can use. Add an answer, a number or a name." in hollow
    assert "Specificity: only Nordwind could get this." in better
    assert "there is still something Jonas can use" in better


def test_what_is_brought_goes_into_the_message(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "yes")
    page = maria.page(f"{maria.plan}/message?step=1")

    fragment = check(maria, "composed", step="1", text=message_on(page), brought="", brings=BRINGS)

    assert BRINGS in message_on(fragment)
    assert "only a reminder" not in message_on(fragment)
    assert f'<textarea name="brought" data-own hidden>{BRINGS}</textarea>' in fragment


def test_without_script_the_whole_page_comes_back(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "yes")

    answer = maria.client.post(f"{maria.plan}/message", data={"step": "1", "brings": BRINGS, "text": ""})

    assert "<html" in answer.text
    assert BRINGS in message_on(answer.text)


def test_checking_writes_nothing(jonas: Buyer, maria: SellerAtWork, database: Database):
    jonas.acts(1, "yes")
    with Session(database.reading) as session:
        before = len(session.exec(select(Event)).all())

    check(maria, step="1", text=HOLLOW)

    with Session(database.reading) as session:
        assert len(session.exec(select(Event)).all()) == before
    assert touches(database) == []


def test_nothing_unanswered_starts_a_message(jonas: Buyer, maria: SellerAtWork, database: Database):
    answers = [
        maria.client.get(f"{maria.plan}/message?step=1"),
        maria.client.get(f"{maria.plan}/message"),
        maria.client.post(f"{maria.plan}/touches", data={"step": "1", "text": "Did you see my mail?"}),
    ]

    for answer in answers:
        assert answer.status_code == 422
        assert "There is no reason to write that Nordwind would recognise." in text_of(answer.text)
    assert "Did you see my mail?" in answers[2].text
    assert touches(database) == []


def test_a_message_from_a_point_alone_is_logged_without_a_reason(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    page = maria.page(f"{maria.plan}/message?point=1")

    log(maria, point="1")

    assert f"“{NINE_DAYS}”" in message_on(page)
    assert "there is no reason to write that Nordwind would recognise" in text_of(page)
    assert [touch.is_permitted for touch in touches(database)] == [False]


def test_their_answer_entitles_to_ours(jonas: Buyer, maria: SellerAtWork, database: Database):
    jonas.acts(1, "obstacle", reason="need something from you", note="Which plants do you mean?")

    page = maria.page(f"{maria.plan}/message?step=1")
    log(maria, "Jonas, Kiel and Lübeck, since 9 days pass there. From Dr. Brandt, section 14.", step="1")

    assert "You wrote: “Which plants do you mean?”" in message_on(page)
    (touch,) = touches(database)
    assert (touch.occasion, touch.is_permitted, touch.has_value) == (Occasion.ANSWER, True, True)


def test_who_ended_the_plan_is_not_written_to(jonas: Buyer, maria: SellerAtWork, database: Database):
    jonas.acts(2, "yes")
    form = next(form for form in forms_in(jonas.page()) if form.action.endswith("/ending"))
    jonas.client.post(form.action, data=form.fields)

    assert maria.client.get(f"{maria.plan}/message?step=2").status_code == 422


def test_a_doubt_about_a_message_is_settled_by_one_tap(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    doubtful = "Jonas, this is who may sign, and up to which limit."
    asked = check(maria, step="2", text=doubtful)
    point = asked.split('name="about" value="')[1].split('"')[0]

    answer = maria.client.post(
        f"{maria.plan}/message/anchors",
        data={"was_step": "2", "was_text": doubtful, "about": point},
        headers=HTMX,
    )

    assert "Specificity: is this about what they said?" in text_of(asked)
    assert "Specificity: only Nordwind could get this." in text_of(answer.text)


def test_the_same_message_to_another_prospect_is_noticed(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    words = "Jonas, an invoice takes 9 days to get through, so here is the answer from Frankfurt."
    log(maria, words, step="2")
    maria.writes_down(company="Velotrade")
    lena = Buyer(jonas.client, maria.shares_with("Jonas Weber"))
    lena.acts(2, "yes")

    assert "Specificity: this would fit any prospect" in text_of(check(maria, step="2", text=words))


def test_three_that_held_nothing_are_warned_about_where_the_next_is_written(
    jonas: Buyer, maria: SellerAtWork
):
    for _ in range(2):
        log(maria, HOLLOW, point="1")
    warned = text_of(maria.page(f"{maria.plan}/message?point=1"))
    log(maria, HOLLOW, point="1")
    strongly = text_of(maria.page(f"{maria.plan}/message?point=1"))

    assert "Jonas’s last two messages from you held nothing they could use." in warned
    assert "Jonas’s last three messages from you held nothing they could use." in strongly
    assert "Keep a promise before you write again." in strongly


def test_an_answer_from_them_clears_it(jonas: Buyer, maria: SellerAtWork):
    for _ in range(3):
        log(maria, HOLLOW, point="1")

    jonas.acts(1, "yes")

    assert "held nothing" not in text_of(maria.page(f"{maria.plan}/message?point=1"))


def test_a_kept_promise_takes_one_off(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    for _ in range(3):
        log(maria, HOLLOW, point="1")

    maria.acts(2, "done")

    page = text_of(maria.page(f"{maria.plan}/message?point=1"))
    assert "Two of Jonas’s last three messages from you held nothing they could use." in page


def test_a_message_that_was_never_sent_counts_no_more(jonas: Buyer, maria: SellerAtWork, database: Database):
    log(maria, HOLLOW, point="1")
    form = next(f for f in forms_in(log(maria, HOLLOW, point="1").text) if f.action.endswith("/removal"))

    maria.client.post(form.action, data=form.fields)

    assert "held nothing" not in text_of(maria.page(f"{maria.plan}/message?point=1"))
    assert touches(database)[1].removed_at


def test_the_seller_sees_how_many_messages_had_a_reason(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    log(maria, step="2")
    log(maria, HOLLOW, point="1")

    assert "1 of 2 messages that had a reason" in text_of(maria.page("/"))


def test_the_same_press_twice_is_one_touch(jonas: Buyer, maria: SellerAtWork, database: Database):
    answers = [log(maria, HOLLOW, point="1", key="one press") for _ in range(2)]
    another = log(maria, BRINGS, point="1", key="one press")

    assert [answer.status_code for answer in (*answers, another)] == [200, 200, 409]
    assert BRINGS in unescape(another.text)
    assert len(touches(database)) == 1


def test_an_empty_message_is_none(jonas: Buyer, maria: SellerAtWork, database: Database):
    answer = maria.client.post(f"{maria.plan}/touches", data={"point": "1", "text": "  "})

    assert answer.status_code == 422
    assert "Write the message first." in text_of(answer.text)
    assert touches(database) == []


@pytest.mark.parametrize("fields", [{"point": "999"}, {"step": "999"}, {"point": "x"}, {"person": "Nobody"}])
def test_what_is_not_of_this_deal_starts_nothing(jonas: Buyer, maria: SellerAtWork, fields: dict[str, str]):
    answer = maria.client.post(f"{maria.plan}/touches", data={"text": BRINGS} | fields)

    assert answer.status_code == 422
    assert BRINGS in unescape(answer.text)


def test_somebody_elses_plan_looks_missing_and_a_viewer_only_looks(
    jonas: Buyer, maria: SellerAtWork, client: TestClient, database: Database
):
    log(maria, HOLLOW, point="1")
    tom = SellerAtWork(client, a_colleague(database, "Tom Reyes"))
    theirs = [
        tom.client.get(f"{maria.plan}/message?point=1"),
        tom.client.post(f"{maria.plan}/message", data={"point": "1"}),
        tom.client.post(f"{maria.plan}/touches", data={"point": "1", "text": BRINGS}),
        tom.client.post(f"{maria.plan}/touches/1/removal"),
    ]
    vera = SellerAtWork(client, a_colleague(database, "Vera Stein", Role.VIEWER))
    looked = vera.client.get(f"{maria.plan}/message?point=1")
    acted = vera.client.post(f"{maria.plan}/touches", data={"point": "1", "text": BRINGS})

    assert [answer.status_code for answer in theirs] == [404] * 4
    assert (looked.status_code, acted.status_code) == (200, 403)
    assert "log it" not in text_of(looked.text)
    assert len(touches(database)) == 1


def test_every_message_is_in_the_record(jonas: Buyer, maria: SellerAtWork, database: Database):
    log(maria, HOLLOW, point="1")
    maria.client.post(f"{maria.plan}/touches/1/removal")

    with Session(database.reading) as session:
        events = [event.what for event in session.exec(select(Event).order_by(col(Event.id)))]
    assert events[-2:] == ["touch logged", "touch removed"]


def test_a_formality_may_be_written_about_in_everyones_words(jonas: Buyer, maria: SellerAtWork):
    maria.client.post(
        f"{maria.plan}/drafts",
        data={
            "title": "Sign the contract",
            "owner": "Maria Keller",
            "counterpart": "Jonas Weber",
            "due_on": str(in_days(4)),
            "keep_because": "everyone needs this one",
        },
    )
    maria.client.post(f"{maria.plan}/sharing")
    jonas.acts(3, "yes")

    page = text_of(maria.page(f"{maria.plan}/message?step=3"))

    assert "everyone needs this step, so its words may be everyone’s" in page


def test_a_step_of_theirs_is_not_written_about_to_somebody_else(jonas: Buyer, maria: SellerAtWork):
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang"})
    jonas.acts(1, "yes")

    page = text_of(maria.page(f"{maria.plan}/message?step=1&person=Petra+Lang"))

    assert "Write to Jonas Weber" in page
    assert INVOICES in page


def test_what_was_brought_and_not_composed_yet_is_in_the_message_that_is_logged(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    jonas.acts(2, "yes")
    text = message_on(maria.page(f"{maria.plan}/message?step=2"))

    answer = log(maria, text, step="2", brought="", brings=BRINGS)

    assert BRINGS in message_on(answer.text)
    assert BRINGS in touches(database)[0].words


def test_the_answer_that_it_brings_contradicts_nothing(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "yes")
    page = maria.page(f"{maria.plan}/message?step=1&point=1")
    brings = "Of the 40 invoices 31 lie with one approver; he takes 21 days."

    composed = check(maria, "composed", step="1", point="1", text=message_on(page), brings=brings)

    assert brings in message_on(composed)
    assert "Specificity: only Nordwind could get this." in text_of(composed)


def test_a_message_that_was_cleared_is_checked_as_it_is(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")

    assert "Specificity: nothing is written yet." in text_of(check(maria, step="2", text=""))


def test_the_words_of_a_message_that_was_not_sent_come_back(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    words = f"Jonas, about the 9 days. {BRINGS}"
    form = next(f for f in forms_in(log(maria, words, step="2").text) if f.action.endswith("/removal"))

    back = maria.client.post(form.action, data=form.fields).headers["location"]

    assert message_on(maria.page(back)) == words
    assert "You owe Jonas this by" in text_of(maria.page(back))


def test_words_of_a_message_whose_reason_is_gone_are_not_lost(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    log(maria, f"Jonas, about the 9 days. {BRINGS}", step="2")
    back = maria.client.post(f"{maria.plan}/touches/1/removal").headers["location"]
    maria.acts(2, "done")

    answer = maria.client.get(back)

    assert answer.status_code == 422
    assert BRINGS in unescape(answer.text)


@EACH_DATABASE
def test_a_long_message_with_a_long_answer_is_logged_whole(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    answer = log(maria, "x" * 5_000, point="1", brings="y" * 2_000)

    assert answer.status_code == 200
    assert len(touches(database)[0].words) == 7_001


def test_the_same_press_after_the_promise_was_kept_writes_nothing(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    jonas.acts(2, "yes")
    words = "Jonas, here is the answer from Frankfurt."
    log(maria, words, step="2", key="one press")
    maria.acts(2, "done")

    again = log(maria, words, step="2", key="one press")

    assert (again.status_code, again.headers["location"]) == (303, "/")
    assert len(touches(database)) == 1


def test_the_same_press_after_it_was_taken_out_offers_no_way_to_take_it_out(
    jonas: Buyer, maria: SellerAtWork
):
    log(maria, HOLLOW, point="1", key="one press")
    maria.client.post(f"{maria.plan}/touches/1/removal")

    again = log(maria, HOLLOW, point="1", key="one press")

    assert again.status_code == 200
    assert "I did not send it" not in again.text


def two_people(jonas: Buyer, maria: SellerAtWork) -> None:
    """Jonas asked for another day; Petra said yes to a step of hers."""
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang"})
    fields = {"title": "Name the approvers of Kiel", "owner": "Petra Lang", "counterpart": "Maria Keller"}
    maria.client.post(f"{maria.plan}/drafts", data=fields | {"due_on": str(in_days(4))})
    petra = Buyer(jonas.client, maria.shares_with("Petra Lang"))
    petra.acts(3, "yes")
    jonas.acts(1, "counter", due_on=str(in_days(9)))


def test_without_a_step_it_starts_from_the_first_reason_of_whoever_is_meant(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    two_people(jonas, maria)

    with on_day(7):
        maria.signs_in()
        first = text_of(maria.page(f"{maria.plan}/message"))
        petra = text_of(maria.page(f"{maria.plan}/message?person=Petra+Lang"))
        log(maria, "Petra, the approvers of Kiel: who are they?", person="Petra Lang")

    assert "Write to Jonas Weber" in first
    assert "Write to Petra Lang" in petra
    assert touches(database)[0].occasion is Occasion.THEIRS


def test_what_somebody_else_said_is_not_quoted_unasked(jonas: Buyer, maria: SellerAtWork):
    two_people(jonas, maria)

    with on_day(7):
        maria.signs_in()
        text = message_on(maria.page(f"{maria.plan}/message?step=3"))

    assert "approvers of Kiel" in text
    assert NINE_DAYS not in text


def test_no_query_more_for_each_person_or_step(jonas: Buyer, maria: SellerAtWork, database: Database):
    from sqlalchemy import event

    jonas.acts(2, "yes")
    asked: list[str] = []
    event.listen(database.reading, "before_cursor_execute", lambda *args: asked.append(args[2]))

    maria.page(f"{maria.plan}/message?step=2")
    few = len(asked)
    for number in range(6):
        maria.client.post(f"{maria.deal}/people", data={"name": f"Person {number}"})
        fields = {"title": f"Look at plant {number}", "due_on": str(in_days(4)), "counterpart": "Jonas Weber"}
        maria.client.post(f"{maria.plan}/drafts", data=fields)
    maria.client.post(f"{maria.plan}/sharing")
    asked.clear()
    maria.page(f"{maria.plan}/message?step=2")

    assert len(asked) == few


def test_what_has_still_to_be_filled_in_is_said_of_what_is_brought_too(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    page = maria.page(f"{maria.plan}/message?step=2")

    composed = check(maria, "composed", step="2", text=message_on(page), brings="It is [number] euros.")

    assert "Specificity: something still has to be filled in." in text_of(composed)


def test_a_message_offers_only_what_its_reader_said(jonas: Buyer, maria: SellerAtWork):
    two_people(jonas, maria)
    said = {"words": "The yard in Husum has no gate", "said_by": "Petra Lang"}
    maria.client.post(f"{maria.deal}/points", data=said)

    to_petra = check(maria, person="Petra Lang", step="3", text=HOLLOW)
    to_jonas = check(maria, step="1", text=HOLLOW)

    assert "Husum" in to_petra
    assert "An invoice takes 9 days" not in to_petra
    assert "An invoice takes 9 days" in to_jonas
    assert "Husum" not in to_jonas


def test_what_was_brought_comes_back_with_the_words(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    log(maria, step="2", brings=BRINGS)
    back = maria.client.post(f"{maria.plan}/touches/1/removal").headers["location"]

    page = maria.page(back)

    for name in ("brings", "brought", "text"):
        assert BRINGS in page.partition(f'name="{name}"')[2].partition("</textarea>")[0]
