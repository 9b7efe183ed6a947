"""What the seller said of a doubtful text: "that is their nine days". It holds for the next text too.

The engine asks the one person who knows, and remembers the answer as an anchor of the deal.
"""

from collections.abc import Iterator, Sequence

from app.specificity.anchors import FIRM, Span, Tie
from app.specificity.dates import undated, without_stops
from app.specificity.everyday import LITTLE
from app.specificity.field import Field
from app.specificity.heard import run
from app.specificity.tokens import Token, read
from app.specificity.verdict import Code, Passage, Reason, Saying, Told, Verdict

DOUBTED = frozenset({Code.UNTRACED, Code.ANCHORED})
LOOSE = 4  # words more that may stand between those that were told
PHRASE = 5  # words after the last doubtful one that may belong to it
ENDS = (". ", "! ", "? ", "\n", ": ")  # of a sentence
TELLING = 2  # words; with fewer, the whole field is remembered


def told_anchors(field: Field) -> Iterator[Span]:
    """Yield a firm anchor where the field holds, close together, words the seller traced to a point."""
    for told in field.evidence.told:
        point = _position(field, told.point)
        span = None if point is None else _span(field.tokens, told.words)
        if point is not None and span:
            yield Span(*span, FIRM, (point,), Tie.TOLD)


def is_disowned(text: Passage, told: Sequence[Told]) -> bool:
    """Tell a text of which the seller said that it is about nothing they said."""
    whole = _whole(text)
    return any(each.point is None and run(read(each.words)) == whole for each in told)


def doubtful_words(text: Passage, verdict: Verdict) -> str:
    """Return what a doubt is about, in the field that holds most of it: from its first word to its last."""
    fields = {"title": text.title, "reason": text.reason}
    name = max(fields, key=lambda each: _weight(verdict, each))
    words = fields[name] or text.title or text.reason
    spans = _in_one_sentence(words, [each for each in verdict.about(name) if each.code in DOUBTED])
    if not spans:
        return words
    phrase = _to_end_of_phrase(words, min(spans)[0], max(end for _, end in spans))
    return phrase if len(_telling(undated(phrase))) >= TELLING else words


def _in_one_sentence(words: str, doubted: Sequence[Reason]) -> list[tuple[int, int]]:
    """Where the doubtful words of the sentence stand that holds most of them: no doubt is a whole letter."""
    level = without_stops(words)
    sentences: dict[int, list[Reason]] = {}
    for reason in doubted:
        begin = max(level.rfind(mark, 0, reason.start) for mark in ENDS)
        sentences.setdefault(begin, []).append(reason)
    most = max(sentences.values(), key=lambda found: sum(map(_worth, found)), default=[])
    return [(reason.start, reason.end) for reason in most]


def _worth(reason: Reason) -> int:
    return 3 if reason.code is Code.ANCHORED else 1


def _weight(verdict: Verdict, name: str) -> int:
    """What they might have said weighs more than what nobody is known to have said."""
    return sum(_worth(reason) for reason in verdict.about(name) if reason.code in DOUBTED)


def disowned_words(text: Passage) -> str:
    return f"{text.title} {text.reason}".strip()


def _whole(text: Passage) -> str:
    return run(read(disowned_words(text)))


def _position(field: Field, point: Saying | None) -> int | None:
    """A point that is not there any more ties nothing."""
    if point is None:
        return None
    same = (n for n, each in enumerate(field.heard.points) if each == point)
    return next(same, None)


def _span(tokens: Sequence[Token], words: str) -> tuple[int, int] | None:
    """Find the shortest stretch that holds all of the words, if they stand close together somewhere."""
    told = read(words)
    wanted = _telling(undated(words))
    seen: dict[str, int] = {}  # where each stood last, the longest ago first
    best: tuple[int, int] | None = None
    for index, token in enumerate(tokens):
        key = _key(token)
        if key in wanted:
            seen.pop(key, None)
            seen[key] = index
            first = next(iter(seen.values()))
            if len(seen) == len(wanted) and (best is None or index - first < best[1] - best[0]):
                best = first, index
    if best is None or best[1] - best[0] >= len(told) + LOOSE:
        return None
    return tokens[best[0]].start, tokens[best[1]].end


def _telling(tokens: Sequence[Token]) -> frozenset[str]:
    """The words that say something, everyday ones too: to crawl is less than to crawl for a week."""
    return frozenset(map(_key, (token for token in tokens if token.word not in LITTLE)))


def _to_end_of_phrase(words: str, start: int, end: int) -> str:
    """A few words more belong to what was meant: "crawl" goes on "for more than a week"."""
    last = end
    for token in [token for token in undated(words) if token.start >= end][:PHRASE]:
        if words[last : token.start].strip():
            break
        last = token.end
        end = end if token.word in LITTLE else last
    return words[start:end]


def _key(token: Token) -> str:
    return token.value or token.stem
