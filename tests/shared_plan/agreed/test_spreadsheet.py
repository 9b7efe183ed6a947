"""What was agreed, as a table to take along: CSV and XLSX."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shared_plan.agreed.agreements import Agreement, Yes, agreements
from app.shared_plan.agreed.spreadsheet import COLUMNS, csv_of, xlsx_of
from app.shared_plan.commitment import Kind, What
from app.shared_plan.record import Outcome
from tests.cast import Said
from tests.shared_plan.agreed.test_agreements import rows
from tests.shared_plan.factories import BUYER, MINUTE, NOON, SELLER, THURSDAY
from tests.shared_plan.test_commitment import any_history

BERLIN = "Europe/Berlin"
GERMAN = {
    "Step": "Schritt",
    "Agreed on": "Vereinbart am",
    "kept": "gehalten",
    "What was agreed": "Vereinbartes",
}
AGREEMENT = Agreement(
    number=3,
    version=2,
    title="Call about the 40 invoices",
    reason="So that they are paid",
    kind=Kind.TALK,
    due_on=THURSDAY,
    due_at=time(14, 30),
    place="Room 4",
    owner=BUYER,
    seller="Maria Keller",
    buyer="Jonas Weber",
    agreed_at=NOON,
    since=NOON,
    first_yes=Yes("Maria Keller", SELLER, NOON - MINUTE),
    second_yes=Yes("Jonas Weber", BUYER, NOON),
)


def an_agreement(**fields: Any) -> Agreement:
    return replace(AGREEMENT, **fields)


def english(words: str) -> str:
    return words


def german(words: str) -> str:
    return GERMAN.get(words, words)


def lines(*agreements: Agreement, zone: str = "UTC", words: Any = english) -> list[list[str]]:
    """The CSV as a spreadsheet reads it."""
    text = csv_of(agreements, zone, words).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def line(agreement: Agreement, **how: Any) -> dict[str, str]:
    heading, cells = lines(agreement, **how)
    return dict(zip(heading, cells, strict=True))


class Book:
    """An XLSX file as a spreadsheet reads it."""

    def __init__(self, *agreements: Agreement, zone: str = "UTC", words: Any = english) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(xlsx_of(agreements, zone, words)))
        self.strings = ["".join(item.itertext()) for item in self.part("xl/sharedStrings.xml")]
        self.sheet = self.part("xl/worksheets/sheet1.xml")

    def part(self, name: str) -> ElementTree.Element:
        """One part of the file; names of elements lose their namespace."""
        text = re.sub(rb' xmlns="[^"]+"', b"", self.archive.read(name))
        return ElementTree.fromstring(text)

    def rows(self) -> list[list[str | float | None]]:
        return [[self.value(cell) for cell in row] for row in self.sheet.iterfind("sheetData/row")]

    def value(self, cell: ElementTree.Element) -> str | float | None:
        shown = cell.findtext("v")
        if shown is None:
            return None
        return unescaped(self.strings[int(shown)]) if cell.get("t") == "s" else float(shown)

    def cell(self, place: str) -> ElementTree.Element:
        found = self.sheet.find(f"sheetData/row/c[@r='{place}']")
        assert found is not None, place
        return found

    def moment(self, place: str) -> datetime:
        """A spreadsheet counts days since the end of 1899."""
        days = self.value(self.cell(place))
        return datetime(1899, 12, 30) + timedelta(seconds=round(float(days or 0) * 86_400))  # noqa: DTZ001

    def look(self, place: str) -> str:
        """The pattern that a cell's number is shown with."""
        styles = self.part("xl/styles.xml")
        style = styles.findall("cellXfs/xf")[int(self.cell(place).get("s") or 0)]
        patterns = {
            each.get("numFmtId"): each.get("formatCode") for each in styles.iterfind("numFmts/numFmt")
        }
        return patterns.get(style.get("numFmtId")) or ""


def unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), text)


def test_each_agreement_is_a_line_with_its_people_its_day_and_its_yeses():
    assert line(AGREEMENT) == {
        "Step": "3",
        "What": "Call about the 40 invoices",
        "Why": "So that they are paid",
        "Who does it": "Jonas Weber",
        "For or with whom": "Maria Keller",
        "Day": "2026-11-26",
        "Time": "14:30",
        "Place": "Room 4",
        "Agreed on (UTC)": "2026-11-19 12:00",
        "First yes by": "Maria Keller",
        "First yes on (UTC)": "2026-11-19 11:59",
        "Second yes by": "Jonas Weber",
        "Second yes on (UTC)": "2026-11-19 12:00",
        "Until (UTC)": "",
        "How it ended": "",
    }


def test_what_has_no_time_has_an_empty_cell():
    assert line(an_agreement(due_at=None))["Time"] == ""


def test_instants_are_told_in_the_plans_zone_and_days_are_not_moved():
    agreement = an_agreement(agreed_at=datetime(2026, 11, 19, 23, 30, tzinfo=UTC))

    told = line(agreement, zone=BERLIN)

    assert (told["Agreed on (Europe/Berlin)"], told["Day"]) == ("2026-11-20 00:30", "2026-11-26")


def test_headings_and_endings_are_in_the_readers_language():
    kept = an_agreement(ended_at=NOON + MINUTE, why=What.DONE, outcome=Outcome.KEPT)

    told = line(kept, words=german)

    assert (told["Schritt"], told["How it ended"]) == ("3", "gehalten")
    assert "Vereinbart am (UTC)" in told


