"""When the server ends, nobody who was let in is hung up on at once."""

from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import pytest
import uvicorn
from uvicorn.server import ServerState

from app.cli.restart import FOR_A_FIRST_REQUEST, FOR_ANOTHER, Unhurried


class Clock:
    """A loop whose time goes on when the test says so."""

    def __init__(self) -> None:
        self.now, self.due = 100.0, list[tuple[float, Callable[..., Any], tuple[Any, ...]]]()

    def time(self) -> float:
        return self.now

    def call_later(self, seconds: float, call: Callable[..., Any], *given: Any) -> Mock:
        self.due.append((self.now + seconds, call, given))
        return Mock()

    def go_on(self, seconds: float) -> None:
        self.now += seconds
        due, self.due = [one for one in self.due if one[0] <= self.now], []
        for _, call, given in due:
            call(*given)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def caller(clock: Clock) -> Any:
    """Somebody whose connection stands and who has not asked yet."""
    config = uvicorn.Config(app=lambda: None, http=Unhurried, ws="none", lifespan="off", log_config=None)
    config.load()
    made = Unhurried(config, ServerState(), app_state={}, _loop=clock)  # ty: ignore[invalid-argument-type]
    transport = Mock(get_extra_info=lambda name, default=None: None, is_closing=lambda: False)
    made.connection_made(transport)
    clock.due.clear()  # what else ends a connection is not looked at here
    return made


def test_who_has_not_asked_yet_may(caller: Any, clock: Clock):
    caller.shutdown()
    clock.go_on(FOR_A_FIRST_REQUEST - 0.1)
    assert not caller.transport.close.called

    clock.go_on(0.2)
    assert caller.transport.close.called


def test_who_had_an_answer_is_let_go_sooner(caller: Any, clock: Clock):
    caller.cycle = Mock(response_complete=True)

    caller.shutdown()
    assert not caller.transport.close.called

    clock.go_on(FOR_ANOTHER + 0.1)
    assert caller.transport.close.called


def test_an_answer_under_way_is_the_last_one(caller: Any, clock: Clock):
    caller.cycle = Mock(response_complete=False, keep_alive=True)

    caller.shutdown()

    assert caller.cycle.keep_alive is False
    assert not caller.transport.close.called
