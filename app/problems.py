"""Errors as pages: each says what to do next and gives back what was typed."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from sqlalchemy.exc import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlmodel import Session
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.account.rights import Forbidden, Missing, NotSignedIn
from app.buyer.doors import SomebodyElse, WhoAnswers
from app.buyer.room import NoRoom
from app.buyer.view import reader_of
from app.call.lifetime import CallOver, DebriefFirst
from app.clock import day_in, right_now
from app.faults import Fault, fault_of, trace_of, words_of
from app.follow_up.doors import NoReason
from app.journal import KeyReused
from app.link.guest import LinkEnded, NoVisit, ReadsOnly
from app.link.store import TooManyLinks
from app.link.token import LinkUnknown
from app.logs import log, place_of, tell_of_crash
from app.needs import NeedsSomething
from app.pages import LANGUAGES, Pages, render, wants_fragment
from app.safety import BODY_LIMIT, HEAD_LIMIT, TooMany, head_size
from app.shared_plan import moves, store
from app.shared_plan.words import Version
from app.typed import _

NEVER_GIVEN_BACK = frozenset({"password", "current", "key", "answering_as", "version"})


@dataclass(frozen=True)
class Problem:
    """Which page to show, its status, and whether the words come back.

    A plain name is a page that buyers may see, too; one with a folder is the team's alone.
    """

    name: str
    status: int
    fresh_key: bool = False
    headers: dict[str, str] = field(default_factory=dict)


PROBLEMS: dict[type[Exception], Problem] = {
    Missing: Problem("missing", 404),
    LinkUnknown: Problem("unknown_link", 404),
    NoVisit: Problem("no_visit", 403),
    LinkEnded: Problem("link_ended", 410),
    Forbidden: Problem("forbidden", 403),
    NotSignedIn: Problem("signed_out", 403),
    WhoAnswers: Problem("who_answers", 422),
    SomebodyElse: Problem("somebody_else", 200),
    NeedsSomething: Problem("needs", 422),
    KeyReused: Problem("sent_before", 409, fresh_key=True),
    moves.StaleVersion: Problem("changed", 409, fresh_key=True),
    moves.NotNow: Problem("too_late", 409, fresh_key=True),
    moves.TooLateToUndo: Problem("no_undo", 409),
    moves.NotTheirs: Problem("not_theirs", 403),
    moves.PlanOver: Problem("plan_over", 409),
    CallOver: Problem("call/over", 409),
    DebriefFirst: Problem("call/debrief_first", 409),
    NoReason: Problem("follow_up/no_reason", 422),
    ReadsOnly: Problem("reads_only", 403),
    moves.NothingChanged: Problem("nothing_changed", 422),
    moves.ReasonMissing: Problem("reason_missing", 422),
    store.TooManySteps: Problem("too_many_steps", 422),
    TooManyLinks: Problem("too_many_links", 422),
    NoRoom: Problem("no_room", 422),
    TooMany: Problem("too_many", 429),
    OperationalError: Problem("not_saved", 503, headers={"Retry-After": "2"}),
    InterfaceError: Problem("not_saved", 503, headers={"Retry-After": "2"}),  # a connection that was cut
    InternalError: Problem("not_saved", 503, headers={"Retry-After": "2"}),  # PostgreSQL that may only read
    NoConnectionFree: Problem("not_saved", 503, headers={"Retry-After": "2"}),
    IntegrityError: Problem("not_saved", 503, headers={"Retry-After": "1"}),
    DataError: Problem("too_long", 422),  # PostgreSQL, of more than a column keeps: again would not help
}
# What else the page says where trying again in a moment will not help.
BECAUSE = {
    Fault.FULL: _("There is no room left on the server. Whoever runs it has to make some."),
    Fault.READ_ONLY: _("The server may only read at the moment. Whoever runs it has to mend that."),
    Fault.SCHEMA: _("The server is between two releases. Whoever runs it has to start it again."),
}
OURS_PERHAPS = frozenset({Fault.SCHEMA, Fault.CONFLICT, Fault.OTHER})  # so the log says where it happened
# What a field's own check does not say, by the type of error; the page translates it.
SAID = {
    "missing": _("This is needed."),
    "enum": _("Pick one of the choices."),
    "string_too_long": _("This is too long."),
    "too_long": _("This is too long."),
    "less_than_equal": _("There is no such number here."),
    "greater_than_equal": _("There is no such number here."),
    "string_pattern_mismatch": _("Write three letters, such as EUR."),
}
HTTP_PROBLEMS = {
    404: Problem("missing", 404),
    405: Problem("missing", 405),
    413: Problem("too_large", 413),
    400: Problem("unreadable", 422),
}


def install(app: FastAPI) -> None:
    for error, problem in PROBLEMS.items():
        app.add_exception_handler(error, _handler(problem))
    app.add_exception_handler(ProgrammingError, _refused_or_wrong)
    app.add_exception_handler(NotSignedIn, _ask_to_sign_in)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    # FastAPI's own max_body_size stands outside our middleware: its 413 had no page and no headers.
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=BODY_LIMIT)
    app.add_middleware(LastResort)
    app.add_middleware(TooLarge)


def _handler(problem: Problem) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, error: Exception) -> Response:
        if isinstance(error, TooMany):
            return show(request, replace(problem, headers={"Retry-After": str(error.seconds)}), error=error)
        if isinstance(error, SQLAlchemyError):
            return _refused(request, problem, error)
        return show(request, problem, error=error)

    return handle


async def _refused_or_wrong(request: Request, error: Exception) -> Response:
    """Tables that are not there, or somebody else's, are for whoever runs this; a wrong query is for us."""
    if fault_of(error) not in (Fault.SCHEMA, Fault.READ_ONLY):
        raise error
    return _refused(request, PROBLEMS[OperationalError], error)