@pytest.mark.parametrize(
    ("why", "outcome", "told"),
    [
        (What.DONE, Outcome.KEPT, "kept"),
        (What.DONE, Outcome.MOVED, "moved in time"),
        (What.DONE, Outcome.LATE, "late"),
        (What.DONE, None, "done, then reopened"),
        (What.DROPPED, None, "dropped"),
        (What.DROPPED, Outcome.LATE, "dropped late"),
        (What.YES, None, "replaced by the next agreement"),
    ],
)
def test_how_it_ended_is_said_in_words(why: What, outcome: Outcome | None, told: str):
    ended = line(an_agreement(ended_at=NOON + MINUTE, why=why, outcome=outcome))

    assert (ended["Until (UTC)"], ended["How it ended"]) == ("2026-11-19 12:01", told)


@given(any_history())
def test_whatever_happens_to_a_step_can_be_told(history: list[Said]):
    found = agreements(rows(history))

    told = lines(*found)

    assert len(told) == 1 + len(found)
    assert all(bool(cells[-1]) is bool(each.ended_at) for cells, each in zip(told[1:], found, strict=True))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝"])
@pytest.mark.parametrize("column", ["What", "Why", "Place", "Second yes by"])
def test_no_cell_of_a_csv_is_a_formula(start: str, column: str):
    words = f"{start}HYPERLINK(A1)"
    name = Yes(words, BUYER, NOON)

    told = line(an_agreement(title=words, reason=words, place=words, second_yes=name))

    assert told[column] == f"'{words.strip()}"


def test_words_that_only_contain_a_sign_stay_as_they_are():
    assert line(an_agreement(title="3 + 4 = 7"))["What"] == "3 + 4 = 7"


def test_a_csv_says_that_it_is_utf_8():
    assert csv_of([an_agreement(title="Büro")], "UTC", english).startswith(b"\xef\xbb\xbf")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_come_back_from_a_csv(words: str):
    told = line(an_agreement(reason=words))["Why"]

    assert letters(told) == letters(words)


def letters(words: str) -> str:
    """Without what becomes a line, a blank or a sign of its own in a table."""
    return re.sub(r"[\s'/\x1c-\x1f\x85]", "", words)


def test_an_xlsx_holds_the_same_words():
    heading, cells = Book(AGREEMENT).rows()

    assert heading == lines(AGREEMENT)[0]
    assert cells[:5] == [
        3,
        "Call about the 40 invoices",
        "So that they are paid",
        "Jonas Weber",
        "Maria Keller",
    ]
    assert (cells[7], cells[9], cells[11]) == ("Room 4", "Maria Keller", "Jonas Weber")


def test_days_and_times_of_an_xlsx_are_real_ones():
    book = Book(an_agreement(ended_at=NOON + MINUTE, why=What.DROPPED), zone=BERLIN)

    assert (book.moment("F2").date(), book.look("F2")) == (THURSDAY, "yyyy-mm-dd")
    assert (book.moment("G2").time(), book.look("G2")) == (time(14, 30), "hh:mm")
    assert (str(book.moment("I2")), book.look("I2")) == ("2026-11-19 13:00:00", "yyyy-mm-dd hh:mm")
    assert str(book.moment("N2")) == "2026-11-19 13:01:00"


@pytest.mark.parametrize(
    "words", ["=1+1", "{=1+1}", "https://nordwind.test", "mailto:x@y.test", "internal:A1", "7"]
)
def test_no_cell_of_an_xlsx_is_a_formula_a_link_or_a_number(words: str):
    book = Book(an_agreement(title=words, place=words))

    assert book.rows()[1][1] == book.rows()[1][7] == words
    assert book.sheet.findall(".//f") == book.sheet.findall(".//hyperlink") == []


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_come_back_from_an_xlsx(words: str):
    read = Book(an_agreement(reason=words)).rows()[1][2]

    assert read == words


def test_the_heading_row_stays_in_sight_and_columns_are_as_wide_as_what_they_hold():
    book = Book(AGREEMENT)

    pane = book.sheet.find("sheetViews/sheetView/pane")
    widths = [float(column.get("width") or 0) for column in book.sheet.iterfind("cols/col")]
    assert pane is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert min(widths) >= 6
    assert max(widths) < 60


def test_the_sheet_is_named_in_the_readers_language():
    sheet = Book(AGREEMENT, words=german).part("xl/workbook.xml").find("sheets/sheet")

    assert sheet is not None
    assert sheet.get("name") == "Vereinbartes"


def test_the_same_agreements_give_the_same_bytes():
    first = xlsx_of([AGREEMENT], BERLIN, german)

    assert first == xlsx_of([AGREEMENT], BERLIN, german)
    assert b"2026-11-19T12:00:00Z" in zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml")


def test_nothing_agreed_is_a_table_of_headings():
    assert lines() == Book().rows() == lines()[:1]
    assert len(lines()[0]) == len(COLUMNS)


def test_the_spreadsheet_library_is_loaded_with_the_first_spreadsheet():
    asks = "import sys, app.shared_plan.agreed.spreadsheet; sys.exit('xlsxwriter' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asks], check=False).returncode == 0
