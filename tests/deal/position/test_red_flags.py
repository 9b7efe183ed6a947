"""Which red flags the record raises, in which order, and that each goes when its cause does."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.deal.position.influence import GLOSS, Area, BuyingRole, Mode
from app.deal.position.red_flags import SHOWN, Cause, Flag, Influence, Position, SharedStep, line_of, raised

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)
LAST_CALL = TODAY - 14 * DAY
ECONOMIC, USER, TECHNICAL, COACH = BuyingRole


def an_influence(id: int, name: str, *roles: BuyingRole, **changes: Any) -> Influence:
    """Somebody of whom everything is known."""
    known = Influence(
        id=id,
        name=name,
        roles=frozenset(roles),
        mode=Mode.TROUBLE,
        win="Leaves at five again",
        result="An invoice takes two days",
        spoken_on=LAST_CALL,
        said_on=LAST_CALL,
        answers=True,
        agreed=True,
    )
    return replace(known, **changes)


PETRA = an_influence(1, "Petra Lang", ECONOMIC)
JONAS = an_influence(2, "Jonas Weber", USER, COACH)
ANKE = an_influence(3, "Anke Brandt", TECHNICAL)
STEP = SharedStep(4, "Name who signs")

KNOWN = Position(
    today=TODAY,
    objective="Invoice approval for Husum",
    amount=Decimal(24000),
    close_on=TODAY + 60 * DAY,
    confirmed_on=TODAY,
    bets=True,
    influences=(PETRA, JONAS, ANKE),
    gaps=1,
    alternatives=1,
    last_call_on=LAST_CALL,
    steps=(STEP,),
    is_shared=True,
)


# What may be learned of somebody; nothing here raises a doubt of its own, but an Economic influence's mode.
LESSONS: list[dict[str, Any]] = [
    {"spoken_on": TODAY},
    {"win": "Leaves at five again"},
    {"result": "An invoice takes two days"},
    {"said_on": TODAY},
    *({"mode": mode, "said_on": TODAY} for mode in Mode),
]

RECENT = st.none() | st.dates(TODAY - 120 * DAY, TODAY)
INFLUENCES = st.builds(
    Influence,
    id=st.integers(1, 30),
    name=st.sampled_from(["Petra Lang", "Jonas Weber", "Anke Brandt"]),
    roles=st.frozensets(st.sampled_from(BuyingRole)),
    mode=st.none() | st.sampled_from(Mode),
    win=st.sampled_from(["", "Leaves at five again"]),
    spoken_on=RECENT,
    started_on=RECENT,
    said_on=RECENT,
    answers=st.booleans(),
    agreed=st.booleans(),
)
POSITIONS = st.builds(
    Position,
    today=st.just(TODAY),
    objective=st.sampled_from(["", "Sell more", "Invoice approval for Husum"]),
    amount=st.sampled_from([None, Decimal(24000)]),
    close_on=st.none() | st.dates(TODAY - 9 * DAY, TODAY + 9 * DAY),
    confirmed_on=RECENT,
    influences=st.lists(INFLUENCES, max_size=6, unique_by=lambda one: one.id),
    gaps=st.integers(0, 2),
    alternatives=st.integers(0, 2),
    last_call_on=RECENT,
    steps=st.lists(
        st.builds(SharedStep, st.integers(1, 30), st.just("Name who signs"), *[st.integers(0, 6)] * 3),
        max_size=4,
        unique_by=lambda step: step.number,
    ),
    is_shared=st.booleans(),
)


def keys(at: Position) -> list[str]:
    return [flag.key for flag in raised(at)]


def the_flag(**changes: Any) -> Flag:
    (flag,) = raised(replace(KNOWN, **changes))
    return flag


def jonas(**changes: Any) -> dict[str, Any]:
    """The same deal, with something else about Jonas."""
    return {"influences": (PETRA, replace(JONAS, **changes), ANKE)}


def petra(**changes: Any) -> dict[str, Any]:
    return {"influences": (replace(PETRA, **changes), JONAS, ANKE)}


def said_of(number: int, at: Position) -> set[str]:
    """Every sentence that is raised about one person."""
    return {why for flag in raised(at) if flag.key == f"person:{number}" for why in flag.why}


def test_a_deal_of_which_everything_is_known_raises_nothing():
    assert raised(KNOWN) == []


def test_a_deal_of_which_nothing_is_known_asks_for_the_money_first_and_fits_the_page():
    found = keys(Position(TODAY))

    assert found == [
        "role:economic",
        "gap",
        "objective",
        "role:coach",
        "role:technical",
        "role:user",
        "competition",
    ]
    assert len(found) <= SHOWN


# What is not known, the flag that it raises, and words of its reason. KNOWN raises none: known, it is gone.
CAUSES = [
    ({"objective": ""}, "objective", Area.OBJECTIVE, "Nothing says what exactly is sold."),
    ({"objective": "Sell more"}, "objective", Area.OBJECTIVE, "It does not say what exactly is sold."),
    ({"amount": None}, "objective", Area.OBJECTIVE, "It says no amount."),
    ({"close_on": None}, "objective", Area.OBJECTIVE, "It says no day."),
    ({"close_on": TODAY - DAY}, "objective", Area.OBJECTIVE, "It is past its day."),
    ({"confirmed_on": TODAY - 31 * DAY}, "objective", Area.OBJECTIVE, "still true"),
    ({"bets": False}, "objective", Area.OBJECTIVE, "would not bet on"),
    ({"gaps": 0}, "gap", Area.OBJECTIVE, "the gap between where they are and where they want to be"),
    ({"alternatives": 0}, "competition", Area.COMPETITION, "No alternative was considered"),
    ({"influences": (JONAS, ANKE)}, "role:economic", Area.COVERAGE, "who releases the money"),
    ({"influences": (PETRA, JONAS)}, "role:technical", Area.COVERAGE, "who screens out"),
    (jonas(roles=frozenset({COACH})), "role:user", Area.COVERAGE, "who lives with the result"),
    (jonas(roles=frozenset({USER})), "role:coach", Area.COVERAGE, "Nobody is known who guides you."),
    (jonas(spoken_on=None), "person:2", Area.COVERAGE, "Nobody of you has spoken to them yet."),
    (jonas(started_on=TODAY), "person:2", Area.COVERAGE, "They are new in the job."),
    (jonas(mode=None), "person:2", Area.MODES, "Their mode is unknown"),
    (jonas(mode=None, said_on=LAST_CALL - DAY), "person:2", Area.MODES, "Their mode is unknown"),
    (jonas(win=""), "person:2", Area.WINS, "What they win by it is unknown."),
    (jonas(said_on=LAST_CALL - DAY), "person:2", Area.MODES, "older than the last call"),
]


@pytest.mark.parametrize(("changes", "key", "area", "why"), CAUSES)
def test_each_cause_raises_one_flag_that_is_gone_without_it(
    changes: dict[str, Any], key: str, area: Area, why: str
):
    flag = the_flag(**changes)

    assert (flag.key, flag.area, flag.cause, len(flag.why)) == (key, area, Cause.RECORD, 1)
    assert why in flag.why[0]


def test_all_that_is_unknown_of_somebody_folds_into_one_flag_with_their_name():
    flag = the_flag(**jonas(spoken_on=None, mode=None, win="", started_on=TODAY))

    assert (flag.title, flag.subject, len(flag.why)) == ("Jonas Weber", 2, 4)
    assert flag.area is Area.COVERAGE  # that of its first reason


def test_a_flag_keeps_its_key_while_its_reasons_change():
    both, one = the_flag(**jonas(mode=None, win="")), the_flag(**jonas(win=""))

    assert both.key == one.key
    assert (len(both.why), len(one.why)) == (2, 1)


def test_an_unsure_objective_folds_what_it_lacks_and_weighs_more_once_its_day_is_past():
    unsure = {"amount": None, "bets": False, "alternatives": 0}

    assert keys(replace(KNOWN, **unsure)) == ["competition", "objective"]
    assert keys(replace(KNOWN, close_on=TODAY - DAY, **unsure)) == ["objective", "competition"]
    assert len(raised(replace(KNOWN, **unsure))[1].why) == 2


def test_somebody_in_no_role_is_no_influence():
    stranger = Influence(9, "Ole Petersen")

    assert raised(replace(KNOWN, influences=(*KNOWN.influences, stranger))) == []


def test_two_names_for_the_money_are_one_too_many():
    flag = the_flag(influences=(PETRA, JONAS, ANKE, an_influence(9, "Ole Petersen", ECONOMIC)))

    assert (flag.key, flag.area) == ("role:economic:two", Area.COVERAGE)
    assert flag.why == ("Petra Lang and Ole Petersen: only one of them releases the money.",)


def test_two_users_are_welcome():
    assert raised(replace(KNOWN, influences=(PETRA, JONAS, ANKE, an_influence(9, "Ole", USER)))) == []


@pytest.mark.parametrize("mode", Mode)
def test_only_of_the_money_the_mode_itself_is_a_flag_when_it_is_not_ready(mode: Mode):
    assert raised(replace(KNOWN, **jonas(mode=mode))) == []

    money = raised(replace(KNOWN, **petra(mode=mode)))

    is_ready = mode in (Mode.GROWTH, Mode.TROUBLE)
    assert [flag.key for flag in money] == ([] if is_ready else ["person:1"])
    assert all(GLOSS[mode] in flag.why[0] and flag.area is Area.MODES for flag in money)


@pytest.mark.parametrize(("days", "is_new"), [(-10, True), (0, True), (89, True), (90, False)])
def test_somebody_is_new_for_ninety_days(days: int, is_new: bool):
    assert bool(raised(replace(KNOWN, **jonas(started_on=TODAY - days * DAY)))) is is_new


@pytest.mark.parametrize(
    ("said_on", "last_call_on"), [(LAST_CALL, LAST_CALL), (LAST_CALL, None), (TODAY, LAST_CALL)]
)
def test_a_mode_rests_on_words_as_new_as_the_last_call(said_on: date, last_call_on: date | None):
    assert raised(replace(KNOWN, last_call_on=last_call_on, **jonas(said_on=said_on))) == []


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (replace(STEP, moved=1), ()),
        (replace(STEP, moved=2), ("It has been moved 2 times.",)),
        (replace(STEP, days_late=1), ("It is theirs, and 1 day late.",)),
        (replace(STEP, days_late=2), ("It is theirs, and 2 days late.",)),
        (replace(STEP, days_unanswered=4), ()),
        (replace(STEP, days_unanswered=5), ("They have not answered it for 5 working days.",)),
    ],
)
def test_a_shared_step_tells_how_it_goes(step: SharedStep, why: tuple[str, ...]):
    found = raised(replace(KNOWN, steps=(step,)))

    assert [flag.why for flag in found] == ([why] if why else [])


def test_all_that_a_shared_step_tells_is_one_flag():
    flag = the_flag(steps=(SharedStep(4, "Name who signs", moved=3, days_late=2, days_unanswered=9),))

    assert (flag.key, flag.subject, flag.cause, len(flag.why)) == ("step:4", 4, Cause.SHARED, 3)
    assert flag.title == "“Name who signs”"


@pytest.mark.parametrize(("answering", "found"), [(0, []), (1, ["answers:one"]), (2, []), (3, [])])
def test_one_who_answers_for_all_is_a_flag(answering: int, found: list[str]):
    people = [replace(one, answers=place < answering) for place, one in enumerate(KNOWN.influences)]

    assert keys(replace(KNOWN, influences=people)) == found


def test_who_is_alone_answers_for_nobody_else():
    alone = an_influence(1, "Petra Lang", *BuyingRole)

    assert raised(replace(KNOWN, influences=(alone,))) == []


def test_money_that_agreed_to_nothing_is_a_flag_once_there_is_something_to_agree_to():
    flag = the_flag(**petra(agreed=False))

    assert (flag.key, flag.cause) == ("economic:yes", Cause.SHARED)
    assert raised(replace(KNOWN, is_shared=False, **petra(agreed=False))) == []
    assert keys(replace(KNOWN, influences=(JONAS, ANKE))) == ["role:economic"]


def test_one_yes_of_the_money_is_enough():
    other = an_influence(9, "Ole Petersen", ECONOMIC, agreed=False)

    assert keys(replace(KNOWN, influences=(PETRA, JONAS, ANKE, other))) == ["role:economic:two"]


def test_even_a_missing_gap_stands_below_what_the_money_leaves_open():
    assert keys(replace(KNOWN, gaps=0, **petra(agreed=False, win=""))) == ["economic:yes", "person:1", "gap"]


def test_a_flag_in_one_line_says_what_is_open_and_not_just_whose_it_is():
    assert line_of(the_flag(**jonas(win=""))) == "Jonas Weber: What they win by it is unknown."
    assert line_of(the_flag(steps=(replace(STEP, moved=2),))).startswith(
        "“Name who signs”: It has been moved"
    )
    assert line_of(the_flag(gaps=0)) == "No gap stated"


@given(POSITIONS)
def test_no_flag_is_raised_twice_and_none_without_a_reason(at: Position):
    found = raised(at)

    assert len({flag.key for flag in found}) == len(found)
    assert all(flag.why and all(flag.why) for flag in found)


@given(POSITIONS)
def test_what_concerns_the_money_stands_first(at: Position):
    money = {f"person:{one.id}" for one in at.influences if ECONOMIC in one.roles}

    concerns = ["economic" in key or key in money for key in keys(at)]

    assert concerns == sorted(concerns, reverse=True)


@given(POSITIONS, st.randoms(use_true_random=False))
def test_the_order_is_the_same_however_the_rows_come(at: Position, chance: Any):
    people, steps = list(at.influences), list(at.steps)
    chance.shuffle(people)
    chance.shuffle(steps)

    assert keys(replace(at, influences=people, steps=steps)) == keys(at)


@given(POSITIONS, INFLUENCES, st.sampled_from(LESSONS))
def test_knowing_more_of_somebody_never_raises_more_but_for_how_the_money_sees_it(
    at: Position, one: Influence, lesson: dict[str, Any]
):
    others = [each for each in at.influences if each.id != one.id]
    before = replace(at, influences=[*others, one])
    after = replace(at, influences=[*others, replace(one, **lesson)])

    more = said_of(one.id, after) - said_of(one.id, before)

    mode = lesson.get("mode")
    may_raise = ECONOMIC in one.roles and mode in (Mode.EVEN_KEEL, Mode.OVERCONFIDENT)
    assert more <= ({f"{mode.capitalize()}: they {GLOSS[mode]}."} if may_raise else set())
    mine = f"person:{one.id}"
    assert [key for key in keys(after) if key != mine] == [key for key in keys(before) if key != mine]


@given(POSITIONS, INFLUENCES)
def test_of_somebody_of_whom_all_is_known_nothing_is_asked(at: Position, one: Influence):
    known = an_influence(one.id, one.name, *one.roles, said_on=TODAY, started_on=TODAY - 90 * DAY)

    assert said_of(one.id, replace(at, influences=[known])) == set()


def test_growth_and_trouble_alone_are_ready_to_act():
    assert [mode for mode in Mode if mode.is_ready] == [Mode.GROWTH, Mode.TROUBLE]


@pytest.mark.parametrize("word", [*BuyingRole, *Mode, *Area])
def test_each_word_of_a_buying_decision_is_told_in_plain_words(word: BuyingRole | Mode | Area):
    assert GLOSS[word]
