"""However much is known of a deal, the test reads as much of it as it can while somebody types."""

import pytest

from app.specificity import stems
from app.specificity.bounds import LONGEST, MOST_SAID, heeded, within
from app.specificity.heard import heard_in
from app.specificity.judgement import judge
from app.specificity.tokens import read
from app.specificity.verdict import Answer, Evidence, Passage, Saying, TextKind


def said(many: int, letters: int) -> tuple[Saying, ...]:
    return tuple(Saying(f"{number} invoices wait ".ljust(letters, "x"), "Jonas") for number in range(many))


@pytest.mark.parametrize(
    ("texts", "most", "read"),
    [
        ([], 10, []),
        (["abc", "de"], 5, ["abc", "de"]),
        (["abc", "de"], 4, ["abc"]),
        (["abcdef", "d"], 4, []),
        (["a" * 1_200, "b"], 2_000, ["a" * 1_000, "b"]),
    ],
)
def test_the_first_texts_are_read_as_long_as_they_fit(texts: list[str], most: int, read: list[str]):
    assert list(within(texts, most)) == read


def test_what_fits_stays_as_it_was_said():
    points = said(20, 200)

    assert heeded(points) == points


def test_no_more_than_that_is_compared_with():
    heard = heard_in(Evidence(company="Nordwind", points=said(500, 5_000), notes="The audit. " * 9_000))

    assert sum(len(point.words) for point in heard.points) <= 2 * MOST_SAID
    assert max(len(point.words) for point in heard.points) == LONGEST


def test_the_newest_point_counts_however_much_was_said_before():
    evidence = Evidence(
        company="Nordwind",
        points=(Saying("The works council meets on the ninth floor in Husum."), *said(500, 5_000)),
    )

    assert (
        judge(Passage(TextKind.STEP, "Bring the plan to the works council in Husum"), evidence).answer
        is Answer.PASS
    )


def test_long_words_are_not_remembered():
    before = stems._known_stem.cache_info().currsize, stems._known_fold.cache_info().currsize

    read("Ä" * 4_000 + " " + "b" * 900 + "ing")

    assert (stems._known_stem.cache_info().currsize, stems._known_fold.cache_info().currsize) == before
