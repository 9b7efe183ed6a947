"""Tries are counted for all processes at once; what ends well counts against nobody."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlmodel import Session, func, select

from app import tries
from app.database import Database, open_database
from app.safety import TooMany, counted_as
from app.tries import Bound, Try
from tests.marks import EACH_DATABASE
from tests.shared_plan.factories import NOON

THREE = Bound(3, timedelta(minutes=15))
WHO = (THREE, ("sign-in", "maria@ledgerline.test", "192.0.2.1"))
ADDRESS = (Bound(5, timedelta(minutes=15)), ("sign-in", "192.0.2.1"))
MINUTE = timedelta(minutes=1)


def kept(database: Database) -> int:
    with Session(database.reading) as session:
        return session.exec(select(func.count()).select_from(Try)).one()


@EACH_DATABASE
def test_a_bound_is_used_up_and_free_again_when_the_first_is_old(database: Database):
    for minute in range(3):
        tries.begin(database, NOON + minute * MINUTE, WHO)

    with pytest.raises(TooMany) as refused:
        tries.begin(database, NOON + 4 * MINUTE, WHO)

    assert refused.value.seconds == 11 * 60
    assert refused.value.minutes == 11
    tries.begin(database, NOON + 15 * MINUTE, WHO)


def test_a_refused_try_counts_nothing(database: Database):
    for _ in range(3):
        tries.begin(database, NOON, WHO, ADDRESS)
    before = kept(database)

    for _ in range(4):
        with pytest.raises(TooMany):
            tries.begin(database, NOON, WHO, ADDRESS)

    assert kept(database) == before == 6


def test_what_ends_well_counts_against_nobody(database: Database):
    tries.begin(database, NOON, WHO, ADDRESS)

    for _ in range(9):
        counted = tries.begin(database, NOON, WHO, ADDRESS)
        tries.ended_well(database, counted, [0])

    assert kept(database) == 1  # the failure still counts against the address


def test_another_process_counts_on(database: Database):
    another = open_database(str(database.reading.url))
    for one in (database, another, database):
        tries.begin(one, NOON, WHO)

    with pytest.raises(TooMany):
        tries.begin(another, NOON, WHO)
    another.dispose()


@EACH_DATABASE
def test_many_at_the_same_time_are_no_way_around(database: Database):
    refused: list[TooMany] = []

    def try_once() -> None:
        try:
            tries.begin(database, NOON, WHO, ADDRESS)
        except TooMany as error:
            refused.append(error)

    threads = [Thread(target=try_once) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 9


def test_old_ones_and_all_beyond_what_is_kept_are_forgotten(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tries, "MOST_KEPT", 10)
    for number in range(30):
        tries.begin(database, NOON, (THREE, ("link", str(number))))
    assert kept(database) == 10

    tries.begin(database, NOON + timedelta(minutes=15), (THREE, ("link", "x")))

    assert kept(database) == 1


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_of_ipv6_the_network_is_counted(host: str, counted: str):
    assert counted_as(host) == counted
