"""How one text became another, word by word. Pure, and fast whatever the texts are."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

# Where in the old text, where in the new one, and how many words are the same there.
Block = tuple[int, int, int]
# White space, punctuation, or a word; marks within a word, as in 1,000 or sign-off, belong to it.
_MARKS = r".,;:!?…()\[\]{}\"'“”„‘’«»<>/–—-"
_WORD = re.compile(rf"\s+|[{_MARKS}]+|[^\s{_MARKS}]+(?:[{_MARKS}]+[^\s{_MARKS}]+)*")


class RunMark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


Runs = tuple[tuple[str, RunMark], ...]


def runs(old: str, new: str) -> Runs:
    """How one text became another, word by word, a removal before the addition in its place.

    What is the same or added makes up the new text exactly, white space included; what is the same or
    removed, the old one.
    """
    if old == new:
        return ((old, RunMark.SAME),) if old else ()
    before, after = _words(old), _words(new)
    pieces: list[tuple[list[str], RunMark]] = []
    i = j = 0
    for at, to, length in (*_shared(before, after), (len(before), len(after), 0)):
        pieces += (before[i:at], RunMark.REMOVED), (after[j:to], RunMark.ADDED)
        i, j = at + length, to + length
        pieces.append((after[to:j], RunMark.SAME))
    return tuple(("".join(words), mark) for words, mark in pieces if words)


# difflib may take the cube of a text's length. So long texts are cut where a word stands once in both, only
# pieces of few pairs of words are compared, and a word that occurs often says nothing about where it belongs.
FEW_PAIRS = 64 * 64
OFTEN = 4


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _shared(before: list[str], after: list[str]) -> list[Block]:
    """What both texts have, in order; a blank between two changed words is left to the change."""
    merged: list[Block] = []
    for i, j, length in _found(before, after):
        at, to, so_far = merged[-1] if merged else (0, 0, 0)
        if (at + so_far, to + so_far) == (i, j):
            merged[-1:] = [(at, to, so_far + length)]
        else:
            merged.append((i, j, length))
    return [(i, j, length) for i, j, length in merged if any(map(str.strip, after[j : j + length]))]


def _found(
    before: list[str], after: list[str], i: int = 0, j: int = 0, is_piece: bool = False
) -> Iterator[Block]:
    """The same beginning and end, and what is the same in between; `i` and `j` are where the lists begin."""
    start = _same_start(before, after)
    end = _same_start(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    yield i, j, start
    if len(old) * len(new) <= FEW_PAIRS:
        yield from _compared(old, new, i + start, j + start)
    elif not is_piece:
        yield from _found_in_pieces(old, new, start)
    yield i + len(before) - end, j + len(after) - end, end


def _same_start(before: list[str], after: list[str]) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    return next((i for i, (old, new) in pairs if old != new), min(len(before), len(after)))


def _compared(before: list[str], after: list[str], i: int, j: int) -> Iterator[Block]:
    if len(before) * len(after) > 1:  # a single pair differs, or it would be part of the beginning
        counts = Counter(after)
        often = {word for word in after if word.isspace() or counts[word] > OFTEN}
        matcher = SequenceMatcher(often.__contains__, before, after, autojunk=False)
        for at, to, length in matcher.get_matching_blocks():
            yield i + at, j + to, length


def _found_in_pieces(before: list[str], after: list[str], start: int) -> Iterator[Block]:
    i = j = 0
    for at, to in (*_anchors(before, after), (len(before), len(after))):
        yield from _found(before[i:at], after[j:to], start + i, start + j, is_piece=True)
        yield start + at, start + to, 1 if at < len(before) else 0
        i, j = at + 1, to + 1


def _anchors(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Places of words that stand once in each text: the longest chain that has the same order in both."""
    in_before, in_after = _once(before), _once(after)
    ends: list[Any] = []  # of the chains of each length the one that ends first, linked to what it follows
    for word, i in in_before.items():
        if (j := in_after.get(word)) is not None:
            length = bisect_left(ends, j, key=lambda end: end[1])
            ends[length : length + 1] = [(i, j, ends[length - 1] if length else None)]
    return _unlinked(ends[-1] if ends else None)[::-1]


def _unlinked(link: Any) -> list[tuple[int, int]]:
    places = []
    while link:
        i, j, link = link
        places.append((i, j))
    return places


def _once(words: list[str]) -> dict[str, int]:
    counts = Counter(words)
    return {word: i for i, word in enumerate(words) if counts[word] == 1 and not word.isspace()}