def _refused(request: Request, problem: Problem, error: Exception) -> Response:
    """The log says why in any case, the page where it helps."""
    fault, kind = fault_of(error), getattr(error, "orig", None) or error
    told = {"error": type(kind).__name__, "says": words_of(error)}
    if fault in OURS_PERHAPS:
        told["trace"] = trace_of(error)
    log.warning("database", why=str(fault), **told, **place_of(request.scope))
    return show(request, problem, error=error, because=BECAUSE.get(fault, ""))


async def _ask_to_sign_in(request: Request, error: Exception) -> Response:
    if request.method == "GET" and not wants_fragment(request):
        return RedirectResponse("/sign-in", status_code=303)
    return show(request, PROBLEMS[NotSignedIn], error=error)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(found["loc"][0] == "path" for found in error.errors()):
        return show(request, PROBLEMS[Missing], error=error)
    return show(request, Problem("invalid", 422), error=error, messages=_messages(error))


def _messages(error: RequestValidationError) -> dict[str, str]:
    """What is wrong with which field, without repeating what was typed."""
    return {str(one["loc"][-1]): _words(one) for one in error.errors()}


def _words(one: dict[str, Any]) -> str:
    own = str(one.get("ctx", {}).get("error", ""))
    return own or SAID.get(one["type"], SAID["missing"])


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = HTTP_PROBLEMS.get(error.status_code, Problem("unreadable", error.status_code))
    if error.status_code == 404 and request.url.path.startswith("/l/"):
        problem = PROBLEMS[LinkUnknown]  # a token with a stroke in it is as unknown as any other
    return show(request, replace(problem, headers=dict(error.headers or {})), error=error)


class TooLargeHead:
    """Refuses a request whose address, cookies and other headers are larger than any browser of ours sends.

    It stands before whatever reads a cookie.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and head_size(scope) > HEAD_LIMIT:
            await show(Request(scope, receive), Problem("head_too_large", 431))(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class TooLarge:
    """Refuses a form that says beforehand that it is too large, before anything acts on the rest of it.

    Only sooner: RequestBodyLimitMiddleware is the guard, it counts what comes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        if said.isdecimal() and (len(said) > 12 or int(said) > BODY_LIMIT):
            await show(Request(scope, receive), HTTP_PROBLEMS[413])(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class LastResort:
    """Turns what nobody expected into a page, inside the middleware that puts the headers on it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception as error:
            tell_of_crash(scope, error)
            if scope["type"] != "http":
                raise
            if started:
                return  # the server cuts an answer that has no end; raised, the error would be printed whole
            response = _last_page(Request(scope, receive), error)
            await response(scope, receive, send)


def _last_page(request: Request, error: Exception) -> Response:
    """Plain words where the page that should say it cannot be made either."""
    try:
        return show(request, Problem("not_saved", 500), error=error)
    except Exception as another:  # noqa: BLE001
        tell_of_crash(request.scope, another)
        return PlainTextResponse("Something went wrong here. Nothing was saved.", 500)


def show(request: Request, problem: Problem, **values: object) -> HTMLResponse:
    """Render a problem in the reader's surroundings: the buyer's language, the team's navigation."""
    kept = {
        name: typed
        for name, typed in getattr(request.state, "typed", {}).items()
        if name not in NEVER_GIVEN_BACK
    }
    repeated = getattr(request.state, "repeated", [])
    typed = getattr(request.state, "typed", {})
    context = {
        "path": request.url.path,
        "method": request.method,
        "kept": kept,
        "key": secrets.token_urlsafe(12) if problem.fresh_key else typed.get("key", ""),
        "version": typed.get("version", ""),
        "repeated": repeated,
        "reader": reader_of(request.state.visit) if hasattr(request.state, "visit") else None,
        "at": getattr(request.state, "step_path", request.url.path.rsplit("/", 1)[0]),
        "layout": "problem/_fragment.html" if wants_fragment(request) else "problem/page.html",
        "messages": {},
        "because": "",
        "versions": _versions(request, values.get("error")),
        "today": day_in("UTC", right_now()),
    } | values
    pages: Pages = request.app.state.pages
    if "/" in problem.name:
        body = render(pages.seller, f"{problem.name}.html", **context)
    else:
        body = render(pages.environment(_language(request)), f"problem/{problem.name}.html", **context)
    headers = problem.headers | {"HX-Retarget": "main", "HX-Reswap": "innerHTML"}
    return HTMLResponse(body, problem.status, headers=headers)


def _versions(request: Request, error: object) -> list[Version]:
    """For a stale answer: the terms that were on the page and the ones that stand now, in this order."""
    step_id = getattr(request.state, "step_id", None)
    if not isinstance(error, moves.StaleVersion) or step_id is None:
        return []
    with Session(request.app.state.database.reading) as session:
        now = store.standing_version(session, step_id)
        return store.versions_of(session, step_id, error.seen, now)


def _language(request: Request) -> str:
    known = getattr(request.state, "language", None)
    if known or not request.url.path.startswith(("/p/", "/l/")):
        return known or "en"
    asked = [part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((language for language in asked if language in LANGUAGES), "en")
