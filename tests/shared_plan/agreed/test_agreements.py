"""What was agreed when: every version both sides said yes to, and what changed between two days."""

import time as clock
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from itertools import chain, pairwise
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from app.shared_plan import acts, store
from app.shared_plan.agreed.agreements import Agreement, Became, Yes, agreed_on, agreements, changes
from app.shared_plan.agreed.word_runs import runs
from app.shared_plan.commitment import Kind, Side, Status, What, retracted
from app.shared_plan.record import Outcome, commitments
from app.shared_plan.steps_now import PlanRows
from app.shared_plan.words import Change
from tests.cast import Said
from tests.shared_plan.factories import BUYER, MINUTE, MONDAY, NOON, SELLER, THURSDAY, a_plan, said
from tests.shared_plan.naive import reading
from tests.shared_plan.test_commitment import any_history

NAMES = {SELLER: "Maria Keller", BUYER: "Jonas Weber"}
DAY = timedelta(days=1)


def story(*deeds: tuple[What, Side] | tuple[What, Side, int]) -> list[Said]:
    """A minute lies between any two acts, the first is at noon."""
    return [said(*deed, at=NOON + MINUTE * minutes) for minutes, deed in enumerate(deeds)]


SHARED, YES = (What.PROPOSED, SELLER), (What.YES, BUYER)
ASKED, GRANTED = (What.PROPOSED, BUYER, 2), (What.YES, SELLER, 2)
DONE, REOPENED, DROPPED = (What.DONE, BUYER), (What.REOPENED, SELLER), (What.DROPPED, SELLER)
UNDONE = (What.TAKEN_BACK, BUYER)
MOVED = (SHARED, YES, ASKED, GRANTED)


def at(minute: int) -> Any:
    return NOON + MINUTE * minute


def rows(*histories: list[Said]) -> PlanRows:
    """Terms, acts and commitments as the store gives them, for one step a history."""
    terms, said, kept = [], [], []
    for step_id, history in enumerate(histories, start=1):
        versions = [act.version for act in history if act.what is What.PROPOSED]
        terms += [terms_row(step_id, version) for version in versions]
        said += [act_row(step_id, number, act) for number, act in enumerate(history, start=1)]
        days = {version: THURSDAY + DAY * version for version in versions}
        stretches = commitments(history, days, "UTC")
        kept += [SimpleNamespace(step_id=step_id, owner=BUYER, **vars(stretch)) for stretch in stretches]
    return PlanRows(terms, said, kept)


def terms_row(step_id: int, version: int) -> Any:
    return SimpleNamespace(
        step_id=step_id,
        number=step_id,
        version=version,
        title=f"Send the {40 - version} invoices",
        reason="",
        kind=Kind.DO,
        owner=BUYER,
        due_on=THURSDAY + DAY * version,
        due_at=None,
        place="",
        participant_id=1,
        buyer=NAMES[BUYER],
        seller=NAMES[SELLER],
    )


def act_row(step_id: int, number: int, act: Said) -> Any:
    return SimpleNamespace(step_id=step_id, number=number, note="", name=NAMES[Side(act.side)], **vars(act))


def agreed(*deeds: Any) -> list[Agreement]:
    return agreements(rows(story(*deeds)))


def an_agreement(**words: Any) -> Agreement:
    return replace(agreed(SHARED, YES)[0], **words)


def test_a_yes_of_each_side_is_an_agreement_with_both_their_names():
    [agreement] = agreed(SHARED, YES)

    assert (agreement.number, agreement.version, agreement.title) == (1, 1, "Send the 39 invoices")
    assert agreement.first_yes == Yes("Maria Keller", SELLER, at(0))
    assert agreement.second_yes == Yes("Jonas Weber", BUYER, at(1))
    assert (agreement.agreed_at, agreement.since, agreement.ended_at) == (at(1), at(1), None)


def test_who_asks_for_other_words_says_yes_first():
    agreement = agreed(*MOVED)[-1]

    assert (agreement.version, agreement.first_yes.name, agreement.second_yes.name) == (
        2,
        "Jonas Weber",
        "Maria Keller",
    )


def test_each_agreed_version_stands_until_the_next_is_agreed():
    first, second = agreed(*MOVED)

    assert (first.version, first.ended_at, first.why) == (1, at(3), What.YES)
    assert (second.version, second.since, second.ended_at) == (2, at(3), None)


def test_what_one_side_asked_for_was_not_agreed():
    assert [agreement.version for agreement in agreed(SHARED, YES, ASKED)] == [1]


