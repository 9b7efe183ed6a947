"""Another place, kind or number than they said."""

import pytest

from app.specificity.verdict import Answer, Code, Saying
from tests.specificity.cast import codes, unlike, verdict_on, words

HOSPITAL = Saying("In March the hospital in Kiel had no water for 50 minutes")


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("Find out why the school had no water for 50 minutes", "school"),
        ("Klären, weshalb die Schule 50 Minuten ohne Wasser war", "Schule"),
        ("Find out why the water was off for 50 minutes in Flensburg", "Flensburg"),
        ("Find out why the hospital had no water for 80 minutes in Kiel", "80"),
    ],
)
def test_another_of_the_same_kind_fails_beside_right_details(title: str, wrong: str):
    evidence = unlike(points=(HOSPITAL,), notes="")

    verdict = verdict_on(title, evidence=evidence)

    assert verdict.guess is Answer.FAIL
    assert wrong in words(verdict, Code.CONTRADICTED)


@pytest.mark.parametrize(
    "title",
    [
        "Find out why the hospital in Kiel had no water for 50 minutes",
        "Ask for two weeks of records from the hospital that had no water for 50 minutes",
    ],
)
def test_a_right_or_a_harmless_new_detail_contradicts_nothing(title: str):
    evidence = unlike(points=(HOSPITAL,), notes="")

    verdict = verdict_on(title, evidence=evidence)

    assert verdict.answer is Answer.PASS
    assert Code.CONTRADICTED not in codes(verdict)


def test_a_few_of_their_people_are_no_other_number():
    evidence = unlike(points=(Saying("On Fridays two people check slips by hand"),), notes="")

    verdict = verdict_on("Split the 13 slips that differ", evidence=evidence)

    assert Code.CONTRADICTED not in codes(verdict)


def test_a_month_is_no_market():
    verdict = verdict_on("The auditors come in March", evidence=unlike(products=()))

    assert Code.TRADE_TALK not in codes(verdict)
