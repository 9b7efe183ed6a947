"""What was judged once is not judged again; nothing is kept for good, and no key holds a word."""

from dataclasses import replace

from app.specificity import judgement
from app.specificity.remembered import Remembered, Texts, key_of, size_of
from app.specificity.verdict import Evidence, Passage, Saying, TextKind, Verdict

TEXT = Passage(TextKind.STEP, "Send the 40 stuck invoices", "An invoice takes 9 days")
EVIDENCE = Evidence(company="Nordwind", points=(Saying("An invoice takes 9 days to get through."),))


def counted(known: Remembered, made: list[Verdict]):
    """Judges, and notes that it did."""

    def judge() -> Verdict:
        made.append(judgement.judge(TEXT, EVIDENCE))
        return made[-1]

    return lambda text, evidence: known.verdict(key_of(text, evidence), judge)


def test_the_same_text_beside_the_same_evidence_is_judged_once():
    made: list[Verdict] = []
    ask = counted(Remembered(), made)

    first, again = ask(TEXT, EVIDENCE), ask(replace(TEXT), replace(EVIDENCE))

    assert first is again
    assert len(made) == 1


def test_whatever_else_is_said_or_known_is_judged_anew():
    keys = {
        key_of(text, evidence)
        for text in (TEXT, replace(TEXT, reason=""), replace(TEXT, has_day=False))
        for evidence in (
            EVIDENCE,
            replace(EVIDENCE, company="Harzer"),
            replace(EVIDENCE, points=()),
            replace(EVIDENCE, other_texts=("Send the 40 stuck invoices",)),
            replace(EVIDENCE, other_texts=("Send the 40", "stuck invoices")),
            replace(EVIDENCE, other_plans=3),
        )
    }

    assert len(keys) == 18


def test_what_is_remembered_is_what_would_be_judged():
    assert judgement.test(TEXT, EVIDENCE) == judgement.judge(TEXT, EVIDENCE)


def test_the_least_lately_asked_for_leaves_first():
    verdict = judgement.judge(TEXT, EVIDENCE)
    known = Remembered(most_bytes=3 * size_of(verdict))
    for key in (b"1", b"2", b"3"):
        known.verdict(key, lambda: verdict)

    known.verdict(b"1", lambda: verdict)
    known.verdict(b"4", lambda: verdict)

    made: list[str] = []
    for key in (b"1", b"3", b"4"):
        known.verdict(key, lambda: made.append("anew") or verdict)
    assert (made, len(known.shelf), known.shelf.bytes) == ([], 3, 3 * size_of(verdict))


def test_a_long_verdict_alone_is_not_kept():
    verdict = judgement.judge(TEXT, EVIDENCE)
    known = Remembered(most_bytes=size_of(verdict) - 1)

    assert known.verdict(b"1", lambda: verdict) is verdict
    assert (len(known.shelf), known.shelf.bytes) == (0, 0)


def test_other_texts_are_read_through_once_and_never_run_together():
    assert Texts(("a", "b")).digest == Texts(["a", "b"]).digest
    assert len({Texts(texts).digest for texts in (("ab",), ("a", "b"), ("a\0b",), ("1:a1:b",), ())}) == 5
    texts = Texts(("a", "b"))
    assert texts.digest is texts.digest
