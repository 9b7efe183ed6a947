"""What the buyer's side may put on one plan; the seller's own places are nobody else's to take."""

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import update
from sqlmodel import Session, col, func, select

from app.buyer import room
from app.buyer.room import (
    Asked,
    Done,
    NoRoom,
    must_have_room,
    must_have_room_for_copy,
    must_have_room_for_requests,
)
from app.database import Database
from app.link import store as links
from app.link.store import LINKS_PER_PLAN
from app.link.tables import Link
from app.shared_plan.commitment import Status, What
from app.shared_plan.tables import Act, Step
from tests.cast import Buyer, SellerAtWork, form_ending, in_days
from tests.markup import text_of
from tests.safety.visitors import a_browser, presses

JONAS, PETRA = 1, 2


def refuses(act: Done, *done: Done) -> bool:
    try:
        must_have_room(act, [act, *done])
    except NoRoom:
        return True
    return False


@pytest.mark.parametrize(
    ("what", "most"),
    [(What.COMMENTED, 100), (What.ANSWERED, 100), (What.PROPOSED, 100), (None, 100), (What.STUCK, 200)],
)
def test_one_person_does_a_thing_so_often_and_no_more(what: What | None, most: int):
    step = None if what is None else 7

    assert not refuses(Done(JONAS, step, what), Done(JONAS, step, what, most - 1))
    assert refuses(Done(JONAS, step, what), Done(JONAS, step, what, most))


def test_who_commented_a_hundred_times_can_still_say_yes():
    assert not refuses(Done(JONAS, 7, What.YES), Done(JONAS, 8, What.COMMENTED, 100))


def test_what_others_did_stands_in_nobodys_way_to_a_yes():
    assert not refuses(Done(JONAS, 7, What.COMMENTED), Done(PETRA, 7, What.COMMENTED, 100))
    assert not refuses(
        Done(JONAS, 7, What.STUCK), Done(PETRA, 7, What.COMMENTED, 100), Done(3, 7, What.ANSWERED, 100)
    )
    assert refuses(Done(JONAS, 7, What.STUCK), Done(PETRA, 7, What.STUCK, 200))
    assert not refuses(Done(JONAS, 7, What.YES), Done(PETRA, 7, What.STUCK, 200))
    assert not refuses(Done(JONAS, 7, What.DONE), Done(PETRA, 7, What.STUCK, 200))


def test_a_person_and_a_plan_have_room_for_so_much():
    spread = [Done(JONAS, step, What.STUCK, 100) for step in range(1, 6)]
    crowd = [Done(person, person, What.STUCK, 200) for person in range(2, 12)]

    assert refuses(Done(JONAS, 9, What.YES), *spread)
    assert not refuses(Done(PETRA, 9, What.YES), *spread)
    assert refuses(Done(JONAS, 99, What.STUCK), *crowd)


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ([Asked(JONAS, waits=True)] * 5, True),
        ([Asked(JONAS, waits=True)] * 6, False),
        ([Asked(PETRA, waits=True)] * 6, True),
        ([Asked(PETRA, waits=True)] * 16, False),
        ([Asked(JONAS, waits=False)] * 30, True),
        ([Asked(JONAS, waits=False)] * 31, False),
        ([Asked(PETRA, waits=False)] * 101, False),
    ],
)
def test_a_few_requests_wait_at_a_time(asked: list[Asked], fits: bool):
    try:
        must_have_room_for_requests(asked, JONAS)
    except NoRoom:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize(("working", "ever", "fits"), [(4, 49, True), (5, 5, False), (0, 50, False)])
def test_a_few_copies_work_at_a_time(working: int, ever: int, fits: bool):
    try:
        must_have_room_for_copy(working, ever)
    except NoRoom:
        assert not fits
    else:
        assert fits


def asks(buyer: Buyer, title: str, **fields: str):
    return presses(buyer, "steps", title=title, due_on=str(in_days(9)), **fields)


def test_a_sixth_request_comes_back_with_its_words(jonas: Buyer, maria: SellerAtWork):
    answers = [asks(jonas, f"Send the list of plant {number}") for number in range(6)]

    assert [answer.status_code for answer in answers] == [303] * 5 + [422]
    assert "Some of your requests wait for an answer." in text_of(answers[-1].text)
    assert "Send the list of plant 5" in answers[-1].text
    assert "Send the list of plant 5" not in jonas.page()
    maria.acts(3, "yes")
    assert asks(jonas, "Send the list of plant 5").status_code == 303


