"""Signing in tells nobody who works here; guessing is slow, and does not lock the owner out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.account import passwords
from app.account.tables import SellerSession
from app.clock import right_now
from app.database import Database
from app.safety import RateLimits
from app.settings import Settings, Switch
from tests.cast import PASSWORD, a_workspace
from tests.marks import EACH_DATABASE

MARIA = "maria@ledgerline.test"
ANOTHER = "another correct horse"


def a_browser(app: FastAPI, address: str = "10.0.0.1") -> TestClient:
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False, client=(address, 5000))


def signs_in(client: TestClient, password: str = PASSWORD, email: str = MARIA):
    return client.post("/sign-in", data={"email": email, "password": password})


@pytest.fixture(autouse=True)
def _maria_works_here(app: FastAPI, database: Database) -> None:
    a_workspace(database)


@pytest.fixture
def limits_on(app: FastAPI, settings: Settings) -> Iterator[None]:
    before = app.state.rate_limits
    app.state.rate_limits = RateLimits(settings.model_copy(update={"rate_limits": Switch.ON}))
    yield
    app.state.rate_limits = before


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were hashed for comparison; "right" is right, and quick."""
    seen: list[str] = []

    def verify(password: str, kept: str) -> bool:
        assert kept.startswith("$argon2id$")
        seen.append(str(password))
        return password in ("right", b"right")

    monkeypatch.setattr(passwords, "_verify", verify)
    return seen


@EACH_DATABASE
def test_the_right_password_signs_in_with_a_cookie_no_script_reads(app: FastAPI):
    client = a_browser(app)

    answer = signs_in(client)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    assert client.get("/deals").status_code == 200


def test_the_address_is_found_in_any_spelling(app: FastAPI):
    answer = signs_in(a_browser(app), email=f"  {MARIA.upper()} ")

    assert answer.status_code == 303


def test_every_signing_in_gets_a_session_id_of_its_own(app: FastAPI):
    client = a_browser(app)
    client.cookies.set("jointly", "an-id-a-stranger-planted")

    first = signs_in(client).headers["set-cookie"].split(";")[0]
    second = signs_in(client).headers["set-cookie"].split(";")[0]

    assert first != second
    assert "planted" not in first + second


def test_a_planted_session_id_never_becomes_valid(app: FastAPI):
    client = a_browser(app)
    client.cookies.set("jointly", "an-id-a-stranger-planted")
    signs_in(client)

    stranger = a_browser(app)
    stranger.cookies.set("jointly", "an-id-a-stranger-planted")

    assert stranger.get("/deals").status_code == 303


def test_a_session_dies_when_its_owner_signs_out(app: FastAPI):
    client = a_browser(app)
    token = signs_in(client).cookies["jointly"]

    signed_out = client.post("/sign-out")
    thief = a_browser(app)
    thief.cookies.set("jointly", token)

    assert signed_out.headers["location"] == "/sign-in"
    assert 'jointly=""' in signed_out.headers["set-cookie"]
    assert thief.get("/deals").headers["location"] == "/sign-in"


@EACH_DATABASE
def test_a_new_password_ends_every_session_and_begins_another(app: FastAPI):
    here, elsewhere = a_browser(app), a_browser(app)
    signs_in(here), signs_in(elsewhere)
    before = here.cookies["jointly"]

    changed = here.post("/password", data={"current": PASSWORD, "password": ANOTHER})

    assert changed.status_code == 303
    assert here.cookies["jointly"] != before
    assert here.get("/deals").status_code == 200
    assert elsewhere.get("/deals").status_code == 303
    assert signs_in(a_browser(app)).status_code == 422
    assert signs_in(a_browser(app), ANOTHER).status_code == 303


@pytest.mark.parametrize(("current", "new"), [("wrong password", ANOTHER), (PASSWORD, "too short")])
def test_a_password_that_may_not_change_stays(app: FastAPI, current: str, new: str):
    client = a_browser(app)
    signs_in(client)

    answer = client.post("/password", data={"current": current, "password": new})

    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
    assert signs_in(a_browser(app)).status_code == 303


def test_signing_in_tells_nobody_who_works_here(app: FastAPI, checked: list[str]):
    wrong = signs_in(a_browser(app), "wrong password")
    unknown = signs_in(a_browser(app), "wrong password", email="nobody@ledgerline.test")

    assert [wrong.status_code, unknown.status_code] == [422, 422]
    assert wrong.text.replace(MARIA, "X") == unknown.text.replace("nobody@ledgerline.test", "X")
    assert set(wrong.headers) == set(unknown.headers)
    assert len(checked) == 2


