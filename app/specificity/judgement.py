"""The Specificity Test itself: does the text hold details that make it relevant to this prospect only?"""

from collections.abc import Iterator, Sequence

from app.specificity.anchors import Span, Tie, by_point
from app.specificity.executable import is_executable
from app.specificity.field import Field
from app.specificity.findings import Findings, findings
from app.specificity.heard import heard_in
from app.specificity.remembered import Remembered, key_of
from app.specificity.tokens import MARKUP
from app.specificity.told import is_disowned
from app.specificity.verdict import Answer, Code, Evidence, Passage, Reason, Saying, TextKind, Verdict
from app.specificity.weighing import NEVER, SURE

LIKELY = 3
# Any of these fails the text, whatever else it holds.
FATAL = frozenset({Code.PLACEHOLDER})


_known = Remembered()


def test(text: Passage, evidence: Evidence) -> Verdict:
    """Answer whether only this prospect could get the text, anyone could, or the seller has to say."""
    return _known.verdict(key_of(text, evidence), lambda: judge(text, evidence))


def judge(text: Passage, evidence: Evidence) -> Verdict:
    """As `test`, made anew."""
    if not any(_holds_words(words) for words in (text.title, text.reason)):
        return Verdict(Answer.FAIL, (Reason(Code.EMPTY, "title", 0, 0), *_missing(text)))
    fields = [Field(name, words, evidence) for name, words in _fields(text)]
    parts = [findings(field) for field in fields]
    if text.kind is TextKind.ACTION and not text.has_owner and not any(map(is_executable, fields)):
        return Verdict(Answer.FAIL, (*(r for part in parts for r in part.reasons), *_missing(text)))
    likely = _likely([anchor for part in parts for anchor in part.anchors], evidence)
    score = _score(parts, _together(text, evidence) if len(fields) > 1 else NEVER)
    reasons = (*(reason for part in parts for reason in part.reasons), *_missing(text))
    guess = Answer.PASS if score > 0 else Answer.FAIL
    if abs(score) < SURE and is_disowned(text, evidence.told):
        return Verdict(Answer.FAIL, (Reason(Code.DISOWNED, "", 0, 0), *reasons))
    if abs(score) >= SURE or not likely:
        return Verdict(guess, reasons, (), guess)
    return Verdict(Answer.ASK, reasons, likely, guess)


def _fields(text: Passage) -> Iterator[tuple[str, str]]:
    """Yield the fields that hold anything; a reason of one's own carries a common title."""
    for name, words in (("title", text.title), ("reason", text.reason)):
        if _holds_words(words):
            yield name, words


def _holds_words(words: str) -> bool:
    return any(char.isalnum() for char in MARKUP.sub("", words))


def _missing(text: Passage) -> Iterator[Reason]:
    """Yield who, for whom and when where the form has none: shown, but no ground to fail."""
    if not text.has_owner:
        yield Reason(Code.NO_WHO, "", 0, 0)
    if not text.has_counterpart:
        yield Reason(Code.NO_COUNTERPART, "", 0, 0)
    if not text.has_day:
        yield Reason(Code.NO_WHEN, "", 0, 0)


def _together(text: Passage, evidence: Evidence) -> float:
    """A word of theirs in the title and another in the reason may be little each, and enough together."""
    return findings(Field("", f"{text.title}. {text.reason}", evidence)).score


def _score(parts: Sequence[Findings], together: float) -> float:
    """Take the field that speaks loudest for the prospect, unless one of them cannot stand.

    A hint that they said something else is a doubt, which the seller may have settled already.
    """
    codes = {reason.code for part in parts for reason in part.reasons}
    if codes & FATAL:
        return NEVER
    scores = [part.score for part in parts]
    is_told = any(anchor.tie is Tie.TOLD for part in parts for anchor in part.anchors)
    doubts = Code.CONTRADICTED in codes and not (is_told and min(scores) > -SURE)
    return min(scores) if doubts else max(*scores, together)


def _likely(anchors: Sequence[Span], evidence: Evidence) -> tuple[Saying, ...]:
    """Return the points it may be about: those it traces to, or what there is."""
    weights, points = by_point(anchors), heard_in(evidence).points
    best = sorted(range(len(points)), key=lambda number: (-weights.get(number, 0), points[number].words))
    traced = [number for number in best if weights.get(number)]
    return tuple(points[number] for number in (traced or best)[:LIKELY])
