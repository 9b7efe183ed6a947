"""One field of the text under test, taken apart: what is blanked out and what is left to trace."""

from dataclasses import dataclass
from functools import cached_property

from app.specificity.blanks import Blank, blanks, sold_by
from app.specificity.everyday import EVERYDAY, LITTLE
from app.specificity.heard import Heard, heard_in
from app.specificity.lexicon import CONCEPTS, JARGON, PLAIN, PROMISES, SELLER_DOINGS, TRADE_TALK
from app.specificity.meanings import meanings, propers
from app.specificity.quantities import Quantity, quantities
from app.specificity.reuse import Elsewhere, elsewhere
from app.specificity.tokens import Token, read
from app.specificity.verdict import Evidence, NamedSide

TOPICAL_SHARE = 0.25
SHORTEST_PREFIX = 4  # "crew" is the topic of a seller called Crewline
HOLLOW = JARGON | PROMISES | TRADE_TALK | SELLER_DOINGS
# What a shared word says about a prospect, by how often it stands in other people's mouths.
RARE, NAMED, COMMON = 1.0, 0.8, 0.35


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
    def meanings(self) -> list[tuple[Token, str]]:
        return list(meanings(self.open_tokens))

    @cached_property
    def rare(self) -> dict[str, float]:
        """The stems of the details with what each is worth, 0 for the seller's own topic."""
        return {t.stem: 0 if t.stem in self.topic else worth(t) for t in self.details}

    @cached_property
    def topic(self) -> frozenset[str]:
        """The stems of the details that only say what the seller sells, or writes to everybody."""
        stems = frozenset(token.stem for token in self.details)
        named = (token.stem for token in self.details if self._names_seller(token.word))
        return (stems & sold_by(self.evidence)) | (stems & self.others.common) | frozenset(named)

    def is_sold(self, token: Token) -> bool:
        """Is it what the seller sells, rather than a word of theirs for everybody?"""
        return token.stem in sold_by(self.evidence) or self._names_seller(token.word)

    def _names_seller(self, word: str) -> bool:
        seller = (name.word for name in read(self.evidence.seller_company))
        return len(word) >= SHORTEST_PREFIX and any(n.startswith(word) or n.endswith(word) for n in seller)

    @cached_property
    def topical_points(self) -> frozenset[int]:
        """The points that mostly speak of what the seller sells: every prospect of theirs says them."""
        return frozenset(n for n, words in enumerate(self.heard.telling) if self._mostly_sold(words))

    def _mostly_sold(self, words: frozenset[str]) -> bool:
        sold = words & sold_by(self.evidence)
        return len(sold | words & self.others.common) >= max(1, TOPICAL_SHARE * len(words))

    @cached_property
    def others(self) -> Elsewhere:
        return elsewhere(self.evidence.other_texts)

    @cached_property
    def heard(self) -> Heard:
        return heard_in(self.evidence)

    @cached_property
    def propers(self) -> list[Token]:
        named = {token.start for token in propers(self.text)}
        return [token for token in self.details if token.start in named]


def worth(token: Token) -> float:
    if token.stem in HOLLOW:
        return 0
    if token.stem in PLAIN:
        return COMMON
    return NAMED if token.stem in CONCEPTS else RARE


def roles(field: Field) -> list[Token]:
    """Return the words that name a buyer's role without being heard of otherwise."""
    known = {t.stem for p in field.evidence.people if p.side is NamedSide.BUYER for t in read(p.role)}
    return [token for token in field.details if token.stem in known and token.stem not in field.heard.stems]


def own_topic(field: Field) -> list[Token]:
    """Return the words that only say what the seller sells, or writes to everybody."""
    return [token for token in field.details if token.stem in field.topic]