def test_a_yes_taken_back_is_no_agreement_and_the_next_yes_counts():
    assert agreed(SHARED, YES, UNDONE) == []
    assert agreed(SHARED, YES, UNDONE, YES)[0].second_yes.at == at(3)


def test_a_yes_that_only_lifts_an_obstacle_is_not_the_second_yes():
    [agreement] = agreed(SHARED, YES, (What.STUCK, BUYER), YES)

    assert agreement.second_yes.at == at(1)


@pytest.mark.parametrize("hasty", [(ASKED, GRANTED), (DONE,), (DROPPED,)], ids=["a move", "done", "dropped"])
def test_what_an_act_taken_back_ended_went_on_standing(hasty: tuple[Any, ...]):
    [agreement] = agreed(SHARED, YES, *hasty, UNDONE)

    assert (agreement.version, agreement.since, agreement.ended_at, agreement.why) == (1, at(1), None, None)


def test_done_again_at_the_same_instant_it_was_taken_back_is_done():
    history = [replace(act, at=NOON) for act in story(SHARED, YES, DONE, UNDONE, DONE)]

    [agreement] = agreements(rows(history))

    assert (agreement.is_done, agreement.outcome) == (True, Outcome.KEPT)


def test_a_step_that_was_reopened_was_agreed_once_and_stood_twice():
    first, second = agreed(SHARED, YES, DONE, REOPENED)

    assert (first.why, first.since, first.ended_at) == (What.DONE, at(1), at(2))
    assert (second.why, second.since, second.agreed_at) == (None, at(3), at(1))


def test_done_taken_back_after_a_reopening_stood_since_the_reopening():
    last = agreed(SHARED, YES, DONE, REOPENED, DONE, UNDONE)[-1]

    assert (last.since, last.ended_at) == (at(3), None)


def test_a_reopening_taken_back_leaves_it_done():
    [agreement] = agreed(SHARED, YES, DONE, REOPENED, UNDONE)

    assert agreement.is_done


def test_agreements_come_in_the_order_in_which_they_were_made():
    late, early = story(SHARED, (What.COMMENTED, BUYER), YES), story(*MOVED)

    found = agreements(rows(late, early, early))

    assert [(agreement.number, agreement.version) for agreement in found] == [
        (2, 1),
        (3, 1),
        (1, 1),
        (2, 2),
        (3, 2),
    ]


def test_commitments_that_the_history_does_not_tell_of_are_refused():
    whole = rows(story(SHARED, YES))

    with pytest.raises(ValueError, match="zip"):
        agreements(replace(whole, acts=whole.acts[:1]))


def test_the_one_who_owns_it_does_it_and_the_other_waits_for_it():
    theirs = an_agreement(owner=BUYER)
    ours = an_agreement(owner=SELLER)

    assert (theirs.doer, theirs.counterpart) == ("Jonas Weber", "Maria Keller")
    assert (ours.doer, ours.counterpart) == ("Maria Keller", "Jonas Weber")


def test_the_stores_rows_are_read_as_they_are(session: Session):
    plan = a_plan(session)
    step = plan.agrees(title="Send the 40 invoices", day=THURSDAY)
    acts.propose(plan.deed(step, plan.jonas), Change(title="Send the 12 invoices", due_on=MONDAY))
    plan.passes(DAY)
    acts.agree(plan.deed(step, plan.maria))
    session.flush()

    first, second = agreements(store.plan_rows(session, plan.plan.id or 0))

    assert (first.title, first.due_on, first.ended_at) == ("Send the 40 invoices", THURSDAY, NOON + DAY)
    assert (second.title, second.due_on, second.kind) == ("Send the 12 invoices", MONDAY, Kind.DO)
    assert second.first_yes == Yes("Jonas Weber", BUYER, NOON)
    assert second.second_yes == Yes("Maria Keller", SELLER, NOON + DAY)


@given(any_history())
def test_both_yeses_are_of_two_sides_and_the_second_makes_the_agreement(history: list[Said]):
    for agreement in agreements(rows(history)):
        first, second = agreement.first_yes, agreement.second_yes
        assert first.side is second.side.other
        assert first.at <= second.at == agreement.agreed_at <= agreement.since


