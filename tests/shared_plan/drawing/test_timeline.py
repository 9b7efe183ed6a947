"""A plan's days drawn to scale, one lane a side, and the same said in a list."""

import itertools
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from app.pages import open_pages
from app.settings import Settings
from app.shared_plan.commitment import Side, Status
from app.shared_plan.drawing.text_width import shortened
from app.shared_plan.drawing.timeline import FROM, NAMED, StepMark, Timeline, timeline
from app.shared_plan.steps_now import StepNow
from tests.cast import INVOICES, SECRET
from tests.markup import text_of
from tests.shared_plan.factories import BUYER, MONDAY, SELLER, THURSDAY, TODAY

DAY = timedelta(days=1)
GOAL = date(2027, 3, 1)
WEEK = 7 * DAY

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31)) | st.integers(-40, 120).map(
    lambda days: TODAY + days * DAY
)
TITLES = st.text(min_size=1, max_size=200) | st.just("W" * 200) | st.just(INVOICES)
Box = tuple[float, float, float, float]


def a_step(number: int = 1, due_on: date = THURSDAY, **said: Any) -> StepNow:
    """An agreed step of the buyer's, unless told otherwise; what a timeline does not ask for is None."""
    nothing: dict[str, Any] = {field.name: None for field in fields(StepNow)}
    known: dict[str, Any] = {
        "number": number,
        "due_on": due_on,
        "title": INVOICES,
        "owner": BUYER,
        "status": Status.AGREED,
    }
    known |= {"is_stuck": False, "agreed_day": due_on} | said
    return StepNow(**nothing | known)


def steps(count: int = FROM, **said: Any) -> list[StepNow]:
    """One a week, the first on Thursday."""
    return [a_step(number, THURSDAY + number * WEEK - WEEK, **said) for number in range(1, count + 1)]


def drawn(*first: StepNow, goal_on: date | None = None) -> Timeline:
    """A timeline with these steps and enough others."""
    line = timeline([*first, *steps(FROM + len(first))[len(first) :]], TODAY, goal_on)
    assert line
    return line


@st.composite
def any_steps(draw: st.DrawFn) -> list[StepNow]:
    """Four to thirty steps of any kind, in the order of their numbers; often several on one day."""
    days = draw(st.lists(DAYS, min_size=1, max_size=12))
    return [
        a_step(
            number,
            draw(st.sampled_from(days)),
            title=draw(TITLES),
            owner=draw(st.sampled_from(Side)),
            status=draw(st.sampled_from([Status.PROPOSED, Status.COUNTERED, Status.AGREED, Status.DONE])),
            is_stuck=draw(st.booleans()),
            moved_from=draw(st.none() | st.sampled_from(days)),
        )
        for number in range(1, draw(st.integers(FROM, 30)) + 1)
    ]


def test_three_steps_need_no_timeline():
    assert timeline(steps(3), TODAY, GOAL) is None
    assert timeline(steps(4), TODAY, GOAL) is not None


def test_what_was_dropped_is_left_out():
    dropped = a_step(9, status=Status.DROPPED)

    assert timeline([*steps(3), dropped], TODAY, None) is None
    assert [mark.number for mark in drawn(dropped).marks] == [2, 3, 4, 5]


def test_the_sellers_steps_stand_above_the_ruler_and_the_buyers_below():
    line = drawn(a_step(1, owner=SELLER), a_step(2, owner=BUYER))

    above, below = line.marks[0], line.marks[1]
    assert above.y < line.ruler < below.y
    assert [lane.side for lane in line.lanes] == [SELLER, BUYER]


@pytest.mark.parametrize("status", list(Status)[:4])
def test_what_both_did_not_say_yes_to_is_hollow(status: Status):
    mark = drawn(a_step(status=status)).marks[0]

    assert mark.is_hollow == (status in (Status.PROPOSED, Status.COUNTERED))


def test_a_mark_bears_the_sign_of_what_stands_out():
    past = TODAY - 2 * DAY
    late, done = a_step(1, past), a_step(2, past, status=Status.DONE)
    stuck, fine = a_step(3, past, is_stuck=True), a_step(4, TODAY)

    marks = {mark.number: mark for mark in drawn(late, done, stuck, fine).marks}

    assert [marks[number].sign for number in (1, 2, 3, 4)] == ["late", "done", "stuck", ""]
    assert [marks[number].days_late for number in (1, 2, 3, 4)] == [2, 0, 0, 0]


