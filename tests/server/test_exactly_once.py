"""However many answers come at the same time: one effect, and everybody is told what happened."""

from sqlmodel import Session, col, select

from app.database import Database
from app.link.tables import Guest
from app.shared_plan.commitment import What
from app.shared_plan.tables import Commitment, Terms
from tests.cast import Buyer, SellerAtWork, in_days
from tests.marks import EACH_DATABASE
from tests.markup import text_of
from tests.server.effects import acts, assert_honest, said, whole
from tests.server.serving import Server
from tests.server.visitors import Press, a_browser_of, desk_of, press_together

MANY = 64
SELF = {"answering_as": "self"}


@EACH_DATABASE
def test_one_button_pressed_64_times_at_once_is_one_yes(jonas: Buyer, server: Server, database: Database):
    first = a_browser_of(jonas, server).form(1, "yes", **SELF)

    presses = press_together([first.again() for _ in range(MANY)])

    assert_honest(presses, {303: MANY})
    assert len({press.headers["location"] for press in presses}) == 1
    assert acts(database, What.YES) == 1
    assert whole(database)


@EACH_DATABASE
def test_64_browsers_that_say_yes_at_once_agree_once(jonas: Buyer, server: Server, database: Database):
    browsers = [a_browser_of(jonas, server) for _ in range(MANY)]
    first = browsers[0].form(1, "yes", **SELF)
    presses = [
        Press(browser, first.action, first.fields | {"key": f"key-{number}"})
        for number, browser in enumerate(browsers)
    ]

    press_together(presses)

    assert_honest(presses, {303: MANY})
    assert acts(database, What.YES) == 1
    with Session(database.reading) as session:
        assert len(session.exec(select(Commitment)).all()) == 1
        assert len(session.exec(select(Guest)).all()) == MANY
    assert whole(database)


@EACH_DATABASE
def test_64_known_browsers_that_ask_for_64_days_are_told_who_won(
    jonas: Buyer, server: Server, database: Database
):
    browser = a_browser_of(jonas, server)
    browser.form(2, "comments", words="Hello", **SELF).now()
    asked = browser.form(1, "counter")
    presses = [
        asked.again(key=f"key-{n}", due_on=str(in_days(10 + n)), note=f"note {n}") for n in range(MANY)
    ]

    press_together(presses)

    assert_honest(presses, {303: 1, 409: MANY - 1})
    won = next(press for press in presses if press.status == 303)
    with Session(database.reading) as session:
        days = session.exec(select(col(Terms.due_on)).where(Terms.version > 1)).all()
        shown = session.exec(
            select(Terms).where(Terms.version == 1, col(Terms.title).contains("invoices"))
        ).one()
    assert [str(day) for day in days] == [won.fields["due_on"]]
    for press in presses:
        if press.status == 409:
            assert press.fields["note"] in press.text, "what was typed is given back"
            assert said(shown.due_on) in text_of(press.text)
            assert said(days[0]) in text_of(press.text)
    assert whole(database)


@EACH_DATABASE
def test_the_same_key_gives_the_same_answer_and_other_words_are_given_back(
    jonas: Buyer, server: Server, database: Database
):
    browser = a_browser_of(jonas, server)
    asked = browser.form(1, "comments", words="Who signs above 5,000?", **SELF).now()

    again = asked.again().now()
    others = press_together([asked.again(words=f"Other words {number}") for number in range(8)])

    assert (again.status, again.headers["location"]) == (asked.status, asked.headers["location"])
    assert_honest(others, {409: 8})
    assert all(press.fields["words"] in press.text for press in others)
    assert acts(database, What.COMMENTED) == 1


@EACH_DATABASE
def test_two_buyers_and_the_seller_move_one_date_and_one_wins(
    jonas: Buyer, maria: SellerAtWork, server: Server, database: Database
):
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang"})
    petra = Buyer(jonas.client, maria.makes_link_for("Petra Lang"))
    at_work, at_home = a_browser_of(jonas, server), a_browser_of(jonas, server)
    asked = at_work.form(1, "counter", **SELF)
    hers = a_browser_of(petra, server)
    elsewhere = asked.action.replace(at_work.path, hers.path)
    desk = desk_of(maria, server).form(1, "terms", due_on=str(in_days(13)), note="We are late")
    movers = [
        asked.again(due_on=str(in_days(11)), key="at work"),
        Press(at_home, asked.action, asked.fields | {"due_on": str(in_days(12)), "key": "at home"}),
        desk,
    ]
    not_named = Press(hers, elsewhere, asked.fields | {"due_on": str(in_days(14)), "key": "hers"})

    press_together([*movers, not_named])

    assert_honest(movers, {303: 1, 409: 2})
    won = next(press for press in movers if press.status == 303)
    with Session(database.reading) as session:
        days = session.exec(select(col(Terms.due_on)).where(Terms.version == 2)).all()
    assert [str(day) for day in days] == [won.fields["due_on"]]
    assert all(said(days[0]) in text_of(press.text) for press in movers if press.status == 409)
    assert not_named.status in (403, 409), "only the person named in the step moves its day"
    assert whole(database)
