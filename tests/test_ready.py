"""Ready means ready: the schema is the one that this code wants, and a write was tried."""

from contextlib import suppress
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app import ready
from app.backup import copy
from app.database import Database, open_database
from app.ready import EVERY, Trying, warnings, why_not_written
from app.settings import Settings
from tests.marks import EACH_DATABASE, POSTGRES
from tests.safety.visitors import contents

ON_POSTGRES = pytest.mark.parametrize("database_url", [POSTGRES], indirect=True)


def at_schema(database: Database, revision: str) -> None:
    with database.writing.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))


@EACH_DATABASE
def test_ready_is_said_where_all_is_well(client: TestClient):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"ready": True, "warnings": []})


@pytest.mark.parametrize(
    ("address", "proxies", "told"),
    [
        ("https://plans.example.com", "", 1),
        ("https://plans.example.com", "127.0.0.1", 0),
        ("http://10.0.0.7:8000", "", 0),
    ],
)
def test_proxies_that_nobody_named_are_warned_of_on_https(
    database: Database, settings: Settings, address: str, proxies: str, told: int
):
    set_up = settings.model_copy(update={"base_url": address, "trusted_proxies": proxies})

    assert len([one for one in warnings(set_up, database) if "JOINTLY_TRUSTED_PROXIES" in one]) == told


@EACH_DATABASE
@pytest.mark.parametrize(("revision", "why"), [("0001", "jointly migrate"), ("9999", "newer Jointly")])
def test_another_schema_is_not_ready_though_it_came_while_serving(
    client: TestClient, database: Database, revision: str, why: str
):
    assert client.get("/readyz").status_code == 200

    at_schema(database, revision)

    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert why in answer.json()["why"]


def test_no_schema_at_all_is_not_ready(client: TestClient, database: Database):
    with database.writing.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))

    assert "jointly migrate" in client.get("/readyz").json()["why"]


@EACH_DATABASE
@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("INSERT INTO alembic_version VALUES ('0001')", "several schemas at once (0001, "),
        ('DROP TABLE "try"', "lacks tables: try."),
    ],
)
def test_half_a_schema_is_not_ready(client: TestClient, database: Database, statement: str, why: str):
    with database.writing.begin() as connection:
        connection.execute(text(statement))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert why in answer.json()["why"]


@ON_POSTGRES
def test_tables_may_lie_in_any_schema_that_is_searched(client: TestClient, database: Database):
    with database.writing.begin() as connection:
        connection.execute(text("CREATE SCHEMA AUTHORIZATION CURRENT_USER"))

    assert client.get("/readyz").status_code == 200


@EACH_DATABASE
def test_trying_to_write_leaves_nothing_behind(client: TestClient, database: Database):
    file = database.is_sqlite and Path(str(database.reading.url.database))
    before, beside = contents(database), sorted(file.parent.iterdir()) if file else []

    assert why_not_written(database) == ""

    assert contents(database) == before
    assert not file or sorted(file.parent.iterdir()) == beside


@ON_POSTGRES
def test_a_server_that_only_reads_is_not_ready(database: Database, client: TestClient):
    with database.writing.begin() as connection:
        name = database.reading.url.database
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    database.dispose()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "not written to" in answer.json()["why"]


@EACH_DATABASE
def test_tables_of_another_owner_are_not_ready(database: Database, database_url: str):
    if database.is_sqlite:
        others = open_database(f"{database_url.replace('sqlite:///', 'sqlite:///file:')}?mode=ro&uri=true")
    else:
        with database.writing.begin() as connection:
            connection.execute(text("DO 'BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN OTHERS THEN END'"))
            connection.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO stranger"))
        others = open_database(str(database.reading.url.set(username="stranger")))

    told = why_not_written(others)
    others.dispose()

    assert "its owner" in told


@EACH_DATABASE
def test_who_writes_right_now_says_nothing_against_it(database: Database):
    with database.writing.connect() as busy:
        busy.execute(text("UPDATE alembic_version SET version_num = version_num"))

        assert why_not_written(database) == ""


def test_a_database_that_is_gone_is_not_ready(app: FastAPI, client: TestClient):
    before = app.state.database
    app.state.database = open_database("postgresql+psycopg://nobody@127.0.0.1:1/x")

    answer = client.get("/readyz")
    app.state.database = before

    assert (answer.status_code, answer.json()["why"]) == (503, "The database does not answer.")


def test_a_full_disk_is_not_ready_until_there_is_room(small_disk: Path, database: Database):
    file = small_disk / "jointly.db"
    copy(Path(str(database.reading.url.database)), file)
    there = open_database(f"sqlite:///{file}")
    somebody = there.reading.connect()  # so that all that SQLite needs beside it is there
    assert why_not_written(there) == ""

    filler = fill_up(small_disk)

    assert why_not_written(there) == "The disk is full."
    filler.unlink()
    assert why_not_written(there) == ""
    somebody.close()
    there.dispose()


def test_a_write_is_tried_once_every_few_seconds(database: Database, monkeypatch: pytest.MonkeyPatch):
    tried: list[Database] = []
    monkeypatch.setattr(ready, "why_not_written", lambda database: tried.append(database) or "")
    trying = Trying()

    for now in (100.0, 100.1, 100.0 + EVERY - 0.1, 100.0 + EVERY):
        trying.why_not(database, now)

    assert len(tried) == 2
    assert EVERY >= 2


def fill_up(folder: Path) -> Path:
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as filling:
        while filling.write(bytes(4096)):
            pass
    return filler
