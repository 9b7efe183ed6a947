"""Who said something is told only to whoever said it."""

from datetime import date

import pytest

from app.desk.drafting.quote import LONGEST, quote, shortened
from app.specificity.verdict import Saying

SAID = Saying("Half of them arrive sideways", "Jonas Weber", date(2026, 11, 19), 1)


def put(reader: str, readers: list[str], point: Saying = SAID) -> str:
    return quote(point, reader, readers, str, lambda day: f"{day.day} Nov").words


@pytest.mark.parametrize("readers", [[], ["Jonas Weber"]])
def test_who_reads_it_alone_is_addressed(readers: list[str]):
    assert put("Jonas Weber", readers) == "Jonas, on 19 Nov you said: “Half of them arrive sideways”"


@pytest.mark.parametrize(
    ("reader", "readers"),
    [("Jonas Weber", ["Jonas Weber", "Petra Lang"]), ("Petra Lang", ["Petra Lang"]), ("", [])],
)
def test_when_others_read_it_nobody_is_named(reader: str, readers: list[str]):
    words = put(reader, readers)

    assert words == "From our talk on 19 Nov: “Half of them arrive sideways”"
    assert "Jonas" not in words


def test_without_a_day_it_names_none():
    assert put("Jonas Weber", [], Saying("No archive", "Jonas Weber")) == "Jonas, you said: “No archive”"
    assert put("Petra Lang", [], Saying("No archive", "Jonas Weber")) == "From our talk: “No archive”"


def test_a_long_point_is_cut_at_a_word():
    cut = shortened("word " * 100)

    assert len(cut) <= LONGEST + 1
    assert cut.endswith("word…")
