"""How wide a text is when drawn, as far as that can be known without drawing it. Pure, in SVG user units."""

from functools import lru_cache
from itertools import accumulate, takewhile
from unicodedata import east_asian_width


def shortened(title: str, width: float) -> str:
    """As much of a title as fits, cut between words where a word ends near."""
    if _fitting(title, width) == len(title):
        return title
    fits = _fitting(title, width - wide("…"))
    space = title.rfind(" ", fits // 2, fits + 1)
    return title[: space if space > 0 else fits].rstrip(" ,;:.-–") + "…"


def _fitting(text: str, width: float) -> int:
    """How many of its letters fit."""
    return sum(1 for _ in takewhile(lambda end: end <= width, accumulate(map(_wide_letter, text))))


def wide(text: str) -> float:
    """How wide a text is in the widest of the usual system fonts."""
    return round(sum(map(_wide_letter, text)), 1)


@lru_cache(maxsize=1024)
def _wide_letter(letter: str) -> float:
    if letter in "WM@%m—…" or east_asian_width(letter) in "WF":
        return 13.5
    if letter in "iljtfrI.,;:'’!| ()":
        return 5.4
    return 10.4 if letter.isupper() or letter == "w" else 8.2
