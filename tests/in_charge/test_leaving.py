"""Ended means ended, on the next request and in every list; history stays, the rest is a colleague's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.account import passwords, team
from app.account.rights import NotSignedIn
from app.account.sign_in import begin_session
from app.account.tables import Role, Seller, SellerSession
from app.call.tables import Call
from app.clock import right_now
from app.database import Database
from app.deal.tables import Deal, Person
from app.desk.tables import Draft
from app.in_charge import leaving
from app.needs import NeedsSomething
from app.shared_plan.tables import Commitment, Plan, PlanAct, Step, Terms
from app.verify import broken
from tests.cast import PASSWORD, Buyer, SellerAtWork, a_colleague, a_workspace, in_days
from tests.databases import wait_until_somebody_waits
from tests.marks import EACH_DATABASE, POSTGRES
from tests.markup import text_of
from tests.safety.visitors import a_browser

Leave = Callable[[], None]


@pytest.fixture
def tom(database: Database, maria: SellerAtWork) -> Seller:
    """An admin as Maria is, so that she may go."""
    return a_colleague(database, "Tom Reyes", Role.ADMIN)


@pytest.fixture
def leave(database: Database, maria: SellerAtWork, tom: Seller) -> Leave:
    """Maria's account ends, and Tom goes on."""

    def end() -> None:
        with Session(database.writing) as session, session.begin():
            leaving.end(session, maria.seller.email, tom.email, right_now())

    return end


def of(database: Database, kind: Any) -> set[int | None]:
    """Whose rows of a kind are."""
    with Session(database.reading) as session:
        return set(session.exec(select(kind.seller_id)))


@EACH_DATABASE
def test_an_ended_account_is_dead_on_the_next_request_and_signs_in_no_more(
    maria: SellerAtWork, app: FastAPI, database: Database, leave: Leave
):
    leave()

    with Session(database.reading) as session:
        assert session.exec(select(SellerSession)).all() == []
    gone = maria.client.get("/deals")
    form = {"email": maria.seller.email, "password": PASSWORD}
    refused = a_browser(app).post("/sign-in", data=form)
    unknown = a_browser(app).post("/sign-in", data=form | {"email": "nobody@ledgerline.test"})

    assert gone.headers["location"] == "/sign-in"
    assert refused.status_code == unknown.status_code == 422
    assert refused.text.replace(maria.seller.email, "X") == unknown.text.replace(
        "nobody@ledgerline.test", "X"
    )


def test_even_a_right_password_of_an_ended_account_is_answered_as_nobodys(
    maria: SellerAtWork, app: FastAPI, leave: Leave, monkeypatch: pytest.MonkeyPatch
):
    leave()
    monkeypatch.setattr(passwords, "_verify", lambda password, kept: True)

    answer = a_browser(app).post("/sign-in", data={"email": maria.seller.email, "password": PASSWORD})

    assert answer.status_code == 422


def test_a_session_that_was_left_over_is_dead_too(maria: SellerAtWork, leave: Leave):
    leave()
    maria.signs_in()

    assert maria.client.get("/deals").headers["location"] == "/sign-in"
    assert maria.client.post("/after-call", data={"company": "Nordwind"}).status_code == 403


def test_who_ended_between_password_and_session_gets_none(
    maria: SellerAtWork, database: Database, leave: Leave
):
    leave()

    with pytest.raises(NotSignedIn):
        begin_session(database, maria.seller.email, right_now())


@EACH_DATABASE
def test_deals_promises_calls_and_drafts_are_a_colleagues(
    maria: SellerAtWork, jonas: Buyer, app: FastAPI, database: Database, tom: Seller, leave: Leave
):
    jonas.acts(2, "yes")
    maria.client.post(f"{maria.plan}/drafts", data={"title": "Ask for the audit plan", "owner": "us"})
    maria.client.post(f"{maria.deal}/calls", data={"on": str(in_days(0)), "about": "The audit"})

    leave()

    assert [of(database, kind) for kind in (Deal, Plan, Step, Commitment, Call)] == [{tom.id}] * 5
    with Session(database.reading) as session:
        assert session.exec(select(Draft.seller_id).where(Draft.shared_step == None)).all() == [tom.id]  # noqa: E711
        assert list(broken(session)) == []
    theirs = SellerAtWork(a_browser(app), tom)
    assert "data-residency answer" in text_of(theirs.page("/"))
    assert "The audit" in text_of(theirs.page("/"))
    assert "Tom Reyes has taken over from Maria Keller." in text_of(jonas.page())


