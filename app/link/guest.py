"""The guest's door: a cookie that names a link and a browser, checked against the link's row each time."""

from typing import Annotated

from fastapi import Depends, Request, Response
from sqlmodel import Session

from app.account.rights import Right, grants
from app.database import Reading, Writing, in_lane
from app.link import store, visits
from app.link.token import LinkUnknown, cookie_for, new_browser, read_cookie
from app.link.visits import Visit
from app.now import Now
from app.settings import Settings


class NoVisit(Exception):
    """This browser holds no cookie for this page: the link in the message opens it."""


class ReadsOnly(Exception):
    """A copy of somebody's page is for reading; its readers answer nothing."""


class LinkEnded(Exception):
    """A genuine link that was turned off or has expired."""


def cookie_name(settings: Settings, ref: str) -> str:
    """One cookie per participant, so that two plans or two people never mix in one browser."""
    return f"{'__Host-' if settings.over_https else ''}jointly-{ref}"


def give_cookie(request: Request, response: Response, link: str, ref: str) -> None:
    settings: Settings = request.app.state.settings
    response.set_cookie(
        cookie_name(settings, ref),
        cookie_for(settings.keys, link, _browser_of(request, ref)),
        max_age=int(store.WORKS_FOR.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.over_https,
    )


def _browser_of(request: Request, ref: str) -> str:
    """The browser keeps its name when a second link of the same person is opened in it."""
    try:
        return read_cookie(request.app.state.settings.keys, _cookie(request, ref))[1]
    except LinkUnknown:
        return new_browser()


def _cookie(request: Request, ref: str) -> str:
    return request.cookies.get(cookie_name(request.app.state.settings, ref), "")


async def carried(request: Request, ref: str) -> tuple[str, str]:
    """The link's digest and the browser's name from the cookie for `ref`; raises NoVisit."""
    try:
        return read_cookie(request.app.state.settings.keys, _cookie(request, ref))
    except LinkUnknown as error:
        raise NoVisit from error


Carried = Annotated[tuple[str, str], Depends(carried)]


@grants(Right.GUEST)
def visiting(request: Request, ref: str, carried: Carried, session: Reading, now: Now) -> Visit:
    return _visit(request, ref, carried, session, now)


@grants(Right.GUEST)
def calling(request: Request, ref: str, carried: Carried, session: Writing, now: Now) -> Visit:
    """As `visiting`, in the session that an act will write with. Raises ReadsOnly on a copy."""
    here = _visit(request, ref, carried, session, now)
    if here.is_copy:
        raise ReadsOnly
    return here


Visiting = Annotated[Visit, Depends(visiting)]
Calling = Annotated[Visit, Depends(in_lane(calling))]


def _visit(request: Request, ref: str, carried: tuple[str, str], session: Session, now: Now) -> Visit:
    here = visits.visit(session, *carried)
    if here is None or here.ref != ref:
        raise NoVisit
    request.state.language, request.state.visit = here.language, here
    if not store.works(session, here, now):
        raise LinkEnded
    return here
