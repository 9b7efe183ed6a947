"""What of many comments stands on the page of a plan, and what on the page of its step."""

from datetime import UTC, datetime, timedelta

from app.shared_plan.comments import briefly, page_of
from app.shared_plan.commitment import Side, What
from app.shared_plan.steps_now import Said, StepNow
from tests.shared_plan.drawing.test_timeline import a_step

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def said(number: int, note: str = "Which invoices?") -> Said:
    at = NOON + timedelta(minutes=number)
    return Said(number, What.COMMENTED, Side.BUYER, "Jonas Weber", at, note, "", "", None, None, None)


def step(number: int, comments: int, note: str = "Which invoices?") -> StepNow:
    return a_step(number, comments=tuple(said(one, note) for one in range(1, comments + 1)))


def numbers(step: StepNow) -> list[int]:
    return [said.number for said in step.comments]


def test_the_last_comments_of_a_step_are_shown_and_the_earlier_ones_counted():
    (few, many) = briefly([step(1, 20), step(2, 25)])

    assert (numbers(few), few.earlier) == (list(range(1, 21)), 0)
    assert (numbers(many), many.earlier) == (list(range(6, 26)), 5)


def test_a_plan_shows_the_newest_of_all_its_steps():
    steps = briefly([step(number, 600) for number in range(1, 31)])

    assert sum(len(step.comments) for step in steps) == 60
    assert {said.number for step in steps for said in step.comments} == {599, 600}
    assert all(step.earlier == 598 for step in steps)


def test_a_long_comment_is_cut_and_says_so():
    (short, long) = briefly([step(1, 1, "Which invoices?"), step(2, 1, "Which invoices? " * 200)])

    assert (short.comments[0].note, short.comments[0].is_cut) == ("Which invoices?", False)
    assert long.comments[0].is_cut
    assert len(long.comments[0].note) < 610


def test_the_page_of_a_step_leads_back_to_the_first_comment():
    every, before, seen = step(1, 120), 0, []
    for _ in range(3):
        page = page_of(every, before)
        seen = [said.number for said in page.comments] + seen
        before = page.before

    assert seen == list(range(1, 121))
    assert before == 0
