"""A second opinion on a doubt, from a language model that whoever runs Jointly has named; off by default.

Asked for with one tap, never on its own. It only says what the doubt might be about; the seller settles it.
"""

from collections.abc import Awaitable, Generator
from contextlib import contextmanager
from typing import Annotated

import httpx
from anyio import fail_after, to_thread
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from sqlmodel import Session

from app.account.session import CarriesSession, looking
from app.clock import Now
from app.deal.evidence import evidence_for
from app.desk.doors import plan_to_see
from app.desk.live_check import LiveForm, TellForm, checked
from app.logs import log
from app.settings import Settings
from app.specificity.opinion import Likeness, believed, messages_for
from app.specificity.verdict import Point
from app.typed import Ref, typed_fields

router = APIRouter(dependencies=[Depends(typed_fields)])

SECONDS, TRIES = 3, 2
NO_ANSWER = (TimeoutError, ValueError, KeyError, IndexError, TypeError)


@router.post("/plans/{ref}/opinion")
async def ask_for_second_opinion(
    request: Request, ref: Ref, digest: CarriesSession, now: Now, form: Annotated[TellForm, Form()]
) -> Response:
    """Async, so that the model is waited for without a thread of the pages and without a transaction."""
    settings, was = request.app.state.settings, form.was()
    points = await to_thread.run_sync(_points, request, ref, digest, now)
    found = None
    if settings.model_url:
        answer = await ask(settings, messages_for(was.text(), points))
        found = believed(answer, was.text(), points)
    return await to_thread.run_sync(_answer, request, ref, digest, now, was, found)


async def ask(settings: Settings, messages: list[dict[str, str]]) -> str:
    """The model's words, or none: silence, slowness and errors leave the engine's own answer."""
    body = {"model": settings.model_name, "messages": messages, "temperature": 0}
    headers = {"Authorization": f"Bearer {settings.model_key}"} if settings.model_key else {}
    async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
        for _ in range(TRIES):
            with _noted():
                return await _asked_once(client.post(settings.model_address, json=body, headers=headers))
    return ""


async def _asked_once(sent: Awaitable[httpx.Response]) -> str:
    with fail_after(SECONDS):
        reply = await sent
    reply.raise_for_status()
    return str(reply.json()["choices"][0]["message"]["content"])


@contextmanager
def _noted() -> Generator[None]:
    """What keeps a model from answering is noted by its kind, never by its words."""
    try:
        yield
    except (httpx.HTTPError, *NO_ANSWER) as error:
        log.warning("second opinion", error=type(error).__name__)


def _points(request: Request, ref: str, digest: str, now: Now) -> tuple[Point, ...]:
    with Session(request.app.state.database.reading) as session:
        me = looking(request, digest, session, now)
        return evidence_for(session, me, plan_to_see(ref, me, session, now).deal).points


def _answer(
    request: Request, ref: str, digest: str, now: Now, form: LiveForm, found: tuple[Likeness, ...] | None
) -> Response:
    with Session(request.app.state.database.reading) as session:
        me = looking(request, digest, session, now)
        return checked(request, plan_to_see(ref, me, session, now), form, found)
