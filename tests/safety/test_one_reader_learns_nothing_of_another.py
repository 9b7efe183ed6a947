"""Promise 1, between readers: one person's opening, link, code or copy moves no byte of another's page.

Nor does a number that counts over the whole installation reach a guest.
"""

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.database import Database
from app.link.tables import Link
from tests.cast import Buyer, SellerAtWork
from tests.markup import forms_in
from tests.safety.visitors import a_browser, forget_pages, presses


@pytest.fixture
def petra(maria: SellerAtWork, app: FastAPI) -> Buyer:
    maria.writes_down()
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang"})
    maria.shares_with("Jonas Weber")
    return Buyer(a_browser(app), maria.makes_link_for("Petra Lang"))


def _opens(maria: SellerAtWork, jonas: Buyer) -> None:
    assert jonas.client.post(f"{jonas.path}/seen").status_code == 204


def _gets_a_link(maria: SellerAtWork, jonas: Buyer) -> None:
    maria.makes_link_for("Jonas Weber")


def _gets_a_code(maria: SellerAtWork, jonas: Buyer) -> None:
    answer = maria.client.post(f"{maria.plan}/on-the-call", data={"participant": "Jonas Weber"})
    assert answer.status_code == 200


def _makes_a_copy(maria: SellerAtWork, jonas: Buyer) -> None:
    assert presses(jonas, "copies").status_code == 200


def _is_shut_out(maria: SellerAtWork, jonas: Buyer) -> None:
    own = [form for form in forms_in(maria.page(maria.plan)) if form.action.startswith("/links/")]
    newest = max(own, key=lambda form: int(form.action.split("/")[2]))
    assert maria.client.post(newest.action, data=newest.fields).status_code == 303
    assert jonas.client.get(jonas.path).status_code == 410


def _is_joined_by_somebody(maria: SellerAtWork, jonas: Buyer) -> None:
    maria.client.post(f"{maria.deal}/people", data={"name": "Sofia Marin"})
    maria.makes_link_for("Sofia Marin")


@pytest.mark.parametrize(
    "happens", [_opens, _gets_a_link, _gets_a_code, _makes_a_copy, _is_shut_out, _is_joined_by_somebody]
)
def test_what_happens_with_one_persons_way_in_moves_no_byte_of_anothers(
    petra: Buyer, maria: SellerAtWork, app: FastAPI, happens: Callable[[SellerAtWork, Buyer], None]
):
    jonas = Buyer(a_browser(app), maria.makes_link_for("Jonas Weber"))
    before = petra.client.get(petra.path)

    happens(maria, jonas)
    forget_pages(app)
    after = petra.client.get(petra.path)

    assert after.content == before.content
    assert after.headers == before.headers


def test_what_one_does_with_a_step_gives_the_other_fresh_forms(
    petra: Buyer, maria: SellerAtWork, app: FastAPI
):
    jonas = Buyer(a_browser(app), maria.makes_link_for("Jonas Weber"))
    before = petra.form(1, "comments").fields["key"]

    jonas.acts(1, "comments", words="Which invoices are meant?")

    assert petra.form(1, "comments").fields["key"] != before


def test_no_number_of_the_installation_is_in_a_cookie(petra: Buyer, database: Database):
    (cookie,) = petra.client.cookies.values()
    with Session(database.reading) as session:
        newest = session.exec(select(Link).order_by(col(Link.id).desc())).first()

    assert newest
    assert re.fullmatch(rf"{newest.token_hash}-[\w-]{{22}}\.[\w-]{{43}}", cookie)
