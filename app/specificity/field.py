"""One field of the text under test, taken apart: what is blanked out and what is left to trace."""

from dataclasses import dataclass
from functools import cached_property

from app.specificity.blanks import Blank, blanks, sold_by
from app.specificity.everyday import EVERYDAY, LITTLE
from app.specificity.heard import Heard, heard_in
from app.specificity.quantities import Quantity, quantities
from app.specificity.reuse import elsewhere
from app.specificity.tokens import Token, read
from app.specificity.verdict import Evidence, Side

SHORTEST_PREFIX = 4  # "crew" is the topic of a seller called Crewline


@dataclass(frozen=True)
class Field:
    """One field of the text, with everything needed to trace its words."""

    name: str
    text: str
    evidence: Evidence

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return read(self.text)

    @cached_property
    def blanks(self) -> list[Blank | None]:
        return blanks(self.text, self.tokens, self.evidence)

    @cached_property
    def open_tokens(self) -> list[Token]:
        """The tokens that are neither names, days, clichés nor the seller's."""
        return [token for token, blank in zip(self.tokens, self.blanks, strict=True) if blank is None]

    @cached_property
    def details(self) -> list[Token]:
        """The words that say something: neither little nor everyday ones."""
        words = (token for token in self.open_tokens if not token.value)
        return [word for word in words if word.word not in LITTLE and word.stem not in EVERYDAY]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers that are no dates, each thing once."""
        counted = (q for q in quantities(self.text, self.tokens) if self.blanks[q.index] is None)
        return list({(q.value, q.units, q.label): q for q in counted}.values())

    @cached_property
    def rare(self) -> dict[str, float]:
        """The stems of the details with their rarity, 0 for the seller's own topic."""
        return {token.stem: rarity(token, self.evidence) for token in self.details}

    @cached_property
    def heard(self) -> Heard:
        return heard_in(self.evidence)


def roles(field: Field) -> list[Token]:
    """Return the words that name a buyer's role without being heard of otherwise."""
    known = {t.stem for p in field.evidence.people if p.side is Side.BUYER for t in read(p.role)}
    return [token for token in field.details if token.stem in known and token.stem not in field.heard.stems]


def own_topic(field: Field) -> list[Token]:
    """Return the words that only say what the seller sells, or writes to everybody."""
    return [token for token in field.details if not field.rare[token.stem]]


def rarity(token: Token, evidence: Evidence) -> float:
    prefixes = len(token.word) >= SHORTEST_PREFIX
    names = (name.word for name in read(evidence.seller_company)) if prefixes else ()
    if token.stem in sold_by(evidence) or any(name.startswith(token.word) for name in names):
        return 0
    return elsewhere(evidence.other_texts).rarity(token.stem)
