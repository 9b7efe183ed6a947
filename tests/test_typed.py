"""What people type, cleaned or sent back before anything reads it."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.typed import (
    Day,
    Email,
    Key,
    Language,
    Line,
    NeededDay,
    NeededLine,
    NeededText,
    Text,
    WebAddress,
    Zone,
    clean_line,
    clean_text,
)

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
HIDDEN = [
    "\u202e",  # right-to-left override
    "\u2066",
    "\u2069",
    "\u200e",
    "\u061c",
    "\u200b",  # zero-width space
    "\ufeff",
    "\u2060",
    "\u00ad",
    "\u180e",
    "\u3164",  # Hangul filler: a blank that is a letter
    "\uffa0",
    "\ud800",  # half a character
    "\udfff",
    "\0",
    "\x07",
    "\x1b",
    "\x7f",
    "\x85",
    "\U000e0041",  # a tag: an invisible letter
]


def taken(kind: Any, typed: object) -> Any:
    """What a field of this kind makes of it, or the words that send it back."""
    try:
        return TypeAdapter(kind).validate_python(typed)
    except ValidationError as error:
        return error.errors()[0]["msg"]


def is_refused(kind: Any, typed: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(typed)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("mark", HIDDEN, ids=ascii)
def test_what_reorders_or_hides_is_taken_out(mark: str):
    assert taken(Line, f"Send{mark} it") == "Send it"
    assert taken(Text, f"{mark}Send{mark} it{mark}") == "Send it"


@pytest.mark.parametrize(
    "mark", [*HIDDEN, " ", "\n", "\t", "\u2003", "\u200d", "\u200c", "\u200d \u200d"], ids=ascii
)
def test_a_line_of_nothing_visible_is_missing(mark: str):
    assert is_refused(NeededLine, mark)
    assert is_refused(NeededText, mark * 3)


@pytest.mark.parametrize("text", ["👩‍🚀", "می‌خواهم", "Müller", "契約", "שלום", "O’Neill"])
def test_words_of_any_language_stay(text: str):
    assert taken(NeededLine, text) == text


def test_letters_are_composed():
    assert taken(Line, "Mu\u0308ller") == "M\u00fcller"
    assert taken(Text, "\u212b") == "\u00c5"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\u2029"], ids=ascii)
def test_a_line_stays_one_line_and_a_text_has_plain_line_ends(end: str):
    typed = f"Bcc: a{end}Subject: b"

    assert taken(Line, typed) == "Bcc: a Subject: b"
    assert taken(Text, typed) == "Bcc: a\nSubject: b"


@given(ANYTHING)
def test_cleaning_twice_cleans_no_more(typed: str):
    assert clean_text(clean_text(typed)) == clean_text(typed)
    assert clean_line(clean_line(typed)) == clean_line(typed)


@given(ANYTHING)
def test_what_is_left_can_be_stored_and_sent(typed: str):
    text, line = clean_text(typed), clean_line(typed)

    text.encode()
    assert not {"Cc", "Cs"} & {
        unicodedata.category(letter) for letter in text.replace("\n", "").replace("\t", "")
    }
    assert unicodedata.is_normalized("NFC", text)
    assert line == " ".join(line.split())


@pytest.mark.parametrize(("kind", "most"), [(NeededLine, 200), (NeededText, 5_000), (Key, 200)])
def test_there_is_room_for_so_much(kind: Any, most: int):
    assert taken(kind, "x" * most) == "x" * most
    assert is_refused(kind, "x" * (most + 1))


@pytest.mark.parametrize("typed", [None, 7, ["a"], {"a": "b"}, b"a"])
def test_what_is_no_text_is_empty(typed: object):
    assert taken(Line, typed) == ""
    assert is_refused(NeededLine, typed)


@pytest.mark.parametrize("typed", ["2026-11-26", " 2026-11-26 ", "2026-11-26\r\n"])
def test_a_day_is_a_day(typed: str):
    assert taken(Day, typed) == taken(NeededDay, typed) == date(2026, 11, 26)


@pytest.mark.parametrize("typed", ["2028-02-29", "2000-01-01", "2099-12-31"])
def test_days_people_can_mean_are_taken(typed: str):
    assert str(taken(Day, typed)) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "0000-01-01",
        "0001-01-01",
        "1999-12-31",
        "2100-01-01",
        "9999-12-31",
        "10000-01-01",
        "2027-02-29",
        "2026-13-01",
        "2026-11-31",
        "26.11.2026",
        "2026-11-26T10:00",
        "-2026-11-26",
        "１０２６-11-26",
        "٢٠٢٦-١١-٢٦",
        "tomorrow",
        "NaN",
        "1e9",
        "\ud800",
        "\0",
        "2026-11-26\0",
        "9" * 5_000,
    ],
    ids=lambda typed: ascii(typed)[:20],
)
def test_what_is_no_day_is_sent_back(typed: str):
    assert is_refused(Day, typed)
    assert "Pick a day" in taken(NeededDay, typed)


def test_a_day_can_be_left_out_where_it_is_not_needed():
    assert taken(Day, "") is taken(Day, "  ") is None
    assert "This is needed." in taken(NeededDay, " ")


@given(ANYTHING)
def test_whatever_is_typed_for_a_day_is_a_day_in_reach_or_sent_back(typed: str):
    day = None if is_refused(Day, typed) else taken(Day, typed)

    assert day is None or 2000 <= day.year <= 2099


@pytest.mark.parametrize(
    "typed", ["https://nordwind.test/40?a=b#c", "http://x.test", "HTTPS://X.test", "mailto:a@b.test"]
)
def test_an_address_may_lead_to_a_page_or_a_mailbox(typed: str):
    assert taken(WebAddress, typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "\ufeffjavascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://x.test/1",
        "//evil.test",
        "/p/other",
        "nordwind.test",
        "https:",
        "https://",
        "https://[",
        "http://[::1",
        "mailto:",
    ],
)
def test_an_address_that_could_act_or_leads_nowhere_is_sent_back(typed: str):
    assert "begins with https://" in taken(WebAddress, typed)


@given(ANYTHING)
def test_no_text_becomes_an_address_that_could_act(typed: str):
    for address in (typed, f"javascript:{typed}", f"{typed}javascript:alert(1)"):
        found = "" if is_refused(WebAddress, address) else taken(WebAddress, address)
        assert not found or found.lower().startswith(("https:", "http:", "mailto:"))


@pytest.mark.parametrize("typed", ["Europe/Berlin", "UTC", "Pacific/Kiritimati", "America/Argentina/Ushuaia"])
def test_a_zone_of_the_list_is_taken(typed: str):
    assert taken(Zone, typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Berlin",
        "europe/berlin",
        "../../etc/passwd",
        "/etc/localtime",
        "Europe/../UTC",
        "UTC+25",
        "\0",
        "Mars/X",
        "posixrules",
    ],
)
def test_any_other_zone_is_sent_back(typed: str):
    assert "Pick a time zone" in taken(Zone, typed)


@pytest.mark.parametrize("typed", ["jonas@nordwind.test", "j.weber+plan@nordwind.test", ""])
def test_a_mailbox_is_taken(typed: str):
    assert taken(Email, typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "jonas",
        "@nordwind.test",
        "jonas@",
        "a@b@c",
        "a@b.test\r\nBcc: x@y.test",
        "a@b.test,c@d.test",
        "Jonas <a@b.test>",
        '"a"@b.test',
        "a @b.test",
        f"{'a' * 65}@b.test",
    ],
)
def test_what_is_no_mailbox_or_more_than_one_is_sent_back(typed: str):
    assert "does not look like an e-mail" in taken(Email, typed)


@pytest.mark.parametrize(
    ("typed", "is_known"), [("en", True), ("de", True), ("", False), ("xx", False), ("../de", False)]
)
def test_a_language_is_one_of_the_list(typed: str, is_known: bool):
    assert is_refused(Language, typed) is not is_known
