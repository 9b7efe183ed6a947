"""What there is to say about one field: what traces to the prospect, what could go to anyone, and why."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.specificity.amounts import Holding, amounts
from app.specificity.anchors import Span, Tie, anchors, by_point
from app.specificity.blanks import Blank
from app.specificity.doubts import is_doubtful
from app.specificity.field import HOLLOW, Field, own_topic, roles, worth
from app.specificity.lexicon import JARGON, PROMISES, SELLER_DOINGS, TRADE_TALK
from app.specificity.reuse import said_elsewhere
from app.specificity.tokens import MARKUP, Token
from app.specificity.told import told_anchors
from app.specificity.verdict import Code, Reason, Saying
from app.specificity.weighing import DOUBTED, NEVER, SURE, weigh

PLACEHOLDER = re.compile(
    r"\{[^{}\n]{0,60}\}|<[^\W\d][^<>\n]{0,40}>|\[[^\W\d][^\[\]\n]{0,40}\]"
    r"|_{3,}|\bX{3,}\b|\b(?:TBD|TODO)\b|(?i:lorem ipsum)",
)

LITTLE_SAID = 1.0
EMPTY_WORDS = {
    Code.JARGON: JARGON,
    Code.TRADE_TALK: TRADE_TALK - JARGON,
    Code.SELLER_CENTRED: SELLER_DOINGS - JARGON - TRADE_TALK,
}


@dataclass(frozen=True)
class Findings:
    anchors: tuple[Span, ...]
    score: float
    reasons: tuple[Reason, ...]


def findings(field: Field) -> Findings:
    """A field that other plans share anchors nothing; the other field can still carry the text.

    What the seller traced to a point, and what they said word for word, settles a doubt, but nothing that
    contradicts them.
    """
    reused = tuple(_reuse(field))
    told = () if reused else tuple(told_anchors(field))
    found = () if reused else (*told, *anchors(field))
    holding = Holding(field, found)
    score = NEVER if reused else weigh(amounts(holding))
    if is_doubtful(field, found):
        score = min(score, DOUBTED)
    quoted = told or any(anchor.tie is Tie.QUOTE for anchor in found)
    if quoted and (score > -SURE or (told and _was_doubted(holding))):
        score = max(score, SURE)
    traced = tuple(_traced(field, found))
    untied = () if reused or score >= SURE else tuple(_untied(field, found))
    return Findings(found, score, (*traced, *reused, *_spotted(holding), *untied))


def _was_doubted(holding: Holding) -> bool:
    """Was it in doubt before the seller told? What is tied is free no more, which may weigh a little less."""
    if holding.contradictions or holding.contrasts:
        return False
    return weigh(amounts(Holding(holding.field, tuple(anchors(holding.field))))) > -SURE


def _reuse(field: Field) -> Iterator[Reason]:
    plans = field.evidence.other_plans
    if count := said_elsewhere(field.text, field.evidence, field.others) if field.tokens else 0:
        whole = _reason(field, Code.REUSED, 0, len(field.text))
        yield replace(whole, count=min(count, plans or count), of=plans)


def _traced(field: Field, found: Sequence[Span]) -> Iterator[Reason]:
    """Yield the anchors without overlaps, each with the point that most of the field traces to."""
    weights, marked = by_point(found), 0
    for anchor in sorted(found, key=lambda each: (each.start, -each.end)):
        if anchor.start >= marked and anchor.weight:
            point = field.heard.points[max(anchor.points, key=lambda number: (weights[number], -number))]
            yield _reason(field, Code.ANCHORED, anchor.start, anchor.end, point)
            marked = anchor.end


def _spotted(holding: Holding) -> Iterator[Reason]:
    field = holding.field
    for match in PLACEHOLDER.finditer(field.text):
        if not MARKUP.match(match.group()):
            yield _reason(field, Code.PLACEHOLDER, *match.span())
    for token, point in holding.contradictions:
        yield _reason(field, Code.CONTRADICTED, token.start, token.end, point)
    for contrast in holding.contrasts:
        token = contrast.token
        yield _reason(field, Code.CONTRADICTED, token.start, token.end, field.heard.points[contrast.point])
    yield from _runs(field, Code.CLICHE, _blanked(field, Blank.CLICHE))
    topic = own_topic(field)
    sold = [token for token in topic if field.is_sold(token)]
    yield from _runs(field, Code.OWN_TOPIC, sold)
    yield from _runs(field, Code.HABIT, [token for token in topic if token not in sold])
    yield from _runs(field, Code.SELLER_CENTRED, _blanked(field, Blank.SELLER))
    yield from _runs(field, Code.ROLE, roles(field))


def _untied(field: Field, found: Sequence[Span]) -> Iterator[Reason]:
    """Say what a field that is not tied firmly holds instead."""
    told = {token.start for token in [*own_topic(field), *roles(field)]}
    told |= {anchor.start for anchor in found if anchor.weight}
    free = [token for token in field.open_tokens if token.start not in told]
    for code, words in EMPTY_WORDS.items():
        yield from _runs(field, code, [token for token in free if token.stem in words])
    promised = [t for t in field.details if t.start not in told and t.stem in PROMISES]
    yield from _runs(field, Code.OWN_TOPIC, promised)
    concrete = [t for t in field.details if t.start not in told and t.stem not in HOLLOW]
    yield from _runs(field, Code.UNTRACED, concrete)
    if not found and not promised and not own_topic(field) and sum(map(worth, concrete)) < LITTLE_SAID:
        yield from (_reason(field, code, 0, len(field.text)) for code in _hollow(field))


def _hollow(field: Field) -> Iterator[Code]:
    """Yield what a field without a word of its own consists of."""
    if Blank.NAME in field.blanks:
        yield Code.NAMES_ONLY
    if Blank.DATE in field.blanks or field.quantities:
        yield Code.DATE_ONLY
    if Blank.CLICHE not in field.blanks:
        yield Code.GENERIC


def _blanked(field: Field, blank: Blank) -> list[Token]:
    return [token for token, mark in zip(field.tokens, field.blanks, strict=True) if mark is blank]


def _runs(field: Field, code: Code, tokens: Sequence[Token]) -> Iterator[Reason]:
    """Join neighbouring words to one span each."""
    start = None
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        start = token.start if start is None else start
        if after is None or field.text[token.end : after.start].strip(" -'’"):
            yield _reason(field, code, start, token.end)
            start = None


def _reason(field: Field, code: Code, start: int, end: int, point: Saying | None = None) -> Reason:
    return Reason(code, field.name, start, end, point, words=field.text[start:end])