def test_handing_one_deal_over_takes_its_calls_and_drafts_along(
    maria: SellerAtWork, jonas: Buyer, database: Database, tom: Seller
):
    maria.client.post(f"{maria.plan}/drafts", data={"title": "Ask for the audit plan", "owner": "us"})
    maria.client.post(f"{maria.deal}/calls", data={"on": str(in_days(0)), "about": "The audit"})

    maria.client.post(f"{maria.plan}/seller", data={"seller": f"us-{tom.id}"})

    assert of(database, Call) == {tom.id}
    with Session(database.reading) as session:
        assert session.exec(select(Draft.seller_id).where(Draft.shared_step == None)).all() == [tom.id]  # noqa: E711


@EACH_DATABASE
def test_a_plan_that_is_over_moves_too_and_nothing_is_added_to_its_history(
    maria: SellerAtWork, jonas: Buyer, app: FastAPI, database: Database, tom: Seller, leave: Leave
):
    maria.client.post(f"{maria.plan}/closing")
    before = len(of(database, PlanAct)), jonas.page().count("closed this plan")

    leave()

    assert of(database, Deal) == of(database, Plan) == {tom.id}
    assert (len(of(database, PlanAct)), jonas.page().count("closed this plan")) == before
    assert "Maria Keller closed this plan" in text_of(SellerAtWork(a_browser(app), tom).page(maria.plan))
    with Session(database.reading) as session:
        assert list(broken(session)) == []


def test_history_keeps_their_name(maria: SellerAtWork, jonas: Buyer, app: FastAPI, tom: Seller, leave: Leave):
    maria.acts(1, "comments", words="Who signs above 5,000?")

    leave()

    desk = text_of(SellerAtWork(a_browser(app), tom).page(maria.plan))
    assert "Who signs above 5,000?" in desk
    assert "Maria Keller" in desk


def test_whoever_left_is_chosen_nowhere(
    maria: SellerAtWork, app: FastAPI, database: Database, tom: Seller, leave: Leave
):
    sam = SellerAtWork(a_browser(app), a_colleague(database, "Sam Reed"))
    sam.writes_down(company="Havel Logistics", person="Tom Ude")
    value = f"us-{maria.seller.id}"
    assert f'value="{value}"' in sam.page(sam.plan)

    leave()

    for page in (sam.plan, f"{sam.deal}/position", f"{sam.plan}/on-the-call", "/"):
        assert f'value="{value}"' not in sam.page(page)
    tried = [
        sam.client.post(f"{sam.plan}/seller", data={"seller": value}),
        sam.client.post(f"{sam.plan}/seller", data={"seller": "Maria Keller"}),
        sam.client.post(f"{sam.plan}/drafts", data={"title": "Send it", "owner": value}),
        sam.client.post(f"{sam.plan}/drafts", data={"title": "Send it", "counterpart": "Maria Keller"}),
    ]
    assert [answer.status_code for answer in tried] == [422] * 4


def test_what_others_still_wanted_of_them_is_for_whoever_is_in_charge(
    maria: SellerAtWork, app: FastAPI, database: Database, leave: Leave
):
    sam = SellerAtWork(a_browser(app), a_colleague(database, "Sam Reed"))
    sam.writes_down(company="Havel Logistics", person="Tom Ude")
    data = {"title": "Send it", "owner": f"us-{maria.seller.id}", "due_on": str(in_days(4))}
    sam.client.post(f"{sam.plan}/drafts", data=data)
    maria.client.post(f"{sam.deal}/calls", data={"on": str(in_days(0)), "about": "The hall"})
    with Session(database.writing) as session, session.begin():
        session.exec(select(Call)).one().seller_id = maria.seller.id or 0  # it stayed with her before
        covered = session.exec(select(Person).where(Person.name == "Tom Ude")).one()
        covered.covered_by_id = maria.seller.id

    leave()

    with Session(database.reading) as session:
        draft = session.exec(select(Draft).where(Draft.title == "Send it")).one()
        assert draft.seller_id == sam.seller.id
        assert session.exec(select(Call.seller_id)).all() == [sam.seller.id]
        assert session.exec(select(Person.covered_by_id).where(Person.name == "Tom Ude")).all() == [None]


def test_other_words_name_whoever_is_in_charge(
    jonas: Buyer, database: Database, tom: Seller, maria: SellerAtWork, leave: Leave
):
    leave()

    jonas.acts(1, "counter", due_on=str(in_days(8)), note="The audit moved")

    with Session(database.reading) as session:
        versions = session.exec(select(Terms).where(Terms.step_id == 1).order_by(col(Terms.version))).all()
        assert [one.seller_id for one in versions] == [maria.seller.id, tom.id]
        assert list(broken(session)) == []


