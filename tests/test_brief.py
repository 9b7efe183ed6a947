"""What is cut weighs what a page can carry, in whatever letters it is written."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.brief import LONGEST, brief, is_long


@pytest.mark.parametrize("letter", ["a", "ä", "漢", "🙂", '"', "&"])
def test_long_words_weigh_no_more_than_that_on_a_page(letter: str):
    cut = brief(letter * 5_000)

    assert LONGEST / 2 < len(escape(cut).encode()) <= LONGEST + 4
    assert cut.endswith(" …")


@given(st.text(max_size=90))
def test_what_is_not_long_stays_as_it_is(words: str):
    assert brief(words) == words
    assert not is_long(words)


@given(st.text())
def test_what_is_left_is_how_it_began(words: str):
    assert words.startswith(brief(words).removesuffix(" …").rstrip()) or brief(words) == words
