"""Promise 5 for lists: of what a colleague or another workspace has, nothing is on anybody's page.

Lists and routes are found, not listed. A query that asks for a seller or a workspace is believed to need to:
without that part of it, some page must be another one.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import partial
from html import unescape
from itertools import count
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI
from sqlalchemy import event
from sqlmodel import Session, SQLModel, func, select
from starlette.testclient import TestClient

from app.account import team
from app.account.rights import Right, right_of, routes_of
from app.account.tables import Role, Seller
from app.clock import right_now
from app.database import Database
from app.demo import cast, story
from app.settings import Settings
from app.sqlite import driver
from tests.cast import Buyer, SellerAtWork, a_colleague, a_workspace, hashed, in_days
from tests.safety.filling import lengths_of
from tests.safety.visitors import (
    Things,
    a_browser,
    colleague,
    methods_of,
    one_of_everything,
    presses,
    signed_in,
)

MORNING = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
WHO_WORKS_HERE = {"workspace", "seller", "sellersession"}
TEMPLATES = {"plantemplate", "templatestep"}  # everybody's of the workspace
PRESS = re.compile(rb'name="key" value="[^"]*"')
Answer = tuple[int, bytes]
Look = tuple[TestClient, str]
Part = tuple[str, int]  # a query, and which of the places where it asks for somebody
# The plan at an address, and its deal: each of the two keeps others out.
EACH_IS_ENOUGH = ('"plan".ref = ? AND "plan".workspace_id = ?', "deal.plan_id = ? AND deal.workspace_id = ?")
# Tells whether what is remembered of texts is still all of them, and shows nothing.
NEWEST = "SELECT (SELECT terms.salt"
OF_SOMEBODY = re.compile(r'(?:"?\w+"?\.)?(?:seller_id|workspace_id) = \?')


def pages_of_the_team(app: FastAPI) -> list[str]:
    """Every route of theirs that only looks."""
    rights = (Right.ADMIN, Right.SELLER, Right.VIEWER)
    return [one.path for one in routes_of(app) if "GET" in methods_of(one) and right_of(one) in rights]


def stranger(app: FastAPI, database: Database) -> TestClient:
    """The admin of another workspace."""
    return signed_in(app, a_workspace(database, "Brightwater"))


def strangers_viewer(app: FastAPI, database: Database) -> TestClient:
    a_workspace(database, "Brightwater")
    return signed_in(app, a_colleague(database, "Ines Moll", Role.VIEWER, "Brightwater"))


def words_in(database: Database, tables: set[str]) -> set[str]:
    """What anybody wrote there."""
    with Session(database.reading) as session:
        columns = [
            table.c[name]
            for table in SQLModel.metadata.sorted_tables
            if table.name in tables
            for name, length in lengths_of(table).items()
            if length >= 200
        ]
        found = (session.connection().execute(select(column)).scalars() for column in columns)
        return {word for words in found for word in words if word}


@pytest.mark.parametrize("visitor", [colleague, stranger, strangers_viewer])
def test_no_list_holds_a_word_of_somebody_elses(
    things: Things, app: FastAPI, database: Database, visitor: Callable[..., Any]
):
    shared = WHO_WORKS_HERE | (TEMPLATES if visitor is colleague else set())
    words = words_in(database, SQLModel.metadata.tables.keys() - shared) - words_in(database, shared)
    client = visitor(app, database)

    lists = {path: client.get(path) for path in pages_of_the_team(app) if "{" not in path}

    assert {"/", "/deals", "/after-call", "/templates"} <= lists.keys()
    assert {"Nordwind", "Jonas Weber"} <= words
    assert [(path, word) for path, page in lists.items() for word in words if word in page.text] == []


@pytest.fixture
def others(app: FastAPI, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    """The demo's Maria and Tom; and so that every list has something, she says what visitors will say."""
    monkeypatch.setattr(team, "hash_password", lambda _: hashed())
    with time_machine.travel(MORNING, tick=False):
        story.tell(database, settings, right_now())
        busy = SellerAtWork(a_browser(app), the_demos_maria(database))
        one_of_everything(busy, jonas := who_answers(app, busy))
        busy.client.post(f"{busy.deal}/calls", data={"on": str(in_days(0)), "about": "The audit"})
        message = busy.form(f"{busy.plan}/message?step=2", "/touches")
        busy.client.post(message.action, data=message.fields)
        presses(jonas, "goal", words="Two days instead of nine")
        presses(who_answers(app, busy, company="Havel Logistics"), "ending", reason="other")
        yield


