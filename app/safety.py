"""Plain ASGI middleware for every response: security headers and the same-origin check; and rate limits."""

import re
import time
from datetime import timedelta
from ipaddress import ip_address, ip_network
from math import ceil
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.logs import log, place_of
from app.settings import Settings, Switch

BODY_LIMIT = 256 * 1024  # bytes: thirty fields of 5,000 characters do not come up in one honest form
HEAD_LIMIT = 16 * 1024  # bytes: the address and all headers; a cookie of ours has a hundred
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

AN_ORIGIN = re.compile(
    r"null|[a-z][a-z0-9+.-]{1,20}://([\w.-]{1,120}|\[[0-9a-f:]{2,40}\])(:\d{1,5})?", re.ASCII
)
A_WORD = re.compile(r"[a-z-]{1,20}")


class TooMany(Exception):
    """Too many tries in a short time; the caller is asked to wait so long."""

    def __init__(self, wait: timedelta = timedelta(minutes=1)) -> None:
        super().__init__(wait)
        self.seconds = max(1, ceil(wait.total_seconds()))
        self.minutes = ceil(self.seconds / 60)


class Safety:
    """Refuses foreign forms and puts the promised headers on every response, errors included."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.origin = origin_of(settings.base_url)
        self.headers = security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers:
                    headers.setdefault(name, value)
            await send(message)

        if scope["method"] not in SAFE_METHODS and not is_ours(Headers(scope=scope), self.origin):
            log.warning("foreign form", **claims(Headers(scope=scope)), ours=self.origin, **place_of(scope))
            refusal = PlainTextResponse("This form came from another site. Open the page itself.", 403)
            await refusal(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)


def head_size(scope: Scope) -> int:
    """Bytes of what stands before a request's body."""
    lines = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
    return lines + len(scope.get("raw_path") or b"") + len(scope["query_string"])


def is_ours(headers: Headers, origin: str) -> bool:
    """Did the form come from one of our pages? Clients that are no browsers send neither header."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    sent = headers.get("origin")
    return sent is None or sent == origin


def claims(headers: Headers) -> dict[str, str]:
    """Where a form says that it comes from, as far as that may be written down: a page's address never is."""
    said = {"origin": (headers.get("origin"), AN_ORIGIN), "site": (headers.get("sec-fetch-site"), A_WORD)}
    return {
        name: "-" if value is None else value if pattern.fullmatch(value) else "unclear"
        for name, (value, pattern) in said.items()
    }


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def security_headers(settings: Settings) -> list[tuple[str, str]]:
    headers = {
        "Content-Security-Policy": content_security_policy(settings),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if settings.over_https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return list(headers.items())


def content_security_policy(settings: Settings) -> str:
    """Scripts come from this app's folder of scripts and the one pinned htmx file, nothing else."""
    own = f"{origin_of(settings.base_url)}/static/"
    scripts = ["'self'", own] + ([settings.htmx_url] if "://" in settings.htmx_url else [])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(scripts)}",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


class RateLimits:
    """Counts presses by link, in this process's memory. What may be a guess is counted in `app/tries.py`."""

    def __init__(self, settings: Settings) -> None:
        self.on = settings.rate_limits is Switch.ON
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def count(self, limit: RateLimitItem, *what: str) -> None:
        """Count one press of `what`; raises TooMany when `limit` is used up."""
        if self.on and not self._window.hit(limit, *what):
            free_at = self._window.get_window_stats(limit, *what).reset_time
            raise TooMany(timedelta(seconds=free_at - time.time()))


ACTS_PER_LINK = parse("120/minute")


def limits_of(request: Request) -> RateLimits:
    app: FastAPI = request.app
    return app.state.rate_limits


def address_of(request: Request) -> str:
    """Whom to count tries against; behind a proxy that is trusted, uvicorn has put the forwarded one here.

    Of IPv6 the network: everybody there has 2 ** 64 addresses to try from.
    """
    return counted_as(request.client.host) if request.client else "unknown"


def counted_as(host: str) -> str:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if address.version == 4:
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped or ip_network((address, 64), strict=False))