def test_a_right_guess_for_nobody_signs_nobody_in(app: FastAPI, checked: list[str]):
    answer = signs_in(a_browser(app), "right", email="nobody@ledgerline.test")

    assert answer.status_code == 422
    assert len(checked) == 1


def test_the_password_nobody_has_costs_as_much_as_a_real_one():
    kept = passwords.hash_password(PASSWORD)

    assert passwords._NOBODY.split("$")[:4] == kept.split("$")[:4]


def test_guessing_one_account_is_slowed_down(app: FastAPI, checked: list[str], limits_on: None):
    answers = [signs_in(a_browser(app), f"guess {number}") for number in range(12)]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429] * 2
    assert "A little slower" in answers[-1].text
    assert answers[-1].headers["retry-after"]
    assert len(checked) == 10


def test_the_right_password_is_slowed_down_too_once_guessed_too_often(
    app: FastAPI, checked: list[str], limits_on: None
):
    for number in range(10):
        signs_in(a_browser(app), f"guess {number}")

    assert signs_in(a_browser(app), "right").status_code == 429


def test_the_owner_still_signs_in_from_elsewhere_while_a_stranger_guesses(
    app: FastAPI, checked: list[str], limits_on: None
):
    for number in range(20):
        signs_in(a_browser(app, "203.0.113.9"), f"guess {number}")

    answer = signs_in(a_browser(app, "198.51.100.1"), "right")

    assert answer.status_code == 303


def test_guessing_many_accounts_from_one_address_is_slowed_down(
    app: FastAPI, checked: list[str], limits_on: None
):
    client = a_browser(app)

    statuses = [signs_in(client, "x", email=f"p{n}@ledgerline.test").status_code for n in range(62)]

    assert statuses == [422] * 60 + [429] * 2


def test_other_spellings_of_an_address_are_the_same_account(
    app: FastAPI, checked: list[str], limits_on: None
):
    spellings = [MARIA, MARIA.upper(), f" {MARIA}", f"{MARIA}\u200b", f"{MARIA}\x00", MARIA.title()] * 2

    statuses = [signs_in(a_browser(app), "x", email=email).status_code for email in spellings]

    assert statuses[-1] == 429


def test_signing_in_forgets_the_tries_before_it(app: FastAPI, checked: list[str], limits_on: None):
    for number in range(9):
        signs_in(a_browser(app), f"guess {number}")
    signs_in(a_browser(app), "right")

    assert signs_in(a_browser(app), "one more typo").status_code == 422


def test_a_forwarded_address_is_not_believed(app: FastAPI, checked: list[str], limits_on: None):
    statuses = [
        a_browser(app)
        .post("/sign-in", data={"email": MARIA, "password": "x"}, headers={"X-Forwarded-For": f"10.9.9.{n}"})
        .status_code
        for n in range(11)
    ]

    assert statuses[-1] == 429


def test_guessing_the_current_password_is_slowed_down(app: FastAPI, checked: list[str], limits_on: None):
    client = a_browser(app)
    signs_in(client, "right")

    statuses = [
        client.post("/password", data={"current": f"guess {n}", "password": ANOTHER}).status_code
        for n in range(11)
    ]

    assert statuses == [422] * 10 + [429]


def test_the_database_keeps_neither_password_nor_session(app: FastAPI, database: Database):
    token = signs_in(a_browser(app)).cookies["jointly"]

    file = Path(str(database.reading.url.database))
    held = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))

    assert MARIA.encode() in held
    assert PASSWORD.encode() not in held
    assert token.encode() not in held


@pytest.mark.parametrize(
    ("column", "days", "still_in"),
    [
        ("last_used_at", 13, True),
        ("last_used_at", 15, False),
        ("created_at", 29, True),
        ("created_at", 31, False),
    ],
)
def test_a_session_ends_after_two_idle_weeks_and_after_a_month_whatever_happens(
    app: FastAPI, database: Database, column: str, days: int, still_in: bool
):
    client = a_browser(app)
    signs_in(client)

    with Session(database.writing) as session, session.begin():
        kept = session.exec(select(SellerSession)).one()
        setattr(kept, column, right_now() - timedelta(days=days))

    assert client.get("/deals").status_code == (200 if still_in else 303)
