"""Words cut to what a page of many can carry of them. Pure."""

from html import escape

LONGEST = 600  # bytes on a page: a hundred words of English, fewer letters where one takes several bytes


def is_long(words: str) -> bool:
    return _weight(words) > LONGEST


def brief(words: str) -> str:
    """The words, or as many of their letters as are not too long, with a mark that more follows."""
    if not is_long(words):
        return words
    cut = words[:LONGEST]
    while is_long(cut):
        cut = cut[: len(cut) * 4 // 5]
    return f"{cut.rstrip()} …"


def _weight(words: str) -> int:
    return len(escape(words).encode(errors="replace"))
