"""How long the server waits for a request, and how much of its head it takes: strangers hold no connection.

uvicorn has no bound for either. A proxy in front has its own, usually lower ones; these hold without it too.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_WITHIN: int = 15  # seconds, from the first byte of the head
BODY_WITHIN: int = 60  # and of the body
LINGER = 5
MOST_AT_ONCE = 8  # requests that wait behind one another on a connection
MOST_OF_A_HEAD = 64 * 1024  # bytes taken in; above 16 KB the app already refuses, with a page
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 0\r\nconnection: close\r\n"
    b"content-security-policy: default-src 'none'\r\nx-content-type-options: nosniff\r\n"
    b"cache-control: no-store\r\nreferrer-policy: same-origin\r\nx-frame-options: DENY\r\n\r\n"
)


class TooManyAtOnce(Exception):
    """More requests in a row than anybody sends who waits for an answer."""


class PatientForAWhile(HttpToolsProtocol):
    """Ends a connection whose request does not come in time, or has a head that nobody sends in earnest."""

    _waiting: asyncio.TimerHandle | None = None
    _waited_for = 0
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
        self._wait_for_the_rest()

    def _wait_for_the_rest(self) -> None:
        """Nobody waits for what came whole. A blank line begins no request, and ends uvicorn's patience."""
        if not self._in_head:
            self._wait_once(BODY_WITHIN)
        elif self._is_answering:
            self._stop_waiting()
        else:
            self._wait_once(HEAD_WITHIN)

    def on_headers_complete(self) -> None:
        if len(self.pipeline) >= MOST_AT_ONCE:
            self._is_refused = True
            self.transport.close()
            raise TooManyAtOnce  # which stops the parser, in the middle of what else there is
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head, self._head_bytes = True, 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        if not self._is_refused:
            super().send_400_response(msg)

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _refuse(self) -> None:
        """In the turn of an answer that is still due nothing else may be said: then it only ends."""
        self._is_refused = True
        if self._is_answering:
            self.transport.close()
            return
        self.parser = self.headers = None  # ty: ignore[invalid-assignment]  # what came so far is let go
        self.transport.write(TOO_LARGE)
        self._wait(LINGER)

    def _unsupported_upgrade_warning(self) -> None:
        """A stranger who asks for WebSockets gets plain HTTP, and no line in the log."""

    def _wait_once(self, seconds: int) -> None:
        """Each part of a request has its time from its first byte, however many come after it."""
        if self._waiting is None or self._waited_for != seconds:
            self._wait(seconds)

    def _wait(self, seconds: int) -> None:
        self._stop_waiting()
        self._waiting, self._waited_for = self.loop.call_later(seconds, self.transport.close), seconds

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
