"""The Specificity Test as a filter: JSON lines in, JSON lines out, for `jointly specificity`.

Of a text {id, kind, text, context} it says {id, verdict, sure, reasons, explanation}. Whatever a context
lacks counts as not said. `reasons` are the short codes of REASONS; `explanation` is for people.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.specificity import judgement
from app.specificity.verdict import (
    Answer,
    Code,
    Evidence,
    Named,
    NamedSide,
    Passage,
    Saying,
    TextKind,
    Verdict,
)
from app.specificity.wording import explain, headline

REASONS = {
    Code.ANCHORED: "anchored",
    Code.ROLE: "role",
    Code.CONTRADICTED: "wrong_detail",
    Code.UNTRACED: "foreign_detail",
    Code.OWN_TOPIC: "topic_only",
    Code.HABIT: "topic_only",
    Code.SELLER_CENTRED: "seller_centric",
    Code.CLICHE: "generic_phrase",
    Code.JARGON: "jargon",
    Code.TRADE_TALK: "generic_phrase",
    Code.REUSED: "reused_elsewhere",
    Code.NAMES_ONLY: "name_merge_only",
    Code.DATE_ONLY: "date_or_number_only",
    Code.GENERIC: "generic_phrase",
    Code.DISOWNED: "foreign_detail",
    Code.PLACEHOLDER: "placeholder",
    Code.EMPTY: "empty",
    Code.NO_WHO: "no_who",
}
TIES = frozenset({Code.ANCHORED, Code.ROLE})


class BadLine(ValueError):
    """A line that is no JSON object with an id and a text."""


def judge_lines(lines: Iterable[str]) -> Iterator[str]:
    """Answer each line that is not blank; the first bad one raises BadLine with its number."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(_answer(_read(line, number)), ensure_ascii=False)


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"line {number}: not JSON ({error})") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("id"), str | int):
        raise BadLine(f'line {number}: not an object with an "id"')
    if not isinstance(asked.get("text"), str):
        raise BadLine(f'line {number}: no "text"')
    return asked


def _answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    evidence = evidence_of(asked.get("context"))
    kind = _kind(asked.get("kind"))
    verdict = judgement.test(Passage(kind, asked["text"], has_owner=kind is not TextKind.ACTION), evidence)
    return {
        "id": asked["id"],
        "verdict": verdict.guess.value,
        "sure": verdict.answer is not Answer.ASK,
        "reasons": _codes(verdict),
        "explanation": [headline(verdict, evidence.company), *explain(verdict)],
        "spans": [[r.start, r.end, REASONS[r.code]] for r in verdict.reasons if r.code in REASONS],
    }


def _codes(verdict: Verdict) -> list[str]:
    """Return the codes that speak for the verdict, none twice."""
    passes = verdict.guess is Answer.PASS
    codes = (REASONS[r.code] for r in verdict.reasons if r.code in REASONS and (r.code in TIES) is passes)
    return list(dict.fromkeys(codes))


def evidence_of(context: object) -> Evidence:
    """Read a context, leniently: what is missing or of another kind counts as not said."""
    told = context if isinstance(context, dict) else {}
    others = _words(told.get("other_plans_texts"))
    return Evidence(
        company=_word(told.get("prospect_company")),
        people=tuple(_person(each) for each in _list(told.get("people")) if isinstance(each, dict)),
        points=tuple(Saying(words) for words in _words(told.get("challenges"))),
        notes=_word(told.get("last_call_notes")),
        seller_company=_word(told.get("seller_company")),
        products=_words(told.get("seller_products")),
        other_texts=others,
    )


def _person(told: Mapping[str, Any]) -> Named:
    side = NamedSide.SELLER if told.get("side") == NamedSide.SELLER else NamedSide.BUYER
    return Named(_word(told.get("name")), _word(told.get("role")), side)


def _kind(told: object) -> TextKind:
    return next((kind for kind in TextKind if kind == told), TextKind.STEP)


def _list(told: object) -> list[Any]:
    return told if isinstance(told, list) else [told] if isinstance(told, str) else []


def _words(told: object) -> tuple[str, ...]:
    return tuple(each for each in _list(told) if isinstance(each, str))


def _word(told: object) -> str:
    return told if isinstance(told, str) else ""
