"""What the seller says of a doubtful text settles it, for this text and the next."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.specificity import judgement
from app.specificity.told import disowned_words, doubtful_words
from app.specificity.verdict import Answer, Code, Passage, Saying, TextKind, Told
from tests.specificity.cast import AUDIT, NINE_DAYS, codes, unlike, verdict_on, words

DOUBTFUL = "Prepare for the audit"
CRAWLS = "crawls for more than a week"
WORDS = (
    "crane",
    "audit",
    "archive",
    "north",
    "Kiel",
    "40",
    "invoices",
    "stuck",
    "week",
    "together",
    "rely",
    "Sat",
    "28",
    "May",
)


def told(words: str, point: Saying | None = NINE_DAYS):
    return unlike(told=(Told(words, point),))


def test_a_doubt_is_asked_once():
    text = Passage(TextKind.STEP, DOUBTFUL)
    asked = verdict_on(DOUBTFUL)

    after = verdict_on(DOUBTFUL, evidence=told(doubtful_words(text, asked), AUDIT))

    assert (asked.answer, after.answer) == (Answer.ASK, Answer.PASS)
    assert [reason.point for reason in after.reasons if reason.code is Code.ANCHORED] == [AUDIT]


@pytest.mark.parametrize(
    "title", [f"Look at what {CRAWLS}", "What, for more than a week, crawls?", "Who crawled for over a week?"]
)
def test_the_next_text_with_the_words_passes_too(title: str):
    verdict = verdict_on(title, evidence=told(CRAWLS))

    assert verdict.answer is Answer.PASS


@pytest.mark.parametrize(
    "title",
    [
        "Look at what crawls",
        "A week is enough",
        "Crawl, and after a long summer with all of its trips rest a week",
    ],
)
def test_a_part_of_the_words_is_not_what_was_told(title: str):
    verdict = verdict_on(title, evidence=told(CRAWLS))

    assert NINE_DAYS not in [reason.point for reason in verdict.reasons]


def test_what_contradicts_them_fails_all_the_same():
    title = f"Collect the 60 stuck invoices in Kiel, which {CRAWLS}"

    verdict = verdict_on(title, evidence=told(CRAWLS))

    assert verdict.answer is Answer.FAIL
    assert words(verdict, Code.CONTRADICTED) == ["60"]


def test_neither_of_them_fails_this_very_text():
    verdict = verdict_on(DOUBTFUL, evidence=told(DOUBTFUL, None))

    assert verdict.answer is Answer.FAIL
    assert Code.DISOWNED in codes(verdict)


def test_neither_says_nothing_of_another_text():
    verdict = verdict_on(f"{DOUBTFUL} with Petra's archive", evidence=told(DOUBTFUL, None))

    assert Code.DISOWNED not in codes(verdict)


def test_a_point_that_is_not_there_any_more_ties_nothing():
    evidence = unlike(points=(AUDIT,), told=(Told(CRAWLS, NINE_DAYS),))

    assert NINE_DAYS not in [r.point for r in verdict_on(f"What {CRAWLS}", evidence=evidence).reasons]


def test_the_doubt_reaches_to_the_end_of_the_phrase():
    text = Passage(TextKind.STEP, "Ask why this crawls for more than a week, please")

    assert doubtful_words(text, verdict_on(text.title)) == CRAWLS


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.booleans())
def test_whatever_was_told_the_test_answers(title: str, reason: str, words: str, is_point: bool):
    evidence = told(words, NINE_DAYS if is_point else None)
    text = Passage(TextKind.STEP, title, reason)

    verdict = judgement.test(text, evidence)

    assert doubtful_words(text, verdict) in (title, reason) or doubtful_words(text, verdict) in title + reason
    assert disowned_words(text).strip() == disowned_words(text)
    assert all(0 <= r.start <= r.end for r in verdict.reasons)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Prepare for the audit", "So that the team can rely on it"),
        ("Prepare for the audit together", "with the head of finance"),
        ("Look at the backlog together", "with the head of finance"),
        ("Paint the crane yellow", ""),
        ("Draw it", "for the archive of Kiel"),
    ],
)
def test_after_the_tap_the_same_text_is_asked_about_no_more(title: str, reason: str):
    text = Passage(TextKind.STEP, title, reason)
    words = doubtful_words(text, judgement.test(text, unlike()))

    after = judgement.test(text, told(words, AUDIT))

    assert after.answer is Answer.PASS


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.lists(st.sampled_from(WORDS), max_size=6))
@example([], ["crane", "audit", "invoices", "invoices", "stuck"])
def test_a_tap_settles_any_doubt(title: list[str], reason: list[str]):
    text = Passage(TextKind.STEP, " ".join(title), " ".join(reason))
    asked = judgement.test(text, unlike())
    evidence = told(doubtful_words(text, asked), asked.likely[0] if asked.likely else AUDIT)

    if asked.answer is Answer.ASK:
        assert judgement.test(text, evidence).answer is Answer.PASS


def test_a_word_that_comes_back_does_not_stretch_it():
    point = Saying("Onboarding a courier takes us nine days")
    text = Passage(
        TextKind.MESSAGE,
        "Jonas, new drivers crawl for more than a week. Shall I bring what others did in the first week?",
    )
    evidence = unlike(points=(point,), notes="")
    words = doubtful_words(text, judgement.test(text, evidence))

    after = judgement.test(text, unlike(points=(point,), notes="", told=(Told(words, point),)))

    assert words == "crawl for more than a week"
    assert after.answer is Answer.PASS


def test_one_word_alone_is_not_remembered():
    words = doubtful_words(Passage(TextKind.STEP, "Look at the crane"), verdict_on("Look at the crane"))

    assert words == "Look at the crane"
