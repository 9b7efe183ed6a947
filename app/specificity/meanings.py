"""What words mean beyond their letters: concepts shared across five languages, and names by their capital."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.specificity.dates import undated, without_stops
from app.specificity.everyday import LITTLE
from app.specificity.lexicon import CONCEPTS, EXPRESSIONS, FAMILIES, listed
from app.specificity.stems import fold
from app.specificity.tokens import Token, opens_sentence

GERMAN = frozenset(map(fold, listed("little.txt", "german")))
GERMAN_ENDINGS = ("en", "ung", "heit", "keit", "lich", "isch", "ern")
SAMPLE = 40  # words that tell the language


def meanings(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield the concepts of words and of two words side by side, each with the (first) word."""
    for token in tokens:
        if token.word not in LITTLE:
            for concept in CONCEPTS.get(token.stem, ()):
                yield token, concept
    spoken = [token for token in tokens if token.word not in LITTLE]
    for left, right in pairwise(spoken):
        concept = EXPRESSIONS.get((left.stem, right.stem))
        if concept:
            yield left, concept


def with_kinds(concepts: Iterator[tuple[Token, str]]) -> Iterator[tuple[Token, str]]:
    """Yield each concept and the kind it belongs to: who speaks of a bus speaks of a vehicle."""
    for token, concept in concepts:
        yield token, concept
        if kind := FAMILIES.get(concept):
            yield token, kind


def rivals(concept: str) -> str:
    """Return the family whose members exclude this concept, "" for none."""
    return FAMILIES.get(concept, "")


def is_german(tokens: Sequence[Token]) -> bool:
    """Tell German, where a capital letter makes no name."""
    first = tokens[:SAMPLE]
    little = sum(token.word in GERMAN for token in first)
    endings = sum(token.word.endswith(GERMAN_ENDINGS) for token in first)
    others = sum(token.word in LITTLE for token in first) - little
    return (little > others / 2 and little > 0) or (others == 0 and endings * 3 > len(first))


def propers(text: str) -> list[Token]:
    """Guess by the capital letter which words name a place, a system or a person."""
    open_tokens, level = undated(text), without_stops(text)
    german = is_german(open_tokens)
    capitals = (
        token for token in open_tokens if token.capital and not token.value and token.word not in LITTLE
    )
    return [t for t in capitals if _is_acronym(text, t) or (not german and not opens_sentence(level, t))]


def _is_acronym(text: str, token: Token) -> bool:
    return token.end - token.start > 1 and text[token.start : token.end].isupper()
