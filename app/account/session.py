"""Who is signed in: the cookie, the loading dependency, and the doors for seller, viewer and admin."""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlalchemy.exc import InternalError, OperationalError
from sqlmodel import Session

from app.account import store
from app.account.rights import NotSignedIn, Right, grants, must_be
from app.account.tables import Role, Seller, SellerSession, Workspace
from app.database import Reading, Writing, in_lane
from app.now import Now
from app.settings import Settings


@dataclass(frozen=True)
class Me:
    """The seller who is signed in, with the workspace; rows are loaded and may be changed."""

    seller: Seller
    workspace: Workspace

    @property
    def workspace_id(self) -> int:
        return self.workspace.id or 0

    @property
    def may_act(self) -> bool:
        return self.seller.role is not Role.VIEWER

    @property
    def sees_all(self) -> bool:
        return self.seller.role is not Role.SELLER


def cookie_name(settings: Settings) -> str:
    return "__Host-jointly" if settings.over_https else "jointly"


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(session: Session, seller: Seller, now: datetime) -> str:
    """Start a session with an id of its own and return its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    session.add(
        SellerSession(
            workspace_id=seller.workspace_id,
            seller_id=seller.id or 0,
            token_hash=digest_of(token),
            created_at=now,
            last_used_at=now,
        )
    )
    return token


def give_cookie(response: Response, settings: Settings, token: str) -> None:
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=int(store.LASTS.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.over_https,
    )


def take_cookie(response: Response, settings: Settings) -> None:
    """A browser lets go of a `__Host-` cookie only when it is taken with the same marks as it was given."""
    response.delete_cookie(
        cookie_name(settings), path="/", httponly=True, samesite="lax", secure=settings.over_https
    )


async def session_digest(request: Request) -> str:
    token = request.cookies.get(cookie_name(request.app.state.settings), "")
    return digest_of(token) if token else ""


SessionDigest = Annotated[str, Depends(session_digest)]


@grants(Right.VIEWER)
async def carries_session(digest: SessionDigest) -> str:
    """For routes that open short transactions of their own; they look the session up themselves."""
    if not digest:
        raise NotSignedIn
    return digest


CarriesSession = Annotated[str, Depends(carries_session)]


@grants(Right.VIEWER)
def looking(request: Request, digest: SessionDigest, session: Reading, now: Now) -> Me:
    """Whoever is signed in, for pages that only read."""
    me, kept = _load(session, digest, now)
    if kept.last_used_at < now - store.USE_NOTED_EVERY:
        _note_use(request, kept, now)
    return me


@grants(Right.SELLER)
def acting(digest: SessionDigest, session: Writing, now: Now) -> Me:
    """Whoever is signed in and may change things."""
    me, _ = _load(session, digest, now)
    must_be(me.seller.role, Role.SELLER, Role.ADMIN)
    return me


@grants(Right.ADMIN)
def administering(digest: SessionDigest, session: Writing, now: Now) -> Me:
    me, _ = _load(session, digest, now)
    must_be(me.seller.role, Role.ADMIN)
    return me


@grants(Right.VIEWER)
def own_account(digest: SessionDigest, session: Writing, now: Now) -> Me:
    """Whoever is signed in, to change what is their own: viewers too have a password."""
    return _load(session, digest, now)[0]


def needs_admin(me: Me) -> None:
    """For pages that only lead to an admin's act: they read, so they take no writing session."""
    must_be(me.seller.role, Role.ADMIN)


def needs_seller(me: Me) -> None:
    must_be(me.seller.role, Role.SELLER, Role.ADMIN)


Looking = Annotated[Me, Depends(looking)]
Acting = Annotated[Me, Depends(in_lane(acting))]
Administering = Annotated[Me, Depends(in_lane(administering))]
OwnAccount = Annotated[Me, Depends(in_lane(own_account))]


def _load(session: Session, digest: str, now: datetime) -> tuple[Me, SellerSession]:
    found = store.signed_in_seller(session, digest, now) if digest else None
    if found is None:
        raise NotSignedIn
    seller, kept = found
    return Me(seller, store.workspace_of(session, seller.workspace_id)), kept


def _note_use(request: Request, kept: SellerSession, now: datetime) -> None:
    """The one thing a GET writes, at most once an hour; a page is shown though it cannot be written."""
    database = request.app.state.database
    with suppress(OperationalError, InternalError), Session(database.writing) as session, session.begin():
        store.note_use(session, kept, now)