def test_a_step_that_moved_keeps_its_earlier_day_in_sight():
    mark = drawn(a_step(1, MONDAY, moved_from=THURSDAY)).marks[0]

    assert mark.slip
    assert mark.slip.x < mark.x == mark.slip.start
    assert mark.moved_from == THURSDAY


def test_between_days_far_apart_the_line_makes_room_for_the_name():
    mark = drawn(a_step(1, THURSDAY, moved_from=THURSDAY + 40 * DAY)).marks[0]

    assert mark.slip
    assert mark.label
    assert mark.x < mark.label.x < mark.slip.start < mark.slip.x


def test_a_name_without_room_to_the_right_stands_left_of_its_mark():
    line = timeline(steps(), TODAY, None)

    assert line
    assert [mark.label.is_before for mark in line.marks if mark.label] == [False, False, True, True]


def test_more_than_a_dozen_steps_are_numbered_instead_of_named():
    named, numbered = timeline(steps(NAMED), TODAY, None), timeline(steps(NAMED + 1), TODAY, None)

    assert named
    assert numbered
    assert (named.is_numbered, numbered.is_numbered) == (False, True)
    assert all(mark.label for mark in named.marks)
    assert not any(mark.label for mark in numbered.marks)


def test_today_is_drawn_while_there_is_something_to_do():
    much_later = THURSDAY + 60 * WEEK

    going = timeline(steps(), much_later, None)
    over = timeline(steps(status=Status.DONE), much_later, None)

    assert going
    assert over
    assert [pin.x is None for line in (going, over) for pin in line.pins] == [False, True]


def test_the_list_has_all_days_in_order_today_and_the_goal_among_them():
    past = a_step(1, TODAY - DAY)

    line = drawn(past, goal_on=THURSDAY + WEEK)

    assert [(entry.kind, entry.on) for entry in line.entries] == [
        ("step", TODAY - DAY),
        ("today", TODAY),
        ("step", THURSDAY + WEEK),
        ("goal", THURSDAY + WEEK),
        ("step", THURSDAY + 2 * WEEK),
        ("step", THURSDAY + 3 * WEEK),
        ("step", THURSDAY + 4 * WEEK),
    ]


@pytest.mark.parametrize(
    ("length", "days"),
    [
        (14 * DAY, [date(2026, 11, 23), date(2026, 11, 30)]),
        (70 * DAY, [date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 21), date(2027, 1, 4)]),
        (150 * DAY, [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]),
    ],
)
def test_the_ruler_counts_weeks_or_months_as_fits(length: timedelta, days: list[date]):
    line = timeline([a_step(number, TODAY) for number in range(4)], TODAY, TODAY + length)

    assert line
    assert [tick.on for tick in line.ticks][: len(days)] == days


def test_a_title_is_cut_between_words():
    assert shortened(INVOICES, 200) == "Send last quarter's 40…"
    assert shortened("Audit", 200) == "Audit"
    assert shortened("Donaudampfschifffahrtsgesellschaft", 100) == "Donaudamp…"


@given(any_steps(), DAYS, st.none() | DAYS)
def test_nothing_covers_anything_else(shown: list[StepNow], today: date, goal_on: date | None):
    line = timeline(shown, today, goal_on)

    assert line
    for one, other in itertools.combinations(line.marks, 2):
        assert not any(_overlap(a, b) for a, b in itertools.product(_boxes(one), _boxes(other)))
    for mark in line.marks:
        label = _label_box(mark)
        assert not any(_overlap(label, box) for box in _boxes(mark) if label and box != label)


@given(any_steps(), DAYS, st.none() | DAYS)
def test_everything_lies_inside_its_lane(shown: list[StepNow], today: date, goal_on: date | None):
    line = timeline(shown, today, goal_on)

    assert line
    lanes = {lane.side: (0, lane.top, line.width, lane.top + lane.height) for lane in line.lanes}
    assert all(_inside(box, lanes[mark.side]) for mark in line.marks for box in _boxes(mark))
    assert all(0 <= pin.x <= line.width for pin in line.pins if pin.x is not None)
    assert lanes[SELLER][3] <= line.ruler < lanes[BUYER][1] <= lanes[BUYER][3] <= line.height


