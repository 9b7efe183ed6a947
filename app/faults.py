"""Why a database refuses, in one of few words, and what of an error's own words may be written down.

Private text stands in a statement's parameters, in PostgreSQL's details, and in what a converter says of a
value that it cannot read. None of these is ever repeated.
"""

from collections.abc import Iterator
from enum import StrEnum
from types import TracebackType

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from app.files import APP
from app.sqlite import driver


class Fault(StrEnum):
    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    GONE = "gone"
    UNOPENED = "not opened"  # a file that is there for others, or whose folder is not
    SCHEMA = "schema"  # the database has other tables than this code knows
    CROWDED = "crowded"  # every connection is taken
    CONFLICT = "conflict"  # two wrote what may stand there once
    OTHER = "other"


# PostgreSQL's codes; two letters stand for their whole class.
CODES = {
    "53100": Fault.FULL,
    "25006": Fault.READ_ONLY,
    "42501": Fault.READ_ONLY,  # the tables are somebody else's
    "55P03": Fault.LOCKED,
    "40P01": Fault.LOCKED,
    "40001": Fault.LOCKED,
    "42P01": Fault.SCHEMA,
    "42703": Fault.SCHEMA,
    "53300": Fault.CROWDED,
    "57": Fault.GONE,
    "08": Fault.GONE,
    "23": Fault.CONFLICT,
}
# SQLite's words, of which each error has some.
SENTENCES = {
    "disk is full": Fault.FULL,
    "readonly database": Fault.READ_ONLY,
    "is locked": Fault.LOCKED,
    "unable to open": Fault.UNOPENED,
    "no such table": Fault.SCHEMA,
    "no such column": Fault.SCHEMA,
    "has no column": Fault.SCHEMA,
}
NAME_NO_VALUES = ("08", "23", "25", "40", "42", "53", "55", "57", "58")
SPEAK_OF_CODE = (AttributeError, NameError, ImportError)
INNERMOST = 3


def fault_of(error: BaseException) -> Fault:
    """Of what SQLAlchemy raised, or the driver."""
    if isinstance(error, NoConnectionFree):
        return Fault.CROWDED
    if isinstance(error, IntegrityError):
        return Fault.CONFLICT
    told = _told(error)
    if isinstance(told, driver.Error):
        return next((fault for words, fault in SENTENCES.items() if words in str(told)), Fault.OTHER)
    code = _code(told)
    if code is None and type(told).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError"):
        return Fault.GONE  # nothing was heard from the server
    return CODES.get(code or "", CODES.get((code or "")[:2], Fault.OTHER))


def words_of(error: BaseException) -> str:
    """What may be written down of the error's message; "" where it could hold what somebody typed."""
    told = _told(error)
    if isinstance(told, driver.Error):
        return _first_line(told)
    if hasattr(told, "sqlstate"):
        return _servers_words(told)
    if isinstance(told, OSError):
        return told.strerror or ""
    if isinstance(told, SPEAK_OF_CODE) or _is_constant(told):
        return _first_line(told)
    return ""


def trace_of(error: BaseException) -> str:
    """`file:line function` of every frame of ours and the last few of others, the innermost first."""
    frames = list(_frames(error.__traceback__))
    kept = [f"{place} {name}" for at, (place, name) in enumerate(frames) if _is_told(at, place, len(frames))]
    return " < ".join(reversed(kept))


def _told(error: BaseException) -> BaseException:
    """The driver's error inside SQLAlchemy's."""
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


def _code(told: BaseException) -> str | None:
    return getattr(told, "sqlstate", None)


def _servers_words(told: BaseException) -> str:
    """Without the lines that follow: those hold values. Of a value that does not fit, not even the first."""
    code = _code(told)
    if code is None:
        return _first_line(told) if fault_of(told) is Fault.GONE else ""
    first = getattr(getattr(told, "diag", None), "message_primary", None) or ""
    return f"{code} {first}".strip() if code.startswith(NAME_NO_VALUES) else code


def _first_line(told: BaseException) -> str:
    return next(iter(str(told).splitlines()), "")[:300]


def _is_constant(told: BaseException) -> bool:
    """Do the words stand in the very function that raised them? Then nobody typed them."""
    innermost = told.__traceback__
    while innermost is not None and innermost.tb_next is not None:
        innermost = innermost.tb_next
    return innermost is not None and str(told) in innermost.tb_frame.f_code.co_consts


def _frames(traceback: TracebackType | None) -> Iterator[tuple[str, str]]:
    while traceback is not None:
        code = traceback.tb_frame.f_code
        yield f"{_shortened(code.co_filename)}:{traceback.tb_lineno}", code.co_name
        traceback = traceback.tb_next


def _shortened(file: str) -> str:
    """From where Jointly or the libraries lie: where that is on this machine is nobody's business."""
    for root in ("site-packages/", f"{APP.parent}/", "/lib/"):
        if root in file:
            return file.rpartition(root)[2]
    return file.rpartition("/")[2]


def _is_told(at: int, place: str, frames: int) -> bool:
    ours = place.startswith(("app/", "templates/", "migrations/", "tests/"))
    return ours or at >= frames - INNERMOST