@given(any_history(), st.data())
def test_on_any_day_stood_what_a_person_would_read_in_the_history_up_to_it(
    history: list[Said], data: st.DataObject
):
    instant = data.draw(st.sampled_from(history)).at
    taken_back = list(retracted(history))
    meant = [act for act in history if act.what is not What.TAKEN_BACK and act not in taken_back]

    stood = agreed_on(agreements(rows(history)), instant)

    expected = standing_to_a_person([act for act in meant if act.at <= instant])
    assert [(agreement.version, agreement.is_done) for agreement in stood] == expected


def standing_to_a_person(meant: list[Said]) -> list[tuple[int, bool]]:
    """The agreed version, and whether it is done by now; nothing when it was dropped or never agreed."""
    if not meant:
        return []
    is_done = reading(meant).status is Status.DONE
    while is_done and reading(meant).status is Status.DONE:
        meant = meant[:-1]
    version = reading(meant).commitment
    return [(version, is_done)] if version else []


def test_what_is_agreed_stands_from_that_instant_and_no_sooner():
    found = agreed(SHARED, YES)

    assert agreed_on(found, at(1) - MINUTE / 60) == []
    assert agreed_on(found, at(1)) == found


def test_the_earlier_terms_stand_until_the_instant_the_new_ones_are_agreed():
    found = agreed(*MOVED)

    assert [agreement.version for agreement in agreed_on(found, at(2))] == [1]
    assert [agreement.version for agreement in agreed_on(found, at(3))] == [2]


def test_what_is_done_remains_as_done_and_what_was_dropped_has_left():
    done, dropped = agreed(SHARED, YES, DONE), agreed(SHARED, YES, DROPPED)

    assert [agreement.is_done for agreement in agreed_on(done, at(2))] == [True]
    assert agreed_on(dropped, at(2)) == []


def test_a_day_is_told_as_it_was_known_then():
    [then] = agreed_on(agreed(SHARED, YES, DONE), at(1))

    assert (then.ended_at, then.why, then.outcome, then.is_done) == (None, None, None, False)


def test_between_done_and_reopened_it_was_done():
    found = agreed(SHARED, YES, DONE, REOPENED)

    assert [agreement.is_done for minute in (1, 2, 3) for agreement in agreed_on(found, at(minute))] == [
        False,
        True,
        False,
    ]


def test_steps_of_a_day_come_by_number():
    found = agreements(rows(story(SHARED, (What.COMMENTED, BUYER), YES), story(SHARED, YES)))

    assert [agreement.number for agreement in agreed_on(found, at(2))] == [1, 2]


def test_a_step_agreed_in_between_is_added_and_one_dropped_is_gone():
    agreement = an_agreement(title="Name the approver", reason="", place="Room 4")

    [added], [gone] = changes([], [agreement]), changes([agreement], [])

    assert (added.became, added.title, added.place) == (
        Became.ADDED,
        (("Name the approver", "added"),),
        (("Room 4", "added"),),
    )
    assert (gone.became, gone.title, gone.reason) == (Became.GONE, (("Name the approver", "removed"),), ())
    assert (added.days, gone.days) == ((None, agreement.due_on), (agreement.due_on, None))


def test_a_changed_step_shows_its_words_its_day_and_its_time_before_and_after():
    before = an_agreement(title="Call about prices", kind=Kind.TALK, due_on=THURSDAY, due_at=time(9))
    after = replace(before, title="Call about terms", due_on=MONDAY, due_at=time(14, 30))

    [change] = changes([before], [after])

    assert change.became is Became.CHANGED
    assert change.title == (("Call about ", "same"), ("prices", "removed"), ("terms", "added"))
    assert (change.days, change.times) == ((THURSDAY, MONDAY), (time(9), time(14, 30)))


@pytest.mark.parametrize(
    "difference",
    [
        {"reason": "So that it is paid"},
        {"place": "Room 4"},
        {"kind": Kind.TALK},
        {"owner": SELLER},
        {"buyer": "Petra Lang"},
        {"seller": "Tom Reuter"},
        {"due_on": MONDAY + DAY},
        {"due_at": time(9)},
        {"why": What.DONE},
    ],
    ids=lambda difference: next(iter(difference)),
)
def test_a_step_is_changed_by(difference: dict[str, Any]):
    before = an_agreement()

    [change] = changes([before], [replace(before, **difference)])

    assert change.became is Became.CHANGED


def test_a_step_done_in_between_is_changed_in_that_alone():
    found = agreed(SHARED, YES, DONE)

    [change] = changes(agreed_on(found, at(1)), agreed_on(found, at(2)))

    assert (change.became, change.was_done, change.is_done) == (Became.CHANGED, False, True)
    assert {mark for _, mark in change.title} == {"same"}