@given(any_steps(), DAYS, st.none() | DAYS)
def test_a_later_day_stands_further_right(shown: list[StepNow], today: date, goal_on: date | None):
    line = timeline(shown, today, goal_on)

    assert line
    places = [(entry.on, entry.x) for entry in (*line.marks, *line.pins, *line.ticks) if entry.x is not None]
    places += [(mark.moved_from, mark.slip.x) for mark in line.marks if mark.slip and mark.moved_from]
    assert [x for _, x in sorted(places)] == sorted(x for _, x in places)


@given(any_steps(), DAYS, st.none() | DAYS)
def test_the_ruler_has_few_dates_and_room_for_each(shown: list[StepNow], today: date, goal_on: date | None):
    line = timeline(shown, today, goal_on)

    assert line
    assert len(line.ticks) <= 8
    ends = [*(tick.x for tick in line.ticks), line.width]
    assert all(after - before >= 103 for before, after in itertools.pairwise(ends))


@given(any_steps(), st.randoms(use_true_random=False))
def test_the_same_steps_give_the_same_drawing(shown: list[StepNow], chance: Any):
    shuffled = list(shown)
    chance.shuffle(shuffled)

    assert timeline(shuffled, TODAY, GOAL) == timeline(shown, TODAY, GOAL)


def test_the_list_says_in_words_what_the_drawing_shows():
    late = a_step(1, TODAY - 2 * DAY, owner=SELLER)
    moved = a_step(2, MONDAY, moved_from=THURSDAY, status=Status.COUNTERED)
    done = a_step(3, TODAY - DAY, status=Status.DONE)

    words = text_of(_html(drawn(late, moved, done, goal_on=GOAL)).partition("<ol")[2])

    assert f"Tue 17 Nov {INVOICES} Ledgerline · 2 days late" in words
    assert f"Mon 30 Nov {INVOICES} Nordwind · moved from Thu 26 Nov · not agreed yet" in words
    assert f"Wed 18 Nov {INVOICES} Nordwind · done" in words
    assert "Thu 19 Nov today" in words
    assert words.endswith("Mon 1 Mar goal")


@settings(max_examples=20)
@given(any_steps())
def test_every_step_is_a_link_in_the_list_and_no_mark_stops_the_keyboard(shown: list[StepNow]):
    line = timeline(shown, TODAY, GOAL)
    assert line

    drawing, _, words = _html(line).partition("<ol")

    assert all(words.count(f'href="#step-{step.number}"') == 1 for step in shown)
    assert drawing.count("<a ") == drawing.count('tabindex="-1"') == len(shown)
    assert "style=" not in drawing + words
    assert " id=" not in drawing + words


def _boxes(mark: StepMark) -> Iterator[Box]:
    """What a mark covers: itself, its sign, its name, its earlier day and the line to it."""
    r = 8 if mark.label else 11
    yield mark.x - r, mark.y - r, mark.x + r, mark.y + r
    if label := _label_box(mark):
        yield label
    elif mark.sign:
        yield mark.x + 7, mark.y - 15, mark.x + 16, mark.y - 6
    if mark.slip:
        yield mark.slip.x - r, mark.y - r, mark.slip.x + r, mark.y + r
        yield min(mark.slip.x, mark.slip.start), mark.y - 1, max(mark.slip.x, mark.slip.start), mark.y + 1


def _label_box(mark: StepMark) -> Box | None:
    if mark.label is None:
        return None
    return mark.label.x, mark.y - 18, mark.label.x + mark.label.width, mark.y + 18


def _overlap(one: Box | None, other: Box) -> bool:
    """By more than a rounded tenth."""
    if one is None:
        return False
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.1 and down > 0.1


def _inside(box: Box, lane: Box) -> bool:
    return lane[0] <= box[0] + 0.1 and lane[1] <= box[1] and box[2] <= lane[2] + 0.1 and box[3] <= lane[3]


def _html(line: Timeline) -> str:
    macros: Any = _environment().get_template("widgets/timeline.html").module
    return macros.timeline_of(line, "Ledgerline", "Nordwind")


@cache
def _environment() -> Environment:
    return open_pages(Settings(secret_keys=SECRET)).buyer["en"]