def test_reopening_is_no_way_to_more_requests(jonas: Buyer):
    for number in range(6):
        asks(jonas, f"Send the list of plant {number}", who="buyer")
        if number == 0:
            jonas.acts(3, "done")

    data = {"version": "1", "answering_as": "self", "key": "again"}
    reopened = jonas.client.post(f"{jonas.path}/steps/3/reopening", data=data)

    assert reopened.status_code == 422
    assert "Some of your requests wait for an answer." in text_of(reopened.text)


def test_requests_take_none_of_the_sellers_places(jonas: Buyer, maria: SellerAtWork, database: Database):
    for number in range(5):
        asks(jonas, f"Send the list of plant {number}")
    maria.acts(3, "yes")
    for number in range(28):
        fields = {
            "title": f"Walk through plant {number}",
            "due_on": str(in_days(8)),
            "counterpart": "Jonas Weber",
        }
        maria.client.post(f"{maria.plan}/drafts", data=fields)

    shared = maria.client.post(f"{maria.plan}/sharing")

    assert shared.status_code == 303
    assert open_steps(database) == 2 + 5 + 28
    maria.client.post(f"{maria.plan}/drafts", data=fields)
    assert maria.client.post(f"{maria.plan}/sharing").status_code == 422


def open_steps(database: Database) -> int:
    with Session(database.reading) as session:
        return session.exec(select(func.count()).where(col(Step.status).not_in([Status.DONE]))).one()


def test_a_comment_too_many_is_not_kept_and_not_lost(jonas: Buyer, database: Database):
    jonas.acts(1, "comments", words="The first of many")
    _as_often(database, 100)

    refused = jonas.acts(1, "comments", words="The one too many", edits="")

    assert refused.status_code == 422
    assert "A hundred comments of yours stand here already." in text_of(refused.text)
    assert "The one too many" in refused.text
    assert "The one too many" not in jonas.page()
    assert jonas.acts(1, "yes").status_code == 303
    assert jonas.acts(1, "undo").status_code == 303


def _as_often(database: Database, times: int) -> None:
    """The one comment that is there, so often."""
    with Session(database.writing) as session, session.begin():
        first = session.exec(select(Act).where(Act.what == What.COMMENTED)).one()
        for number in range(1, times):
            copied: dict[str, Any] = first.model_dump(exclude={"id"}) | {"number": first.number + number}
            session.add(Act(**copied))


def test_comments_are_not_changed_for_ever(jonas: Buyer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "REWORDINGS", 2)
    jonas.acts(1, "comments", words="Which invoices?")

    answers = [jonas.acts(1, "comments", words=f"Which invoices, {number}?") for number in range(3)]

    assert [answer.status_code for answer in answers] == [303, 303, 422]
    assert "Which invoices, 2?" in answers[-1].text
    assert "Which invoices, 1?" in jonas.page()


def test_a_sixth_copy_is_refused_until_one_is_turned_off(jonas: Buyer):
    statuses = [presses(jonas, "copies").status_code for _ in range(6)]
    turned_off = form_ending(jonas.page(), "/copies/1/revocation")
    jonas.client.post(turned_off.action, data=turned_off.fields | {"answering_as": "self"})

    assert statuses == [200] * 5 + [422]
    assert presses(jonas, "copies").status_code == 200


def test_only_links_that_work_take_a_place(jonas: Buyer, maria: SellerAtWork, database: Database):
    with Session(database.writing) as session, session.begin():
        first = session.exec(select(Link)).one()
        for number in range(1, LINKS_PER_PLAN):
            copied: dict[str, Any] = first.model_dump(exclude={"id"}) | {"token_hash": f"{number:064}"}
            session.add(Link(**copied))

    full = maria.client.post(f"{maria.plan}/links", data={"participant": "Jonas Weber"})
    with Session(database.writing) as session, session.begin():
        newest = select(func.max(Link.id)).scalar_subquery()
        session.exec(update(Link).where(col(Link.id) == newest).values(revoked_at=Link.created_at))

    assert full.status_code == 422
    assert "This plan has 200 links that work." in text_of(full.text)
    assert maria.client.post(f"{maria.plan}/links", data={"participant": "Jonas Weber"}).status_code == 200


def test_the_browsers_known_longest_are_asked_again_where_there_are_ever_new_ones(
    jonas: Buyer, app: FastAPI, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(links, "BROWSERS_KNOWN", 3)
    jonas.acts(1, "comments", words="Here")
    for _ in range(3):
        another = Buyer(a_browser(app), jonas.address)
        another.acts(1, "comments", words="Here, too")

    assert "answering_as" in jonas.acts(1, "yes", answering_as="").text
    assert another.acts(1, "yes", answering_as="").status_code == 303
