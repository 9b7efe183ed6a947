"""What passes, what fails and what is asked."""

import pytest

from app.specificity import judgement
from app.specificity.verdict import Answer, Code, Passage, Saying, TextKind
from tests.specificity.cast import AUDIT, NINE_DAYS, NORDWIND, STUCK, codes, unlike, verdict_on, words


def test_a_number_with_its_unit_ties_a_step_to_the_prospect():
    title = "Find out where the nine days go"

    verdict = verdict_on(title)

    assert verdict.answer is Answer.PASS
    assert [(r.words, r.point) for r in verdict.about("title")] == [("nine days", NINE_DAYS)]


@pytest.mark.parametrize("said", ["€5,000 in fees", "five thousand euros in fees", "5.000 € in fees"])
def test_a_sum_is_the_same_in_digits_and_in_words(said: str):
    evidence = unlike(points=(Saying("We lose 5,000 euros in discounts each month"),))

    verdict = verdict_on(f"Show where they lose {said}", evidence=evidence)

    assert verdict.answer is Answer.PASS


def test_two_rare_words_of_one_point_pass_in_another_form():
    title = "Archiving before the auditors come"

    verdict = verdict_on(title)

    assert verdict.answer is Answer.PASS
    assert {reason.point for reason in verdict.reasons} == {AUDIT}


def test_their_own_words_in_quotes_pass():
    title = "Start from “has no archive”"

    verdict = verdict_on(title)

    assert verdict.answer is Answer.PASS


def test_a_detail_of_the_notes_counts_as_said():
    title = "Answer how the data can stay in Germany while SAP runs"

    verdict = verdict_on(title)

    assert verdict.answer is Answer.PASS


def test_a_german_step_traces_to_a_german_point():
    evidence = unlike(points=(Saying("Zwei Tankwagen standen im Oktober leer"),))

    verdict = verdict_on("Touren so legen, dass kein Tankwagen leer fährt", evidence=evidence)

    assert verdict.answer is Answer.PASS


def test_a_cliche_at_the_start_fails_no_text_that_goes_on_with_a_detail():
    title = "Just checking in: do the 40 stuck invoices still lie in Kiel?"

    verdict = verdict_on(title, kind=TextKind.MESSAGE)

    assert verdict.answer is Answer.PASS
    assert words(verdict, Code.CLICHE) == ["checking in"]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Hi Jonas, touching base on next steps", Code.CLICHE),
        ("Nächste Schritte mit Nordwind", Code.CLICHE),
        ("Meet Jonas Weber", Code.NAMES_ONLY),
        ("Kick off on 5 December at 9", Code.DATE_ONLY),
        ("Have a call", Code.GENERIC),
        ("Discuss invoice approval", Code.OWN_TOPIC),
        ("Walk through the new Ledgerline features", Code.SELLER_CENTRED),
        ("Send {name} the 40 stuck invoices", Code.PLACEHOLDER),
        ("Shorten the 40 invoices stuck, [first name]", Code.PLACEHOLDER),
        ("", Code.EMPTY),
        ("👋 🙂 !!", Code.EMPTY),
    ],
)
def test_what_anyone_could_get_fails_and_says_why(title: str, code: Code):
    verdict = verdict_on(title)

    assert verdict.answer is Answer.FAIL
    assert code in codes(verdict)


def test_a_concrete_text_that_traces_to_nothing_may_be_a_paraphrase_and_is_asked_about():
    title = "Paint the crane yellow"

    verdict = verdict_on(title)

    assert verdict.answer is Answer.ASK
    assert words(verdict, Code.UNTRACED) == ["Paint", "crane yellow"]


def test_what_the_seller_sells_is_generic_even_where_the_prospect_said_it():
    evidence = unlike(points=(Saying("Invoice approval is a mess"),), notes="")

    verdict = verdict_on("Improve the invoice approval", evidence=evidence)

    assert verdict.answer is Answer.FAIL
    assert words(verdict, Code.OWN_TOPIC) == ["invoice approval"]


def test_a_word_of_many_other_plans_is_the_sellers_own():
    evidence = unlike(other_texts=("Prepare the audit", "Audit review", "Ask about the audit"))

    verdict = verdict_on("Talk about the audit", evidence=evidence)

    assert verdict.answer is Answer.FAIL


def test_another_number_for_the_same_thing_fails_beside_right_details():
    title = "Collect the 60 stuck invoices from the plant in Kiel"

    verdict = verdict_on(title)

    assert verdict.answer is Answer.FAIL
    assert [r.point for r in verdict.reasons if r.code is Code.CONTRADICTED] == [STUCK]


def test_an_aim_contradicts_nothing():
    title = "Bring the way from scanner to bank to under five days"

    verdict = verdict_on(title)

    assert verdict.answer is Answer.PASS


def test_word_for_word_in_one_other_plan_is_reuse():
    evidence = unlike(other_texts=("Find out where the nine days go",), other_plans=20)

    verdict = verdict_on("find out where the nine days go!", evidence=evidence)

    assert verdict.answer is Answer.FAIL
    assert [(r.count, r.of) for r in verdict.reasons if r.code is Code.REUSED] == [(1, 20)]


def test_the_same_but_for_name_and_day_in_two_other_plans_is_reuse():
    title = "Send the contract to Jonas on Thursday"

    verdict = verdict_on(title)

    assert [r.count for r in verdict.reasons if r.code is Code.REUSED] == [2]


def test_the_same_but_for_the_name_in_one_other_plan_is_none():
    evidence = unlike(other_texts=("Send the contract to Lena",))

    verdict = verdict_on("Send the contract to Jonas", evidence=evidence)

    assert Code.REUSED not in codes(verdict)


def test_a_reason_of_ones_own_carries_a_common_title():
    title, reason = "Send the proposal", "because the nine days end before the audit"

    verdict = verdict_on(title, reason)

    assert verdict.answer is Answer.PASS
    assert Code.REUSED in {each.code for each in verdict.about("title")}


def test_one_word_in_common_is_asked_about_with_the_points_it_may_mean():
    title = "Prepare for the audit"

    verdict = verdict_on(title)

    assert verdict.answer is Answer.ASK
    assert verdict.likely == (AUDIT,)


def test_no_more_than_three_points_are_offered():
    evidence = unlike(points=tuple(Saying(f"The archive of plant {n} is full", ref=n) for n in range(5)))

    verdict = verdict_on("Open an archive", evidence=evidence)

    assert [point.ref for point in verdict.likely] == [0, 1, 2]


def test_missing_who_and_when_are_said_but_fail_nothing():
    text = Passage(
        TextKind.STEP, "Find where the nine days go", has_owner=False, has_counterpart=False, has_day=False
    )

    verdict = judgement.test(text, NORDWIND)

    assert verdict.answer is Answer.PASS
    assert {Code.NO_WHO, Code.NO_COUNTERPART, Code.NO_WHEN} <= codes(verdict)


def test_without_anything_said_nothing_is_specific():
    evidence = unlike(points=(), notes="")

    verdict = verdict_on("Find out where the nine days go", evidence=evidence)

    assert verdict.answer is Answer.FAIL


def test_a_little_in_the_title_and_a_little_in_the_reason_are_enough_together():
    title, reason = "Prepare for the audit", "Petra's archive comes first"

    alone = [verdict_on(title).answer, verdict_on(reason).answer]

    assert alone == [Answer.ASK, Answer.ASK]
    assert verdict_on(title, reason).answer is Answer.PASS
