"""Who works here changes for one at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from app.account import team
from app.account.tables import Role, Seller
from app.clock import right_now
from app.database import Database
from app.verify import broken
from tests.cast import PASSWORD, SellerAtWork
from tests.databases import wait_until_somebody_waits
from tests.marks import POSTGRES


def add(session: Session, name: str) -> None:
    email = f"{name.lower()}@ledgerline.test"
    team.add_seller(session, email, name, "Ledgerline", Role.SELLER, PASSWORD, right_now())


@pytest.mark.parametrize("database_url", [POSTGRES], indirect=True)
def test_two_are_added_at_once_and_the_record_is_whole(maria: SellerAtWork, database: Database):
    def add_sam() -> None:
        with Session(database.writing) as session, session.begin():
            add(session, "Sam")

    with ThreadPoolExecutor(1) as beside, Session(database.writing) as session:
        add(session, "Tom")
        session.flush()
        adding = beside.submit(add_sam)
        wait_until_somebody_waits(database)
        session.commit()
        adding.result(10)

    with Session(database.reading) as session:
        assert {"Tom", "Sam"} <= set(session.exec(select(Seller.name)))
        assert list(broken(session)) == []
