"""What they said can be written down better; every step is compared with it anew."""

import pytest
from starlette.testclient import TestClient

from app.database import Database
from tests.cast import NINE_DAYS, SellerAtWork, a_colleague, in_days
from tests.marks import EACH_DATABASE
from tests.markup import forms_in, text_of

THEIRS = "Walk through the invoices that took nine days"


@pytest.fixture
def desk(maria: SellerAtWork, without_steps: None) -> SellerAtWork:
    maria.client.post(f"{maria.plan}/drafts", data={"title": THEIRS})
    return maria


def correct(desk: SellerAtWork, **fields: str):
    form = next(form for form in forms_in(desk.page(desk.deal)) if "/points/" in form.action)
    return desk.client.post(form.action, data=form.fields | fields)


@EACH_DATABASE
def test_a_step_is_judged_anew_when_the_point_changes(desk: SellerAtWork):
    before = text_of(desk.page(desk.plan))

    answer = correct(desk, words="An invoice takes 21 days to get through.")

    after = text_of(desk.page(desk.plan))
    assert answer.headers["location"] == f"{desk.deal}#points"
    assert "Only Nordwind could get this." in before
    assert "Only Nordwind could get this." not in after


def test_what_is_left_as_it_was_stays(desk: SellerAtWork):
    correct(desk)

    page = text_of(desk.page(desk.deal))
    assert f"“{NINE_DAYS}” Jonas Weber" in page


def test_nobody_may_have_said_it(desk: SellerAtWork):
    correct(desk, said_by="", said_on=str(in_days(-3)))

    assert f"“{NINE_DAYS}” They" in text_of(desk.page(desk.deal))


@pytest.mark.parametrize("fields", [{"words": " "}, {"said_by": "Nobody"}, {"said_on": "soon"}])
def test_what_does_not_fit_changes_nothing(desk: SellerAtWork, fields: dict[str, str]):
    answer = correct(desk, **fields)

    assert answer.status_code == 422
    assert NINE_DAYS in text_of(desk.page(desk.deal))


def test_somebody_elses_point_looks_missing(desk: SellerAtWork, client: TestClient, database: Database):
    tom = SellerAtWork(client, a_colleague(database, "Tom Reyes"))
    tom.writes_down(company="Velotrade", said="")

    answers = [
        tom.client.post(f"{place}/points/1", data={"words": "Nothing"}) for place in (desk.deal, tom.deal)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