def the_demos_maria(database: Database) -> Seller:
    with Session(database.reading) as session:
        return session.exec(select(Seller).where(Seller.email == cast.MARIA)).one()


def who_answers(app: FastAPI, seller: SellerAtWork, **deal: str) -> Buyer:
    """A buyer with a link to a plan that the seller wrote down and shared."""
    seller.writes_down(**deal)
    return Buyer(a_browser(app), seller.shares_with("Jonas Weber"))


def who_has_things(app: FastAPI, seller: Seller) -> TestClient:
    """A seller with one of everything."""
    somebody = SellerAtWork(a_browser(app), seller)
    one_of_everything(somebody, who_answers(app, somebody))
    return somebody.client


def colleagues(app: FastAPI, database: Database) -> list[TestClient]:
    """One with things, and one with none."""
    sam, nadia = (a_colleague(database, name) for name in ("Sam Reed", "Nadia Roth"))
    return [who_has_things(app, sam), signed_in(app, nadia)]


def strangers(app: FastAPI, database: Database) -> list[TestClient]:
    """An admin and a viewer of another workspace, and the admin of one that is empty."""
    with_things = who_has_things(app, a_workspace(database, "Brightwater"))
    looking = a_colleague(database, "Ines Moll", Role.VIEWER, "Brightwater")
    return [with_things, signed_in(app, looking), signed_in(app, a_workspace(database, "Havel Logistics"))]


def looked_at(client: TestClient, path: str) -> Answer:
    """But for the names of presses, which are made anew each time."""
    answer = client.get(path)
    return answer.status_code, PRESS.sub(b"", answer.content)


def pages_for(app: FastAPI, look: Callable[[str], Answer]) -> dict[str, Answer]:
    """Every page that links lead to, and what else a route shows of the same things."""
    routes = pages_of_the_team(app)
    waiting, found = deque(path for path in routes if "{" not in path), dict[str, Answer]()
    while waiting:
        path = waiting.popleft()
        if path in found or path.startswith(("/static", "/p/", "/l/")):
            continue
        found[path] = look(path)
        waiting.extend(unescape(link) for link in re.findall('href="(/[^"#]*)', str(found[path][1])))
        if thing := re.match(r"(/\w+/)([\w-]{22})\b", path):
            beside = [route for route in routes if route.startswith(f"{thing[1]}{{ref}}")]
            named = [route.replace("{ref}", thing[2]).replace("{number}", "1") for route in beside]
            waiting.extend(address for address in named if "{" not in address)
    return found


def last_ids(database: Database) -> dict[str, int]:
    with Session(database.reading) as session:
        tables = SQLModel.metadata.tables.values()
        return {t.name: session.exec(select(func.max(t.c.id))).one() or 0 for t in tables}


def forget(database: Database, last: dict[str, int], but: set[str]) -> None:
    """Whatever was there up to those ids is gone, no matter who points at it or remembers it."""
    database.dispose()
    with driver.connect(str(database.reading.url.database)) as raw:
        for table in last.keys() - but:
            raw.execute(f'DELETE FROM "{table}" WHERE id <= {last[table]}')


