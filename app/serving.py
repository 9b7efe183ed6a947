"""How long the server waits for a request, and how much of its head it takes: strangers hold no connection.

uvicorn has no bound for either. A proxy in front has its own, usually lower ones; these hold without it too.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_WITHIN: int = 15  # seconds, from the first byte of the head
BODY_WITHIN: int = 60  # and of the body
LINGER = 5
MOST_OF_A_HEAD = 64 * 1024  # bytes taken in; above 16 KB the app already refuses, with a page
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
)


class PatientForAWhile(HttpToolsProtocol):
    """Ends a connection whose request does not come in time, or has a head that nobody sends in earnest."""

    _waiting: asyncio.TimerHandle | None = None
    _in_head, _head_bytes, _is_refused = True, 0, False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait(HEAD_WITHIN)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return  # read and thrown away, so that the refusal is read before the connection ends
        if self._in_head and self._head_bytes > MOST_OF_A_HEAD:
            self._refuse()
            return
        self._head_bytes += len(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait(HEAD_WITHIN)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._wait(BODY_WITHIN)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head, self._head_bytes = True, 0
        self._stop_waiting()
        super().on_message_complete()

    def _refuse(self) -> None:
        self._is_refused = True
        self.parser = self.headers = None  # ty: ignore[invalid-assignment]  # what came so far is let go
        self.transport.write(TOO_LARGE)
        self._wait(LINGER)

    def _unsupported_upgrade_warning(self) -> None:
        """A stranger who asks for WebSockets gets plain HTTP, and no line in the log."""

    def _wait(self, seconds: int) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
