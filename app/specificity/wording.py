"""The verdict in the seller's words, and the text cut into runs that a page can mark."""

from collections.abc import Iterable, Iterator, Sequence

from app.specificity.verdict import Answer, Code, Reason, Saying, Verdict

LONGEST_QUOTE = 60  # characters
MOST_LISTED = 4
THEIRS, ANYONE = "theirs", "anyone"
MARKS = {Code.ANCHORED: THEIRS, Code.CLICHE: ANYONE, Code.OWN_TOPIC: ANYONE, Code.REUSED: ANYONE}
MARKS |= dict.fromkeys((Code.SELLER_CENTRED, Code.PLACEHOLDER, Code.CONTRADICTED, Code.GENERIC), ANYONE)
MARKS |= dict.fromkeys((Code.NAMES_ONLY, Code.DATE_ONLY, Code.JARGON, Code.TRADE_TALK, Code.HABIT), ANYONE)

LINES = {
    Code.ROLE: "{words} {verb} a role, not something they said.",
    Code.UNTRACED: "{words} {verb} not in what they said.",
    Code.OWN_TOPIC: "{words} {verb} what you sell, not what they said.",
    Code.HABIT: "{words} {verb} in your other plans, too.",
    Code.SELLER_CENTRED: "{words} {verb} about you, not about them.",
    Code.CLICHE: "{words} could be sent to anyone.",
    Code.JARGON: "{words} could stand for any product.",
    Code.TRADE_TALK: "{words} {verb} about the trade, not about them.",
    Code.NAMES_ONLY: "A name alone does not make it theirs.",
    Code.DATE_ONLY: "A date or a number alone does not make it theirs.",
    Code.GENERIC: "Nothing in it comes from what they said.",
    Code.DISOWNED: "You said that it is about none of what they said.",
    Code.PLACEHOLDER: "{words}: still to be filled in.",
    Code.EMPTY: "Nothing is written yet.",
    Code.NO_WHO: "Say who does it.",
    Code.NO_COUNTERPART: "Say who waits for it.",
    Code.NO_WHEN: "Say by when.",
}


HOLLOW = frozenset({Code.GENERIC, Code.NAMES_ONLY, Code.DATE_ONLY})


def headline(verdict: Verdict, company: str) -> str:
    if verdict.answer is Answer.PASS:
        return f"Only {company or 'this prospect'} could get this."
    if verdict.answer is Answer.ASK:
        return "Is this about what they said?"
    first = {reason.code: reason for reason in reversed(verdict.reasons)}
    if Code.EMPTY in first:
        return LINES[Code.EMPTY]
    if Code.PLACEHOLDER in first:
        return "Something still has to be filled in."
    if Code.CONTRADICTED in first:
        return f"{company or 'This prospect'} said something else."
    count = f": {_reused(first[Code.REUSED])}" if Code.REUSED in first else "."
    return f"This would fit any prospect{count}"


def explain(verdict: Verdict) -> list[str]:
    """Return a line for each finding, none twice, in the order of the verdict."""
    return [words for _, words in explained(verdict)]


def explained(verdict: Verdict) -> list[tuple[Code, str]]:
    """Return each line with what it is about; words that trace to one point share a line."""
    lines: dict[tuple[Code, Saying | None], list[Reason]] = {}
    passes = verdict.answer is Answer.PASS
    for reason in verdict.reasons:
        if passes and reason.code in HOLLOW:
            continue  # said of one field while the other carries the text
        lines.setdefault((reason.code, reason.point), []).append(reason)
    found = [(code, _line(reasons)) for (code, _), reasons in lines.items()]
    return list(dict.fromkeys(found))


def marked(text: str, reasons: Iterable[Reason]) -> list[tuple[str, str | None]]:
    """Split one field's text into (run, mark): "theirs", "anyone" or None. Give the reasons of that field."""
    runs: list[tuple[str, str | None]] = []
    last = 0
    for start, end, mark in _joined(_marks(text, list(reasons))):
        runs += [(text[last:start], None)] if start > last else []
        runs.append((text[start:end], mark))
        last = end
    return [*runs, (text[last:], None)] if last < len(text) else runs


def _reused(reason: Reason) -> str:
    if reason.of:
        return f"{reason.count} of your {reason.of} plans {'says' if reason.count == 1 else 'say'} it."
    return f"{reason.count} of your other texts {'says' if reason.count == 1 else 'say'} it."


def _line(reasons: Sequence[Reason]) -> str:
    first = reasons[0]
    words = _listed(list(dict.fromkeys(reason.words for reason in reasons)))
    if first.code is Code.REUSED:
        return _reused(first)
    if first.point is None:
        return LINES[first.code].format(words=words, verb=_verb(words))
    if first.code is Code.CONTRADICTED:
        return f"{words} {_verb(words)} not what they said: {_source(first.point)}"
    return f"{words}: {_source(first.point)}"


def _verb(words: str) -> str:
    return "are" if words.count("“") > 1 else "is"


def _listed(words: Sequence[str]) -> str:
    """“crane”, “tax” and “code”."""
    quoted = [f"“{each}”" for each in words[:MOST_LISTED]]
    if len(words) > MOST_LISTED:
        return f"{', '.join(quoted)} and more"
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}" if len(quoted) > 1 else "".join(quoted)


def _source(point: Saying) -> str:
    day = f" on {point.said_on.day} {point.said_on:%b}" if point.said_on else ""
    who = point.said_by.split()[0] if point.said_by.strip() else "said" if day else "your notes"
    return f"{who}{day}, “{_shortened(point.words.strip())}”"


def _shortened(words: str) -> str:
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def _marks(text: str, reasons: Sequence[Reason]) -> list[str | None]:
    """Mark each character; what is theirs wins over what could go to anyone."""
    marks: list[str | None] = [None] * len(text)
    for wanted in (ANYONE, THEIRS):
        for reason in reasons:
            if MARKS.get(reason.code) == wanted:
                start, end = max(0, reason.start), min(len(text), reason.end)
                marks[start:end] = [wanted] * (end - start)
    return marks


def _joined(marks: Sequence[str | None]) -> Iterator[tuple[int, int, str]]:
    start = 0
    for end, mark in enumerate(marks, 1):
        if end == len(marks) or marks[end] != mark:
            if mark is not None:
                yield start, end, mark
            start = end
