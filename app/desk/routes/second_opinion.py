"""A second opinion on a doubt, from a language model that whoever runs Jointly has named; off by default.

Asked for with one tap, never on its own. It only says what the doubt might be about; the seller settles it.
"""

import json
from collections.abc import Generator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Annotated

import httpx
from anyio import fail_after, to_thread
from fastapi import Depends, Form, Request
from fastapi.responses import Response
from sqlmodel import Session

from app.account.session import CarriesSession, looking, needs_seller
from app.deal.evidence import evidence_for
from app.desk.doors import plan_to_see
from app.desk.routes.live_check import LiveForm, TellForm, checked
from app.logs import log
from app.now import Now
from app.press import keyless, router_for_forms
from app.settings import Settings
from app.specificity import judgement
from app.specificity.opinion import Likeness, believed, messages_for
from app.specificity.verdict import Answer, Evidence, Passage
from app.typed import Ref

router = router_for_forms()

SECONDS, TRIES = 3, 2
MOST_BYTES = 200_000  # of an answer; a longer one is none
NO_ANSWER = (TimeoutError, RecursionError, ValueError, KeyError, IndexError, TypeError)


@router.post("/plans/{ref}/opinion", dependencies=[Depends(keyless)])
async def ask_for_second_opinion(
    request: Request, ref: Ref, digest: CarriesSession, now: Now, form: Annotated[TellForm, Form()]
) -> Response:
    """Async, so that the model is waited for without a thread of the pages and without a transaction."""
    settings: Settings = request.app.state.settings
    text, found = form.was().text(), None
    evidence = await to_thread.run_sync(_doubtful, request, ref, digest, now, text)
    if settings.model_url and evidence:
        answer = await ask(settings, messages_for(text, evidence))
        found = believed(answer, text, evidence.points)
    return await to_thread.run_sync(_answer, request, ref, digest, now, form.was(), found)


async def ask(settings: Settings, messages: list[dict[str, str]]) -> str:
    """The model's words, or none: silence, slowness and errors leave the engine's own answer."""
    body = {"model": settings.model_name, "messages": messages, "temperature": 0}
    headers = {"Authorization": f"Bearer {settings.model_key}"} if settings.model_key else {}
    async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
        for _ in range(TRIES):
            with _noted(), fail_after(SECONDS):
                sent = client.stream("POST", settings.model_address, json=body, headers=headers)
                return _words_in(await _body_of(sent))
    return ""


async def _body_of(sent: AbstractAsyncContextManager[httpx.Response]) -> bytes:
    body = b""
    async with sent as reply:
        reply.raise_for_status()
        async for chunk in reply.aiter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                raise ValueError("too long")
    return body


def _words_in(body: bytes) -> str:
    return str(json.loads(body)["choices"][0]["message"]["content"])


@contextmanager
def _noted() -> Generator[None]:
    """What keeps a model from answering is noted by its kind, never by its words."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, *NO_ANSWER) as error:
        log.warning("second opinion", error=type(error).__name__)


def _doubtful(request: Request, ref: str, digest: str, now: Now, text: Passage) -> Evidence | None:
    """What a doubtful text is compared with; None where the engine knows, and nobody has to be asked."""
    with Session(request.app.state.database.reading) as session:
        me = looking(request, digest, session, now)
        needs_seller(me)
        evidence = evidence_for(session, me, plan_to_see(ref, me, session, now).deal)
    return evidence if judgement.test(text, evidence).answer is Answer.ASK else None


def _answer(
    request: Request,
    ref: str,
    digest: str,
    now: Now,
    form: LiveForm,
    found: tuple[Likeness, ...] | None,
) -> Response:
    with Session(request.app.state.database.reading) as session:
        me = looking(request, digest, session, now)
        return checked(request, plan_to_see(ref, me, session, now), form, found)
