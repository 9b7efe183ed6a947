"""The server under test, seen from outside: its start, its CPU time, its memory.

Run as a module it is `jointly serve` with two more routes: a constant answer of 15 KB to compare with, and
the number of queries so far.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JOINTLY = [str(ROOT / ".venv" / "bin" / "jointly"), "serve"]
WITH_CONSTANT = [sys.executable, "-m", "benchmarks.server"]


class Server:
    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], env=environment, cwd=folder, stdout=subprocess.DEVNULL
        )
        while not self._answers():
            if self.process.poll() is not None:
                raise RuntimeError("the server did not start")
            time.sleep(0.01)
        self.started_in = time.perf_counter() - began

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
                return connection.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.process.pid)

    def resident_megabytes(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@contextmanager
def serving(command: list[str], environment: dict[str, str], folder: Path) -> Generator[Server]:
    server = Server(command, environment, folder)
    try:
        yield server
    finally:
        server.stop()


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of its children that live, to the nanosecond."""
    return _own_seconds(pid) + sum(cpu_seconds(child) for child in _children(pid))


def _own_seconds(pid: int) -> float:
    """By the process's own clock, as Linux names it; one that is gone counts nothing."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _main() -> None:
    from fastapi import FastAPI
    from fastapi.responses import HTMLResponse, PlainTextResponse, Response
    from sqlalchemy import event

    import app.main
    from app.settings import Settings

    create_app = app.main.create_app
    body = "<p>" + "One constant answer. " * 731 + "</p>"

    def with_constant(settings: Settings) -> FastAPI:
        made = create_app(settings)
        queries = 0

        def count(_connection, _cursor, statement: str, *_rest) -> None:
            nonlocal queries
            queries += not statement.startswith("BEGIN")

        event.listen(made.state.database.reading, "before_cursor_execute", count)

        @made.get("/constant")
        async def constant() -> Response:
            return HTMLResponse(body)

        @made.get("/queries")
        async def queries_so_far() -> Response:
            return PlainTextResponse(str(queries))

        return made

    vars(app.main)["create_app"] = with_constant
    from app import cli

    cli.main(["serve", *sys.argv[1:]])


if __name__ == "__main__":
    _main()
