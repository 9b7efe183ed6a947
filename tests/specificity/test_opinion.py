"""What a language model says is believed as far as it can be checked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.specificity.opinion import MOST_POINTS, Likeness, believed, messages_for
from app.specificity.verdict import Passage, Saying, TextKind
from tests.specificity.cast import AUDIT, NINE_DAYS, NORDWIND, unlike

TEXT = Passage(TextKind.STEP, "Look at what crawls for more than a week", "It hurts the plant")
POINTS = (NINE_DAYS, AUDIT)


def an_answer(*spans: object, **more: object) -> str:
    return json.dumps({"spans": list(spans)} | more)


CRAWLS = {"words": "crawls for more than a week", "point": 1}


@pytest.mark.parametrize("frame", ["{}", "```json\n{}\n```", "Sure! Here it is: {} Bye."])
def test_words_and_points_that_exist_are_believed(frame: str):
    answer = frame.replace("{}", an_answer(CRAWLS, {"words": "the plant", "point": 2}))

    assert believed(answer, TEXT, POINTS) == (
        Likeness("crawls for more than a week", NINE_DAYS),
        Likeness("the plant", AUDIT),
    )


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "No idea.",
        "[]",
        "{}",
        an_answer({"words": "words that nobody wrote", "point": 1}),
        an_answer({"words": "crawls", "point": 3}),
        an_answer({"words": "crawls", "point": 0}),
        an_answer({"words": "crawls", "point": -1}),
        an_answer({"words": "crawls", "point": True}),
        an_answer({"words": "crawls", "point": "1"}),
        an_answer({"words": ["crawls"], "point": 1}),
        an_answer({"words": "for", "point": 1}),
        an_answer({"words": "", "point": 1}),
        an_answer({"point": 1}),
        an_answer(CRAWLS, {"words": "nobody", "point": 1}),
        an_answer(*[CRAWLS] * 6),
        '{"spans": "crawls"}',
        '{"spans": [[]]}',
        "{" * 5_000 + "}",
    ],
)
def test_anything_else_is_left_unheard(answer: str):
    assert believed(answer, TEXT, POINTS) == ()


@given(st.text(max_size=200) | st.recursive(st.text() | st.integers(), st.lists).map(str))
def test_whatever_it_says_nothing_breaks(answer: str):
    assert believed(answer, TEXT, POINTS) == ()


def test_who_said_it_is_not_sent():
    sent = json.dumps(
        messages_for(Passage(TextKind.STEP, f"Ask Jonas Weber: {TEXT.title}"), NORDWIND), ensure_ascii=False
    )

    assert NINE_DAYS.words in sent
    assert TEXT.title in sent
    assert "Jonas" not in sent
    assert "Weber" not in sent
    assert "2026" not in sent


def test_no_more_points_are_sent_than_may_be_named():
    points = [Saying(f"Point {number}") for number in range(MOST_POINTS + 5)]

    assert f"Point {MOST_POINTS}" not in json.dumps(messages_for(TEXT, unlike(points=tuple(points))))
    assert believed(an_answer({"words": "crawls", "point": MOST_POINTS + 1}), TEXT, points) == ()
