"""Rows as CSV in which no cell is a formula, in whatever way a program parts the cells. Pure.

Whatever is exported goes through here. The words are other people's, and spreadsheets part cells at a comma,
a semicolon, a tab or a stroke, as their language has it; quotes then count for nothing.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

Cell = str | int | date | time | None  # a datetime is a date too

# The wide signs are those of East Asian keyboards.
_BEGINS_FORMULA = re.compile(r"""((?:^|[,;|])[\s"'“”„`]*)(?=[=+\-@＝＋－＠])""")
_LINE_BREAKS = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_TABS = re.compile(r"\t+")


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark that spreadsheets look for; days and times by ISO 8601, to the minute."""
    table = io.StringIO(newline="")
    csv.writer(table).writerows([_as_text(cell) for cell in row] for row in rows)
    return table.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str | int:
    match cell:
        case str():
            return harmless(cell)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case time():
            return f"{cell:%H:%M}"
        case date():
            return cell.isoformat()
        case int():
            return cell
        case None:
            return ""


def harmless(words: str) -> str:
    """On one line, an apostrophe before each sign that a program could take for the first of a formula."""
    line = _TABS.sub(" ", _LINE_BREAKS.sub(" / ", words.strip()))
    return _BEGINS_FORMULA.sub(r"\1'", line)
