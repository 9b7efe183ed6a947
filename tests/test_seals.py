"""The head's seal: who can write to the database but has no key cannot make a chain anew unseen."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.seals import LONGEST, Sealing, key_id, read, seal_of, sealing, set_seal

KEY, NEXT, THEIRS = "the-key-of-last-year-1", "the-key-of-this-year-2", "somebody-elses-key-33"


@dataclass
class Head:
    chain: str = "plan-1"
    head_number: int = 5
    head_hash: str = "ab" * 32
    head_seal: str = ""


def sealed(*keys: str, **given: object) -> Head:
    head = Head()
    set_seal(head, keys, Sealing.HOLDS)
    return replace(head, **given)


def test_a_sealed_head_holds_under_its_key_and_later_ones():
    assert sealing(sealed(KEY), [KEY]) is Sealing.HOLDS
    assert sealing(sealed(KEY), [KEY, NEXT]) is Sealing.HOLDS
    assert sealing(sealed(KEY, NEXT), [NEXT]) is Sealing.HOLDS


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"head_hash": "cd" * 32}, Sealing.FALSE),
        ({"chain": "plan-2"}, Sealing.FALSE),
        ({"head_number": 4}, Sealing.FALSE),
        ({"head_number": 6}, Sealing.BEHIND),
        ({"head_seal": ""}, Sealing.MISSING),
        ({"head_seal": "x"}, Sealing.FALSE),
        ({"head_seal": seal_of(KEY, "plan-1", 5, "cd" * 32)}, Sealing.FALSE),
        ({"head_seal": seal_of(THEIRS, "plan-1", 5, "ab" * 32)}, Sealing.UNKNOWN_KEY),
    ],
)
def test_what_was_changed_is_told(changed: dict[str, object], found: Sealing):
    assert sealing(sealed(KEY, **changed), [KEY]) is found


def test_a_key_that_is_not_here_is_no_lie():
    assert sealing(sealed(KEY), [NEXT]) is Sealing.UNKNOWN_KEY
    assert sealing(sealed(KEY), []) is Sealing.UNKNOWN_KEY


@pytest.mark.parametrize("was", [one for one in Sealing if one is not Sealing.HOLDS])
def test_what_did_not_hold_is_not_sealed_by_use(was: Sealing):
    head = Head(head_seal="as it was")

    set_seal(head, [KEY], was)

    assert head.head_seal == "as it was"


def test_without_keys_a_head_keeps_its_seal():
    head = Head(head_seal="as it was")

    set_seal(head, [], Sealing.HOLDS)

    assert head.head_seal == "as it was"


@given(st.text(max_size=120))
def test_no_text_is_a_seal_by_chance(text: str):
    assert sealing(Head(head_seal=text), [KEY]) in (
        Sealing.MISSING,
        Sealing.FALSE,
        Sealing.UNKNOWN_KEY,
        Sealing.BEHIND,
    )
    assert read(text) is None or text.count(".") >= 2


def test_a_seal_fits_its_column_and_does_not_hold_the_key():
    seal = seal_of(KEY, "workspace-99999999999", 99_999_999_999, "ab" * 32)

    assert len(seal) <= LONGEST
    assert KEY not in seal
    assert key_id(KEY) != key_id(NEXT)
