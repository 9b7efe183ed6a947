"""A text with every reference to the seller taken out of it: company, people, products, "our platform"."""

import re
from collections.abc import Iterator, Sequence

from app.specificity.dates import certainly_dated
from app.specificity.everyday import EVERYDAY, LITTLE
from app.specificity.field import RARE, worth
from app.specificity.tokens import Token, read
from app.specificity.usable import OFFERED, OUR
from app.specificity.verdict import Evidence, NamedSide

LINK = re.compile(r"\bhttps?://[^\s<>\"”“]+|\bwww\.[^\s<>\"”“]+", re.IGNORECASE)
ASIDE = 2  # words between "our" and what is ours


def seller_spans(text: str, evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Yield where the text refers to the seller's company, people and products, or to "our platform"."""
    tokens, names, days = read(text), _seller_words(evidence), certainly_dated(text)
    links = [match.span() for match in LINK.finditer(text)]
    sold = (*evidence.products, evidence.seller_company)
    products = {tuple(token.stem for token in read(product)) for product in sold}
    index = 0
    last = 0
    while index < len(tokens):
        is_free = tokens[index].start >= last and index not in days
        size = _reference(tokens, index, names, products) if is_free else 0
        if size:
            start, end = tokens[index].start, tokens[index + size - 1].end
            start, last = next((link for link in links if link[0] <= start < link[1]), (start, end))
            yield start, last
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
    """The words of the seller's people, and what of the company's name is no word of any other sentence."""
    people = (person.name for person in evidence.people if person.side is NamedSide.SELLER)
    known = {
        t.word for person in evidence.people if person.side is NamedSide.BUYER for t in read(person.name)
    }
    named = [token.word for text in people for token in read(text)]
    company = [token for token in read(evidence.seller_company) if worth(token) >= RARE]
    named += [token.word for token in company if token.stem not in EVERYDAY]
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
