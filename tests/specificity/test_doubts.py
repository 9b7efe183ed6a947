"""What makes a tie doubtful, how long is about as long, and what reads as an action."""

import pytest

from app.specificity import judgement
from app.specificity.verdict import Answer, Code, Passage, Saying, TextKind, Verdict
from tests.specificity.cast import NINE_DAYS, NORDWIND, codes, unlike, verdict_on

HOSE = Saying("The pump house in Kiel has two hoses and 14 wardens")


@pytest.mark.parametrize(
    "title",
    [
        "Now that the 40 stuck invoices in Kiel are paid, close the archive",
        "Puisque les 40 factures bloquées de Kiel sont payées, fermons les archives",
        "Da die 40 Rechnungen in Kiel ja bezahlt sind, schließen wir das Archiv",
    ],
)
def test_a_claim_of_what_is_so_by_now_is_asked_about(title: str):
    assert verdict_on(title).answer is Answer.ASK


def test_another_number_in_the_place_of_theirs_is_asked_about():
    evidence = unlike(points=(HOSE,), notes="")

    assert verdict_on("Count the wardens of the pump house in Kiel", evidence=evidence).answer is Answer.PASS
    assert verdict_on("Have 30 stewards count at the pump house", evidence=evidence).answer is Answer.ASK


@pytest.mark.parametrize(
    "title",
    [
        "Ask Jonas why invoices crawl for more than a week",
        "Klären, was beim Scanner mehr als eine Woche dauert",
        "Demander pourquoi le scanner met plus d'une semaine",
    ],
)
def test_about_as_long_in_other_words_may_be_theirs(title: str):
    verdict = verdict_on(title)

    assert verdict.answer is not Answer.FAIL
    assert NINE_DAYS in [*verdict.likely, *(reason.point for reason in verdict.reasons)]


@pytest.mark.parametrize("words", ["a las 9:30 horas", "12:30 hours", "1.2.3 days", "9" * 20 + " days"])
def test_a_time_of_the_day_is_no_length(words: str):
    evidence = unlike(points=(Saying(f"Nuestro corte es {words}"),))

    assert verdict_on(f"Shift what happens {words}", evidence=evidence).answer in Answer


def test_a_number_after_a_small_word_is_no_time():
    assert verdict_on("Take as few as 40 stuck invoices").answer is Answer.PASS
    evidence = unlike(points=(Saying("Tickets wait 48 h for an answer"),), notes="")
    assert verdict_on("Show which tickets wait 48 h", evidence=evidence).answer is Answer.PASS


@pytest.mark.parametrize("title", ["Am 3. Februar um 9 h", "Le 3 février à 15h00", "El día 14 a las 5"])
def test_a_day_and_a_time_stay_a_day_and_a_time(title: str):
    assert verdict_on(title).answer is Answer.FAIL


def test_another_length_is_not_theirs():
    verdict = verdict_on("Ask why invoices crawl for more than a year")

    assert NINE_DAYS not in [reason.point for reason in verdict.reasons]


def action(words: str, *, has_owner: bool = False) -> Verdict:
    return judgement.test(Passage(TextKind.ACTION, words, has_owner=has_owner), NORDWIND)


def test_a_heading_is_no_action():
    heading = "40 stuck invoices in Kiel"

    assert action(heading).answer is Answer.FAIL
    assert Code.NO_WHO in codes(action(heading))
    assert action(heading, has_owner=True).answer is Answer.PASS


@pytest.mark.parametrize("words", ["Petra: 40 stuck invoices in Kiel", "Count the 40 stuck invoices in Kiel"])
def test_somebody_or_something_to_do_makes_one(words: str):
    assert action(words).answer is Answer.PASS
