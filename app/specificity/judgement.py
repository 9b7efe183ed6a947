"""The Specificity Test itself: does the text hold details that make it relevant to this prospect only?"""

from collections.abc import Iterator, Sequence

from app.specificity.anchors import Anchor, by_point, strength
from app.specificity.field import Field
from app.specificity.findings import Findings, findings
from app.specificity.heard import heard_in
from app.specificity.verdict import Answer, Code, Evidence, Point, Reason, Text, Verdict

ENOUGH = 2.0
ROLE = 0.5
LIKELY = 3
# Any of these fails the text, whatever else it holds.
FATAL = frozenset({Code.PLACEHOLDER, Code.CONTRADICTED})


def test(text: Text, evidence: Evidence) -> Verdict:
    """Answer whether only this prospect could get the text, anyone could, or the seller has to say."""
    if not any(char.isalnum() for char in text.title + text.reason):
        return Verdict(Answer.FAIL, (Reason(Code.EMPTY, "title", 0, 0), *_missing(text)))
    parts = [findings(Field(name, words, evidence)) for name, words in _fields(text)]
    anchors = [anchor for part in parts for anchor in part.anchors]
    answer = _answer(parts, anchors)
    reasons = (*(reason for part in parts for reason in part.reasons), *_missing(text))
    return Verdict(answer, reasons, _likely(anchors, evidence) if answer is Answer.ASK else ())


def _fields(text: Text) -> tuple[tuple[str, str], ...]:
    return ("title", text.title), ("reason", text.reason)


def _missing(text: Text) -> Iterator[Reason]:
    """Yield who, for whom and when where the form has none: shown, but no ground to fail."""
    if not text.has_owner:
        yield Reason(Code.NO_WHO, "", 0, 0)
    if not text.has_counterpart:
        yield Reason(Code.NO_COUNTERPART, "", 0, 0)
    if not text.has_day:
        yield Reason(Code.NO_WHEN, "", 0, 0)


def _answer(parts: Sequence[Findings], anchors: Sequence[Anchor]) -> Answer:
    codes = {reason.code for part in parts for reason in part.reasons}
    if codes & FATAL or not anchors:
        return Answer.FAIL
    role = ROLE if any(part.names_role for part in parts) else 0
    return Answer.PASS if strength(anchors) + role >= ENOUGH else Answer.ASK


def _likely(anchors: Sequence[Anchor], evidence: Evidence) -> tuple[Point, ...]:
    weights, points = by_point(anchors), heard_in(evidence).points
    best = sorted(weights, key=lambda number: (-weights[number], number))
    return tuple(points[number] for number in best[:LIKELY])
