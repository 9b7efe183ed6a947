"""What the seller reads beside the form."""

import pytest

from app.specificity import judgement
from app.specificity.verdict import Code, Passage, Reason, Saying, TextKind
from app.specificity.wording import explain, headline, marked
from tests.specificity.cast import NORDWIND, unlike, verdict_on


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Find out where the nine days go", "Only Nordwind could get this."),
        ("Prepare for the audit", "Is this about what they said?"),
        ("Have a call", "This would fit any prospect."),
        ("Send the contract to Petra", "This would fit any prospect: 2 of your 4 plans say it."),
        ("Collect the 60 stuck invoices from Kiel", "Nordwind said something else."),
        ("Write to {name}", "Something still has to be filled in."),
        ("", "Nothing is written yet."),
    ],
)
def test_the_headline_says_the_answer(title: str, words: str):
    verdict = verdict_on(title)

    line = headline(verdict, "Nordwind")

    assert line == words


def test_a_company_without_a_name_is_this_prospect():
    verdict = verdict_on("Find out where the nine days go")

    line = headline(verdict, "")

    assert line == "Only this prospect could get this."


def test_an_anchor_is_explained_by_who_said_it_and_when():
    verdict = verdict_on("Find out where the nine days go")

    lines = explain(verdict)

    assert lines == ["“nine days”: Jonas on 19 Nov, “An invoice takes 9 days from the scanner to the bank”"]


def test_a_long_point_is_cut_at_a_word():
    point = Saying("The archive " + "of the plant " * 10)

    lines = explain(verdict_on("Open an archive", evidence=unlike(points=(point,), notes="")))

    assert lines == ["“archive”: your notes, “The archive of the plant of the plant of the plant of the…”"]


def test_what_is_missing_is_asked_for():
    text = Passage(TextKind.STEP, "Discuss invoice approval", has_owner=False, has_day=False)

    lines = explain(judgement.test(text, NORDWIND))

    assert lines == [
        "“invoice approval” is what you sell, not what they said.",
        "Say who does it.",
        "Say by when.",
    ]


def test_marks_show_which_words_are_theirs_and_which_could_be_anyones():
    verdict = verdict_on("Touching base on the nine days, Jonas")

    runs = marked("Touching base on the nine days, Jonas", verdict.about("title"))

    assert runs == [
        ("Touching base", "anyone"),
        (" on the ", None),
        ("nine days", "theirs"),
        (", Jonas", None),
    ]


def test_where_marks_overlap_theirs_wins():
    reasons = (Reason(Code.REUSED, "title", 0, 99), Reason(Code.ANCHORED, "title", 4, 8))

    runs = marked("The nine days", reasons)

    assert runs == [("The ", "anyone"), ("nine", "theirs"), (" days", "anyone")]
