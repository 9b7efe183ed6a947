"""Every word that reaches a buyer exists in every language."""

from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from fastapi import FastAPI

from app.buyer.view import Section
from app.pages import LANGUAGES
from app.shared_plan.commitment import Obstacle
from tests import ROOT
from tests.cast import Buyer, SellerAtWork
from tests.markup import text_of


@pytest.fixture(scope="session")
def words_used(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What stands in the code and the templates today."""
    file: Path = tmp_path_factory.mktemp("words") / "messages.pot"
    mapping = str(ROOT / "pyproject.toml")
    CommandLineInterface().run(["pybabel", "-q", "extract", "-F", mapping, "-o", str(file), str(ROOT)])
    with file.open("rb") as source:
        return read_po(source)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_nothing_is_left_untranslated(words_used: Catalog, language: str):
    with (ROOT / "app" / "locale" / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        catalog = read_po(source, locale=language)

    missing = [message.id for message in words_used if message.id and not _is_translated(catalog, message.id)]

    assert missing == []
    assert [message.id for message in catalog if message.fuzzy and message.id] == []


TOLD: dict[tuple[type[StrEnum], str], str] = {
    (Obstacle, "words"): "buyers",
    (Obstacle, "words_of_them"): "the team",
    (Section, "heading"): "buyers",
}


@pytest.mark.parametrize(("kind", "voice"), TOLD, ids=lambda one: getattr(one, "__name__", one))
def test_every_member_has_words_of_its_own_in_every_language(kind: type[StrEnum], voice: str, app: FastAPI):
    """What is left out of a table of words would be an error page; what is not translated, half English."""
    words = [getattr(member, voice) for member in kind]

    assert len(set(words)) == len(kind)
    if TOLD[kind, voice] == "buyers":
        for language in set(LANGUAGES) - {"en"}:
            said = app.state.pages.translations[language].gettext
            assert [one for one in words if said(one) == one] == []


def test_a_german_plan_speaks_german(jonas: Buyer, maria: SellerAtWork):
    form = maria.form(f"{maria.plan}/settings", maria.plan)

    maria.client.post(form.action, data=form.fields | {"language": "de"})

    page = jonas.page()
    assert '<html lang="de">' in page
    assert "Zwei Schritte brauchen Ihr Ja oder Nein." in text_of(page)


def test_the_message_to_paste_speaks_the_readers_language(maria: SellerAtWork, after_call: None):
    form = maria.form(f"{maria.plan}/settings", maria.plan)
    maria.client.post(form.action, data=form.fields | {"language": "de"})

    answer = maria.client.post(f"{maria.plan}/sharing", data={"participant": "Jonas Weber"})

    assert "Jonas, wie besprochen:" in answer.text


def _is_translated(catalog: Catalog, ident: str | list[str] | tuple[str, ...]) -> bool:
    message = catalog.get(ident[0] if isinstance(ident, list | tuple) else ident)
    if message is None or not message.string:
        return False
    return all(message.string) if isinstance(message.string, list | tuple) else True
