"""Promise 8, about long words: whatever a form takes, its column keeps, on PostgreSQL too.

In the demo every line is as long as it may be already. Then each form of its pages is filled with the longest
that its fields take, and so is each form that this brings up.
"""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.account import team
from app.account.tables import Seller
from app.clock import right_now
from app.database import Database
from app.demo import cast, story
from app.settings import Settings
from app.shared_plan.tables import Participant, Plan
from tests.cast import Buyer, SellerAtWork, hashed
from tests.markup import text_of
from tests.safety.filling import stretch_every_line
from tests.safety.walk import LETTER, Walk


@pytest.fixture
def walk(
    app: FastAPI, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walk]:
    monkeypatch.setattr(team, "hash_password", lambda password: hashed())
    told = story.tell(database, settings, right_now())
    with Session(database.reading, expire_on_commit=False) as session:
        admin = session.exec(select(Seller).where(Seller.email == told.email)).one()
        plan = session.exec(select(Plan).join(Participant).where(Participant.name == cast.READER)).one()
    with TestClient(app, follow_redirects=False) as hers, TestClient(app, follow_redirects=False) as his:
        maria = SellerAtWork(hers, admin)
        maria.plan = f"/plans/{plan.ref}"
        adds_what_the_demo_lacks(maria)
        stretch_every_line(database, LETTER)
        yield Walk(app, database, maria, Buyer(his, told.buyer_address))


def adds_what_the_demo_lacks(maria: SellerAtWork) -> None:
    """A shared step that moves with the goal, a template, and a plan to begin with it."""
    step = {"title": "Look at the audit trail", "placed_days": "30", "counterpart": cast.READER}
    maria.client.post(f"{maria.plan}/drafts", data=step)
    maria.client.post(f"{maria.plan}/sharing")
    maria.client.post(f"{maria.plan}/template", data={"name": "An invoice trial"})
    maria.client.post("/deals", data={"company": "Brightwater"})


@pytest.mark.wide
def test_no_form_takes_more_than_its_column_keeps(walk: Walk):
    walk.go()

    assert walk.too_long == {}
    assert walk.refused_after_all == {}
    assert walk.never_taken() == set()


@pytest.mark.parametrize(
    ("form", "field", "most"),
    [
        ("/workspace", "products", 2_000),
        ("{plan}", "goal", 500),
        ("{deal}/strengths", "words", 500),
        ("{deal}/flags", "words", 500),
    ],
)
def test_a_letter_more_is_refused_beside_its_field(maria: SellerAtWork, form: str, field: str, most: int):
    maria.writes_down()
    at = form.format(plan=maria.plan, deal=maria.deal)
    typed = {"company": "Ledgerline", "title": "Next steps"}

    taken = maria.client.post(at, data=typed | {field: "ä" * most})
    refused = maria.client.post(at, data=typed | {field: "ä" * (most + 1)})

    assert [taken.status_code, refused.status_code] == [303, 422]
    assert "This is too long." in text_of(refused.text)
    assert "This is needed." not in text_of(refused.text)
    assert "ä" * (most + 1) in refused.text


def test_an_e_mail_address_is_measured_in_small_letters(maria: SellerAtWork):
    maria.writes_down()

    answer = maria.client.post(
        f"{maria.deal}/people", data={"name": "Petra", "email": f"petra@{'İ' * 170}.test"}
    )

    assert answer.status_code == 422
    assert "This is too long." in text_of(answer.text)


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_what_a_column_refuses_after_all_comes_back_with_an_honest_page(jonas: Buyer, database: Database):
    with database.writing.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE act ALTER COLUMN note TYPE varchar(20)")

    answer = jonas.acts(1, "comments", words="Does a list of twenty help?")

    assert answer.status_code == 422
    assert "Not saved: something is too long." in text_of(answer.text)
    assert ">Does a list of twenty help?</textarea>" in answer.text
    assert "Does a list" not in jonas.page()
