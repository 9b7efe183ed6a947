"""Sign in, sign out, change the password, describe the workspace."""

from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app import tries
from app.account import passwords, store
from app.account import session as sessions
from app.account import sign_in as signing
from app.account.passwords import PasswordTooShort
from app.account.rights import anyone
from app.account.session import Administering, CarriesSession, Looking, OwnAccount, SessionDigest, needs_admin
from app.clock import known_zones
from app.database import Writing
from app.journal import Press, record
from app.needs import NeedsSomething
from app.now import Now
from app.pages import LANGUAGES, page, see
from app.press import ActRoute, BareHand, PressForm, keyless, once
from app.safety import address_of, limits_of
from app.settings import Settings
from app.tries import SIGN_IN_PER_ACCOUNT, SIGN_IN_PER_ADDRESS, Counted
from app.typed import Amount, Language, NeededLine, Text, Zone, a_form, clean_line, typed_fields

router = APIRouter(dependencies=[Depends(a_form)], route_class=ActRoute)


@router.get("/sign-in", dependencies=[Depends(anyone)])
async def show_sign_in(request: Request) -> Response:
    return page(request, "account/sign_in.html", email="", problem="")


@router.post("/sign-in", dependencies=[Depends(anyone), Depends(keyless)])
async def sign_in(
    request: Request, now: Now, email: Annotated[str, Form()] = "", password: Annotated[str, Form()] = ""
) -> Response:
    """Async, so that the slow comparison holds neither a thread of the pages nor a transaction."""
    email = clean_line(email).lower()[:254]
    database = request.app.state.database
    counted = await _count_try(request, now, email, address_of(request))
    kept = await to_thread.run_sync(signing.kept_password, database, email)
    if not await passwords.matches(password[:1000], kept, _limiter(request)):
        problem = "This e-mail address and password do not belong together. Check both and try again."
        return page(request, "account/sign_in.html", 422, email=email, problem=problem)
    token = await to_thread.run_sync(signing.begin_session, database, email, now)
    await _forget_tries(request, counted)
    return _welcome(request, token)


@router.post("/sign-out", dependencies=[Depends(keyless)])
def sign_out(request: Request, me: OwnAccount, session: Writing, digest: SessionDigest, now: Now) -> Response:
    signing.sign_out(session, me.seller, digest, now)
    response = see("/sign-in")
    sessions.take_cookie(response, request.app.state.settings)
    return response


class PasswordForm(BaseModel):
    current: str = Field(max_length=1000, repr=False)
    password: str = Field(max_length=1000, repr=False)


@router.get("/password")
def show_password(request: Request, me: Looking) -> Response:
    return page(request, "account/password.html", me=me, problem="")


@router.post("/password", dependencies=[Depends(keyless)])
async def change_password(
    request: Request, digest: CarriesSession, now: Now, form: Annotated[PasswordForm, Form()]
) -> Response:
    """Ends every session of this seller, this one too, and begins a new one."""
    database = request.app.state.database
    kept = await to_thread.run_sync(signing.password_behind, database, digest, now)
    counted = await _count_try(request, now, "password", digest)
    if not await passwords.matches(form.current, kept, _limiter(request)):
        return page(
            request, "account/password.html", 422, me=None, problem="The current password is not right."
        )
    await _forget_tries(request, counted)
    try:
        hashed = await to_thread.run_sync(passwords.hash_password, form.password, limiter=_limiter(request))
    except PasswordTooShort:
        problem = f"A password needs {passwords.SHORTEST} characters or more."
        return page(request, "account/password.html", 422, me=None, problem=problem)
    return _welcome(
        request, await to_thread.run_sync(signing.replace_password, database, digest, hashed, now)
    )


class WorkspaceForm(PressForm):
    company: NeededLine
    products: Annotated[Text, Field(max_length=2_000)] = ""
    time_zone: Zone = "UTC"
    language: Language = "en"
    big_amount: Amount = None


@router.get("/workspace")
def show_workspace(request: Request, me: Looking) -> Response:
    needs_admin(me)
    return page(
        request,
        "account/workspace.html",
        me=me,
        zones=[(zone, zone) for zone in sorted(known_zones())],
        languages=LANGUAGES,
        model=_model(request.app.state.settings),
        saved=False,
    )


@router.post("/workspace", dependencies=[Depends(typed_fields)])
def describe_workspace(
    request: Request, me: Administering, session: Writing, now: Now, form: Annotated[WorkspaceForm, Form()]
) -> Response:
    workspace = store.workspace_of(session, me.workspace_id, lock=True)

    def describe(pressed: Press) -> None:
        workspace.sqlmodel_update(form.typed())
        _must_be_told_apart(session)
        record(session, workspace, "workspace described", pressed, now, {})

    once(request, BareHand(session, me.seller.actor), form, describe)
    return see("/workspace")


def _must_be_told_apart(session: Session) -> None:
    """Names are unique on a server. What is in the way is not said: it would tell who else is here."""
    try:
        session.flush()
    except IntegrityError as error:
        raise NeedsSomething(
            "Write your company’s name another way, for instance with its town or legal form."
        ) from error


def _model(settings: Settings) -> tuple[str, str] | None:
    """Name and host of the language model that may be asked for a second opinion."""
    return (settings.model_name, settings.model_host) if settings.model_host else None


async def _count_try(request: Request, now: Now, whose: str, where: str) -> Counted | None:
    """Per account *and* address: a stranger who guesses cannot lock the owner out. Raises TooMany."""
    if not limits_of(request).on:
        return None
    bounds = (SIGN_IN_PER_ACCOUNT, ("sign-in", whose, where)), (SIGN_IN_PER_ADDRESS, ("sign-in", where))
    return await to_thread.run_sync(tries.begin, request.app.state.database, now, *bounds)


async def _forget_tries(request: Request, counted: Counted | None) -> None:
    """Of this account; what failed for others from there still counts against the address."""
    if counted:
        await to_thread.run_sync(tries.ended_well, request.app.state.database, counted, [0])


def _limiter(request: Request) -> CapacityLimiter:
    return request.app.state.password_limiter


def _welcome(request: Request, token: str) -> Response:
    response = see("/")
    sessions.give_cookie(response, request.app.state.settings, token)
    return response
