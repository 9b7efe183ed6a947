"""From go-live backwards, on the desk: days that hang on the goal or on a step."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from app.desk.days.backwards import Placed
from app.desk.days.placing import Days
from tests.cast import Buyer, SellerAtWork, in_days, today
from tests.markup import text_of

THURSDAY = date(2026, 11, 26)


def next_monday(weeks: int = 8) -> date:
    return today() + timedelta(days=7 * weeks - today().weekday())


def writes(maria: SellerAtWork, title: str, **fields: str):
    return maria.client.post(f"{maria.plan}/drafts", data={"title": title, "who": "us"} | fields)


@pytest.fixture
def placed(maria: SellerAtWork, without_steps: None) -> SellerAtWork:
    """Maria's plan with a goal on a Monday, and a draft five working days before it."""
    maria.client.post(maria.plan, data={"goal": "Two days", "goal_on": str(next_monday())})
    writes(maria, "Open the test account for Husum", placed_days="5")
    return maria


def test_a_draft_is_placed_by_working_days_before_the_goal(placed: SellerAtWork):
    page = text_of(placed.page(placed.plan))

    assert f"by {next_monday() - timedelta(days=7):%a} {(next_monday() - timedelta(days=7)).day}" in page
    assert "no day to spare" in page


def test_a_draft_may_come_after_another_step(placed: SellerAtWork):
    placed.shares_with("Jonas Weber")

    writes(placed, "Read the first twenty invoices", placed_days="2", placed_after="1")

    day = next_monday() - timedelta(days=5)
    assert f"by {day:%a} {day.day}" in text_of(placed.page(placed.plan))


def test_without_a_goal_there_is_nothing_to_count_from(maria: SellerAtWork, without_steps: None):
    answer = writes(maria, "Open the test account", placed_days="5")

    assert answer.status_code == 422
    assert "Open the test account" in answer.text
    assert "no day for its goal yet" in text_of(answer.text)


@pytest.mark.parametrize("days", ["-1", "521", "five", "5.5", "9" * 40])
def test_a_strange_number_of_days_is_asked_again(placed: SellerAtWork, days: str):
    assert writes(placed, "Open the second account", placed_days=days).status_code == 422


def test_moving_the_goal_moves_the_drafts_along(placed: SellerAtWork):
    placed.client.post(placed.plan, data={"goal_on": str(next_monday(10))})

    day = next_monday(10) - timedelta(days=7)
    assert f"by {day:%a} {day.day}" in text_of(placed.page(placed.plan))


def test_moving_the_goal_asks_before_it_touches_what_both_agreed(placed: SellerAtWork, jonas_of):
    writes(placed, "Name the approvers of Leipzig", placed_days="10")
    jonas: Buyer = jonas_of(placed)
    jonas.acts(1, "yes")

    moved = placed.client.post(placed.plan, data={"goal_on": str(next_monday(10))})

    asked = placed.page(moved.headers["location"])
    assert moved.headers["location"] == f"{placed.plan}/days"
    boxes = re.findall(r'name="move" value="(\d+)-[^"]*"( checked)?', asked)
    assert boxes == [("2", " checked"), ("1", "")]
    assert "Both said yes" in text_of(jonas.page())


def test_the_new_days_are_proposals_with_a_reason(placed: SellerAtWork, jonas_of):
    jonas: Buyer = jonas_of(placed)
    placed.client.post(placed.plan, data={"goal_on": str(next_monday(10))})
    form = placed.form(f"{placed.plan}/days", "/days")

    answer = placed.client.post(form.action, data=form.fields | {"note": "The board meets later"})

    day = next_monday(10) - timedelta(days=7)
    assert answer.status_code == 303
    assert "The board meets later" in text_of(jonas.page())
    assert f"Yes, {day:%a} {day.day}" in text_of(jonas.page())
    assert "Every step stands where it was placed." in text_of(placed.page(f"{placed.plan}/days"))


def test_a_day_chosen_since_is_not_moved_back(placed: SellerAtWork, jonas_of):
    jonas: Buyer = jonas_of(placed)
    jonas.acts(1, "counter", due_on=str(in_days(30)))
    placed.acts(1, "yes")

    moved = placed.client.post(placed.plan, data={"goal_on": str(next_monday(10))})

    assert moved.headers["location"] == f"{placed.plan}#main"


@pytest.fixture
def jonas_of(app):
    from tests.safety.visitors import a_browser

    return lambda maria: Buyer(a_browser(app), maria.shares_with("Jonas Weber"))


def days(**fields: Any) -> Days:
    given: dict[str, Any] = {"placed": (), "goal_on": None, "today": THURSDAY, "zone": "Europe/Berlin"}
    return Days(**given | fields)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (THURSDAY, []),
        (date(2026, 11, 28), ["Sat 28 Nov is a weekend. Keep it, or Fri 27 Nov · Mon 30 Nov?"]),
        (
            date(2026, 12, 25),
            ["Fri 25 Dec is a holiday: Christmas Day. Keep it, or Thu 24 Dec · Mon 28 Dec?"],
        ),
        (date(2026, 11, 25), ["Wed 25 Nov is over. Thu 26 Nov would work."]),
    ],
)
def test_what_is_odd_about_a_day_is_hinted_at(day: date, words: list[str]):
    assert days().hints(day) == words


def test_a_day_after_the_goal_is_hinted_at():
    assert days(goal_on=date(2026, 12, 1)).hints(date(2026, 12, 2)) == [
        "Wed 2 Dec is after the day of the goal. Tue 1 Dec would work."
    ]


def test_slack_is_counted_to_the_goal():
    step = Placed(1, 1, THURSDAY, None, False, True)

    assert days(placed=(step,), goal_on=date(2026, 12, 1)).slack() == {1: 3}


def test_the_live_check_says_what_a_placement_means(placed: SellerAtWork):
    fields = {"plan": placed.plan.rpartition("/")[2], "title": "Open the test account for Husum"}

    answer = placed.client.post("/specificity", data=fields | {"placed_days": "5"})

    day = next_monday() - timedelta(days=7)
    assert f"That is {day:%a} {day.day}" in text_of(answer.text)
    assert "says nearly the same" in text_of(answer.text)


def test_a_weekend_is_hinted_at_on_the_buyers_page_too(placed: SellerAtWork, jonas_of):
    saturday = next_monday(3) - timedelta(days=2)
    writes(placed, "Look at the numbers of Husum", due_on=str(saturday))

    assert "is a weekend." in text_of(jonas_of(placed).page())
