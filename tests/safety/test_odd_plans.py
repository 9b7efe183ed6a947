"""Promise 8, about talks, whole plans and handovers: what does not fit is refused and changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from app.database import Database
from app.safety import RateLimits, TooMany
from tests.cast import Buyer, SellerAtWork, in_days
from tests.marks import EACH_DATABASE_AT_LENGTH, each_database
from tests.safety.test_bad_input import is_clear
from tests.safety.visitors import a_copy_of, contents, presses

SELF = {"answering_as": "self"}
NO_TIMES = ["25:61", "24:00", "9", "9:5", "-1:00", "NaN", "10:00:30", "10:00Z", "٢٥:٠٠", "1e1:00", "noon"]


def with_a_time(at: str, jonas: Buyer, maria: SellerAtWork) -> Iterator[int]:
    """The answer to every form that takes the time of a talk."""
    typed = {"version": "1", "note": "Why", "title": "Look at the hall", "kind": "talk", "who": "both"}
    asked = SELF | typed | {"due_on": str(in_days(4)), "due_at": at, "counterpart": "Jonas Weber"}
    for act in ("steps", "steps/1/counter"):
        yield jonas.client.post(f"{jonas.path}/{act}", data=asked | {"version": "1"}).status_code
    for act in ("steps/1/terms", "drafts", "on-the-call/steps"):
        yield maria.client.post(f"{maria.plan}/{act}", data=asked | {"version": "2"}).status_code
    row = {"company": "Brightwater", "person": "Nina", "what_1": "Talk", "who_1": "both", "at_1": at}
    yield maria.client.post("/after-call", data=row | {"due_on_1": str(in_days(4))}).status_code


@pytest.mark.parametrize("at", NO_TIMES)
def test_a_time_that_is_none_is_refused_everywhere(
    jonas: Buyer, maria: SellerAtWork, database: Database, at: str
):
    before = contents(database)

    statuses = list(with_a_time(at, jonas, maria))

    assert statuses == [422] * 6
    assert contents(database) == before


def test_a_time_as_people_write_it_counts(jonas: Buyer, maria: SellerAtWork):
    list(with_a_time("9:05", jonas, maria))

    assert "09:05 UTC time" in jonas.page()
    assert "09:05" in maria.page(maria.plan)


LISTS: dict[str, dict[str, list[str]]] = {
    "none": {},
    "10,000 steps": {"step": ["1"] * 10_000, "version": ["1"] * 10_000},
    "400 steps": {"step": ["1"] * 400, "version": ["1"] * 400},
    "31 steps": {"step": ["1"] * 31, "version": ["1"] * 31},
    "a version too few": {"step": ["1", "2"], "version": ["1"]},
    "a version too many": {"step": ["1"], "version": ["1", "1"]},
    "no version": {"step": ["1", "2"], "version": ["1", ""]},
    "no number": {"step": ["1", "NaN"], "version": ["1", "1"]},
    "half a step": {"step": ["1", "1.5"], "version": ["1", "1"]},
    "a huge number": {"step": ["1", str(2**63)], "version": ["1", "1"]},
    "below nothing": {"step": ["1", "-1"], "version": ["1", "1"]},
    "a step that is none": {"step": ["1", "77"], "version": ["1", "1"]},
    "step nothing": {"step": ["1", "0"], "version": ["1", "1"]},
    "a version to come": {"step": ["1", "2"], "version": ["1", "99999"]},
    "commas": {"step": ["1,2"], "version": ["1,1"]},
    "brackets": {"step[]": ["1", "2"], "version[]": ["1", "1"]},
}


@each_database("kind", LISTS, both=["a huge number", "a step that is none"])
def test_yes_to_a_list_that_does_not_fit_is_yes_to_nothing(jonas: Buyer, database: Database, kind: str):
    before = contents(database)

    answer = jonas.client.post(f"{jonas.path}/yes", data=SELF | LISTS[kind])

    assert answer.status_code in (404, 409, 422)
    assert is_clear(answer)
    assert contents(database) == before


def test_yes_to_a_step_that_asks_somebody_else_is_yes_to_nothing(
    jonas: Buyer, petra: Buyer, maria: SellerAtWork, database: Database
):
    draft = {"title": "Name the signer", "counterpart": "Petra Lang", "due_on": str(in_days(5))}
    maria.client.post(f"{maria.plan}/drafts", data=draft)
    maria.client.post(f"{maria.plan}/sharing")
    before = contents(database)

    answer = jonas.client.post(f"{jonas.path}/yes", data=SELF | {"step": ["1", "3"], "version": ["1", "1"]})

    assert answer.status_code == 403
    assert contents(database) == before


def test_yes_twice_to_one_step_is_one_yes(jonas: Buyer, database: Database):
    answer = jonas.client.post(f"{jonas.path}/yes", data=SELF | {"step": ["1", "1"], "version": ["1", "1"]})

    assert answer.status_code == 303
    assert len(contents(database)["commitment"]) == 1


def test_yes_to_all_that_has_to_wait_comes_back_with_every_step(jonas: Buyer, monkeypatch):
    def count(*_: object) -> None:
        raise TooMany

    monkeypatch.setattr(RateLimits, "count", count)
    answer = jonas.client.post(f"{jonas.path}/yes", data=SELF | {"step": ["1", "2"], "version": ["1", "1"]})

    assert answer.status_code == 429
    assert [answer.text.count(f'name="{name}"') for name in ("step", "version")] == [2, 2]


HIDDEN = "\u202e\u2066\u200b\ufeff\u200f\u00ad\x00\x1b"


@EACH_DATABASE_AT_LENGTH
def test_names_and_goals_are_cleaned_as_every_text_is(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, database: Database
):
    typed: dict[str, Any] = {
        "name": f"Petra{HIDDEN} Lang",
        "note": f"She{HIDDEN} signs",
        "email": f"P@x{HIDDEN}.test",
    }
    jonas.acts(1, "handover", **typed)
    presses(jonas, "goal", words=f"Two{HIDDEN} days")
    asked = {"title": f"Name{HIDDEN} it", "reason": f"A{HIDDEN}B", "due_on": str(in_days(3))}
    presses(jonas, "steps", **asked, who="seller")
    copy = a_copy_of(jonas, app)
    pages = [jonas.page(), copy.page(), maria.page(maria.plan), maria.page(f"{maria.plan}/on-the-call")]
    presses(jonas, "ending", reason=f"No{HIDDEN} budget")
    pages += [jonas.page(), maria.page("/")]

    rows = contents(database)
    kept = [
        str(cell) for name in ("act", "planact", "terms", "handover") for row in rows[name] for cell in row
    ]
    assert {"Petra Lang", "She signs", "p@x.test", "Two days", "Name it", "AB", "No budget"} <= set(kept)
    assert not [words for words in (*pages, *kept) if set(HIDDEN) & set(words)]


@pytest.mark.parametrize("name", ["", " ", "\u200b\u202e", "jonas  WEBER", "Jonas\u200b Weber", "x" * 201])
def test_a_colleague_without_a_name_of_their_own_is_none(jonas: Buyer, database: Database, name: str):
    before = contents(database)

    answer = jonas.acts(1, "handover", name=name)

    assert answer.status_code == 422
    assert contents(database) == before


@pytest.mark.parametrize("email", ["x", "a@b@c", "<a@b.test>", "a@b.test,c@d.test", "a b@c.test", "a" * 300])
def test_an_address_of_a_colleague_that_is_none_is_refused(jonas: Buyer, database: Database, email: str):
    before = contents(database)

    answer = jonas.acts(1, "handover", name="Petra Lang", email=email)

    assert answer.status_code == 422
    assert contents(database) == before


NO_DAYS = ["2026-02-30", "9999-12-31", "0001-01-01"]


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_day_that_is_none_moves_no_step(jonas: Buyer, maria: SellerAtWork, database: Database, day: str):
    before = contents(database)

    answer = maria.client.post(f"{maria.plan}/days", data={"move": f"1-1-{day}", "note": "The goal moved"})

    assert answer.status_code == 422
    assert contents(database) == before


@pytest.mark.parametrize("move", ["", "1", "1-1", "x-1-2026-12-01", "1-1-2026-12-01-1", "1-1-2026-12-1"])
def test_a_move_that_is_none_moves_no_step(jonas: Buyer, maria: SellerAtWork, database: Database, move: str):
    before = contents(database)

    answer = maria.client.post(f"{maria.plan}/days", data={"move": move, "note": "The goal moved"})

    assert answer.status_code == 422
    assert contents(database) == before
