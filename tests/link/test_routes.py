"""Opening a link gives the browser its cookie and leads to the page; what we did not sign is unknown."""

import base64
import hashlib

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from itsdangerous import Signer
from sqlmodel import Session, select

from app.database import Database
from app.link.tables import Link
from app.link.token import LinkUnknown, cookie_for, digest_of, new_browser, new_token, read_cookie, verified
from tests.cast import SECRET, Buyer
from tests.marks import EACH_DATABASE
from tests.safety.visitors import a_browser, contents

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.fixture
def token(jonas: Buyer) -> str:
    return jonas.address.rpartition("/")[2]


def unknown(app: FastAPI, token: str):
    """What somebody gets who comes with this token."""
    return a_browser(app).get(f"/l/{token}")


def test_a_link_leads_to_its_page_with_a_cookie_of_its_own(jonas: Buyer, app: FastAPI, token: str):
    opened = a_browser(app).get(f"/l/{token}")

    assert opened.status_code == 303
    assert opened.headers["location"] == jonas.path
    assert opened.headers["set-cookie"].startswith(f"jointly-{jonas.path[3:]}=")
    assert "HttpOnly" in opened.headers["set-cookie"]
    assert "SameSite=lax" in opened.headers["set-cookie"]


@EACH_DATABASE
@pytest.mark.parametrize(("made_then", "status"), [(True, 200), (False, 403)])
def test_a_cookie_that_names_its_link_by_number_leads_to_links_of_then_alone(
    jonas: Buyer, app: FastAPI, database: Database, made_then: bool, status: int
):
    with Session(database.writing) as session, session.begin():
        link = session.exec(select(Link)).one()
        link.by_number = made_then
        cookie = cookie_for([SECRET], str(link.id), new_browser())
    browser = a_browser(app)
    browser.cookies.set(f"jointly-{jonas.path[3:]}", cookie)

    assert {browser.get(jonas.path + page).status_code for page in ("", "", "/plan.ics")} == {status}


def test_a_link_answers_head_as_it_answers_get(app: FastAPI, token: str):
    answers = [a_browser(app).request(method, f"/l/{token}") for method in ("GET", "HEAD")]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({answer.headers["location"] for answer in answers}) == 1


def test_the_address_holds_nothing_of_the_database(database: Database, token: str):
    assert token not in str(contents(database))
    assert token.partition(".")[0] not in str(contents(database))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_token_is_unknown(app: FastAPI, token: str, data: st.DataObject):
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from(ALPHABET + "=.~%/?&#+ \n\0é"))
    end = data.draw(st.integers(place, min(place + 2, len(token))))
    changed = token[:place] + letter + token[end:]

    answer = a_browser(app).get("/l/" + "".join(f"%{byte:02X}" for byte in changed.encode()))

    assert (answer.status_code == 303) == (changed == token)
    assert changed == token or ("set-cookie" not in answer.headers and answer.status_code == 404)


def last_letters(token: str) -> list[str]:
    """The other spellings of the same signature: its last letter holds two bits that mean nothing."""
    return [token[:-1] + letter for letter in ALPHABET if letter != token[-1]]


def test_no_other_spelling_of_a_signature_is_accepted(app: FastAPI, token: str):
    decoded = [one for one in last_letters(token) if _raw(one) == _raw(token)]

    statuses = {unknown(app, one).status_code for one in last_letters(token)}

    assert decoded
    assert statuses == {404}


def test_the_signature_alone_refuses_other_spellings_before_the_database_is_asked(token: str):
    for one in [*last_letters(token), token + "=", token + "\n", token + "\0", f" {token}"]:
        with pytest.raises(LinkUnknown):
            verified([SECRET], one)

    assert verified([SECRET], token)


def test_a_cookie_has_one_spelling_and_one_purpose(jonas: Buyer, token: str):
    cookie = next(iter(jonas.client.cookies.values()))
    as_link = Signer([SECRET], salt="jointly.link", key_derivation="hmac", digest_method=hashlib.sha256)
    swapped = as_link.sign(cookie.partition(".")[0]).decode()

    for one in [*last_letters(cookie), cookie + "=", cookie + "\n", swapped, token]:
        with pytest.raises(LinkUnknown):
            read_cookie([SECRET], one)

    read_cookie([SECRET], cookie)


def test_a_cookie_is_no_link(jonas: Buyer):
    as_guest = Signer([SECRET], salt="jointly.guest", key_derivation="hmac", digest_method=hashlib.sha256)
    ident = new_token([SECRET]).partition(".")[0]

    with pytest.raises(LinkUnknown):
        verified([SECRET], as_guest.sign(ident).decode())


def _raw(token: str) -> bytes:
    return base64.urlsafe_b64decode(token.partition(".")[2] + "=")


def test_what_was_signed_for_another_purpose_or_by_others_is_unknown(app: FastAPI, token: str):
    ident = token.partition(".")[0]
    tried = [
        cookie_for([SECRET], digest_of(token), ident),
        Signer("another-key-of-somebody", salt="jointly.link").sign(ident).decode(),
        Signer(SECRET, salt="jointly.guest", key_derivation="hmac").sign(ident).decode(),
        Signer(SECRET, salt="jointly.link").sign(ident).decode(),
        new_token([SECRET]),  # genuine, but of no link
        new_token(["another-key-of-somebody"]),
        f"{ident}.{new_token([SECRET]).partition('.')[2]}",
    ]

    assert {unknown(app, one).status_code for one in tried} == {404}


def test_unknown_malformed_and_forged_get_the_same_bytes(app: FastAPI, token: str):
    tried = [
        "x",
        "%00",
        "..%2F..",
        "a/b",
        f"{token}/",
        f"{token}%0A",
        f"{token}%3D",
        "",
        "x" * 5000,
        new_token([SECRET]),
        token[:-2] + "AA",
        "%ED%A0%80",
    ]

    answers = [unknown(app, one) for one in tried]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_a_second_link_keeps_the_browsers_name(jonas: Buyer, maria, app: FastAPI):
    jonas.acts(1, "comments", words="It is me")

    again = Buyer(jonas.client, maria.makes_link_for("Jonas Weber"))
    form = again.form(1, "yes")

    assert again.client.post(form.action, data=form.fields).status_code == 303
