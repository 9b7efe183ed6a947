"""The buyer's page, kept as bytes while nothing that it shows has changed.

What a page shows hangs on one row (the link, its person, the head of its plan's record, who is in charge,
whether this browser is known) and on the time. The row is read for each request, so a revoked link is dead at
once; only the page made from it is kept. Whatever a page shows must move the record's head or stand in that
row. The head's number alone would not do: after a restore it counts through the same numbers again.
"""

import hmac
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.clock import right_now
from app.database import Database
from app.link import visits
from app.link.guest import cookie_name
from app.link.token import LinkUnknown, digest_of, read_cookie
from app.settings import Settings
from app.shelf import Shelf

MOST_BYTES = 32 * 1024 * 1024  # of zipped pages, a process: some 2,500 plans of 20 steps
ZIP_LEVEL, GZIP = 4, 16 + zlib.MAX_WBITS
ROUTE = SimpleNamespace(path="/p/{ref}")  # what the log calls a request that no route answered
HTML = (b"content-type", b"text/html; charset=utf-8")
VARY = (
    b"vary",
    b"Cookie, HX-Request",
)  # the middleware that zips adds its own, but not to what is zipped already
ZIPPED = ((b"content-encoding", b"gzip"), (b"vary", b"Cookie, HX-Request, Accept-Encoding"))
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class KeptPage:
    zipped: bytes
    etag: str
    good_until: datetime

    async def answer(self, headers: Headers, send: Send) -> None:
        """As the route would: 304 when the browser has these bytes, zipped where it may be."""
        lines = [(b"etag", self.etag.encode()), (b"cache-control", b"private, no-cache")]
        if headers.get("if-none-match") == self.etag:
            await _send(send, 304, [*lines, VARY], b"")
        elif "gzip" in headers.get("accept-encoding", ""):
            await _send(send, 200, [*lines, HTML, *ZIPPED], self.zipped)
        else:
            await _send(send, 200, [*lines, HTML, VARY], zlib.decompress(self.zipped, GZIP))


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = [(b"content-length", str(len(body)).encode())] if status == 200 else []
    await send({"type": "http.response.start", "status": status, "headers": headers + length})
    await send({"type": "http.response.body", "body": body})


def _empty() -> Shelf[Key, KeptPage]:
    return Shelf(MOST_BYTES)


class KeptPages:
    """Answers GET /p/{ref} from the shelf; what is not there goes on to the route, and is put there."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.shelf = _empty()
        self._database: Database | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ref = _ref_asked_for(scope)
        carried = self._carried(scope, ref) if ref else None
        if carried is None:
            await self.app(scope, receive, send)
            return
        database = self._followed(scope["app"].state.database)
        key, now = await self._key(database, carried, ref), right_now()
        page = self.shelf.take(key) if key else None
        if page and now < page.good_until:
            scope["route"] = ROUTE
            await page.answer(Headers(scope=scope), send)
        elif key:
            await self._make(scope, receive, send, key, lambda: self._key(database, carried, ref))
        else:
            await self.app(scope, receive, send)

    def _followed(self, database: Database) -> Database:
        """Pages of another database are not kept."""
        if database is not self._database:
            self._database, self.shelf = database, _empty()
        return database

    def _carried(self, scope: Scope, ref: str) -> tuple[str, str] | None:
        cookies = HTTPConnection(scope).cookies  # as the route reads them
        cookie = cookies.get(cookie_name(self.settings, ref))
        try:
            return _read(tuple(self.settings.keys), cookie) if cookie else None
        except LinkUnknown:
            return None

    async def _key(self, database: Database, carried: tuple[str, str], ref: str) -> Key | None:
        """All that the page hangs on but the time; None where the route has to say what is wrong."""
        link, browser = carried
        row = await database.peek(visits.VISIT, {"link": link, "browser": browser})
        # Only sooner: the row is part of the key, and the route's door is the guard. No key knows the time.
        if row is None or row[visits.REF] != ref or row[visits.REVOKED_AT] is not None:
            return None
        if row[visits.COPY_OF] is not None:
            return None  # it lives by somebody else's links, which are not in the row
        return (link, browser, *row) if right_now() < _instant(row[visits.EXPIRES_AT]) else None

    async def _make(
        self, scope: Scope, receive: Receive, send: Send, key: Key, look_again: Callable[[], Any]
    ) -> None:
        """The route's answer; a page of it is zipped here, once for this reader and for the shelf."""
        answer = _Answer(send)
        await self.app(scope, receive, answer.note)
        good_until = scope.get("state", {}).get("good_until")
        if not (good_until and answer.is_page):
            await answer.pass_on()
            return
        page = KeptPage(_zipped(answer.body), answer.etag, good_until)
        # What changed meanwhile may stand on the page already; under the earlier key it would be wrong.
        if await look_again() == key:
            self.shelf.put(key, page, len(page.zipped))
        await page.answer(Headers(scope=scope), send)


class _Answer:
    """What a route answers, held back until it is known what to do with it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._messages: list[Message] = []

    async def note(self, message: Message) -> None:
        self._messages.append(message)

    async def pass_on(self) -> None:
        for message in self._messages:
            await self._send(message)

    @property
    def is_page(self) -> bool:
        return bool(self._messages) and self._messages[0]["status"] == 200

    @property
    def etag(self) -> str:
        return Headers(raw=self._messages[0]["headers"])["etag"]

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self._messages[1:])


def _zipped(body: bytes) -> bytes:
    zipper = zlib.compressobj(ZIP_LEVEL, zlib.DEFLATED, GZIP)
    return zipper.compress(body) + zipper.flush()


def etag(keys: list[str], body: bytes) -> str:
    """A keyed hash: it tells nothing about the bytes to whoever does not have them."""
    return f'"{hmac.new(keys[-1].encode(), body, sha256).hexdigest()[:32]}"'


def _ref_asked_for(scope: Scope) -> str:
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    path: str = scope["path"]
    ref = path[3:] if path.startswith("/p/") else ""
    return "" if "/" in ref else ref


@lru_cache(maxsize=10_000)
def _read(keys: tuple[str, ...], cookie: str) -> tuple[str, str]:
    """The link's digest and that of the browser's name; a cookie says the same each time it is read.

    Raises LinkUnknown, and then nothing is remembered: what is kept here, we have signed ourselves.
    """
    link, browser = read_cookie(keys, cookie)
    return link, digest_of(browser)


def _instant(value: datetime | str) -> datetime:
    """SQLite gives its driver's words for an instant."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value
