"""The Value test: what is left for the reader once the seller is taken out."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.specificity.filter import evidence_of
from app.specificity.value import Use, value_of
from app.specificity.verdict import Evidence, TextKind
from tests.specificity.cast import NORDWIND
from tests.specificity.test_any_input import steps_of, typed

CASES = Path(__file__).parent / "values"


def uses(text: str, evidence: Evidence = NORDWIND, kind: TextKind = TextKind.MESSAGE) -> set[Use]:
    return {useful.use for useful in value_of(text, evidence, kind).uses}


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("At a firm of your size a scanner with a second tray cost €240.", Use.NUMBER),
        ("The rule is in section 14, so the auditors will look there.", Use.NAME),
        ("Ask Dr. Brandt at the Chamber, she has done it twice.", Use.NAME),
        ("Attached is a blank checklist for the archive.", Use.DOCUMENT),
        ("The form is here: https://gov.example/form-7", Use.DOCUMENT),
        ("You asked who may countersign: a deputy in writing, never by phone.", Use.ANSWER),
        ("Legen Sie die Belege vorab nach Lieferant ab.", Use.ANSWER),
    ],
)
def test_an_answer_a_number_a_name_or_a_document_is_left(text: str, use: Use):
    assert use in uses(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hi Jonas, did you get my last mail?",
        "Ledgerline has 300 customers in 12 countries.",
        "Attached is our brochure with all features of invoice approval.",
        "See https://ledgerline.example/product for more.",
        "An invoice takes 9 days, you said, and 40 of them lie in Kiel.",
        "I would love to show you the invoice approval on Thursday at 10:30.",
        "Ledgerline won the award for the best approval software.",
        "With invoice approval you save 70 % of the time.",
    ],
)
def test_their_own_words_a_question_a_wish_and_praise_leave_nothing(text: str):
    assert uses(text) == set()


def test_what_refers_to_the_seller_is_shown_blanked_out():
    value = value_of("Ledgerline and our platform: ask Maria about invoice approval.", NORDWIND)

    blanked = [words for words, is_blank in value.runs if is_blank]

    assert blanked == ["Ledgerline", "our platform", "Maria", "invoice approval"]


def test_an_address_is_struck_out_once():
    value = value_of("See https://ledgerline.example/ledgerline/a now", NORDWIND)

    assert [words for words, is_blank in value.runs if is_blank] == [
        "https://ledgerline.example/ledgerline/a"
    ]


def test_a_company_of_common_words_is_a_name_only_as_a_whole():
    evidence = replace(NORDWIND, seller_company="Data Bridge")
    value = value_of("Data Bridge says: your data shows 17 rows with a broken bridge.", evidence)

    assert [words for words, is_blank in value.runs if is_blank] == ["Data Bridge"]


def test_a_reason_may_say_what_they_said():
    reason = "because the nine days end before the audit"

    assert value_of(reason, NORDWIND, TextKind.STEP).passes
    assert not value_of(reason, NORDWIND).passes


def test_an_answer_to_them_may_be_a_day():
    text = "Thursday 3 December suits me."

    assert value_of(text, NORDWIND, days_count=True).passes
    assert not value_of(text, NORDWIND).passes


@given(typed)
def test_the_runs_are_the_text_and_the_uses_lie_in_it(text: str):
    value = value_of(text, NORDWIND)

    assert "".join(words for words, _ in value.runs) == text
    assert all(text[each.start : each.end] or not each.words for each in value.uses)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "Ledgerline has 300 customers.",
            "Ask Ledgerline and Dr. Brandt about section 14.",
            "See https://www.ledgerline.example/a and https://gov.example.",
            "Our platform at Ledgerline costs €240.",
            "With Ledgerline 12 plants save 70 %!",
            "https://ledgerline.example/ledgerline?ledgerline",
            "Attached: the Ledgerline checklist.",
            "Maria of Ledgerline asks: when?",
        ]
    ),
    max_size=5,
).map(" ".join)


@given(SENTENCES | typed, st.sampled_from(["", " ", "___", "…", "▢"]))
def test_blanking_the_sellers_name_never_raises_the_verdict(text: str, blank: str):
    before = value_of(text, NORDWIND)

    after = value_of(text.replace("Ledgerline", blank).replace("ledgerline", blank), NORDWIND)

    assert before.passes or not after.passes


@given(typed, typed)
def test_more_sentences_take_nothing_away(text: str, more: str):
    evidence = replace(NORDWIND, points=())
    alone = value_of("Ask Dr. Brandt about section 14.\n", evidence)

    assert alone.passes
    assert value_of(f"Ask Dr. Brandt about section 14.\n{text}\n{more}", evidence).passes


@pytest.mark.parametrize(
    "scrap", ["Ledgerline 300 ", "ask Kiel. ", "our platform, ", "https://a.b/c ", "why? "]
)
def test_twice_the_text_takes_twice_the_work(scrap: str):
    less = steps_of(lambda: value_of(scrap * 100, NORDWIND))
    more = steps_of(lambda: value_of(scrap * 200, NORDWIND))

    assert more < 2.3 * less


@pytest.mark.parametrize(("writer", "floor"), [("v1", 0.85), ("v3", 0.88), ("v2", 0.68)])
def test_the_test_agrees_with_people(writer: str, floor: float):
    """The last writer is the one that nobody looked at while the lists were made."""
    path = CASES / f"{writer}.jsonl"
    if not path.exists():
        pytest.skip(f"the texts of {writer} are not here")
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    right = [
        value_of(case["text"], evidence_of(case["context"])).passes is (case["label"] == "value")
        for case in cases
    ]

    assert sum(right) / len(right) >= floor
