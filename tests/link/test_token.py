"""Links and cookies: what we did not sign, letter by letter, opens nothing."""

import base64
import hashlib
import hmac
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer, TimestampSigner, URLSafeSerializer

from app.link import token as tokens
from app.link.token import LinkUnknown, cookie_for, digest_of, form_key, new_token, read_cookie, verified

KEYS = ["the-oldest-key", "the-newest-key"]
TOKEN = new_token(KEYS)
BROWSER = tokens.new_browser()
LINK = digest_of("the link that was opened")
COOKIE = cookie_for(KEYS, LINK, BROWSER)
LETTERS = string.ascii_letters + string.digits + "-_"
ODD = ["=", "==", "\n", "\r\n", "\0", " ", "\t", ".", "/", "%00", "\u200b", "\u0661", "\uff11", "\ud800", "é"]


def opens(token: str, keys: list[str] = KEYS) -> bool:
    try:
        return verified(keys, token) == digest_of(token)
    except LinkUnknown:
        return False


def lets_in(cookie: str, keys: list[str] = KEYS) -> bool:
    try:
        return bool(read_cookie(keys, cookie))
    except LinkUnknown:
        return False


def test_a_link_of_ours_opens():
    assert verified(KEYS, TOKEN) == digest_of(TOKEN)


def test_a_cookie_of_ours_names_its_link_and_browser():
    assert read_cookie(KEYS, COOKIE) == (LINK, BROWSER)


def test_no_two_links_are_the_same():
    made = {new_token(KEYS) for _ in range(500)}

    assert len(made) == 500
    assert {len(token) for token in made} == {66}


@pytest.mark.parametrize("place", range(len(TOKEN)))
def test_no_letter_of_a_link_can_be_another(place: int):
    others = [letter for letter in (*LETTERS, *ODD) if letter != TOKEN[place]]

    assert [other for other in others if opens(TOKEN[:place] + other + TOKEN[place + 1 :])] == []


def test_no_letter_of_a_cookie_can_be_another():
    changed = [
        COOKIE[:place] + letter + COOKIE[place + 1 :]
        for place in range(len(COOKIE))
        for letter in (*LETTERS, *ODD)
        if letter != COOKIE[place]
    ]

    assert [cookie for cookie in changed if lets_in(cookie)] == []


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_nothing_can_stand_before_in_or_after_a_link_or_a_cookie(odd: str):
    for ours, is_taken in ((TOKEN, opens), (COOKIE, lets_in)):
        stretched = [ours[:place] + odd + ours[place:] for place in range(len(ours) + 1)]

        assert [one for one in stretched if is_taken(one)] == []


@pytest.mark.parametrize("length", range(len(TOKEN)))
def test_no_part_of_a_link_opens(length: int):
    assert not opens(TOKEN[:length])
    assert not opens(TOKEN[-length:] if length else "")


def test_every_last_letter_that_means_the_same_bytes_is_refused():
    ident, _, signature = TOKEN.rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "=")
    same = [last for last in LETTERS if base64.urlsafe_b64decode(signature[:-1] + last + "=") == raw]

    assert len(same) == 4
    assert [last for last in same if opens(f"{ident}.{signature[:-1]}{last}")] == [signature[-1]]


@pytest.mark.parametrize("last", LETTERS)
def test_an_id_in_another_spelling_is_refused_even_when_signed(last: str):
    ident = "A" * 21 + last
    is_canonical = last in "AQgw"

    assert opens(tokens._sign(KEYS, "link", ident)) is is_canonical


@given(st.text(max_size=80))
def test_no_text_opens(typed: str):
    assert not opens(typed)
    assert not lets_in(typed)


@given(st.text(LETTERS, min_size=22, max_size=22), st.text(LETTERS, min_size=43, max_size=43))
def test_no_text_of_the_right_shape_opens(ident: str, signature: str):
    assert not opens(f"{ident}.{signature}")
    assert not lets_in(f"7-{ident}.{signature}")


def test_halves_of_two_links_do_not_make_a_third():
    links = [new_token(KEYS).split(".") for _ in range(40)]
    spliced = [f"{one[0]}.{two[1]}" for one in links for two in links if one is not two]

    assert [link for link in spliced if opens(link)] == []


