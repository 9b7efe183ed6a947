"""Promise 1, by type: what a buyer's template is given is frozen to the last value, without ids or rows."""

import dataclasses
import types
from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from fastapi import FastAPI
from jinja2 import Environment

from app import pages
from app.buyer.view import PlanView, Reader
from app.shared_plan.agreed.page import AgreedPage
from app.shared_plan.words import Version
from tests.cast import Buyer, SellerAtWork
from tests.safety.fetched import everything_about_the_whole_plan, everything_fetched

PLAIN = (str, int, float, bool, date, datetime, time, type(None))
HOLDS = (tuple, frozenset, list, dict)  # lists and dicts hold words that the page itself typed or chose
GIVEN = (PlanView, Reader, AgreedPage, Version)


def faults(kind: Any, path: str) -> Iterator[str]:
    """Every field below `kind` that is not frozen, not told by type, or an id."""
    if get_origin(kind) in (Union, types.UnionType, tuple, frozenset):
        for inner in get_args(kind):
            if inner is not Ellipsis:
                yield from faults(inner, path)
    elif isinstance(kind, type) and issubclass(kind, (*PLAIN, StrEnum)):
        return
    elif dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen:
        for name, inner in get_type_hints(kind).items():
            if name in {field.name for field in dataclasses.fields(kind)}:
                if name == "id" or name.endswith(("_id", "browser")):
                    yield f"{path}.{name}: an id"
                yield from faults(inner, f"{path}.{name}")
    else:
        yield f"{path}: {kind}"


@pytest.mark.parametrize("kind", GIVEN, ids=lambda kind: kind.__name__)
def test_a_value_for_buyers_is_frozen_to_its_last_field(kind: type):
    assert list(faults(kind, kind.__name__)) == []


def test_a_row_an_id_or_anything_at_all_in_such_a_value_would_be_noticed():
    @dataclasses.dataclass(frozen=True)
    class Careless:
        seller_id: int
        row: Any
        environment: Environment

    found = list(faults(Careless, "it"))

    assert [fault.split(":")[0] for fault in found] == ["it.seller_id", "it.row", "it.environment"]


def test_no_template_of_a_buyers_page_is_given_anything_else(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, monkeypatch: pytest.MonkeyPatch
):
    given: dict[str, set[str]] = {}

    def render(environment: Environment, name: str, **values: Any) -> str:
        if environment in app.state.pages.buyer.values():
            given.setdefault(name, set()).update(foreign(values))
        return original(environment, name, **values)

    original = pages.render
    for module in ("buyer.page", "problems"):
        monkeypatch.setattr(f"app.{module}.render", render)
    for _ in (*everything_fetched(jonas, app, jonas.address), *everything_about_the_whole_plan(jonas, app)):
        pass

    assert {"buyer/plan.html", "buyer/_plan.html", "buyer/agreed.html", "buyer/copy.html"} <= given.keys()
    assert {name: kinds for name, kinds in given.items() if kinds} == {}


def foreign(values: Any) -> Iterator[str]:
    """The classes of all that is neither plain, nor a container, nor one of the frozen values."""
    if isinstance(values, dict):
        values = list(values.values())
    if isinstance(values, HOLDS):
        for one in values:
            yield from foreign(one)
    elif isinstance(values, Exception):
        return  # a refusal: its words are what it is raised for
    elif dataclasses.is_dataclass(values) and values.__dataclass_params__.frozen:
        for field in dataclasses.fields(values):
            yield from foreign(getattr(values, field.name))
    elif not isinstance(values, (*PLAIN, StrEnum)):
        yield type(values).__name__
