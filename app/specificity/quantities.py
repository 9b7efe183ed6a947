"""Numbers with what they count: "40 stuck invoices", "8 %", "€5,000", "block 14"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.specificity.everyday import EVERYDAY, LITTLE
from app.specificity.stems import stem
from app.specificity.tokens import Token

SIGNS = {"%": "%", "€": "eur", "$": "usd", "£": "gbp"}
SIGN_WORDS = {
    "percent": "%",
    "prozent": "%",
    "euro": "eur",
    "euros": "eur",
    "dollars": "usd",
    "pounds": "gbp",
}
TIMES = "second minute hour day week month year stunde tag woche monat jahr"
MEASURES = frozenset(map(stem, [*SIGNS.values(), *TIMES.split()]))
# "Bring it under five days" names an aim, not another fact.
AIMS = frozenset(
    {"to", "under", "below", "within", "off", "by", "less", "than", "most", "unter", "auf", "um", "bis"}
)
REACH = 3  # words to look ahead for what is counted
UNITS = 2


@dataclass(frozen=True)
class Quantity:
    index: int
    value: str
    units: tuple[str, ...] = ()
    label: str = ""
    """The word before a number that names a thing: "block" in "block 14"."""
    aim: bool = False

    def same_thing(self, other: "Quantity") -> bool:
        return bool(self.label and self.label == other.label) or not set(self.units).isdisjoint(other.units)

    @property
    def measures(self) -> bool:
        return bool(self.units) and self.units[0] in MEASURES


def quantities(text: str, tokens: Sequence[Token]) -> Iterator[Quantity]:
    for index, token in enumerate(tokens):
        if token.value:
            units = _sign(text, token) + _counted(text, tokens, index)
            before = tokens[index - 1].word if index else ""
            yield Quantity(index, token.value, units[:UNITS], _label(text, tokens, index), before in AIMS)


def _sign(text: str, token: Token) -> tuple[str, ...]:
    around = text[max(0, token.start - 2) : token.start] + text[token.end : token.end + 2]
    return tuple(unit for sign, unit in SIGNS.items() if sign in around)


def _counted(text: str, tokens: Sequence[Token], index: int) -> tuple[str, ...]:
    found: list[str] = []
    for left, right in pairwise(tokens[index : index + 1 + REACH]):
        if right.value or text[left.end : right.start].strip(" %€$£-\u00a0"):
            break
        if right.word not in LITTLE:
            found.append(SIGN_WORDS.get(right.word, right.stem))
    return tuple(found)


def _label(text: str, tokens: Sequence[Token], index: int) -> str:
    if not index or not tokens[index].word.isdigit():
        return ""
    before = tokens[index - 1]
    near = text[before.end : tokens[index].start] == " "
    return before.stem if near and not before.value and before.stem not in EVERYDAY else ""
