"""Whatever is typed, the test answers: always, the same, inside the text, and in linear time."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from random import Random
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.specificity import heard, judgement
from app.specificity.verdict import Answer, Evidence, Named, Passage, Saying, TextKind, Verdict
from app.specificity.wording import explain, headline, marked
from tests.specificity.cast import AUDIT, NORDWIND, STUCK, unlike, verdict_on

if TYPE_CHECKING:
    from _typeshed import TraceFunction

SCRAPS = (
    "nine|9 days|€5,000|40 stuck invoices|audit|“no archive”|Jonas|at 9|{name}|5. Dezember|touch base|hundred"
    "|²|٣|👋|\u202eשלום|\0|ß|İ|—|\n"
)
FORMAL = """Hi Jonas,|Nordwind|Hallo Frau Lang,|Bonjour|Hola Petra|Best regards, Maria|Cheers!|on 5 December
at 9|Monday|am Freitag|Sat 28 Nov|bis So 29. Nov.
le sam. 3 oct.|hope you are well|obrigado|Ledgerline|thanks|👋"""
FORMALITIES = re.split(r"[|\n]", FORMAL)
typed = st.text(max_size=80) | st.lists(st.sampled_from([*SCRAPS.split("|"), "1" * 5000]), max_size=12).map(
    " ".join
)
evidences = st.builds(
    Evidence,
    company=typed,
    people=st.lists(st.builds(Named, name=typed, role=typed), max_size=2).map(tuple),
    points=st.lists(st.builds(Saying, words=typed, said_by=typed), max_size=3).map(tuple),
    notes=typed,
    seller_company=typed,
    products=st.lists(typed, max_size=2).map(tuple),
    other_texts=st.lists(typed, max_size=4).map(tuple),
)
texts = st.builds(Passage, kind=st.sampled_from(TextKind), title=typed, reason=typed)


@given(texts, evidences)
@settings(deadline=None)
def test_every_span_lies_in_its_field(text: Passage, evidence: Evidence):
    fields = {"title": text.title, "reason": text.reason, "": ""}

    verdict = judgement.test(text, evidence)

    assert all(0 <= r.start <= r.end <= len(fields[r.field]) for r in verdict.reasons)


@given(texts, evidences)
@settings(deadline=None)
def test_the_same_question_gets_the_same_answer_without_what_is_remembered(text: Passage, evidence: Evidence):
    first = judgement.judge(text, evidence)
    heard._heard.__dict__["shelf"].clear()

    second = judgement.judge(text, evidence)

    assert first == second


@given(texts, evidences)
@settings(deadline=None)
def test_every_verdict_can_be_worded(text: Passage, evidence: Evidence):
    verdict = judgement.test(text, evidence)

    lines = [headline(verdict, evidence.company), *explain(verdict)]

    assert all(lines)
    assert (verdict.likely != ()) is (verdict.answer is Answer.ASK)


@given(texts)
@settings(deadline=None)
def test_marked_runs_join_to_the_text(text: Passage):
    verdict = judgement.test(text, NORDWIND)

    runs = marked(text.title, verdict.about("title"))

    assert "".join(run for run, _ in runs) == text.title
    assert all(run for run, _ in runs)


@given(texts, evidences, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_points_does_not_matter(text: Passage, evidence: Evidence, random: Random):
    points = [*evidence.points, STUCK, AUDIT]
    ordered = replace(evidence, points=tuple(points))
    random.shuffle(points)

    verdicts = [judgement.test(text, each) for each in (ordered, replace(evidence, points=tuple(points)))]

    assert len({(verdict.answer, verdict.guess) for verdict in verdicts}) == 1


@given(typed)
@settings(deadline=None)
def test_one_more_detail_of_theirs_never_turns_a_pass_into_a_fail(title: str):
    before = verdict_on(title)

    after = verdict_on(f"{title}, because {STUCK.words}")

    assert before.answer is not Answer.PASS or after.answer is not Answer.FAIL


@given(st.lists(st.sampled_from(FORMALITIES), max_size=8).map(" ".join))
@settings(deadline=None)
def test_names_greetings_and_days_alone_never_pass(title: str):
    verdict = verdict_on(title)

    assert verdict.answer is Answer.FAIL


@pytest.mark.parametrize(
    "scrap",
    [
        "nine days archive ",
        "1 day 2 ",
        "“no archive” ",
        "audit. ",
        "{",
        "hundred ",
        "at 9 ",
        "Sat 28 Nov. ",
        "Sat and ",
        "en sept. ",
        "Petra, ",
        "111 ",
        "Kiel and Paris ",
        "the school on the left ",
        "<p ",
    ],
)
def test_twice_the_text_takes_twice_the_work(scrap: str):
    def answer(copies: int) -> Verdict:
        return verdict_on(scrap * copies, evidence=unlike(notes=scrap * copies))

    less, more = steps_of(lambda: answer(100)), steps_of(lambda: answer(200))

    assert more < 2.3 * less


def steps_of(work: Callable[[], object]) -> int:
    """Count the byte-code instructions: unlike a clock, the same on every machine."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> "TraceFunction":
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
