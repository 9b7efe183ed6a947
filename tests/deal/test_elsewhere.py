"""The texts of the seller's other plans: kept while they stay the same, and never a text too old."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.database import Database
from app.deal import elsewhere as module
from app.deal.elsewhere import texts_elsewhere
from app.deal.tables import Deal
from app.shared_plan.tables import Terms
from app.shelf import Shelf
from tests.cast import INVOICES, Buyer, SellerAtWork, in_days
from tests.marks import EACH_DATABASE
from tests.safety.visitors import Photograph

OFFER = "Send the offer for the plant in Kassel"
OTHER_OFFER = "Send the offer for the yard in Husum"


def elsewhere(database: Database, company: str = "Nordwind") -> tuple[str, ...]:
    with Session(database.reading) as session:
        deal = session.exec(select(Deal).where(Deal.company == company)).one()
        return texts_elsewhere(session, deal).texts


def shares(maria: SellerAtWork, company: str, **fields: str) -> None:
    maria.writes_down(company=company, **fields)
    maria.shares_with("Jonas Weber")


@EACH_DATABASE
def test_another_plans_texts_are_there_as_soon_as_they_are_shared(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    before = elsewhere(database)
    shares(maria, "Velotrade", what_1=OFFER)

    assert before == ()
    assert OFFER in elsewhere(database)
    assert OFFER not in elsewhere(database, "Velotrade")
    assert INVOICES in elsewhere(database, "Velotrade")


def test_the_same_texts_are_the_same_object(jonas: Buyer, maria: SellerAtWork, database: Database):
    shares(maria, "Velotrade")

    assert elsewhere(database) is elsewhere(database)


def adds(session: Session, title: str) -> None:
    """Another version of a step of Velotrade's."""
    terms = session.exec(select(Terms).order_by(col(Terms.id).desc())).first()
    assert terms
    words: dict[str, Any] = terms.model_dump(exclude={"id"}) | {
        "version": 9,
        "title": title,
        "salt": title[-9:],
    }
    session.add(Terms(**words))
    session.flush()


def test_an_act_that_is_undone_leaves_nothing_behind(jonas: Buyer, maria: SellerAtWork, database: Database):
    shares(maria, "Velotrade")
    before = elsewhere(database)
    with Session(database.writing) as session:
        adds(session, OFFER)
        texts_elsewhere(session, session.exec(select(Deal).where(Deal.company == "Nordwind")).one())
        session.rollback()

    assert elsewhere(database) == before
    with Session(database.writing) as session:
        adds(session, OTHER_OFFER)  # in the place of what was undone
        session.commit()

    assert OTHER_OFFER in elsewhere(database)
    assert OFFER not in elsewhere(database)


@EACH_DATABASE
def test_what_the_buyers_side_writes_is_no_habit_of_the_seller(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    shares(maria, "Velotrade")
    before = elsewhere(database, "Velotrade")

    asked = jonas.client.post(
        f"{jonas.path}/steps", data={"title": OFFER, "due_on": in_days(9).isoformat(), "answering_as": "self"}
    )
    countered = jonas.acts(1, "counter", due_on=in_days(8).isoformat(), title=OTHER_OFFER)

    assert [asked.status_code, countered.status_code] == [303, 303]
    assert elsewhere(database, "Velotrade") is before


def test_after_a_restore_the_texts_are_those_of_the_database(
    jonas: Buyer, maria: SellerAtWork, database: Database
):
    shares(maria, "Velotrade")
    backup = Photograph(database)
    for title in (OFFER, OTHER_OFFER):
        backup.put_back()
        with Session(database.writing) as session:
            adds(session, title)
            session.commit()

        assert title in elsewhere(database)


def test_the_plans_at_hand_take_no_more_than_that(jonas: Buyer, maria: SellerAtWork, database: Database):
    kept = module._KNOWN[database.reading.pool] = Shelf(3_000)
    shares(maria, "Velotrade")
    for number in range(9):
        maria.client.post("/deals", data={"company": f"Company {number}"})
        elsewhere(database, f"Company {number}")

    assert 0 < len(kept) < 10
    assert kept.bytes <= 3_000


def test_long_texts_are_cut_and_the_oldest_are_left_out(
    jonas: Buyer, maria: SellerAtWork, database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "MOST_ELSEWHERE", 1_100)
    shares(maria, "Velotrade", what_1=OFFER)
    with Session(database.writing) as session:
        adds(session, "ä" * 1_001)
        session.commit()

    assert elsewhere(database)[0] == "ä" * 1_000
    assert OFFER not in elsewhere(database)
