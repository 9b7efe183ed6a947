"""A second opinion on a doubtful text, from a language model: believed only as far as it can be checked.

It may name words of the text and the point they might mean, and nothing else. Words that do not stand in the
text, a point that was not sent, or anything that is no such answer, and all of it is left unheard.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.specificity.blanks import Blank, blanks
from app.specificity.dates import undated
from app.specificity.everyday import LITTLE
from app.specificity.tokens import read
from app.specificity.verdict import Evidence, Passage, Saying

MOST_POINTS = 30  # sent; the first ones are the newest
MOST_SPANS = 5
LONGEST_ANSWER = 20_000  # characters read of it
ASKED = (
    "A seller wrote a text to a prospect. You get the text and, by number, what this prospect said. Which "
    "words of the text refer to something they said, even in other words or another language? Answer with "
    "JSON alone: "
    '{"spans": [{"words": "words copied from the text", "point": 1}]}. An empty list if there are none. '
    "Copy the words exactly. Names, greetings and dates refer to nothing they said."
)


@dataclass(frozen=True)
class Likeness:
    """Words of the text and the point that the model takes them for."""

    words: str
    point: Saying


def messages_for(text: Passage, evidence: Evidence) -> list[dict[str, str]]:
    """What is sent: the words of the text, without names, and of the points, without who said them."""
    said = {str(number): point.words for number, point in enumerate(evidence.points[:MOST_POINTS], 1)}
    asked = json.dumps({"text": _nameless(_whole(text), evidence), "said": said}, ensure_ascii=False)
    return [{"role": "system", "content": ASKED}, {"role": "user", "content": asked}]


def believed(answer: str, text: Passage, points: Sequence[Saying]) -> tuple[Likeness, ...]:
    """Return what the model named, if every span and point of its answer exists; nothing otherwise."""
    try:
        return tuple(_likenesses(answer, text, points[:MOST_POINTS]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()


def _likenesses(answer: str, text: Passage, points: Sequence[Saying]) -> Iterator[Likeness]:
    spans = _read(answer)["spans"]
    if not isinstance(spans, list) or len(spans) > MOST_SPANS:
        raise ValueError
    for span in spans:
        words, number = span["words"], span["point"]
        if not isinstance(words, str) or not isinstance(number, int) or isinstance(number, bool):
            raise TypeError
        if not (_says_something(words) and words in _whole(text) and 0 < number <= len(points)):
            raise ValueError
        yield Likeness(words, points[number - 1])


def _read(answer: str) -> dict[str, Any]:
    """The JSON object in it; models like to put a fence around theirs."""
    answer = answer[:LONGEST_ANSWER]
    found = json.loads(answer[answer.index("{") : answer.rindex("}") + 1])
    if not isinstance(found, dict):
        raise TypeError
    return found


def _nameless(words: str, evidence: Evidence) -> str:
    tokens = read(words)
    marks = blanks(words, tokens, evidence)
    for token, mark in reversed(list(zip(tokens, marks, strict=True))):
        if mark is Blank.NAME:
            words = words[: token.start] + "…" + words[token.end :]
    return words


def _says_something(words: str) -> bool:
    return any(token.word not in LITTLE for token in undated(words))


def _whole(text: Passage) -> str:
    return f"{text.title}\n{text.reason}".strip()
