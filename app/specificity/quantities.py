"""Numbers with what they count: "40 stuck invoices", "8 %", "€5,000", "block 14"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.specificity.dates import dated
from app.specificity.everyday import EVERYDAY, LITTLE
from app.specificity.lexicon import CONCEPTS, listed
from app.specificity.stems import fold, stem
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
TIMES = frozenset(stem(fold(word)) for word in listed("little.txt", "spans of time"))
MEASURES = TIMES | frozenset(map(stem, SIGNS.values()))
# "Bring it under five days" names an aim, not another fact.
AIMS = frozenset(
    {"to", "under", "below", "within", "off", "by", "less", "than", "most", "unter", "auf", "um", "bis"}
)
FEW = frozenset({"2", "3"})
# "Bring ten invoices": so many as the writer likes, not those that they spoke of.
CHOOSING = frozenset(map(fold, listed("little.txt", "choosing")))
SHARES = frozenset(("of", "der", "von", "davon", "des", "de", "dos", "das"))
REACH = 3  # words to look ahead for what is counted
UNITS = 3
ELLIPSIS = 4  # words after which "2 days instead of 9" still means days


@dataclass(frozen=True)
class Quantity:
    index: int
    value: str
    units: tuple[str, ...] = ()
    label: str = ""
    """The word before a number that names a thing: "block" in "block 14"."""
    aim: bool = False
    chosen: bool = False
    """A few of something, or some of more ("9 of the 47"): the writer's choice, which contradicts nothing."""

    def same_thing(self, other: "Quantity") -> bool:
        return bool(self.label and self.label == other.label) or not set(self.units).isdisjoint(other.units)

    def may_be(self, other: "Quantity") -> bool:
        """Tell whether both may count the same in other words: days are no boxes, boxes may be parcels."""
        return self.times == other.times and not (self.measures and other.measures)

    @property
    def times(self) -> bool:
        return bool(self.units) and self.units[0] in TIMES

    @property
    def measures(self) -> bool:
        return bool(self.units) and self.units[0] in MEASURES


def quantities(text: str, tokens: Sequence[Token]) -> Iterator[Quantity]:
    """Yield the numbers of a text, none of a day or a time: "28 Nov" counts nothing and names nothing."""
    last: int = -ELLIPSIS
    last_units: tuple[str, ...] = ()
    days = dated(text)
    for index, token in enumerate(tokens):
        if token.value and index not in days:
            label = "" if index - 1 in days else _label(text, tokens, index)
            units = (_sign(text, token) + _counted(text, tokens, index, days))[:UNITS]
            if not units and not label and index - last <= ELLIPSIS:
                units = last_units
            last, last_units = index, units
            before = tokens[index - 1].word if index else ""
            few = token.value in FEW and not MEASURES.intersection(units[:1])
            chosen = few or _is_share(tokens, index) or before in CHOOSING
            yield Quantity(index, token.value, (*units, *_meant(units)), label, before in AIMS, chosen)


def _sign(text: str, token: Token) -> tuple[str, ...]:
    around = text[max(0, token.start - 2) : token.start] + text[token.end : token.end + 2]
    return tuple(unit for sign, unit in SIGNS.items() if sign in around)


def _counted(text: str, tokens: Sequence[Token], index: int, days: frozenset[int]) -> tuple[str, ...]:
    found: list[str] = []
    for place, (left, right) in enumerate(pairwise(tokens[index : index + 1 + REACH]), index + 1):
        if right.value or place in days or text[left.end : right.start].strip(" %€$£-\u00a0"):
            break
        if right.word not in LITTLE:
            found.append(SIGN_WORDS.get(right.word, right.stem))
    return tuple(found)


def _meant(units: Sequence[str]) -> tuple[str, ...]:
    """Return what is counted in any language: "boxes" and "caixas" are the same thing."""
    return tuple(f"={concept}" for unit in units for concept in CONCEPTS.get(unit, ()))


def _is_share(tokens: Sequence[Token], index: int) -> bool:
    after = tokens[index + 1 : index + 2]
    return bool(after) and after[0].word in SHARES


def _ends_phrase(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell "belt five." from "belt with five sensors"."""
    after = tokens[index + 1 : index + 2]
    return not after or after[0].word in LITTLE or bool(text[tokens[index].end : after[0].start].strip())


def _label(text: str, tokens: Sequence[Token], index: int) -> str:
    if not index or not (tokens[index].word.isdigit() or _ends_phrase(text, tokens, index)):
        return ""
    before = tokens[index - 1]
    near = text[before.end : tokens[index].start] == " "
    return before.stem if near and not before.value and before.stem not in EVERYDAY else ""
