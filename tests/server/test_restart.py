"""A new release loses no request, and no worker serves a schema that it does not know."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest
from sqlalchemy import text

from app.database import Database
from tests import ROOT
from tests.cast import SECRET
from tests.marks import EACH_DATABASE, POSTGRES
from tests.server.serving import STARTS_WITHIN, free_port

ON_POSTGRES = pytest.mark.parametrize("database_url", [POSTGRES], indirect=True)


class Started:
    """`jointly serve` by a Python of its own, as a unit file starts it, and the lines it wrote."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "server.log"
        self.url = f"http://127.0.0.1:{self.port}"
        workers = [] if database_url.startswith("sqlite") else ["--workers", "2"]
        own = {"JOINTLY_DATABASE_URL": database_url, "JOINTLY_SECRET_KEYS": SECRET, "PYTHONPATH": str(ROOT)}
        command = [
            sys.executable,
            "-c",
            "from app.cli import main; main()",
            "serve",
            "--port",
            str(self.port),
        ]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), *workers],
                env=os.environ | own | {"PYTHONUNBUFFERED": "1"},
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.processes = max(1, len(workers))
        self.wait_for(lambda: self.count("event=started") >= self.processes)

    def wait_for(self, happened: Callable[[], bool]) -> None:
        give_up = time.monotonic() + STARTS_WITHIN
        while not happened():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < give_up, self.said()
            time.sleep(0.05)

    def said(self) -> str:
        return self.log.read_text()

    def count(self, words: str) -> int:
        return self.said().count(words)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(STARTS_WITHIN)


@pytest.fixture
def started(database_url: str, tmp_path: Path) -> Iterator[Started]:
    started = Started(database_url, tmp_path)
    yield started
    started.stop()


def ask_until(over: Event, url: str) -> list[object]:
    """A request after the other, each by a connection of its own: what came back."""
    answers: list[object] = []
    while not over.is_set():
        try:
            answers.append(httpx.get(f"{url}/sign-in", timeout=STARTS_WITHIN).status_code)
        except httpx.HTTPError as error:
            answers.append(repr(error))
    return answers


@EACH_DATABASE
def test_sighup_begins_anew_without_a_lost_request(started: Started):
    over, already = Event(), started.count("event=started")
    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask_until, over, started.url) for _ in range(2)]
        os.kill(started.process.pid, signal.SIGHUP)
        try:
            started.wait_for(lambda: started.count("event=started") >= already + started.processes)
            httpx.get(f"{started.url}/readyz", timeout=STARTS_WITHIN)
        finally:
            over.set()
        answers = [answer for one in asking for answer in one.result()]

    assert set(answers) == {200}


@EACH_DATABASE
def test_a_start_says_what_starts(started: Started, database: Database):
    line = next(one for one in started.said().splitlines() if "event=started" in one)

    assert re.search(r"version=\d", line)
    assert re.search(r"schema=\d{4}", line)
    assert ("SQLite 3" if database.is_sqlite else "PostgreSQL 1") in line


@ON_POSTGRES
def test_a_worker_does_not_serve_another_schema(started: Started, database: Database):
    with database.writing.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    os.kill(started.process.pid, signal.SIGHUP)
    started.wait_for(lambda: "not started" in started.said())

    answers = [httpx.get(f"{started.url}{path}", timeout=STARTS_WITHIN) for path in ("/sign-in", "/readyz")]

    assert [answer.status_code for answer in answers] == [200, 503]
    assert "Run: jointly migrate" in started.said()
    assert "Traceback" not in started.said()
    assert started.count("event=started") == started.processes
