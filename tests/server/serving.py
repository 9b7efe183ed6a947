"""`jointly serve` as a process of its own, which a test may kill.

Children are forked from a process that has imported the app once, since a fresh Python takes seconds to do
so; the command, its sockets and its database connections are each child's own.
"""

import multiprocessing
import os
import socket
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from app import serving

STARTS_WITHIN = 60  # seconds, on a machine that runs other tests as well

_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload(["app.main", "app.cli"])


class Server:
    """One server, started anew after each kill at the same address."""

    def __init__(self, database_url: str, folder: Path, patience: int = 0, **environment: str) -> None:
        self.port, self.folder, self.patience = free_port(), folder, patience
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {"JOINTLY_DATABASE_URL": database_url, **environment}

    def start(self) -> "Server":
        arguments = (self.port, self.folder, self.patience, self.environment)
        self.process = _NURSERY.Process(target=serve, args=arguments, daemon=True)
        self.process.start()
        give_up = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            assert self.process.is_alive(), self.said()
            assert time.monotonic() < give_up, self.said()
            time.sleep(0.02)
        return self

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", verify=False).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """As `kill -9`: nothing is finished, flushed or said."""
        self.process.kill()
        self.process.join()

    def said(self) -> str:
        return (self.folder / "server.log").read_text()


def serve(port: int, folder: Path, patience: int, environment: Mapping[str, str]) -> None:
    """Runs in the child. With `patience`, a request has so many seconds to come, instead of what it has."""
    if patience:
        serving.HEAD_WITHIN = serving.BODY_WITHIN = patience
    os.chdir(folder)
    log = os.open("server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(environment)
    from app.cli import main

    main(["serve", "--port", str(port)])


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
