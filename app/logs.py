"""One line a request: the route's template and status; never a token, a cookie or a path with one in it."""

import logging
import time
from typing import Any

import structlog
from fastapi.routing import iter_route_contexts
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.faults import trace_of, words_of

log = structlog.get_logger("jointly")


def set_up(level: str) -> None:
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(),
        ],
    )


def tell_of_crash(scope: Scope, error: BaseException) -> None:
    """What nobody expected: where it happened, and of its words those that nobody can have typed."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    cause = error.__cause__ or error.__context__
    log.error(
        "unexpected",
        error=type(error).__name__,
        says=words_of(error),
        after=type(cause).__name__ if cause else None,
        trace=trace_of(error),
        **place_of(scope),
    )


def place_of(scope: Scope) -> dict[str, str]:
    return {"method": str(scope.get("method", "-")), "route": route_of(scope)}


def route_of(scope: Scope) -> str:
    """The template that answers a request, also where something refused it before a route was looked for."""
    known = getattr(scope.get("route"), "path", None)
    return known or next(_matching(scope), "-")


def _matching(scope: Scope) -> Any:
    if scope["type"] == "http" and "app" in scope:
        for context in iter_route_contexts(scope["app"].routes):
            route = context.original_route
            if route.matches(scope)[0] is not Match.NONE:
                yield getattr(route, "path", "-")


class AccessLog:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        finally:
            self._write(scope, status, began)

    def _write(self, scope: Scope, status: int, began: float) -> None:
        place = place_of(scope)
        if place["route"] == "/healthz":
            return
        log.info("request", **place, status=status, ms=round(1000 * (time.perf_counter() - began), 1))
