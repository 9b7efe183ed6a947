"""Other words for the same, in five languages, and names by their capital."""

import pytest

from app.specificity.lexicon import CONCEPTS, FAMILIES
from app.specificity.meanings import is_german, meanings, propers
from app.specificity.stems import fold, stem
from app.specificity.tokens import read


def concepts(text: str) -> set[str]:
    return {concept for _, concept in meanings(read(text))}


@pytest.mark.parametrize(
    "words",
    [
        "invoice Rechnung facture factura fatura",
        "nurse Pfleger infirmière enfermera",
        "audit auditors auditoría",
    ],
)
def test_words_of_five_languages_share_a_concept(words: str):
    found = [concepts(word) for word in words.split()]

    assert set.intersection(*found)


def test_two_words_can_be_one_expression():
    assert concepts("the works council") & concepts("Betriebsrat")


def test_every_family_has_members_that_can_exclude_each_other():
    families = list(FAMILIES.values())

    assert all(families.count(family) > 1 for family in families)


def test_every_word_of_the_lexicon_is_a_stem():
    assert all(word == stem(fold(word)) or stem(word) for word in CONCEPTS)


def test_a_capital_inside_a_sentence_makes_a_name():
    text = "Ask for the list from Kiel. SAP runs there"

    assert [token.word for token in propers(text)] == ["kiel", "sap"]


def test_a_german_capital_makes_none():
    text = "Mit dem Betriebsrat die Liste für Kiel prüfen"

    assert is_german(read(text))
    assert propers(text) == []
