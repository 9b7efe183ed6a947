"""A text read with another prospect's name."""

from app.specificity.swap import fits, swap, swapped
from app.specificity.verdict import Evidence, Named, NamedSide, Passage, Saying, TextKind
from tests.specificity.cast import NORDWIND

VELOTRADE = Evidence(
    company="Velotrade",
    people=(Named("Lena Aumann", "head of logistics"), Named("Maria Keller", "", NamedSide.SELLER)),
    points=(Saying("60 stuck pallets lie with the plant in Kassel"),),
)
NOBODY = Evidence(company="Brightpack")


def read_there(words: str, other: Evidence = VELOTRADE) -> str:
    return "".join(run for run, _ in swapped(words, NORDWIND, other))


def test_names_change_places_and_nothing_else_does():
    assert read_there("Jonas, as discussed: Nordwind gets the offer") == (
        "Lena, as discussed: Velotrade gets the offer"
    )
    assert read_there("Ask Jonas Weber. Mr Weber knows") == "Ask Lena Aumann. Mr Aumann knows"


def test_the_sellers_own_name_stays():
    assert read_there("Maria Keller sends Petra the form") == "Maria Keller sends Lena the form"


def test_where_nobody_is_known_the_company_stands_for_them():
    assert read_there("Hi Jonas", NOBODY) == "Hi Brightpack"


def test_the_swapped_names_are_marked():
    assert list(swapped("Hi Jonas!", NORDWIND, VELOTRADE)) == [("Hi ", False), ("Lena", True), ("!", False)]


def test_what_any_prospect_could_get_fits_everywhere():
    found = swap(Passage(TextKind.STEP, "Send Jonas the proposal"), NORDWIND, (VELOTRADE, NOBODY))

    assert found is not None
    assert (found.company, found.fits) == ("Velotrade", ("Velotrade", "Brightpack"))


def test_what_they_said_otherwise_fits_nowhere():
    text = Passage(TextKind.STEP, "Collect the 40 stuck pallets from the plant in Kassel")

    assert not fits(text, NORDWIND, VELOTRADE)
    assert swap(text, NORDWIND, (VELOTRADE,)) is None


def test_without_another_prospect_there_is_no_swap():
    assert swap(Passage(TextKind.STEP, "Send the proposal"), NORDWIND, ()) is None
