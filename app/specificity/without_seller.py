"""A text with every reference to the seller taken out of it: company, people, products, "our platform"."""

import re
from collections.abc import Iterator, Sequence

from app.specificity.everyday import LITTLE
from app.specificity.tokens import Token, read
from app.specificity.usable import OFFERED, OUR
from app.specificity.verdict import Evidence, Side

LINK = re.compile(r"\bhttps?://[^\s<>\"”“]+|\bwww\.[^\s<>\"”“]+", re.IGNORECASE)
ASIDE = 2  # words between "our" and what is ours


def seller_spans(text: str, evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Yield where the text refers to the seller's company, people and products, or to "our platform"."""
    tokens, names = read(text), _seller_words(evidence)
    links = [match.span() for match in LINK.finditer(text)]
    products = {tuple(t.stem for t in read(product)) for product in evidence.products}
    index = 0
    while index < len(tokens):
        size = _reference(tokens, index, names, products)
        if size:
            start, end = tokens[index].start, tokens[index + size - 1].end
            yield next(((first, last) for first, last in links if first <= start < last), (start, end))
        index += size or 1


def _reference(
    tokens: Sequence[Token], index: int, names: frozenset[str], products: set[tuple[str, ...]]
) -> int:
    """Count the words of the reference that begins here, 0 for none."""
    for product in products:
        end = index + len(product)
        if product and tuple(token.stem for token in tokens[index:end]) == product:
            return len(product)
    if tokens[index].word in names:
        return 1
    if tokens[index].word in OUR:
        for size in range(1, ASIDE + 1):
            if index + size < len(tokens) and tokens[index + size].stem in OFFERED:
                return size + 1
    return 0


def _seller_words(evidence: Evidence) -> frozenset[str]:
    people = (person.name for person in evidence.people if person.side is Side.SELLER)
    known = {t.word for person in evidence.people if person.side is Side.BUYER for t in read(person.name)}
    named = (token.word for text in (evidence.seller_company, *people) for token in read(text))
    return frozenset(word for word in named if word not in LITTLE and word not in known)


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Blank out, so that everything else keeps its place."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def in_runs(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    last = 0
    for start, end in spans:
        if start > last:
            yield text[last:start], False
        yield text[start:end], True
        last = end
    if last < len(text):
        yield text[last:], False
