"""What there is to say about one field: what traces to the prospect, what could go to anyone, and why."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.specificity.anchors import Anchor, anchors, by_point
from app.specificity.blanks import Blank
from app.specificity.contradictions import contradictions
from app.specificity.field import Field, own_topic, roles
from app.specificity.reuse import said_elsewhere
from app.specificity.tokens import Token
from app.specificity.verdict import Code, Point, Reason

PLACEHOLDER = re.compile(
    r"\{[^{}\n]{0,60}\}|<[^\W\d][^<>\n]{0,40}>|\[[^\W\d][^\[\]\n]{0,40}\]"
    r"|_{3,}|\bX{3,}\b|\b(?:TBD|TODO)\b|lorem ipsum",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Findings:
    anchors: tuple[Anchor, ...]
    names_role: bool
    reasons: tuple[Reason, ...]


def findings(field: Field) -> Findings:
    """A field that other plans share anchors nothing; the other field can still carry the text."""
    reused = tuple(_reuse(field))
    found = () if reused else tuple(anchors(field))
    traced = tuple(_traced(field, found))
    untied = () if found or reused else tuple(_untied(field))
    return Findings(found, bool(roles(field)), (*traced, *reused, *_spotted(field), *untied))


def _reuse(field: Field) -> Iterator[Reason]:
    plans = field.evidence.other_plans
    if count := said_elsewhere(field.text, field.evidence) if field.tokens else 0:
        whole = _reason(field, Code.REUSED, 0, len(field.text))
        yield replace(whole, count=min(count, plans or count), of=plans)


def _traced(field: Field, found: Sequence[Anchor]) -> Iterator[Reason]:
    """Yield the anchors without overlaps, each with the point that most of the field traces to."""
    weights, marked = by_point(found), 0
    for anchor in sorted(found, key=lambda each: (each.start, -each.end)):
        if anchor.start >= marked:
            point = field.heard.points[max(anchor.points, key=lambda number: (weights[number], -number))]
            yield _reason(field, Code.ANCHORED, anchor.start, anchor.end, point)
            marked = anchor.end


def _spotted(field: Field) -> Iterator[Reason]:
    yield from (_reason(field, Code.PLACEHOLDER, *match.span()) for match in PLACEHOLDER.finditer(field.text))
    for token, point in contradictions(field):
        yield _reason(field, Code.CONTRADICTED, token.start, token.end, point)
    yield from _runs(field, Code.CLICHE, _blanked(field, Blank.CLICHE))
    yield from _runs(field, Code.OWN_TOPIC, own_topic(field))
    yield from _runs(field, Code.SELLER_CENTRED, _blanked(field, Blank.SELLER))
    yield from _runs(field, Code.ROLE, roles(field))


def _untied(field: Field) -> Iterator[Reason]:
    """Say what a field without an anchor holds instead."""
    elsewhere = {token.start for token in [*own_topic(field), *roles(field)]}
    yield from _runs(field, Code.UNTRACED, [t for t in field.details if t.start not in elsewhere])
    if field.tokens and not field.details and Blank.CLICHE not in field.blanks:
        yield _reason(field, _hollow(field), 0, len(field.text))


def _hollow(field: Field) -> Code:
    if Blank.NAME in field.blanks:
        return Code.NAMES_ONLY
    return Code.DATE_ONLY if Blank.DATE in field.blanks or field.quantities else Code.GENERIC


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


def _reason(field: Field, code: Code, start: int, end: int, point: Point | None = None) -> Reason:
    return Reason(code, field.name, start, end, point, words=field.text[start:end])
