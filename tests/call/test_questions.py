"""What each form of a review asks: five areas, four questions, or one."""

import pytest

from app.call.depth import DEEPEST_FIRST, Depth
from app.call.questions import BY_DEPTH, ELEVATOR, FULL, QUICK
from app.call.tables import Review
from app.deal.position.influence import Area
from tests.databases import longest


def areas_of(depth: Depth) -> list[Area]:
    return [area for asked in BY_DEPTH[depth] for area in asked.areas]


def test_the_full_review_looks_at_five_areas_one_after_the_other():
    assert [asked.areas for asked in FULL] == [(area,) for area in Area]


@pytest.mark.parametrize("asked", FULL, ids=lambda asked: asked.key)
def test_a_question_of_the_full_review_begins_with_the_name_of_its_area(asked):
    assert asked.words.startswith(f"{asked.areas[0].capitalize()}: ")


def test_the_quick_form_asks_four_questions_and_leaves_no_area_out():
    assert [asked.key for asked in QUICK] == ["true", "who", "sees", "else"]
    assert areas_of(Depth.QUICK) == list(Area)


def test_the_elevator_asks_one_question_about_the_people():
    (asked,) = ELEVATOR

    assert asked.areas == (Area.COVERAGE,)
    assert "which of them is in this meeting?" in asked.words


def test_a_shorter_form_asks_less():
    assert [len(BY_DEPTH[depth]) for depth in DEEPEST_FIRST] == [5, 4, 1]


@pytest.mark.parametrize("depth", Depth)
def test_each_form_asks_in_questions_and_looks_at_no_area_twice(depth: Depth):
    assert all(asked.words.endswith("?") for asked in BY_DEPTH[depth])
    assert len(set(areas_of(depth))) == len(areas_of(depth))


@pytest.mark.parametrize("depth", Depth)
def test_an_answer_is_kept_under_a_key_of_its_own_that_fits(depth: Depth):
    keys = [asked.key for asked in BY_DEPTH[depth]]

    assert len(set(keys)) == len(keys)
    assert max(map(len, keys)) <= longest(Review, "question")
