"""Promise 16 for links: whoever tries or presses too fast is asked to wait, and nobody else is."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI
from time_machine import Traveller

from app.clock import right_now
from tests.cast import Buyer
from tests.safety.visitors import a_browser

A_MINUTE_HAS = 120
A_MINUTE = timedelta(seconds=61)


@pytest.fixture(autouse=True)
def clock(limits_on: None) -> Iterator[Traveller]:
    """It stands, so that a slow machine gives nobody more than a minute."""
    with time_machine.travel(right_now(), tick=False) as clock:
        yield clock


def statuses(ask: Callable[[], Any]) -> list[int]:
    """Of as many requests as a minute has, and of one more."""
    return [ask().status_code for _ in range(A_MINUTE_HAS + 1)]


def test_one_link_acts_so_often_a_minute(jonas: Buyer, petra: Buyer, clock: Traveller):
    act = f"{jonas.path}/steps/1/yes"

    pressed = statuses(lambda: jonas.client.post(act))
    petras = petra.acts(1, "comments", words="Which quarter?").status_code
    clock.shift(A_MINUTE)
    later = jonas.client.post(act).status_code

    assert pressed == [422] * A_MINUTE_HAS + [429]
    assert (petras, later) == (303, 422)


def test_one_address_tries_so_many_links_a_minute(app: FastAPI, clock: Traveller):
    guessing = a_browser(app)

    tried = statuses(lambda: guessing.get("/l/forged"))
    clock.shift(A_MINUTE)
    later = guessing.get("/l/forged").status_code

    assert tried == [404] * A_MINUTE_HAS + [429]
    assert later == 404


def test_a_link_opens_however_many_others_were_tried_from_there(app: FastAPI, jonas: Buyer):
    guessing = a_browser(app)

    tried = statuses(lambda: guessing.get("/l/forged"))
    opened = guessing.get(jonas.address.replace("http://testserver", ""))

    assert tried[-1] == 429
    assert opened.status_code == 303


def test_how_long_to_wait_is_said_and_true(app: FastAPI, clock: Traveller):
    guessing = a_browser(app)
    guessing.get("/l/forged")
    clock.shift(timedelta(seconds=20))

    refused = [guessing.get("/l/forged") for _ in range(A_MINUTE_HAS)][-1]
    clock.shift(timedelta(seconds=int(refused.headers["retry-after"])))

    assert refused.headers["retry-after"] == "40"
    assert guessing.get("/l/forged").status_code == 404
