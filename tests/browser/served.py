"""The app on a real port, and what went over the wire."""

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.main import create_app
from app.settings import Settings, Switch
from tests.cast import SECRET


@dataclass
class Sent:
    """One answer of the server; `size` counts the body as it was sent, compressed or not."""

    method: str
    path: str
    status: int = 0
    size: int = 0


@dataclass
class Served:
    app: FastAPI
    address: str
    sent: list[Sent] = field(default_factory=list)
    # Of all clients without a window: they come and go, and a connection is closed once.
    wire: httpx.BaseTransport = field(default_factory=lambda: httpx.HTTPTransport(verify=False))

    def sent_to(self, ending: str) -> list[Sent]:
        return [one for one in self.sent if one.path.endswith(ending)]


class Counted:
    """Notes every answer on its way out."""

    def __init__(self, app: ASGIApp, sent: list[Sent]) -> None:
        self.app, self.sent = app, sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        noted = Sent(scope["method"], scope["path"])
        self.sent.append(noted)

        async def send_and_note(message: Message) -> None:
            noted.status = message.get("status", noted.status)
            noted.size += len(message.get("body", b""))
            await send(message)

        await self.app(scope, receive, send_and_note)


@contextmanager
def serving(database_url: str) -> Generator[Served]:
    """The app in a thread of its own, on a free port of this machine."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        app = create_app(
            Settings(database_url=database_url, secret_keys=SECRET, base_url=address, rate_limits=Switch.OFF)
        )
        served = Served(app, address)
        config = uvicorn.Config(
            Counted(app, served.sent), log_level="warning", access_log=False, server_header=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([door],), daemon=True)
        thread.start()
        _wait_for(server, thread)
        yield served
        served.wire.close()
        server.should_exit = True
        thread.join(10)


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    until = time.monotonic() + 10
    while not server.started:
        assert thread.is_alive(), "the server ended before it began"
        assert time.monotonic() < until, "the server did not start within ten seconds"
        time.sleep(0.01)