def test_the_same_words_agreed_once_more_are_the_same():
    before = an_agreement()

    [change] = changes([before], [replace(before, version=3, agreed_at=at(9), since=at(9))])

    assert change.became is Became.SAME


def test_changes_come_by_step():
    first, second, third = (an_agreement(number=number) for number in (1, 2, 3))

    found = changes([third, first], [second, first])

    assert [(change.number, change.became) for change in found] == [(1, "same"), (2, "added"), (3, "gone")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("Send it", "Send it", [("Send it", "same")]),
        ("", "Send it", [("Send it", "added")]),
        ("Send it", "", [("Send it", "removed")]),
        ("Send it", "Send it now", [("Send it", "same"), (" now", "added")]),
        ("all 1,000", "all 1,200", [("all ", "same"), ("1,000", "removed"), ("1,200", "added")]),
        ("by Friday.", "by Friday", [("by Friday", "same"), (".", "removed")]),
        ("a sign-off", "a sign-on", [("a ", "same"), ("sign-off", "removed"), ("sign-on", "added")]),
        ("Send the", "Mail our", [("Send the", "removed"), ("Mail our", "added")]),
    ],
)
def test_a_text_is_compared_word_by_word(old: str, new: str, expected: list[tuple[str, str]]):
    assert list(runs(old, new)) == expected


def test_of_a_long_text_only_the_words_that_differ_are_marked():
    words = [f"word{number % 350}" for number in range(400)]
    old, new = " ".join(words), " ".join([*words[:50], "other", *words[51:300], *words[310:]])

    changed = [(text.strip(), str(mark)) for text, mark in runs(old, new) if mark != "same"]

    assert changed[:2] == [("word50", "removed"), ("other", "added")]
    assert changed[2:] == [(" ".join(words[300:310]), "removed")]


FEW_WORDS = st.lists(st.sampled_from(["Send", "the", "40", "invoices", ",", " ", "\n", "ſ", "a-b"])).map(
    "".join
)
LONG = st.lists(st.sampled_from([f"w{n}" for n in range(90)]), min_size=60, max_size=160).map(" ".join)


@given(st.tuples(FEW_WORDS, FEW_WORDS) | st.tuples(LONG, LONG) | st.tuples(st.text(), st.text()))
def test_what_is_the_same_and_added_is_the_new_text_and_the_same_and_removed_the_old(texts: tuple[str, str]):
    old, new = texts

    found = runs(old, new)

    assert "".join(text for text, mark in found if mark != "removed") == new
    assert "".join(text for text, mark in found if mark != "added") == old
    assert all(text for text, _ in found)


@given(FEW_WORDS | LONG, FEW_WORDS | LONG)
def test_marks_never_repeat_and_what_is_removed_comes_first(old: str, new: str):
    marks = [str(mark) for _, mark in runs(old, new)]

    assert set(pairwise(marks)) <= {
        ("same", "removed"),
        ("same", "added"),
        ("removed", "added"),
        ("removed", "same"),
        ("added", "same"),
    }


@given(FEW_WORDS | LONG)
def test_a_text_is_the_same_as_itself(text: str):
    assert "".join(f"{mark}: {part}" for part, mark in runs(text, text)) == (text and f"same: {text}")


def hard_texts() -> dict[str, tuple[str, str]]:
    """What makes difflib slow: one word over and over, many words once, every second word another."""
    random, signs = Random(1), [chr(0x4E00 + number) for number in range(5000)]
    known, others = signs[:2500], signs[2500:]
    return {
        "one word": ("a " * 2500, "".join(random.choices(("a ", "a  "), k=1700))),
        "few words": (drawn(random, "abcdefgh"), drawn(random, "abcdefgh")),
        "many words": (drawn(random, known[:60]), drawn(random, known[:60])),
        "another order": (" ".join(known), " ".join(random.sample(known, 2500))),
        "every second word": (" ".join(known), " ".join(chain(*zip(known[::2], others[::2], strict=True)))),
    }


def drawn(random: Random, words: Sequence[str]) -> str:
    return " ".join(random.choices(words, k=2500))


@pytest.mark.parametrize(("old", "new"), hard_texts().values(), ids=hard_texts())
def test_two_texts_of_the_greatest_length_are_compared_in_50_milliseconds(old: str, new: str):
    assert min(seconds_for(old, new) for _ in range(5)) < 0.05


def seconds_for(old: str, new: str) -> float:
    began = clock.process_time()
    runs(old, new)
    return clock.process_time() - began
