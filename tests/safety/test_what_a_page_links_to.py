"""Promise 1, in the style and the script: a buyer's page links to nothing that holds a word of the team's."""

import re

import pytest
from fastapi import FastAPI

from app.pages import Pages
from tests.cast import Buyer, SellerAtWork
from tests.drawn import (
    classes_styled,
    data_attributes,
    every_template,
    is_drawn,
    names_in_code,
    shared_templates,
    values_of,
    words_in_blocks,
)
from tests.safety.folders import wall
from tests.safety.visitors import a_browser, presses

PRIVATE_FOLDERS, SHARED_FOLDERS = wall()
# Names of the team's that are words of English or of the language, too: a comment or a line needs them.
ORDINARY = {"data-told", "told", "it", "mail", "own", "plan", "true"}


def linked(page: str) -> set[str]:
    return set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))


def names_in(templates: frozenset[str]) -> set[str]:
    """What a script can find there by: ids, classes, fields, data attributes."""
    found = (values_of(attribute, templates) for attribute in ("id", "class", "name", "hx-trigger"))
    return set().union(*found) | data_attributes(templates)


def assets_of(page: str, app: FastAPI) -> dict[str, str]:
    """What a page links to, by its ending."""
    pages: Pages = app.state.pages
    return {path.rpartition(".")[2]: pages.assets[path].body.decode() for path in linked(page)}


@pytest.fixture
def buyers_assets(jonas: Buyer, app: FastAPI) -> dict[str, str]:
    return assets_of(jonas.page(), app)


def test_a_buyers_script_holds_no_name_of_the_teams(buyers_assets: dict[str, str]):
    shared = shared_templates()
    private = names_in(every_template() - shared) - names_in(shared) - words_in_blocks(shared)

    words = set(re.findall(r"[A-Za-z_][\w-]*", buyers_assets["js"]))

    assert words & (private | PRIVATE_FOLDERS) - ORDINARY == set()
    assert {"brings", "compose", "tell", "opine", "live-check"} <= private


def test_a_buyers_style_draws_only_what_stands_on_a_buyers_page(buyers_assets: dict[str, str]):
    shared = shared_templates()
    drawn = values_of("class", shared) | words_in_blocks(shared) | names_in_code(*SHARED_FOLDERS)

    styled = classes_styled(buyers_assets["css"])

    assert {name for name in styled if not is_drawn(name, drawn | {"htmx-request"})} == set()
    assert set(re.findall(r"\w+", buyers_assets["css"])) & PRIVATE_FOLDERS == set()


def test_every_page_that_a_buyer_may_see_links_to_the_same(jonas: Buyer, app: FastAPI):
    stranger = a_browser(app)
    seen = [
        jonas.page(),
        jonas.client.get(f"{jonas.path}/agreed").text,
        presses(jonas, "copies").text,
        stranger.get(jonas.path).text,
        stranger.get("/l/unknown").text,
        stranger.get("/nothing").text,
    ]

    assert [linked(page) for page in seen] == [linked(seen[0])] * len(seen)


def test_the_teams_pages_have_all_of_that_in_as_many_files(
    buyers_assets: dict[str, str], maria: SellerAtWork, app: FastAPI
):
    teams = assets_of(maria.page(maria.plan), app)

    assert set(teams) == set(buyers_assets) == {"css", "js", "svg"}
    for ending, words in buyers_assets.items():
        assert set(words.splitlines()) <= set(teams[ending].splitlines())
