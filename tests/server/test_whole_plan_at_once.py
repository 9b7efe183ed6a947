"""However many presses about the whole plan come at once: one effect each, in one order or the other."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from app.database import Database
from app.link.tables import Link
from app.shared_plan.commitment import Status, What
from app.shared_plan.tables import Act, Commitment, Handover, Participant, PlanAct, Step, Terms
from app.shared_plan.whole_plan import PlanWhat
from tests.cast import SECRET, Buyer, SellerAtWork, in_days
from tests.marks import EACH_DATABASE
from tests.markup import text_of
from tests.server.effects import acts, assert_honest, whole
from tests.server.serving import Server
from tests.server.visitors import Browser, Press, a_browser_of, desk_of, press_together

MANY = 64
SELF = {"answering_as": "self"}
ALL = {"step": ["1", "2"], "version": ["1", "1"]}


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """Without limits: each test presses several buttons 64 times."""
    server = Server(database_url, tmp_path, JOINTLY_SECRET_KEYS=SECRET, JOINTLY_RATE_LIMITS="off").start()
    yield server
    server.kill()


def pressed_64_times(press: Press) -> dict[int, int]:
    """The statuses of one press, sent 64 times at once."""
    presses = press_together([press.again() for _ in range(MANY)])
    found = Counter(press.status for press in presses)
    assert_honest(presses, found)
    return found


def rows(database: Database, kind: Any, *which: Any) -> list[Any]:
    with Session(database.reading) as session:
        return list(session.exec(select(kind).where(*which).order_by(kind.id)))


@EACH_DATABASE
def test_whatever_is_pressed_64_times_about_the_whole_plan_counts_once(
    jonas: Buyer, maria: SellerAtWork, server: Server, database: Database
):
    browser, desk = a_browser_of(jonas, server), desk_of(maria, server)
    asked = {"title": "Name the sites", "due_on": str(in_days(6)), "who": "seller"}
    handed = {"version": "1", "name": "Petra Lang", "key": "handed"}

    assert pressed_64_times(browser.press(f"{jonas.path}/yes", **ALL, **SELF)) == {303: MANY}
    assert pressed_64_times(browser.press(f"{jonas.path}/steps", **asked)) == {303: MANY}
    assert pressed_64_times(browser.press(f"{jonas.path}/copies")) == {200: 1, 422: MANY - 1}
    assert pressed_64_times(Press(browser, f"{jonas.path}/steps/1/handover", handed)) == {303: MANY}
    assert pressed_64_times(desk.press("/confirmation")) == {200: 1, 422: MANY - 1}
    assert pressed_64_times(browser.press(f"{jonas.path}/ending")) == {303: MANY}

    assert acts(database, What.YES) == 2
    assert len(rows(database, Step)) == 3
    assert len(rows(database, Participant, Participant.copy_of_id != None)) == 1  # noqa: E711
    assert [terms.version for terms in rows(database, Terms)] == [1, 1, 1, 2]
    assert len(rows(database, Link)) == 3  # Jonas', the copy's, and Petra's
    assert [act.what for act in rows(database, PlanAct)] == [PlanWhat.ENDED]
    assert acts(database, What.DROPPED) == 3
    assert whole(database)


@EACH_DATABASE
def test_64_presses_with_keys_of_their_own_agree_once_and_end_once(
    jonas: Buyer, server: Server, database: Database
):
    browser = a_browser_of(jonas, server)
    yes = browser.press(f"{jonas.path}/yes", **ALL, **SELF)
    agreed = press_together([yes.again(key=f"yes-{number}") for number in range(MANY)])
    ending = browser.press(f"{jonas.path}/ending")
    ended = press_together([ending.again(key=f"end-{number}") for number in range(MANY)])

    assert_honest(agreed, {303: MANY})
    assert_honest(ended, {303: 1, 409: MANY - 1})
    assert acts(database, What.YES) == len(rows(database, Commitment)) == 2
    assert acts(database, What.DROPPED) == 2
    assert len(rows(database, PlanAct)) == 1
    assert whole(database)


@EACH_DATABASE
def test_there_is_one_copy_and_one_address_for_each_key(jonas: Buyer, server: Server, database: Database):
    copy = a_browser_of(jonas, server).press(f"{jonas.path}/copies", **SELF)
    presses = press_together([copy.again(key=f"copy-{number % 5}") for number in range(MANY)])

    assert_honest(presses, {200: 5, 422: MANY - 5})
    addresses = [press.text.split("/l/")[1].split('"')[0] for press in presses if press.status == 200]
    assert len(set(addresses)) == 5
    assert len(rows(database, Participant, Participant.copy_of_id != None)) == 5  # noqa: E711
    assert whole(database)


@EACH_DATABASE
def test_a_handover_is_confirmed_once_however_many_colleagues_press(
    jonas: Buyer, maria: SellerAtWork, server: Server, database: Database
):
    a_browser_of(jonas, server).form(1, "handover", name="Petra Lang", **SELF).now()
    confirm = desk_of(maria, server).press("/confirmation")
    presses = press_together([confirm.again(key=f"confirm-{number}") for number in range(MANY)])

    assert_honest(presses, {200: 1, 404: MANY - 1})
    assert [terms.version for terms in rows(database, Terms)] == [1, 1, 2]
    assert [one.name for one in rows(database, Participant)] == ["Jonas Weber", "Petra Lang"]
    assert len(rows(database, Link)) == 2
    assert [(one.confirmed_at is not None, one.email) for one in rows(database, Handover)] == [(True, "")]
    assert whole(database)


@EACH_DATABASE
def test_an_end_and_a_yes_at_once_leave_no_promise_on_a_plan_that_is_over(
    jonas: Buyer, server: Server, database: Database
):
    browser = a_browser_of(jonas, server)
    browser.form(2, "comments", words="Hello", **SELF).now()
    yes = [a_yes(browser, step, number) for number in range(16) for step in (1, 2)]
    ending = browser.press(f"{jonas.path}/ending")

    press_together([*yes[:16], ending, *yes[16:]])

    assert ending.status == 303
    assert {press.status for press in yes} <= {303, 409}
    for step in rows(database, Step):
        said = [act.what for act in rows(database, Act, Act.step_id == step.id) if act.what != What.COMMENTED]
        assert said in ([What.PROPOSED, What.YES, What.DROPPED], [What.PROPOSED, What.DROPPED])
        promised = rows(database, Commitment, Commitment.step_id == step.id)
        assert len(promised) == said.count(What.YES)
        assert step.status is Status.DROPPED
    assert all(commitment.ended_at for commitment in rows(database, Commitment))
    assert all("This plan is over." in text_of(press.text) for press in yes if press.status == 409)
    assert whole(database)


def a_yes(browser: Browser, step: int, number: int) -> Press:
    fields = {"version": "1", "key": f"{step}-{number}"}
    return Press(browser, f"{browser.path}/steps/{step}/yes", fields)


@EACH_DATABASE
def test_yes_to_all_is_yes_to_all_or_none_while_the_seller_moves_one(
    jonas: Buyer, maria: SellerAtWork, server: Server, database: Database
):
    yes = a_browser_of(jonas, server).press(f"{jonas.path}/yes", **ALL, **SELF)
    move = desk_of(maria, server).form(2, "terms", due_on=str(in_days(13)), note="The audit moved")

    press_together([yes, move])

    assert move.status == 303
    assert (yes.status, acts(database, What.YES)) in ((303, 2), (409, 0))
    assert whole(database)


@EACH_DATABASE
def test_two_buyers_and_the_seller_move_one_talk_and_one_time_wins(
    jonas: Buyer, maria: SellerAtWork, server: Server, database: Database
):
    maria.client.post(f"{maria.deal}/people", data={"name": "Petra Lang"})
    talk = {"title": "Look at the hall", "who": "both", "due_on": str(in_days(4)), "due_at": "10:00"}
    maria.client.post(f"{maria.plan}/on-the-call/steps", data=talk | {"participant": "them-1"})
    petra = Buyer(jonas.client, maria.makes_link_for("Petra Lang"))
    at_work, at_home = a_browser_of(jonas, server), a_browser_of(jonas, server)
    hers = a_browser_of(petra, server)
    asked = at_work.form(3, "counter", due_on=talk["due_on"], **SELF)
    moved = desk_of(maria, server).form(3, "terms", due_at="13:00", note="We are late")
    movers = [
        asked.again(due_at="11:00", key="at work"),
        Press(at_home, asked.action, asked.fields | {"due_at": "12:00", "key": "at home"}),
        moved,
    ]
    elsewhere = asked.action.replace(at_work.path, hers.path)
    not_named = Press(hers, elsewhere, asked.fields | {"due_at": "14:00", "key": "hers"})

    press_together([*movers, not_named])

    assert_honest(movers, {303: 1, 409: 2})
    won = next(press for press in movers if press.status == 303).fields["due_at"]
    times = [terms.due_at for terms in rows(database, Terms, Terms.version == 2)]
    assert [f"{at:%H:%M}" for at in times] == [won]
    assert all(f", {won}" in text_of(press.text) for press in movers if press.status == 409)
    assert not_named.status in (403, 409), "only the person named in the step moves its time"
    assert whole(database)
