"""However much is said, the page of a plan stays light, and every word is still to be read."""

from typing import Any

import pytest
from sqlmodel import Session, select

from app.database import Database
from app.shared_plan.commitment import What
from app.shared_plan.tables import Act
from tests.cast import Buyer, SellerAtWork, in_days
from tests.markup import text_of
from tests.safety.visitors import presses


@pytest.fixture
def six_hundred(jonas: Buyer, database: Database) -> Buyer:
    """Six hundred long comments of Jonas's on two steps, each with a number of its own."""
    for step in (1, 2):
        jonas.acts(step, "comments", words="The first")
    with Session(database.writing) as session, session.begin():
        for first in session.exec(select(Act).where(Act.what == What.COMMENTED)).all():
            copied: dict[str, Any] = first.model_dump(exclude={"id"})
            for number in range(1, 300):
                note = f"No. {number} of {first.step_id}: " + "invoice " * 620
                copied |= {"number": first.number + number, "note": note[:5_000]}
                session.add(Act(**copied))
    return jonas


def test_the_page_stays_light_and_counts_what_is_left_out(six_hundred: Buyer, maria: SellerAtWork):
    page, desk = six_hundred.page(), maria.page(maria.plan)

    assert max(len(page.encode()), len(desk.encode())) < 150_000
    for shown in (page, desk):
        assert "280 earlier comments" in text_of(shown)
        assert "No. 299 of 1" in shown
        assert "No. 279 of 1" not in shown
        assert "Read it whole" in shown


def test_no_letter_makes_it_heavy(jonas: Buyer, maria: SellerAtWork):
    """A quotation mark takes five bytes of a page, and a request has a reason."""
    for number in range(5):
        presses(jonas, "steps", title='"' * 200, due_on=str(in_days(9 + number)), reason='"' * 1_000)
        jonas.acts(3 + number, "comments", words='"' * 5_000)
    jonas.acts(1, "obstacle", reason="other", note='"' * 5_000)

    looks = (jonas.client, jonas.path), (maria.client, maria.plan), (maria.client, "/")
    sizes = {at: len(browser.get(at).content) for browser, at in looks}

    assert max(sizes.values()) < 150_000, sizes


def test_a_reason_longer_than_that_comes_back(jonas: Buyer):
    refused = presses(jonas, "steps", title="Send the list", due_on=str(in_days(9)), reason="ä" * 1_001)

    assert refused.status_code == 422
    assert "This is too long." in text_of(refused.text)
    assert "ä" * 1_001 in refused.text


def test_the_steps_own_page_has_every_word(six_hundred: Buyer, maria: SellerAtWork):
    for reader, path in (
        (six_hundred.client, f"{six_hundred.path}/steps/1"),
        (maria.client, f"{maria.plan}/steps/1"),
    ):
        pages, at = [], path
        while at:
            pages.append(reader.get(at).text)
            at = (
                path + pages[-1].partition(f'href="{path}')[2].partition('"')[0]
                if "?before=" in pages[-1]
                else ""
            )

        assert len(pages) == 6
        every = " ".join(pages)
        assert all(f"No. {number} of 1:" in every for number in range(1, 300))
        assert "invoice " * 600 in every
        assert "No. 1 of 2:" not in every


def test_long_words_of_an_act_are_cut_as_well_and_whole_on_the_steps_page(jonas: Buyer, maria: SellerAtWork):
    words = "No room for it before the audit. " * 100
    jonas.acts(1, "obstacle", reason="other", note=words)

    for browser, page in ((jonas.client, jonas.path), (maria.client, maria.plan)):
        assert words.strip() not in browser.get(page).text
        assert "Read it whole" in browser.get(page).text
        assert words.strip() in browser.get(f"{page}/steps/1").text


def test_a_step_is_answered_on_its_own_page_too(jonas: Buyer):
    page = jonas.client.get(f"{jonas.path}/steps/1")

    assert page.status_code == 200
    assert "Yes, " in page.text
    assert f'href="{jonas.path}#step-1"' in page.text
    assert jonas.client.get(f"{jonas.path}/steps/99").status_code == 404
    assert jonas.client.get(f"{jonas.path}/steps/1.ics").status_code == 200


def test_the_seller_finds_it_too(jonas: Buyer, maria: SellerAtWork):
    assert maria.client.get(f"{maria.plan}/steps/1").status_code == 200
    assert maria.client.get(f"{maria.plan}/steps/99").status_code == 404
