"""An answer does not stand in the queue of those who read, however long it is."""

import threading

import anyio
import httpx
from anyio import to_thread
from fastapi import FastAPI

from app.main import THREADS
from tests.cast import Buyer

LONG = 10  # seconds for which every thread of the pages is taken


def test_a_yes_comes_back_while_every_thread_of_the_pages_is_taken(jonas: Buyer, app: FastAPI):
    form = jonas.form(1, "yes")
    fields = form.fields | {"answering_as": "self"}

    status, waited = anyio.run(pressed, app, form.action, fields, dict(jonas.client.cookies))

    assert status == 303
    assert not waited
    assert "Both said yes" in jonas.page()


async def pressed(
    app: FastAPI, action: str, fields: dict[str, str], cookies: dict[str, str]
) -> tuple[int, bool]:
    """The status of an act, and whether it came back only after the pages had let their threads go."""
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    status, waited = 0, True
    transport, let_go = httpx.ASGITransport(app), threading.Event()
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://testserver", cookies=cookies) as client,
        anyio.create_task_group() as pages,
    ):
        for _ in range(THREADS):
            pages.start_soon(to_thread.run_sync, let_go.wait, LONG)
        await anyio.wait_all_tasks_blocked()
        answer = await client.post(action, data=fields)
        waited = to_thread.current_default_thread_limiter().borrowed_tokens < THREADS
        status = answer.status_code
        let_go.set()
    return status, waited
