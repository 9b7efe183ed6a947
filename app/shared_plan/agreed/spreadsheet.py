"""What was agreed when, as a table to take along: CSV for any program, XLSX with real days and times.

Both hold the same cells. No cell can become a formula or a link: the words in them are other people's.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app import spreadsheets
from app.needs import _
from app.shared_plan.agreed.agreements import Agreement
from app.shared_plan.commitment import What
from app.shared_plan.record import Outcome
from app.spreadsheets import Cell

Words = Callable[[str], str]


@dataclass(frozen=True)
class Column:
    """Its width is in characters. Of local instants the heading names the zone."""

    heading: str
    width: int
    is_local: bool = False


COLUMNS = (
    Column(_("Step"), 6),
    Column(_("What"), 48),
    Column(_("Why"), 48),
    Column(_("Who does it"), 20),
    Column(_("For or with whom"), 20),
    Column(_("Day"), 12),
    Column(_("Time"), 8),
    Column(_("Place"), 28),
    Column(_("Agreed on"), 18, is_local=True),
    Column(_("First yes by"), 20),
    Column(_("First yes on"), 18, is_local=True),
    Column(_("Second yes by"), 20),
    Column(_("Second yes on"), 18, is_local=True),
    Column(_("Until"), 18, is_local=True),
    Column(_("How it ended"), 26),
)
SHEET = _("What was agreed")

ENDINGS: dict[tuple[What, Outcome | None], str] = {
    (What.DONE, Outcome.KEPT): _("kept"),
    (What.DONE, Outcome.MOVED): _("moved in time"),
    (What.DONE, Outcome.LATE): _("late"),
    (What.DONE, None): _("done, then reopened"),  # judged when it is done again
    (What.DROPPED, Outcome.LATE): _("dropped late"),
    (What.DROPPED, None): _("dropped"),
    (What.YES, None): _("replaced by the next agreement"),
}

DAY, TIME, DAY_AND_TIME = "yyyy-mm-dd", "hh:mm", "yyyy-mm-dd hh:mm"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def csv_of(agreements: Iterable[Agreement], zone: str, words: Words) -> bytes:
    """The heading row, then a row for each agreement; instants are local in `zone`, to the minute."""
    rows = (cells(agreed, zone, words) for agreed in agreements)
    return spreadsheets.csv_of([headings(zone, words), *rows])


def xlsx_of(agreements: Sequence[Agreement], zone: str, words: Words) -> bytes:
    """One sheet, its heading row always in sight. The same agreements give the same bytes."""
    from xlsxwriter import Workbook  # needed for this file alone, so loaded with the first one

    file = io.BytesIO()
    # The guard against formulas and links is write_string; the options hold where it is forgotten.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        book.set_properties({"created": _last_agreed_at(agreements).replace(tzinfo=None)})
        _fill(book, [cells(agreed, zone, words) for agreed in agreements], zone, words)
    return file.getvalue()


def headings(zone: str, words: Words) -> list[str]:
    return [
        f"{words(column.heading)} ({zone})" if column.is_local else words(column.heading)
        for column in COLUMNS
    ]


def cells(agreed: Agreement, zone: str, words: Words) -> tuple[Cell, ...]:
    """One agreement, in the order of COLUMNS."""
    return (
        agreed.number,
        agreed.title,
        agreed.reason,
        agreed.doer,
        agreed.counterpart,
        agreed.due_on,
        agreed.due_at,
        agreed.place,
        _local(agreed.agreed_at, zone),
        agreed.first_yes.name,
        _local(agreed.first_yes.at, zone),
        agreed.second_yes.name,
        _local(agreed.second_yes.at, zone),
        _local(agreed.ended_at, zone) if agreed.ended_at else None,
        words(ENDINGS[agreed.why, agreed.outcome]) if agreed.why else None,
    )


def _local(at: datetime, zone: str) -> datetime:
    """What a clock on the wall shows: spreadsheets know no zones."""
    return at.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0, tzinfo=None)


def _last_agreed_at(agreements: Iterable[Agreement]) -> datetime:
    return max((agreed.agreed_at.astimezone(UTC) for agreed in agreements), default=LONG_AGO)


def _fill(book: Any, rows: Iterable[Sequence[Cell]], zone: str, words: Words) -> None:
    sheet = book.add_worksheet(words(SHEET))
    sheet.freeze_panes(1, 0)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for number, (column, text) in enumerate(zip(COLUMNS, headings(zone, words), strict=True)):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, text, heading)
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    dated = {
        kind: book.add_format({"num_format": shown, "valign": "top", "align": "left"})
        for kind, shown in ((date, DAY), (time, TIME), (datetime, DAY_AND_TIME))
    }
    for row, values in enumerate(rows, start=1):
        for number, cell in enumerate(values):
            _write(sheet, (row, number), cell, dated.get(type(cell), plain))


def _write(sheet: Any, place: tuple[int, int], cell: Cell, look: Any) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(*place, cell, look)
        case int():
            sheet.write_number(*place, cell, look)
        case _:
            sheet.write_datetime(*place, cell, look)
