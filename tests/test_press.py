"""One press takes effect once; an app in which one could be forgotten does not start."""

from collections.abc import Callable
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Form
from sqlmodel import Session

import app.main
from app.account.rights import anyone
from app.buyer.doors import OpenedStep
from app.database import Writing
from app.folders import routers
from app.main import create_app
from app.press import ActForm, PressForm, keyless
from app.settings import Settings


@pytest.fixture
def starts_with(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[APIRouter], FastAPI]:
    """The app with one more folder's router."""

    def start(router: APIRouter) -> FastAPI:
        monkeypatch.setattr(app.main, "routers", lambda: [*routers(), router])
        return create_app(settings)

    return start


def test_an_app_with_a_form_without_a_key_does_not_start(starts_with: Callable[[APIRouter], FastAPI]):
    careless = APIRouter(dependencies=[Depends(anyone)])

    @careless.post("/wishes")
    def wish(words: Annotated[str, Form()]) -> None: ...

    with pytest.raises(RuntimeError, match="/wishes acts without a key"):
        starts_with(careless)


def test_a_form_that_only_reads_says_so(starts_with: Callable[[APIRouter], FastAPI]):
    careful = APIRouter(dependencies=[Depends(anyone), Depends(keyless)])

    @careful.post("/wishes")
    def read_wish(words: Annotated[str, Form()]) -> None: ...

    assert starts_with(careful)


def test_an_app_that_acts_on_a_step_without_the_version_it_saw_does_not_start(
    starts_with: Callable[[APIRouter], FastAPI],
):
    careless = APIRouter()

    @careless.post("/p/{ref}/also/{number}")
    def act(at: OpenedStep, form: Annotated[PressForm, Form()]) -> None: ...

    with pytest.raises(RuntimeError, match="without the version it saw"):
        starts_with(careless)


def test_nor_one_that_loads_the_step_by_itself(starts_with: Callable[[APIRouter], FastAPI]):
    careless = APIRouter(dependencies=[Depends(anyone)])

    @careless.post("/plans/{ref}/steps/{number}/wave")
    def wave(number: int, form: Annotated[PressForm, Form()]) -> None: ...

    with pytest.raises(RuntimeError, match="wave acts on a step without"):
        starts_with(careless)


def test_a_form_with_a_version_may(starts_with: Callable[[APIRouter], FastAPI]):
    careful = APIRouter(dependencies=[Depends(anyone)])

    @careful.post("/plans/{ref}/steps/{number}/wave")
    def wave(number: int, form: Annotated[ActForm, Form()]) -> None: ...

    assert starts_with(careful)


def test_an_app_with_a_page_that_writes_does_not_start(starts_with: Callable[[APIRouter], FastAPI]):
    careless = APIRouter(dependencies=[Depends(anyone)])

    @careless.get("/counted")
    def count(session: Writing) -> None:
        assert isinstance(session, Session)

    with pytest.raises(RuntimeError, match="/counted writes"):
        starts_with(careless)
