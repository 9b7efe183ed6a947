"""One tap on a doubt: the program asks once, and the answer holds for the deal."""

import pytest
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from app.database import Database
from app.deal.tables import Anchor
from app.journal import Event
from tests.cast import SellerAtWork, a_colleague
from tests.marks import EACH_DATABASE
from tests.markup import forms_in, text_of

DOUBTFUL = "Name the limit above which it gets stuck"
NEXT = "Where does the limit get an invoice stuck"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(maria: SellerAtWork, without_steps: None) -> SellerAtWork:
    return maria


def check(desk: SellerAtWork, title: str = DOUBTFUL) -> str:
    fields = {"plan": desk.plan.rpartition("/")[2], "title": title, "kind": "step"}
    return desk.client.post("/specificity", data=fields, headers=HTMX).text


def tell(desk: SellerAtWork, about: str, title: str = DOUBTFUL, **fields: str):
    data = {"was_title": title, "about": about} | fields
    return desk.client.post(f"{desk.plan}/anchors", data=data, headers=HTMX)


def anchors(database: Database) -> list[Anchor]:
    with Session(database.reading) as session:
        return list(session.exec(select(Anchor).order_by(col(Anchor.id))))


def point_on(page: str) -> str:
    """The number of the point on offer."""
    return page.split('name="about" value="')[1].split('"')[0]


@EACH_DATABASE
def test_a_tap_settles_the_doubt_and_the_next_text(desk: SellerAtWork):
    asked = check(desk)

    answer = tell(desk, point_on(asked))

    assert "Is this about what they said?" in asked
    assert "Only Nordwind could get this." in answer.text
    assert "Only Nordwind could get this." in check(desk, NEXT)


def test_neither_settles_it_the_other_way(desk: SellerAtWork):
    answer = text_of(tell(desk, "neither").text)

    assert "This would fit any prospect" in answer
    assert "You said that it is about none of what they said." in answer


def test_a_tap_taken_back_is_asked_again(desk: SellerAtWork):
    tell(desk, point_on(check(desk)))
    form = next(form for form in forms_in(desk.page(desk.plan)) if form.action.endswith("/removal"))

    desk.client.post(form.action, data=form.fields)

    assert "Is this about what they said?" in check(desk)


def test_the_desk_says_what_was_told(desk: SellerAtWork):
    tell(desk, point_on(check(desk)))

    assert "This is what you mean by “limit above which it gets stuck”." in text_of(desk.page(desk.plan))


def test_the_same_press_twice_is_one_anchor(desk: SellerAtWork, database: Database):
    point = point_on(check(desk))

    answers = [tell(desk, point, key="one press") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(anchors(database)) == 1


@pytest.mark.parametrize("about", ["", "999", "none", "-1", "1e3"])
def test_only_a_point_of_this_deal_can_be_meant(desk: SellerAtWork, database: Database, about: str):
    answer = tell(desk, about)

    assert answer.status_code == 422
    assert "Pick one of the things they said." in text_of(answer.text)
    assert anchors(database) == []


def test_a_draft_on_the_desk_is_settled_without_script(desk: SellerAtWork, database: Database):
    desk.client.post(f"{desk.plan}/drafts", data={"title": DOUBTFUL})
    tap = next(form for form in forms_in(desk.page(desk.plan)) if form.fields.get("about", "").isdecimal())

    desk.client.post(tap.action, data=tap.fields)

    assert "Only Nordwind could get this." in text_of(desk.page(desk.plan))
    assert len(anchors(database)) == 1


def test_without_script_the_tap_leads_back_to_the_drafts(desk: SellerAtWork):
    fields = {"was_title": DOUBTFUL, "about": "neither"}

    answer = desk.client.post(f"{desk.plan}/anchors", data=fields)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{desk.plan}#drafts")


def test_every_tap_is_in_the_record(desk: SellerAtWork, database: Database):
    tell(desk, "neither")
    (anchor,) = anchors(database)

    desk.client.post(f"{desk.plan}/anchors/{anchor.id}/removal")

    with Session(database.reading) as session:
        events = [event.what for event in session.exec(select(Event).order_by(col(Event.id)))]
    assert events[-2:] == ["anchor told", "anchor taken back"]


def test_somebody_elses_anchor_looks_missing(desk: SellerAtWork, client: TestClient, database: Database):
    tell(desk, "neither")
    (anchor,) = anchors(database)
    tom = SellerAtWork(client, a_colleague(database, "Tom Reyes"))
    tom.writes_down()

    answers = [
        tom.client.post(f"{desk.plan}/anchors", data={"was_title": DOUBTFUL, "about": "neither"}),
        tom.client.post(f"{desk.plan}/anchors/{anchor.id}/removal"),
        tom.client.post(f"{tom.plan}/anchors/{anchor.id}/removal"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert anchors(database)[0].taken_back_at is None


def test_neither_can_be_taken_back_too(desk: SellerAtWork):
    tell(desk, "neither")
    page = desk.page(desk.plan)
    form = next(form for form in forms_in(page) if form.action.endswith("/removal"))

    desk.client.post(form.action, data=form.fields)

    assert f"None of this is what you mean by “{DOUBTFUL}”." in text_of(page)
    assert "Is this about what they said?" in check(desk)


def test_a_shared_step_in_doubt_is_settled_where_it_stands(desk: SellerAtWork):
    fields = {"title": DOUBTFUL, "counterpart": "Jonas Weber", "due_on": "2099-01-05"}
    desk.client.post(f"{desk.plan}/drafts", data=fields)
    desk.client.post(f"{desk.plan}/sharing")
    form = next(form for form in forms_in(desk.page(desk.plan)) if form.fields.get("was_title") == DOUBTFUL)

    desk.client.post(form.action, data=form.fields | {"about": "neither"})

    assert "could be sent to anyone" in text_of(desk.page(desk.plan))