@pytest.mark.wide
@pytest.mark.parametrize(
    ("visitors", "shared"), [(colleagues, WHO_WORKS_HERE | TEMPLATES), (strangers, set[str]())]
)
def test_what_others_have_changes_no_byte_of_a_page(
    others: None, app: FastAPI, database: Database, visitors: Callable[..., Any], shared: set[str]
):
    last = last_ids(database)
    clients = visitors(app, database)
    before = [(client, pages_for(app, partial(looked_at, client))) for client in clients]

    forget(database, last, shared)
    changed = [changed_for(*one) for one in before]
    forget(database, last_ids(database), shared | WHO_WORKS_HERE)
    changed += [changed_for(*before[-1])]  # who has nothing, and now nobody else has anything

    assert changed == [[]] * len(changed)
    for_admins = {"/workspace", "/workspace/links"}
    assert routes_without_page(app, before[0][1]) <= for_admins


def changed_for(client: TestClient, pages: dict[str, Answer]) -> list[str]:
    return [path for path, answer in pages.items() if looked_at(client, path) != answer]


def routes_without_page(app: FastAPI, pages: dict[str, Answer]) -> set[str]:
    shown = [path for path, (status, _) in pages.items() if status == 200]
    return set(pages_of_the_team(app)) - by_route(app, shown).keys()


def by_route(app: FastAPI, pages: Collection[str]) -> dict[str, str]:
    """One of the pages for each route that shows any."""
    routes = [route for route in routes_of(app) if "GET" in methods_of(route)]
    asked = [(path, path.partition("?")[0]) for path in pages]
    return {one.path: path for path, bare in asked for one in routes if one.path_regex.match(bare)}


class Loosened:
    """Which queries ask for a seller or a workspace, who looks where meanwhile, and what if they did not."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.looks: dict[Part, set[Look]] = defaultdict(set)
        self.answers: dict[Look, Answer] = {}
        self._looking: Look | None = None
        self._without: Collection[Part] = ()
        event.listen(database.reading, "before_cursor_execute", self._ask, retval=True)

    def look(self, client: TestClient, path: str) -> Answer:
        self._looking = (client, path)
        self.answers[self._looking] = self._look(self._looking)
        self._looking = None
        return self.answers[client, path]

    def is_felt(self, *without: Part) -> bool:
        """Is some page another one when these parts of queries are left out?"""
        self._without = without
        return any(self._look(one) != self.answers[one] for part in without for one in self.looks[part])

    def _look(self, look: Look) -> Answer:
        self.database.dispose()  # with it goes what is remembered of texts
        return looked_at(*look)

    def _ask(self, _connection: object, _cursor: object, query: str, values: object, *_: object):
        numbers = count()

        def loosened(found: re.Match[str]) -> str:
            part = query, next(numbers)
            if self._looking:
                self.looks[part].add(self._looking)
            return f"(1 OR {found[0]})" if part in self._without else found[0]

        return OF_SOMEBODY.sub(loosened, query), values


@pytest.mark.wide
def test_each_query_that_asks_for_somebody_needs_to(others: None, app: FastAPI, database: Database):
    theirs = pages_for(app, partial(looked_at, signed_in(app, the_demos_maria(database))))
    visitors = [colleagues(app, database), strangers(app, database)]
    loosened = Loosened(database)
    for first, *more in visitors:
        for path in by_route(app, theirs).values():
            loosened.look(first, path)
        for client in (first, *more):
            pages_for(app, partial(loosened.look, client))

    felt = set[str]()
    for query, number in reversed(loosened.looks):  # of a workspace and its seller, the seller first
        if query not in felt and loosened.is_felt((query, number)):
            felt.add(query)

    rest = [part for part in loosened.looks if part[0] not in felt]
    each_is_enough = [part for part in rest if part[0].endswith(EACH_IS_ENOUGH)]
    nobody_would_notice = [part for part in rest if part not in each_is_enough and NEWEST not in part[0]]
    assert nobody_would_notice == []
    assert len(each_is_enough) == 2
    assert loosened.is_felt(*each_is_enough)
    assert len(felt) > 20
