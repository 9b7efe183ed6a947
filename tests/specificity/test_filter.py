"""The engine as a filter of JSON lines."""

import json
from typing import Any

import pytest

from app.specificity.filter import BadLine, judge_lines

CONTEXT = {
    "prospect_company": "Nordwind",
    "people": [{"name": "Jonas Weber", "role": "head of finance", "side": "buyer"}],
    "challenges": ["40 stuck invoices lie with the plant in Kiel"],
    "last_call_notes": "Petra wants the data to stay in Germany.",
    "seller_company": "Ledgerline",
    "seller_products": ["invoice approval"],
    "call_date": "2026-11-19",
    "other_plans_texts": ["Send the proposal"],
}


def answer(text: str, **changes: object) -> dict[str, Any]:
    line = json.dumps({"id": "a", "kind": "step", "text": text, "context": CONTEXT | changes})
    return json.loads(next(judge_lines([line])))


def test_a_pass_says_what_it_traces_to():
    said = answer("Collect the 40 stuck invoices in Kiel")

    assert (said["verdict"], said["sure"]) == ("pass", True)
    assert "anchored" in said["reasons"]
    assert "Only Nordwind could get this." in said["explanation"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Collect the 60 stuck invoices in Kiel", "wrong_detail"),
        ("Send the proposal", "reused_elsewhere"),
        ("Discuss invoice approval", "topic_only"),
        ("Hi Jonas", "name_merge_only"),
        ("Meet on 5 December at 9", "date_or_number_only"),
        ("Unlock synergies with a holistic transformation", "jargon"),
        ("Send {name} the offer", "placeholder"),
        ("<p></p>", "empty"),
    ],
)
def test_a_fail_names_its_reason_by_code(text: str, code: str):
    said = answer(text)

    assert (said["verdict"], said["sure"]) == ("fail", True)
    assert code in said["reasons"]


def test_a_doubt_is_a_guess_that_is_not_sure():
    said = answer("Paint the crane yellow")

    assert said["sure"] is False
    assert said["verdict"] in ("pass", "fail")
    assert said["explanation"][0] == "Is this about what they said?"


@pytest.mark.parametrize("context", [None, {}, [], "Nordwind", {"people": "Jonas", "challenges": [1, None]}])
def test_whatever_a_context_lacks_counts_as_not_said(context: object):
    line = json.dumps({"id": 7, "text": "Collect the 40 stuck invoices", "context": context})

    said = json.loads(next(judge_lines([line])))

    assert (said["id"], said["verdict"]) == (7, "fail")


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": "a"}', '{"text": "a"}', '{"id": "a", "text": 1}', "\x00"]
)
def test_a_bad_line_is_named_by_its_number(line: str):
    good = json.dumps({"id": "a", "text": "Send the proposal"})

    with pytest.raises(BadLine, match="line 3"):
        list(judge_lines([good, "", line]))


def test_spans_lie_inside_the_text():
    text = "Hi Jonas, just checking in: do the 40 stuck invoices still lie in Kiel?"

    said = answer(text)

    assert all(0 <= start <= end <= len(text) for start, end, _ in said["spans"])
