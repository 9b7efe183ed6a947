"""kill -9 in the middle of answers, again and again: what was acknowledged is there, once."""

import asyncio
import itertools
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlmodel import Session, col, select

from app.database import Database
from app.journal import Event
from app.shared_plan.commitment import What
from app.shared_plan.tables import Act
from app.verify import broken
from tests.cast import SECRET, Buyer, SellerAtWork, in_days
from tests.databases import ServersDatabases
from tests.marks import EACH_DATABASE
from tests.server.serving import Server
from tests.server.visitors import PATIENCE, Browser, Press, a_browser_of, desk_of, press_together

KILLS = 40 if os.environ.get("JOINTLY_TEST_LONG") else 4
WRITERS = 8
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def disk(request: pytest.FixtureRequest, database_url: str) -> Iterator[None]:
    """What is acknowledged is on the disk, on PostgreSQL too."""
    if database_url.startswith("sqlite"):
        yield
        return
    databases: ServersDatabases = request.getfixturevalue("postgres")
    databases.waits_for_its_disk(True)
    yield
    databases.waits_for_its_disk(False)


@pytest.fixture
def server(database_url: str, disk: None, tmp_path: Path) -> Iterator[Server]:
    server = Server(database_url, tmp_path, JOINTLY_SECRET_KEYS=SECRET, JOINTLY_RATE_LIMITS="off").start()
    yield server
    server.kill()


@EACH_DATABASE
@pytest.mark.parametrize("seed", [1])
def test_acknowledged_answers_survive_kill_9(
    jonas: Buyer, maria: SellerAtWork, server: Server, database: Database, seed: int
):
    assert_kept_through_kills(jonas, maria, server, database, random.Random(seed))


@pytest.mark.long
@ON_SQLITE
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_acknowledged_answers_survive_kill_9_again(
    jonas: Buyer, maria: SellerAtWork, server: Server, database: Database, seed: int
):
    assert_kept_through_kills(jonas, maria, server, database, random.Random(seed))


def assert_kept_through_kills(
    jonas: Buyer, maria: SellerAtWork, server: Server, database: Database, chance: random.Random
) -> None:
    """Writers answer all the time; each press that got no answer is repeated by the next server."""
    browser = a_browser_of(jonas, server)
    browser.form(2, "comments", words="Hello", answering_as="self").now()
    answers = Answers(browser, desk_of(maria, server))
    for number in range(KILLS):
        asyncio.run(answers.until_killed(server, number, chance.uniform(0.02, 0.4)))
        server.start()
        answers.repeat_unanswered()
        found = broken_lines(database)
        assert not found, found

    assert answers.acknowledged
    assert Counter(written(database)) == Counter(["Hello", *set(answers.acknowledged)])
    assert every_key_once(database)


class Answers:
    """The seller's comments on one step and the buyer's new days for the other; which were acknowledged.

    A seller has room for as many comments as there are.
    """

    def __init__(self, browser: Browser, desk: Browser) -> None:
        self.comment = desk.form(1, "comments")
        self.counter = browser.form(2, "counter")
        self.acknowledged: list[str] = []
        self.unanswered: list[Press] = []

    async def until_killed(self, server: Server, number: int, seconds: float) -> None:
        """Kill the server some `seconds` after the first answer came back."""
        began = asyncio.Event()
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False, verify=False) as client:
            writers = [
                asyncio.create_task(self.keep_writing(client, began, f"{number}-{writer}"))
                for writer in range(WRITERS)
            ]
            mover = asyncio.create_task(self.press(client, began, self.another_day(number)))
            await began.wait()
            await asyncio.sleep(seconds)
            server.process.kill()
            await asyncio.gather(mover, *writers)
        server.process.join()

    async def keep_writing(self, client: httpx.AsyncClient, began: asyncio.Event, name: str) -> None:
        for number in itertools.count():
            words = f"{name}-{number}"
            if not await self.press(client, began, self.comment.again(words=words, key=words)):
                return

    def another_day(self, number: int) -> Press:
        """New terms each time, so each asks with the version that the one before it made."""
        day = str(in_days(20 + number))
        return self.counter.again(version=str(number + 1), due_on=day, note=day, key=f"day-{number}")

    async def press(self, client: httpx.AsyncClient, began: asyncio.Event, press: Press) -> bool:
        await press.send(client)
        self.note(press)
        if press.status == 303:
            began.set()
        return press.status == 303

    def note(self, press: Press) -> None:
        assert press.status in (0, 303), (press.status, press.text)
        if press.status == 303:
            self.acknowledged.append(press.fields.get("words") or press.fields["note"])
        else:
            self.unanswered.append(press)

    def repeat_unanswered(self) -> None:
        """With the same key: whether it took effect before the kill or not, it has now, once."""
        again = press_together([press.again() for press in self.unanswered])
        self.unanswered = []
        for press in again:
            self.note(press)
        assert not self.unanswered


def written(database: Database) -> list[str]:
    query = select(Act.note).where(col(Act.what).in_([What.COMMENTED, What.PROPOSED]), Act.note != "")
    with Session(database.reading) as session:
        return list(session.exec(query))


def every_key_once(database: Database) -> bool:
    with Session(database.reading) as session:
        keys = [key for key in session.exec(select(Event.key)) if key]
    return len(keys) == len(set(keys))


def broken_lines(database: Database) -> list[str]:
    with Session(database.reading) as session:
        return list(broken(session))
