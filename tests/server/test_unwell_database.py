"""A busy, read-only or full database: an honest 503, no false success, and reading goes on."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.database import Database, open_database
from app.shared_plan.commitment import What
from app.shared_plan.tables import Act
from app.sqlite import driver
from app.verify import broken
from tests.cast import SECRET, Buyer
from tests.marks import EACH_DATABASE
from tests.server.serving import Server
from tests.server.visitors import a_browser_of

SELF = {"answering_as": "self"}


@EACH_DATABASE
def test_a_busy_database_says_so_and_the_same_press_works_later(
    jonas: Buyer, server: Server, database: Database
):
    browser = a_browser_of(jonas, server)
    asked = browser.form(1, "comments", words="Who signs above 5,000?", **SELF)

    with held(database):
        refused = asked.again().now()
        assert browser.get().status_code == 200

    assert refused.status == 503
    assert refused.headers["retry-after"]
    assert refused.fields["words"] in refused.text
    assert asked.now().status == 303
    assert words(database) == [asked.fields["words"]]


@EACH_DATABASE
def test_a_read_only_database_is_read_and_refuses_answers(
    jonas: Buyer, database: Database, database_url: str, tmp_path: Path
):
    server = Server(made_read_only(database, database_url), tmp_path, JOINTLY_SECRET_KEYS=SECRET).start()
    browser = a_browser_of(jonas, server)

    refused = browser.form(1, "comments", words="Who signs?", **SELF).now()

    assert refused.status == 503
    assert refused.headers["retry-after"]
    assert browser.get().status_code == 200
    assert words(database) == []
    server.kill()


def test_a_full_disk_keeps_what_was_acknowledged(
    jonas: Buyer, database: Database, small_disk: Path, tmp_path: Path
):
    file = small_disk / "jointly.db"
    copied_to(file, database)
    server = Server(
        f"sqlite:///{file}", tmp_path, JOINTLY_SECRET_KEYS=SECRET, JOINTLY_RATE_LIMITS="off"
    ).start()
    browser = a_browser_of(jonas, server)
    asked = browser.form(1, "comments", **SELF)

    acknowledged, status = [], 303
    while status == 303:
        press = asked.again(
            key=f"key-{len(acknowledged)}", words=f"{len(acknowledged)} " + "words " * 800
        ).now()
        status = press.status
        acknowledged += [press.fields["words"].strip()] if status == 303 else []

    assert status == 503
    assert acknowledged
    assert browser.get().status_code == 200
    server.kill()
    moved = open_database(f"sqlite:///{shutil.copytree(small_disk, tmp_path / 'larger')}/jointly.db")
    assert words(moved) == acknowledged
    with Session(moved.reading) as session:
        assert list(broken(session)) == []
    moved.dispose()


@contextmanager
def held(database: Database) -> Generator[None]:
    """Somebody else writes for as long as this lasts."""
    with database.writing.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT id FROM plan FOR UPDATE"))
        else:
            connection.execute(text("SELECT 1"))
        yield
        connection.rollback()


def copied_to(file: Path, database: Database) -> None:
    with driver.connect(str(database.reading.url.database)) as source, driver.connect(file) as copy:
        source.backup(copy)


def made_read_only(database: Database, url: str) -> str:
    if database.is_sqlite:
        return url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
    with database.reading.connect() as connection:
        name = database.reading.url.database
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        connection.commit()
    return url


def words(database: Database) -> list[str]:
    query = select(Act.note).where(Act.what == What.COMMENTED).order_by(col(Act.number))
    with Session(database.reading) as session:
        return [note.strip() for note in session.exec(query)]
