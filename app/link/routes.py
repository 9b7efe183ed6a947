"""Opening a link: it writes nothing, gives the browser its cookie and leads to the page."""

from contextlib import suppress

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.exc import InternalError, OperationalError
from sqlmodel import Session

from app import tries
from app.account.rights import anyone
from app.database import Reading
from app.link import store
from app.link.guest import LinkEnded, give_cookie
from app.link.tables import Link
from app.link.token import LinkUnknown, verified
from app.now import Now
from app.pages import see
from app.safety import address_of, limits_of
from app.shared_plan.tables import Participant
from app.tries import LINKS_PER_ADDRESS

router = APIRouter()


@router.api_route("/l/{token}", methods=["GET", "HEAD"], dependencies=[Depends(anyone)])
def open_link(request: Request, token: str, session: Reading, now: Now) -> Response:
    """Whoever has a link gets in, however many others are tried from the same address."""
    link, participant = _found(request, token, session, now)
    request.state.language = participant.language
    if link.revoked_at or now >= link.expires_at:
        raise LinkEnded
    response = see(f"/p/{participant.ref}")
    give_cookie(request, response, link.token_hash, participant.ref)
    return response


def _found(request: Request, token: str, session: Session, now: Now) -> tuple[Link, Participant]:
    """Raises LinkUnknown, and TooMany where too many unknown ones came from there."""
    found = None
    with suppress(LinkUnknown):
        found = store.link_by_digest(session, verified(request.app.state.settings.keys, token))
    if found is None:
        _count_failure(request, now)
        raise LinkUnknown
    return found


def _count_failure(request: Request, now: Now) -> None:
    """An unknown link is told from none, also where the database takes nothing."""
    if limits_of(request).on:
        with suppress(OperationalError, InternalError):
            tries.begin(request.app.state.database, now, (LINKS_PER_ADDRESS, ("link", address_of(request))))
