"""How promises were kept: by the first agreed day, moved in time, or late."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.shared_plan.commitment import Side, What
from app.shared_plan.record import Outcome, Stretch, Tally, commitments, tally
from tests.cast import Said
from tests.shared_plan.factories import BUYER, MINUTE, SELLER, said

THE_10TH, THE_20TH, THE_26TH = date(2026, 11, 10), date(2026, 11, 20), date(2026, 11, 26)
DAYS = {1: THE_10TH, 2: THE_20TH, 3: THE_26TH}


def on(day: int, what: What, side: Side, version: int = 1) -> Said:
    """An act at noon of a day in November."""
    return said(what, side, version, datetime(2026, 11, day, 12, tzinfo=UTC))


AGREED = (on(2, What.PROPOSED, SELLER), on(2, What.YES, BUYER))


def moved(on_day: int, version: int = 2) -> tuple[Said, Said]:
    """The buyer asks for the day of `version`, and the seller says yes to it."""
    return on(on_day, What.PROPOSED, BUYER, version), on(on_day, What.YES, SELLER, version)


def outcome(*history: Said, zone: str = "UTC") -> Outcome | None:
    return commitments(history, DAYS, zone)[-1].outcome


@pytest.mark.parametrize("day", [3, 10])
def test_done_by_the_first_agreed_day_is_kept(day: int):
    assert outcome(*AGREED, on(day, What.DONE, BUYER)) is Outcome.KEPT


def test_done_the_day_after_is_late():
    assert outcome(*AGREED, on(11, What.DONE, BUYER)) is Outcome.LATE


@pytest.mark.parametrize("agreed_on", [5, 10])
def test_a_new_day_agreed_before_the_old_one_passed_is_moved_in_time(agreed_on: int):
    assert outcome(*AGREED, *moved(agreed_on), on(18, What.DONE, BUYER)) is Outcome.MOVED


def test_a_new_day_agreed_after_the_old_one_passed_is_late():
    assert outcome(*AGREED, *moved(11), on(18, What.DONE, BUYER)) is Outcome.LATE


def test_a_new_day_asked_for_in_time_but_agreed_too_late_is_late():
    asked, answered = on(9, What.PROPOSED, BUYER, 2), on(11, What.YES, SELLER, 2)

    assert outcome(*AGREED, asked, answered, on(18, What.DONE, BUYER)) is Outcome.LATE


def test_done_by_the_first_day_is_kept_even_if_a_later_day_was_agreed():
    assert outcome(*AGREED, *moved(5), on(9, What.DONE, BUYER)) is Outcome.KEPT


def test_every_move_must_have_been_in_time():
    assert outcome(*AGREED, *moved(5), *moved(19, 3), on(25, What.DONE, BUYER)) is Outcome.MOVED
    assert outcome(*AGREED, *moved(5), *moved(21, 3), on(25, What.DONE, BUYER)) is Outcome.LATE


def test_a_day_that_was_only_asked_for_moves_nothing():
    asked = on(5, What.PROPOSED, BUYER, 2)

    assert outcome(*AGREED, asked, on(15, What.DONE, BUYER)) is Outcome.LATE


def test_a_yes_taken_back_is_no_first_agreed_day():
    hasty = (*AGREED, on(2, What.TAKEN_BACK, BUYER))

    assert outcome(*hasty, *moved(12), on(18, What.DONE, BUYER)) is Outcome.KEPT


def test_a_move_taken_back_counts_neither_for_nor_against():
    undone = (*moved(9), on(9, What.TAKEN_BACK, SELLER))

    assert outcome(*AGREED, *undone, on(10, What.DONE, BUYER)) is Outcome.KEPT
    assert outcome(*AGREED, *undone, on(11, What.DONE, BUYER)) is Outcome.LATE


def test_an_earlier_day_taken_back_makes_no_later_move_late():
    to_the_3rd = (said(What.PROPOSED, BUYER, 4, AGREED[1].at), on(4, What.YES, SELLER, 4))
    undone = (*AGREED, *to_the_3rd, on(4, What.TAKEN_BACK, SELLER))

    ended = commitments((*undone, *moved(9), on(18, What.DONE, BUYER)), DAYS | {4: date(2026, 11, 3)}, "UTC")

    assert ended[-1].outcome is Outcome.MOVED


def test_a_reopening_taken_back_leaves_it_kept():
    history = (*AGREED, on(9, What.DONE, BUYER), on(12, What.REOPENED, BUYER), on(12, What.TAKEN_BACK, BUYER))

    outcomes = [stretch.outcome for stretch in commitments(history, DAYS, "UTC")]

    assert outcomes == [Outcome.KEPT, None]


def test_what_was_never_agreed_is_not_counted():
    assert commitments((AGREED[0], on(5, What.DONE, BUYER)), DAYS, "UTC") == []


def test_dropped_before_its_day_is_not_counted_and_after_it_late():
    assert outcome(*AGREED, on(10, What.DROPPED, SELLER)) is None
    assert outcome(*AGREED, on(11, What.DROPPED, SELLER)) is Outcome.LATE


def test_reopened_it_is_open_again_and_judged_when_done_again():
    reopened = (*AGREED, on(9, What.DONE, BUYER), on(9, What.REOPENED, SELLER))

    assert outcome(*reopened) is None
    assert outcome(*reopened, on(10, What.DONE, BUYER)) is Outcome.KEPT
    assert outcome(*reopened, on(12, What.DONE, BUYER)) is Outcome.LATE


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Europe/Berlin", "UTC", "Pacific/Pago_Pago"])
def test_a_day_ends_at_midnight_of_the_plans_zone(zone: str):
    midnight = datetime.combine(date(2026, 11, 11), time(), ZoneInfo(zone)).astimezone(UTC)

    assert outcome(*AGREED, said(What.DONE, BUYER, at=midnight - MINUTE), zone=zone) is Outcome.KEPT
    assert outcome(*AGREED, said(What.DONE, BUYER, at=midnight), zone=zone) is Outcome.LATE


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Europe/Berlin", "Pacific/Pago_Pago"])
def test_a_move_is_in_time_until_midnight_of_the_plans_zone(zone: str):
    midnight = datetime.combine(date(2026, 11, 11), time(), ZoneInfo(zone)).astimezone(UTC)
    asked, done = on(5, What.PROPOSED, BUYER, 2), on(18, What.DONE, BUYER)

    in_time = said(What.YES, SELLER, 2, midnight - MINUTE)
    too_late = said(What.YES, SELLER, 2, midnight)

    assert outcome(*AGREED, asked, in_time, done, zone=zone) is Outcome.MOVED
    assert outcome(*AGREED, asked, too_late, done, zone=zone) is Outcome.LATE


def test_each_agreed_version_is_a_stretch_of_its_own():
    first, second = commitments((*AGREED, *moved(5)), DAYS, "UTC")

    assert (first.version, first.ended_at, first.why) == (1, moved(5)[1].at, What.YES)
    assert second == Stretch(2, THE_20TH, moved(5)[1].at)


def test_a_commitment_that_came_back_was_agreed_when_both_said_yes():
    undone = (*AGREED, on(5, What.DONE, BUYER), on(5, What.TAKEN_BACK, BUYER))
    reopened = (*AGREED, on(5, What.DONE, BUYER), on(8, What.REOPENED, SELLER))

    assert commitments(undone, DAYS, "UTC")[-1].agreed_at == AGREED[1].at
    assert commitments(reopened, DAYS, "UTC")[-1].agreed_at == AGREED[1].at


def test_a_tally_counts_what_fell_due():
    counted = tally([Outcome.KEPT, Outcome.KEPT, Outcome.MOVED, Outcome.LATE])

    assert (counted, counted.due) == (Tally(kept=2, moved=1, late=1), 4)
