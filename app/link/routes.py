"""Opening a link: it writes nothing, gives the browser its cookie and leads to the page."""

from fastapi import APIRouter, Depends, Request, Response

from app.account.rights import anyone
from app.database import Reading
from app.link import store
from app.link.guest import LinkEnded, give_cookie
from app.link.token import LinkUnknown, verified
from app.now import Now
from app.pages import see
from app.safety import LINKS_PER_ADDRESS, address_of, limits_of

router = APIRouter()


@router.api_route("/l/{token}", methods=["GET", "HEAD"], dependencies=[Depends(anyone)])
def open_link(request: Request, token: str, session: Reading, now: Now) -> Response:
    limits_of(request).count(LINKS_PER_ADDRESS, "link", address_of(request))
    found = store.link_by_digest(session, verified(request.app.state.settings.keys, token))
    if found is None:
        raise LinkUnknown
    link, participant = found
    request.state.language = participant.language
    if link.revoked_at or now >= link.expires_at:
        raise LinkEnded
    response = see(f"/p/{participant.ref}")
    give_cookie(request, response, link.token_hash, participant.ref)
    return response
