"""From the goal backwards: days from distances, what moves along, slack, and days that cannot be met."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.days.backwards import (
    MOST_DAYS,
    Move,
    Placed,
    Placement,
    Trouble,
    Unmet,
    cycle_in,
    day_for,
    replan,
    slack_of,
    trouble_with,
)
from app.shared_plan.calendar.working_days import is_working, working_days_after

TODAY = date(2026, 11, 23)  # a Monday
FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2026, 11, 27) + timedelta(days=days) for days in (0, 1, 3, 4))
GO_LIVE = date(2026, 12, 18)  # a Friday


def a_step(number: int, day: date | None = FRIDAY, placement: Placement | None = None, **others) -> Placed:
    return replace(Placed(number, number, day, placement, is_agreed=False, is_open=True), **others)


def a_draft(name: int, day: date | None = None, placement: Placement | None = None) -> Placed:
    return Placed(("draft", name), None, day, placement, is_agreed=False, is_open=True)


def before_goal(days: int) -> Placement:
    return Placement(days)


def after(number: int, days: int) -> Placement:
    return Placement(days, after=number)


def test_ten_working_days_before_a_friday_is_the_friday_two_weeks_earlier():
    assert day_for(before_goal(10), GO_LIVE, {}) == date(2026, 12, 4)


def test_a_holiday_in_between_makes_it_a_day_earlier():
    assert day_for(before_goal(10), GO_LIVE, {}, {date(2026, 12, 8)}) == date(2026, 12, 3)


def test_one_working_day_after_a_step_on_friday_is_monday():
    assert day_for(after(1, 1), None, {1: FRIDAY}) == MONDAY


def test_no_days_at_all_is_the_same_day():
    assert day_for(before_goal(0), GO_LIVE, {}) == GO_LIVE
    assert day_for(after(1, 0), GO_LIVE, {1: FRIDAY}) == FRIDAY


@pytest.mark.parametrize("placement", [before_goal(3), after(1, 3), None])
def test_a_placement_means_no_day_while_what_it_hangs_on_has_none(placement: Placement | None):
    assert day_for(placement, None, {2: FRIDAY}) is None


@pytest.mark.parametrize("days", [-1, MOST_DAYS + 1])
def test_a_distance_is_neither_negative_nor_endless(days: int):
    with pytest.raises(ValueError, match="working days"):
        Placement(days)


def test_a_goal_moved_by_a_week_moves_what_is_placed_before_it():
    step = a_step(1, date(2026, 12, 4), before_goal(10), is_agreed=True)

    moves = replan([step], GO_LIVE + timedelta(days=7))

    assert moves == [Move(1, 1, date(2026, 12, 4), date(2026, 12, 11), is_agreed=True, follows=None)]


def test_a_chain_counts_from_the_new_day_of_an_agreed_step_too():
    draft = a_draft(7, placement=after(2, 1))
    second = a_step(2, date(2026, 12, 7), after(1, 1))
    first = a_step(1, date(2026, 12, 4), before_goal(10), is_agreed=True)

    moves = replan([draft, second, first], GO_LIVE + timedelta(days=7))

    assert [(move.key, move.to_day, move.follows) for move in moves] == [
        (1, date(2026, 12, 11), None),
        (2, date(2026, 12, 14), 1),
        (("draft", 7), date(2026, 12, 15), 2),
    ]


def test_an_agreed_step_that_stays_is_given_without_its_placement():
    first = a_step(1, date(2026, 12, 4), is_agreed=True)
    second = a_step(2, date(2026, 12, 7), after(1, 1))

    assert replan([first, second], GO_LIVE + timedelta(days=7)) == []


def test_what_is_done_stays_and_others_still_follow_it():
    done = a_step(1, FRIDAY, before_goal(10), is_open=False)
    follower = a_step(2, FRIDAY, after(1, 1))

    assert [(move.key, move.to_day) for move in replan([done, follower], GO_LIVE)] == [(2, MONDAY)]


def test_without_a_goal_day_nothing_moves():
    assert replan([a_step(1, FRIDAY, before_goal(10)), a_step(2, FRIDAY)], None) == []


def test_who_follows_each_other_in_a_circle_is_named_and_left_alone():
    circle = [a_step(1, FRIDAY, after(2, 1)), a_step(2, FRIDAY, after(1, 1))]
    itself = a_step(3, FRIDAY, after(3, 1))
    follower = a_step(4, FRIDAY, after(1, 1))

    assert cycle_in([*circle, itself, follower]) == [1, 2, 3]
    assert [move.key for move in replan([*circle, itself, follower], GO_LIVE)] == [4]


def test_a_step_that_is_done_closes_no_circle():
    assert cycle_in([a_step(1, FRIDAY, after(2, 1)), a_step(2, FRIDAY, after(1, 1), is_open=False)]) == []


def test_without_a_placement_a_step_may_slip_up_to_the_goal():
    assert slack_of([a_step(1, date(2026, 12, 11))], GO_LIVE) == {1: 5}


def test_a_step_where_its_placement_wants_it_has_no_slack():
    assert slack_of([a_step(1, date(2026, 12, 4), before_goal(10))], GO_LIVE) == {1: 0}


def test_what_follows_takes_its_days_from_the_slack():
    first, second = a_step(1, date(2026, 12, 11)), a_step(2, date(2026, 12, 16), after(1, 3))

    assert slack_of([first, second], GO_LIVE) == {1: 2, 2: 2}


def test_slack_shrinks_along_the_whole_chain():
    chain = [a_step(1), a_step(2, None, after(1, 3)), a_step(3, None, after(2, 10))]

    assert slack_of(chain, GO_LIVE) == {1: 2}


def test_slack_is_negative_when_the_goal_cannot_be_met():
    first, second = a_step(1, date(2026, 12, 17)), a_step(2, None, after(1, 3))

    assert slack_of([first, second], GO_LIVE) == {1: -2}


def test_a_saturday_after_a_goal_on_friday_cannot_be_met_either():
    assert slack_of([a_step(1, GO_LIVE + timedelta(days=1))], GO_LIVE) == {1: -1}


def test_a_goal_on_a_sunday_still_leaves_that_sunday():
    assert slack_of([a_step(1, date(2026, 12, 20)), a_step(2, GO_LIVE)], date(2026, 12, 20)) == {1: 0, 2: 0}


def test_without_a_goal_day_the_last_of_a_chain_stands_for_it():
    first, last = a_step(1, FRIDAY), a_step(2, TUESDAY, after(1, 1))

    assert slack_of([first, last, a_step(3)], None) == {1: 1}


def test_only_what_is_open_and_has_a_day_has_slack():
    assert slack_of([a_step(1, is_open=False), a_draft(7)], GO_LIVE) == {}


@pytest.mark.parametrize(
    ("day", "placement", "trouble"),
    [
        (TODAY, None, None),
        (date(2026, 11, 20), None, Trouble(Unmet.PAST, TODAY)),
        (date(2026, 12, 21), None, Trouble(Unmet.AFTER_GOAL, GO_LIVE)),
        (date(2026, 12, 21), before_goal(10), Trouble(Unmet.AFTER_GOAL, date(2026, 12, 4))),
        (date(2026, 12, 21), before_goal(19), Trouble(Unmet.AFTER_GOAL, TODAY)),
        (FRIDAY, after(1, 1), Trouble(Unmet.TOO_EARLY, MONDAY)),
        (MONDAY, after(1, 1), None),
        (TODAY, before_goal(20), Trouble(Unmet.PLACED_IN_THE_PAST, TODAY)),
        (GO_LIVE, after(1, 30), Trouble(Unmet.TOO_EARLY, None)),
    ],
)
def test_what_cannot_be_met_is_said_with_a_day_that_can(
    day: date, placement: Placement | None, trouble: Trouble | None
):
    assert trouble_with(day, TODAY, GO_LIVE, placement, {1: FRIDAY}) == trouble


def test_the_day_that_would_work_is_a_working_day():
    assert trouble_with(FRIDAY, SATURDAY, GO_LIVE) == Trouble(Unmet.PAST, MONDAY)
    assert trouble_with(FRIDAY, SATURDAY, GO_LIVE, holidays={MONDAY}) == Trouble(Unmet.PAST, TUESDAY)


def test_a_weekend_is_named_only_when_nothing_else_is_left():
    assert trouble_with(FRIDAY, SATURDAY, SATURDAY) == Trouble(Unmet.PAST, SATURDAY)


def test_when_the_goal_itself_has_passed_no_day_works():
    assert trouble_with(MONDAY, TUESDAY, FRIDAY) == Trouble(Unmet.PAST, None)
    assert trouble_with(TUESDAY, TUESDAY, FRIDAY) == Trouble(Unmet.AFTER_GOAL, None)


DAYS = st.dates(date(2026, 11, 1), date(2027, 1, 31))
GOALS = st.none() | DAYS
HOLIDAYS = st.frozensets(DAYS, max_size=8)
PLACEMENTS = st.none() | st.builds(Placement, st.integers(0, 12), st.none() | st.integers(1, 8))


@st.composite
def plans(draw: st.DrawFn) -> list[Placed]:
    """Up to seven steps and drafts that hang on each other in any way: on none, in chains, in circles."""
    steps = [
        Placed(
            number, number, draw(st.none() | DAYS), draw(PLACEMENTS), draw(st.booleans()), draw(st.booleans())
        )
        for number in range(1, draw(st.integers(1, 6)))
    ]
    drafts = [
        a_draft(name, draw(st.none() | DAYS), draw(PLACEMENTS)) for name in range(draw(st.integers(0, 2)))
    ]
    return draw(st.permutations([*steps, *drafts]))


def moved(placed: list[Placed], moves: list[Move]) -> list[Placed]:
    days = {move.key: move.to_day for move in moves}
    return [replace(one, day=days.get(one.key, one.day)) for one in placed]


def followers_of(one: Placed, placed: list[Placed]) -> list[Placed]:
    return [
        other
        for other in placed
        if other.is_open and other.placement and one.number and other.placement.after == one.number
    ]


def is_followed_by_a_day(one: Placed, placed: list[Placed]) -> bool:
    followers = followers_of(one, placed)
    return any(other.day or is_followed_by_a_day(other, placed) for other in followers)


def last_day(
    one: Placed, placed: list[Placed], goal_on: date | None, holidays: frozenset[date]
) -> date | None:
    if goal_on is None:
        return None if is_followed_by_a_day(one, placed) else one.day
    if one.placement and one.placement.after is None:
        return working_days_after(goal_on, -one.placement.days, holidays)
    return goal_on


def can_be_met(
    one: Placed, day: date, placed: list[Placed], goal_on: date | None, holidays: frozenset[date]
) -> bool:
    """Put it on `day`, push along all that follow it, and see whether one of them comes too late."""
    last = last_day(one, placed, goal_on, holidays)
    return (last is None or day <= last) and all(
        can_be_met(other, working_days_after(day, other.placement.days, holidays), placed, goal_on, holidays)
        for other in followers_of(one, placed)
        if other.placement
    )


@given(plans(), GOALS, HOLIDAYS)
def test_once_everything_has_moved_nothing_moves_any_more(
    placed: list[Placed], goal_on: date | None, holidays: frozenset[date]
):
    moves = replan(placed, goal_on, holidays)

    assert replan(moved(placed, moves), goal_on, holidays) == []


@given(plans(), GOALS, HOLIDAYS)
def test_only_what_is_open_placed_and_in_no_circle_moves_and_after_what_it_hangs_on(
    placed, goal_on, holidays
):
    keys = [move.key for move in replan(placed, goal_on, holidays)]
    by_key = {one.key: one for one in placed}

    assert not set(keys) & set(cycle_in(placed))
    assert all(by_key[key].is_open and by_key[key].placement for key in keys)
    anchors = [by_key[key].placement.after for key in keys]
    assert all(anchor not in keys[place:] for place, anchor in enumerate(anchors))


@given(plans(), GOALS, HOLIDAYS)
def test_slack_is_exactly_how_far_a_step_can_slip(
    placed: list[Placed], goal_on: date | None, holidays: frozenset[date]
):
    circle = cycle_in(placed)
    placed = [replace(one, placement=None) if one.key in circle else one for one in placed]
    by_key = {one.key: one for one in placed}

    for key, left in slack_of(placed, goal_on, holidays).items():
        one = by_key[key]
        assert one.day
        assert can_be_met(one, working_days_after(one.day, left, holidays), placed, goal_on, holidays)
        too_far = working_days_after(one.day, left + 1, holidays)
        assert not can_be_met(one, too_far, placed, goal_on, holidays)


@given(plans(), DAYS, HOLIDAYS)
def test_with_a_goal_day_whatever_is_open_and_has_a_day_has_slack(
    placed: list[Placed], goal_on: date | None, holidays: frozenset[date]
):
    assert set(slack_of(placed, goal_on, holidays)) == {one.key for one in placed if one.is_open and one.day}


@given(plans())
def test_a_circle_ends_when_one_of_it_lets_go(placed: list[Placed]):
    while circle := cycle_in(placed):
        placed = [replace(one, placement=None) if one.key == circle[0] else one for one in placed]
        assert circle[0] not in cycle_in(placed)


@given(DAYS, DAYS, GOALS, PLACEMENTS, st.dictionaries(st.integers(1, 8), DAYS), HOLIDAYS)
def test_the_day_that_would_work_does(
    day: date,
    today: date,
    goal_on: date | None,
    placement: Placement | None,
    days_of_steps: dict[int, date],
    holidays: frozenset[date],
):
    trouble = trouble_with(day, today, goal_on, placement, days_of_steps, holidays)

    if trouble and trouble.works:
        kept = None if trouble.what is Unmet.PLACED_IN_THE_PAST else placement
        assert trouble_with(trouble.works, today, goal_on, kept, days_of_steps, holidays) is None
        assert is_working(trouble.works, holidays) or trouble.works <= (goal_on or today)


@pytest.mark.parametrize("goal_on", [date(2000, 1, 3), date(2099, 12, 31)])
def test_the_longest_chain_at_the_ends_of_time_is_still_counted(goal_on: date):
    placed = [a_step(1, goal_on, before_goal(MOST_DAYS))]
    placed += [a_step(number, goal_on, after(number - 1, MOST_DAYS)) for number in range(2, 31)]

    assert [move.key for move in replan(placed, goal_on)] == [1, *range(3, 31)]
    assert slack_of(placed, goal_on)[30] == 0


def test_slack_of_decades_is_not_counted_to_its_end():
    assert slack_of([a_step(1)], date(2099, 12, 31)) == {1: 714}
    assert slack_of([a_step(1, date(2099, 12, 31))], FRIDAY) == {1: -715}