def test_no_cookie_is_made_of_parts_of_others():
    links = map(digest_of, map(str, range(40)))
    cookies = [cookie_for(KEYS, link, tokens.new_browser()).split(".") for link in links]
    spliced = [f"{one[0]}.{two[1]}" for one in cookies for two in cookies if one is not two]

    assert [cookie for cookie in spliced if lets_in(cookie)] == []


def foreign(value: str) -> list[str]:
    """Signed by our own keys, but not by us for this purpose."""
    made = []
    for key in KEYS:
        for salt in ("jointly.guest", "jointly.link", "jointly", "", "itsdangerous.Signer", "form"):
            for derivation in ("hmac", "concat", "django-concat", "none"):
                for digest in (hashlib.sha1, hashlib.sha256, hashlib.sha512):
                    signer = Signer(key, salt=salt, key_derivation=derivation, digest_method=digest)
                    made.append((salt, derivation, digest, signer.sign(value).decode()))
        made.append(("", "", None, TimestampSigner(key).sign(value).decode()))
        made.append(("", "", None, str(URLSafeSerializer(key).dumps(value))))
        bare = hmac.new(key.encode(), value.encode(), hashlib.sha256).digest()
        made.append(("", "", None, f"{value}.{base64.urlsafe_b64encode(bare).rstrip(b'=').decode()}"))
    return [
        token
        for salt, derivation, digest, token in made
        if (salt, derivation, digest)
        not in (("jointly.link", "hmac", hashlib.sha256), ("jointly.guest", "hmac", hashlib.sha256))
    ]


def test_what_our_keys_signed_in_another_way_opens_nothing():
    ident = TOKEN.partition(".")[0]

    assert [token for token in foreign(ident) if opens(token)] == []
    assert [cookie for cookie in foreign(f"7-{BROWSER}") if lets_in(cookie)] == []


def test_a_link_is_no_cookie_and_a_cookie_no_link():
    ident = TOKEN.partition(".")[0]

    assert not opens(tokens._sign(KEYS, "guest", ident))
    assert not lets_in(tokens._sign(KEYS, "link", f"7-{BROWSER}"))
    assert not opens(COOKIE)
    assert not lets_in(TOKEN)


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=3))
def test_other_keys_open_nothing(keys: list[str]):
    theirs = [key for key in keys if key not in KEYS] or ["other"]

    assert not opens(new_token(theirs))
    assert not lets_in(cookie_for(theirs, LINK, BROWSER))


@pytest.mark.parametrize("number", ["-1", "", "07x", "1" * 13, "\u0661", "\uff11", "1.5", "1e3", " 1"])
def test_a_cookie_names_a_link_in_plain_digits(number: str):
    assert not lets_in(tokens._sign(KEYS, "guest", f"{number}-{BROWSER}"))


def test_a_link_made_before_the_keys_changed_still_opens():
    old = new_token(["first"])

    assert opens(old, ["first", "second"])
    assert opens(old, ["zeroth", "first", "second"])
    assert not opens(old, ["second"])


def test_the_newest_key_signs():
    fresh = new_token(["first", "second"])

    assert opens(fresh, ["second"])
    assert not opens(fresh, ["first"])


def test_a_cookie_survives_a_change_of_keys_as_well():
    old = cookie_for(["first"], LINK, BROWSER)

    assert lets_in(old, ["first", "second"])
    assert not lets_in(old, ["second"])


def test_the_database_keeps_nothing_a_link_could_be_made_from():
    assert TOKEN.partition(".")[0] not in digest_of(TOKEN)
    assert not opens(digest_of(TOKEN))


def test_the_key_of_a_form_depends_on_all_it_is_for_and_on_nothing_else():
    assert form_key(KEYS, 1, 2, 3) == form_key(KEYS, 1, 2, 3)
    keys = {form_key(KEYS, 1, 2, 3), form_key(KEYS, 1, 23), form_key(KEYS, 2, 2, 3), form_key(["x"], 1, 2, 3)}
    assert len(keys) == 4
