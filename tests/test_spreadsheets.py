"""No cell of an exported table begins a formula, however a program parts the cells."""

import csv
import io
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.spreadsheets import csv_of, harmless

SIGNS = "=+-@＝＋－＠"
WORDS = st.text(alphabet=SIGNS + ",;|\t\n\r\v\u2028\x85 \u00a0\"'“/1aä", max_size=20)


def begins_of_cells(table: str) -> set[str]:
    """The first sign of each cell, as programs of every kind part them."""
    read = [
        csv.reader(io.StringIO(table, newline=""), delimiter=delimiter, quoting=quoting)
        for delimiter in ",;\t|"
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
    ]
    lines = [line.split(delimiter) for line in table.splitlines() for delimiter in ",;\t|"]
    cells = [cell for rows in (*read, lines) for row in rows for cell in row]
    return {cell.strip(' \u00a0"“')[:1] for cell in cells}


@given(WORDS, WORDS)
@example("We need it\n=HYPERLINK(1)", "a\t=1+1")
@example('a;"=1+1', '";""=1+1')
@example("a|=1+1", "a, =1+1")
@example("\u2028=1+1", "\r\n\r\n@SUM(1)")
def test_no_cell_begins_a_formula_however_the_cells_are_parted(first: str, second: str):
    table = csv_of([(7, first, second), (first, second, 7)]).decode("utf-8-sig")

    assert begins_of_cells(table).isdisjoint(SIGNS)
    assert len(table.splitlines()) == 2


@given(st.text(alphabet="abcäöü ß.!?:()/'0123456789–", max_size=40))
def test_words_that_harm_nobody_stay_as_they_are(words: str):
    assert harmless(words) == words.strip()


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("First line\nsecond line", "First line / second line"),
        ("First line \r\n\r\n second line", "First line / second line"),
        ("a\tb", "a b"),
        ("=1+1", "'=1+1"),
        ("Room 4;=1+1", "Room 4;'=1+1"),
    ],
)
def test_what_is_changed_can_still_be_read(words: str, written: str):
    assert harmless(words) == written


def test_days_and_times_are_written_for_every_program():
    row = (date(2026, 11, 26), time(9, 5), datetime(2026, 11, 26, 9, 5, 59, tzinfo=UTC), 4, None)

    assert csv_of([row]) == b"\xef\xbb\xbf2026-11-26,09:05,2026-11-26 09:05,4,\r\n"