def test_the_plan_can_be_handed_on_and_opened_again_by_the_colleague(
    maria: SellerAtWork, jonas: Buyer, app: FastAPI, database: Database, tom: Seller, leave: Leave
):
    sam = a_colleague(database, "Sam Reed")
    maria.client.post(f"{maria.plan}/closing")
    leave()
    theirs = SellerAtWork(a_browser(app), tom)

    theirs.client.post(f"{maria.plan}/reopening")
    theirs.client.post(f"{maria.plan}/seller", data={"seller": f"us-{sam.id}"})

    assert of(database, Deal) == {sam.id}


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("maria@ledgerline.test", "themselves"),
        ("vera@ledgerline.test", "may only look"),
        ("maria@brightwater.test", "another workspace"),
        ("sam@ledgerline.test", "works here no more"),
        ("nobody@ledgerline.test", "jointly seller list"),
    ],
)
def test_only_a_colleague_who_may_act_takes_over(
    maria: SellerAtWork, database: Database, tom: Seller, to: str, why: str
):
    a_colleague(database, "Vera Vogt", Role.VIEWER)
    a_colleague(database, "Sam Reed")
    a_workspace(database, "Brightwater")
    with Session(database.writing) as session, session.begin():
        leaving.end(session, "sam@ledgerline.test", tom.email, right_now())

    with (
        pytest.raises(NeedsSomething, match=why),
        Session(database.writing) as session,
        session.begin(),
    ):
        leaving.end(session, maria.seller.email, to, right_now())

    assert maria.client.get("/deals").status_code == 200


def test_a_workspace_keeps_an_admin(maria: SellerAtWork, database: Database):
    sam = a_colleague(database, "Sam Reed")

    for change in (
        lambda session: leaving.end(session, maria.seller.email, sam.email, right_now()),
        lambda session: leaving.change_role(session, maria.seller.email, Role.SELLER, "", right_now()),
    ):
        with (
            pytest.raises(NeedsSomething, match="last admin"),
            Session(database.writing) as session,
            session.begin(),
        ):
            change(session)


@pytest.mark.parametrize("database_url", [POSTGRES], indirect=True)
@pytest.mark.parametrize("goes", ["another role", "the end"])
def test_of_two_last_admins_who_go_at_once_one_stays(
    maria: SellerAtWork, database: Database, tom: Seller, goes: str
):
    def tom_goes() -> None:
        with Session(database.writing) as session, session.begin():
            if goes == "the end":
                leaving.end(session, tom.email, maria.seller.email, right_now())
            else:
                leaving.change_role(session, tom.email, Role.SELLER, "", right_now())

    with ThreadPoolExecutor(1) as beside, Session(database.writing) as session:
        leaving.change_role(session, maria.seller.email, Role.SELLER, "", right_now())
        session.flush()
        going = beside.submit(tom_goes)
        wait_until_somebody_waits(database)
        session.commit()
        with pytest.raises(NeedsSomething, match="last admin"):
            going.result(10)


@pytest.mark.parametrize("database_url", [POSTGRES], indirect=True)
def test_who_is_leaving_lets_an_act_on_a_plan_be_written(jonas: Buyer, database: Database, tom: Seller):
    with Session(database.writing) as session:
        team.seller_at(session, tom.email, lock=True)

        assert jonas.acts(1, "yes").status_code == 303


def test_an_ended_admin_is_none(maria: SellerAtWork, database: Database, tom: Seller, leave: Leave):
    leave()

    with (
        pytest.raises(NeedsSomething, match="last admin"),
        Session(database.writing) as session,
        session.begin(),
    ):
        leaving.change_role(session, tom.email, Role.VIEWER, "", right_now())


def test_a_viewer_owns_nothing(maria: SellerAtWork, database: Database, tom: Seller):
    maria.writes_down()

    def becomes_viewer(hand_over_to: str) -> None:
        with Session(database.writing) as session, session.begin():
            leaving.change_role(session, maria.seller.email, Role.VIEWER, hand_over_to, right_now())

    with pytest.raises(NeedsSomething, match="--hand-over-to"):
        becomes_viewer("")
    becomes_viewer(tom.email)

    assert of(database, Deal) == {tom.id}
    assert maria.client.get(maria.plan).status_code == 200
    assert maria.client.post(f"{maria.plan}/closing").status_code == 403
