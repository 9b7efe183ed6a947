"""What of an error may be written down: why, where, and of its words those that nobody can have typed."""

from pathlib import Path

import pytest
from jinja2 import Environment
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.account.tables import Workspace
from app.clock import right_now
from app.database import Database, open_database
from app.faults import Fault, fault_of, trace_of, words_of
from app.ready import why
from tests.marks import EACH_DATABASE

PRIVATE = "Jonas drinks"


def raised_by(act) -> BaseException:
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        act()
    return caught.value


def refused(database: Database, statement: str, **values: object) -> BaseException:
    with database.writing.connect() as connection:
        return raised_by(lambda: connection.execute(text(statement), values))


@EACH_DATABASE
@pytest.mark.parametrize(
    ("statement", "fault", "names"),
    [
        ("UPDATE workspace SET mood = :words", Fault.SCHEMA, "mood"),
        ("DELETE FROM bicycle WHERE words = :words", Fault.SCHEMA, "bicycle"),
    ],
)
def test_a_table_of_another_release_is_named_without_parameters(
    database: Database, statement: str, fault: Fault, names: str
):
    error = refused(database, statement, words=PRIVATE)

    assert fault_of(error) is fault
    assert names in words_of(error)
    assert PRIVATE not in f"{error} {words_of(error)}"


@EACH_DATABASE
def test_what_stands_there_already_is_not_repeated(database: Database):
    def twice() -> None:
        with Session(database.writing) as session, session.begin():
            for _ in range(2):
                session.add(Workspace(company=PRIVATE, created_at=right_now()))

    error = raised_by(twice)

    assert fault_of(error) is Fault.CONFLICT
    assert "company" in words_of(error)
    assert PRIVATE not in words_of(error)
    assert isinstance(error, DBAPIError)
    assert "parameters hidden" in str(error)


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_what_postgresql_cannot_read_is_not_repeated(database: Database):
    error = refused(database, "SELECT CAST(CAST(:words AS text) AS integer)", words=PRIVATE)

    assert PRIVATE in str(error)
    assert words_of(error) == "22P02"


def test_words_that_stand_in_the_code_are_told():
    def fail() -> None:
        raise RuntimeError("The chain has no head.")

    assert words_of(raised_by(fail)) == "The chain has no head."


@pytest.mark.parametrize(
    "kind", [RuntimeError, ValueError, KeyError, TypeError, AssertionError, UnicodeError]
)
def test_words_that_somebody_typed_are_not(kind: type[Exception]):
    def fail() -> None:
        raise kind(f"cannot read {PRIVATE}")

    assert words_of(raised_by(fail)) == ""


def test_nor_what_python_repeats_of_them():
    assert words_of(raised_by(lambda: int(PRIVATE))) == ""
    assert words_of(raised_by(lambda: {}[PRIVATE])) == ""


def test_what_speaks_of_code_is_told():
    assert "upperr" in words_of(raised_by(lambda: "".upperr()))  # ty: ignore[missing-attribute]


def test_a_trace_names_file_line_and_function_the_innermost_first():
    def inner() -> None:
        raise RuntimeError

    def outer() -> None:
        inner()

    innermost, then, *_ = trace_of(raised_by(outer)).split(" < ")

    assert innermost.startswith("tests/test_faults.py:")
    assert innermost.endswith(" inner")
    assert then.endswith(" outer")
    assert "/" not in innermost.partition("tests/")[0]


def test_a_library_is_named_without_where_it_lies():
    trace = trace_of(raised_by(lambda: Environment().from_string("{{").render()))

    assert trace.startswith("<unknown>:1 template < jinja2/")


def test_a_file_that_cannot_be_opened_is_said_so(tmp_path: Path):
    database = open_database(f"sqlite:///file:{tmp_path}/nowhere/jointly.db?mode=ro&uri=true")

    error = raised_by(database.reading.connect)

    assert (fault_of(error), words_of(error)) == (Fault.UNOPENED, "unable to open database file")
    assert str(tmp_path) not in why(error)
