"""The demo: what a newcomer finds, and what a second run leaves alone."""

from datetime import UTC, date, datetime

import pytest
from fastapi import FastAPI
from sqlmodel import Session, func, select
from starlette.testclient import TestClient

from app.account.tables import Seller, Workspace
from app.clock import day_in, right_now
from app.database import Database
from app.demo import cast, story
from app.follow_up.store import without_next_step
from app.journal import Event
from app.link import store as links
from app.link.store import TooManyLinks
from app.settings import Settings
from app.shared_plan import store as plans
from app.shared_plan.commitment import Side, Status
from app.shared_plan.steps_now import StepNow, records
from app.shared_plan.tables import Act, Participant, Plan, Step
from app.verify import broken
from tests.cast import PASSWORD, Buyer, a_workspace
from tests.demo.conftest import Tell
from tests.marks import EACH_DATABASE

SATURDAY_NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


def steps_at(session: Session, company: str) -> list[StepNow]:
    plan = session.exec(select(Plan).where(Plan.company == company)).one()
    return plans.steps_now(session, plan.id or 0)


@EACH_DATABASE
def test_the_record_of_the_demo_is_whole(tell: Tell, session: Session):
    tell()

    assert list(broken(session)) == []


@pytest.mark.parametrize(
    "now",
    [
        SATURDAY_NIGHT,
        datetime(2027, 2, 28, 12, 0, tzinfo=UTC),
        datetime(2028, 2, 29, 8, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
    ],
    ids=str,
)
def test_it_can_be_told_on_any_day(tell: Tell, session: Session, now: datetime):
    tell(now)

    today = day_in(cast.TIME_ZONE, now)
    assert list(broken(session)) == []
    assert session.exec(select(func.max(Act.at))).one() < now
    assert all(step.due_on.weekday() < 5 or step.due_on == today for step in every_step(session))
    assert all(plan.goal_on and plan.goal_on > last_day(session, plan) for plan in session.exec(select(Plan)))


def every_step(session: Session) -> list[StepNow]:
    return [step for deal in cast.DEALS for step in steps_at(session, deal.company)]


def last_day(session: Session, plan: Plan) -> date:
    return max(step.due_on for step in plans.steps_now(session, plan.id or 0))


def test_one_plan_has_a_step_in_every_status(tell: Tell, session: Session):
    tell()

    steps, today = steps_at(session, "Nordwind"), day_in(cast.TIME_ZONE, right_now())
    assert {step.status for step in steps} == set(Status)
    assert {step.buyer for step in steps if step.status is Status.PROPOSED} == {"Jonas Weber", "Petra Lang"}
    assert {step.agreed_day is None for step in steps if step.status is Status.COUNTERED} == {True, False}
    assert {step.ask_again_on is None for step in steps if step.is_stuck} == {True, False}
    assert [step.owner for step in steps if step.is_late(today)] == [Side.SELLER]
    assert [step.owner for step in steps if step.agreed_day == today] == [Side.BUYER]
    assert {step.owner for step in steps if step.agreed_day and step.agreed_day > today} == set(Side)
    assert any(step.comments for step in steps)


def test_promises_were_kept_moved_and_missed(tell: Tell, session: Session):
    tell()

    plan = session.exec(select(Plan).where(Plan.company == "Nordwind")).one()
    kept = records(plans.plan_rows(session, plan.id or 0), day_in(cast.TIME_ZONE, right_now()))
    ours, theirs = kept[Side.SELLER], kept[Side.BUYER]
    assert (ours.kept, ours.moved, ours.late) == (1, 1, 1)
    assert (theirs.kept, theirs.moved, theirs.late) == (1, 0, 1)


def test_one_deal_has_no_agreed_next_step(tell: Tell, session: Session):
    tell()

    maria = session.exec(select(Seller).where(Seller.email == cast.MARIA)).one()
    assert [row.company for row in without_next_step(session, maria.id or 0)] == ["Velotrade"]


def test_one_plan_is_in_german_with_its_people(tell: Tell, session: Session):
    tell()

    plan = session.exec(select(Plan).where(Plan.language == "de")).one()
    people = session.exec(select(Participant).where(Participant.plan_id == plan.id)).all()
    assert {person.language for person in people} == {"de"}
    assert "ß" in plan.goal


def test_the_printed_account_and_link_work(database: Database, settings: Settings, app: FastAPI):
    told = story.tell(database, settings, right_now())

    with TestClient(app, follow_redirects=False) as client:
        client.post("/sign-in", data={"email": told.email, "password": told.password})
        follow_ups = client.get("/").text
    with TestClient(app, follow_redirects=False) as client:
        page = Buyer(client, told.buyer_address).page()

    assert "single sign-on" in follow_ups
    assert "Velotrade" in follow_ups
    assert "Invoices approved in two days, before the March audit" in page
    assert "ten invoices above €5,000" in page


def test_the_three_drafts_stand_beside_their_verdicts(tell: Tell, app: FastAPI, session: Session):
    told = tell()
    with session.begin():
        plan = session.exec(select(Plan).where(Plan.company == "Nordwind")).one()

    with TestClient(app, follow_redirects=False) as client:
        client.post("/sign-in", data={"email": told.email, "password": PASSWORD})
        desk = client.get(f"/plans/{plan.ref}").text

    assert "Only Nordwind could get this." in desk
    assert "This would fit any prospect" in desk
    assert "everyone needs this one" in desk.casefold()


def test_a_later_run_keeps_what_people_changed(tell: Tell, session: Session, app: FastAPI):
    first = tell()
    with session.begin():
        session.exec(select(Workspace)).one().company = "Ledgerline North"
        events, steps = count(session, Event), count(session, Step)

    second = tell()

    assert session.exec(select(Workspace)).one().company == "Ledgerline North"
    assert (count(session, Event), count(session, Step)) == (events + 1, steps)
    assert same_reader(app, first.buyer_address, second.buyer_address)


def count(session: Session, kind: type) -> int:
    return session.exec(select(func.count()).select_from(kind)).one()


def same_reader(app: FastAPI, *addresses: str) -> bool:
    with TestClient(app, follow_redirects=False) as client:
        return len({Buyer(client, address).path for address in addresses}) == 1


def test_other_peoples_data_is_left_alone(tell: Tell, database: Database, session: Session):
    a_workspace(database, "Somebody Else")

    with pytest.raises(story.OtherPeoplesData):
        tell()

    assert session.exec(select(Workspace.company)).all() == ["Somebody Else"]


def test_the_demo_does_not_mix_with_a_workspace_beside_it(tell: Tell, database: Database):
    tell()
    a_workspace(database, "Somebody Else")

    with pytest.raises(story.OtherPeoplesData):
        tell()


def test_a_plan_has_room_for_so_many_links(tell: Tell, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(links, "LINKS_PER_PLAN", 3)  # Jonas and Petra got one each in their first call
    tell()

    with pytest.raises(TooManyLinks):
        tell()
