"""The page of a deal's position: who decides, what they said, and what is uncertain, on the HTML one gets."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI
from sqlmodel import Session, select

from app.account.tables import Role
from app.clock import right_now
from app.database import Database
from app.deal.tables import ModeSeen, Person, RolePlayed
from tests.cast import INVOICES, NINE_DAYS, RESIDENCY, Buyer, SellerAtWork, a_colleague, form_ending, in_days
from tests.marks import EACH_DATABASE
from tests.markup import text_of
from tests.safety.visitors import a_browser, contents, signed_in

HTMX = {"HX-Request": "true"}
OBJECTIVE = {
    "company": "Nordwind",
    "objective": "Invoice approval for Husum",
    "amount": "24000",
    "currency": "EUR",
    "close_on": str(in_days(60)),
}


class Position:
    """Maria at the page that shows where a deal of hers stands."""

    def __init__(self, maria: SellerAtWork) -> None:
        self.maria, self.deal = maria, maria.deal

    def page(self) -> str:
        return self.maria.page(f"{self.deal}/position")

    def text(self) -> str:
        return text_of(self.page())

    def section(self, place: str) -> str:
        """The words of one section of the page."""
        return text_of(self.page().partition(f' id="{place}">')[2].partition("</section>")[0])

    def flags(self) -> str:
        return self.section("flags")

    def says(self, place: str, **fields: Any):
        return self.maria.client.post(f"{self.deal}/{place}", data=fields)

    def sells(self, **fields: str):
        """Write down the Single Sales Objective."""
        return self.maria.client.post(self.deal, data=OBJECTIVE | fields)

    def adds(self, *names: str) -> None:
        for name in names:
            self.says("people", name=name)

    def id_of(self, name: str) -> str:
        cards = re.findall(r' id="person-(\d+)">\s*<div [^>]*>\s*<h3><bdi>([^<]+)', self.page())
        return next(number for number, called in cards if called == name)

    def card_of(self, name: str) -> str:
        return text_of(
            self.page().partition(f' id="person-{self.id_of(name)}">')[2].partition("</article>")[0]
        )

    def describes(self, name: str = "Jonas Weber", **fields: Any):
        return self.says(f"people/{self.id_of(name)}", **fields)

    def last(self, pattern: str) -> str:
        """The id in the last address of the page such as `points/ID/gap`."""
        before, _, after = pattern.partition("ID")
        return re.findall(rf'"{self.deal}/{before}(\d+){after}"', self.page())[-1]

    def states_the_gap(self) -> str:
        point = self.last("points/ID/gap")
        self.says(f"points/{point}/gap", gap="yes")
        return point


@pytest.fixture
def position(maria: SellerAtWork, after_call: None) -> Position:
    """Of Jonas one thing that he said is known, and nothing else."""
    return Position(maria)


@pytest.fixture
def shared(jonas: Buyer, maria: SellerAtWork) -> Position:
    return Position(maria)


def on_day(days: int):
    return time_machine.travel(right_now() + timedelta(days=days), tick=True)


def rows(database: Database, kind: Any) -> list[dict[str, Any]]:
    with Session(database.reading) as session:
        return [row.model_dump() for row in session.exec(select(kind).order_by(kind.id))]


def test_a_new_deal_asks_for_all_that_nobody_knows(position: Position):
    text = position.text()

    assert "7 red flags (something uncertain or missing)" in text
    for title in ("Economic role uncovered", "No gap stated", "No Single Sales Objective yet"):
        assert title in position.flags()


# Roles, modes and wins


@EACH_DATABASE
def test_who_plays_a_role_stands_under_it_until_they_play_it_no_more(position: Position):
    position.describes(role=["user", "coach"])
    both = position.section("influences")
    position.describes(role=["coach"])

    assert "User lives with the result Jonas Weber" in both
    assert "Coach guides you Jonas Weber" in both
    assert "User lives with the result nobody yet" in position.section("influences")
    assert "Coach guides you Jonas Weber" in position.section("influences")


def test_a_role_that_somebody_plays_is_covered(position: Position):
    position.describes(role="technical")

    assert "Technical role uncovered" not in position.flags()
    assert "User role uncovered" in position.flags()


def test_several_people_may_play_one_role(position: Position):
    position.adds("Petra Lang")

    position.describes(role="user")
    position.describes("Petra Lang", role="user")

    users = position.section("influences").partition("User")[2].partition("Technical")[0]
    assert "Jonas Weber" in users
    assert "Petra Lang" in users
    assert "only one of them" not in position.flags()


def test_two_names_for_the_money_raise_the_question_which(position: Position):
    position.adds("Petra Lang")

    position.describes(role="economic")
    position.describes("Petra Lang", role="economic")

    assert "Two names for one Economic role" in position.flags()
    assert "only one of them releases the money." in position.flags()


def test_how_somebody_sees_it_and_what_they_win_stands_in_their_cell(position: Position):
    position.describes(
        role="user", mode="even keel", win="Leaves at five again", result="An invoice takes two days"
    )

    assert "Result: An invoice takes two days. Win: Leaves at five again." in position.card_of("Jonas Weber")
    cell = "Jonas Weber: even keel (sees no reason to change) · wins Leaves at five again"
    assert cell in position.section("influences")


def test_what_is_learned_of_somebody_takes_its_reason_from_the_flag(position: Position):
    position.describes(role="user")
    before = position.flags()

    position.describes(role="user", mode="growth", win="A quiet close", spoken_on=str(in_days(0)))

    for why in ("Their mode is unknown", "What they win by it is unknown.", "Nobody of you has spoken"):
        assert why in before
        assert why not in position.flags()


def test_somebody_new_in_the_job_is_a_flag(position: Position):
    position.describes(role="user", started_on=str(in_days(-20)))

    assert "They are new in the job." in position.flags()


def test_a_mode_rests_on_what_they_said_until_the_next_call(position: Position):
    position.says("points", words="The close takes us two weekends", said_on=str(in_days(-9)))
    point = next(
        found
        for found in re.findall(r'<option value="(\d+)"[^>]*>([^<]+)', position.page())
        if found[1].startswith("The close takes us")
    )[0]
    position.describes(role="user", mode="trouble", win="Free weekends", evidence=point)
    chosen = f'<option value="{point}" selected>The close takes us two weekends'
    before = position.page()

    call = position.says("calls", on=str(in_days(0))).headers["location"]
    position.maria.client.post(f"{call}/happened", data={"how": "yes"})

    assert chosen in before
    assert "older than the last call" not in before
    assert "What their mode rests on is older than the last call." in position.flags()


def test_a_change_of_mode_is_kept_in_the_history_of_the_cell(position: Position, database: Database):
    position.describes(role="user", mode="even keel")
    alone = position.card_of("Jonas Weber")
    position.describes(role="user", mode="even keel")  # nothing new
    position.describes(role="user", mode="trouble")

    assert "→" not in alone
    assert re.search(r"\w: even keel → \w+ \d+ \w+: trouble", position.card_of("Jonas Weber"))
    assert [(row["mode"], row["is_debrief"]) for row in rows(database, ModeSeen)] == [
        ("even keel", False),
        ("trouble", False),
    ]


def test_a_form_sent_as_it_stands_changes_nothing_of_somebody(position: Position, database: Database):
    position.describes(
        role="technical",
        mode="overconfident",
        evidence=position.last("points/ID/gap"),
        win="A name on the door",
        result="One system less",
        told_by="Petra Lang",
        covered_by=f"us-{position.maria.seller.id}",
        spoken_on=str(in_days(-3)),
        started_on=str(in_days(-40)),
    )
    known = [rows(database, kind) for kind in (Person, RolePlayed, ModeSeen)]
    form = form_ending(position.page(), f"/people/{position.id_of('Jonas Weber')}")

    assert position.maria.client.post(form.action, data=form.fields).status_code == 303

    assert [rows(database, kind) for kind in (Person, RolePlayed, ModeSeen)] == known
    (person,), (role,), _ = known
    assert (role["role"], role["told_by"]) == ("technical", "Petra Lang")
    assert person["covered_by_id"] == position.maria.seller.id
    assert person["mode_point_id"]


def test_what_is_emptied_is_not_known_any_more(position: Position):
    position.describes(role="user", mode="trouble", win="Free weekends", result="Two days")

    position.describes(role="user")

    card = position.card_of("Jonas Weber")
    assert "mode ?" in card
    assert "Free weekends" not in card.partition("Change")[0]
    assert "Their mode is unknown" in position.flags()


def test_who_told_it_can_be_emptied_too(position: Position, database: Database):
    position.describes(role="user", told_by="Petra Lang")

    position.describes(role="user", told_by="")

    assert rows(database, RolePlayed)[0]["told_by"] == ""


# The objective


def test_an_objective_is_confirmed_with_a_bet_on_its_day(position: Position):
    position.sells()

    position.says("objective", true="yes", bets="yes")

    assert "; you would bet on the day." in position.section("objective")
    assert "The objective is not sure" not in position.flags()


def test_a_day_one_would_not_bet_on_is_a_flag(position: Position):
    position.sells()

    position.says("objective", true="yes", bets="no")

    assert "; you would not bet on the day." in position.section("objective")
    assert "It has a day that you would not bet on." in position.flags()


def test_what_is_no_longer_true_has_to_be_written_anew(position: Position, database: Database):
    position.sells()
    before = contents(database)

    answer = position.says("objective", true="no")

    assert answer.status_code == 422
    assert "write down what is true now" in text_of(answer.text)
    assert contents(database) == before


def test_after_a_month_it_is_asked_again_whether_it_is_true(position: Position):
    position.sells()

    with on_day(31):
        position.maria.signs_in()
        asked = position.flags()
        position.says("objective", true="yes", bets="yes")

        assert "It was not asked about for a month; is it still true." in asked
        assert "not asked about" not in position.flags()


def test_a_changed_objective_is_kept_as_it_was_and_its_bet_is_off(position: Position):
    position.sells()
    position.says("objective", true="yes", bets="no")

    position.sells(objective="Invoice approval for Husum and Kiel", amount="36000")

    now, _, was = position.section("objective").partition("Until")
    assert "Invoice approval for Husum and Kiel, 36,000.00 EUR" in now
    assert "bet on the day." not in now.partition("Still true?")[0]
    assert ": Invoice approval for Husum, 24,000.00 EUR, by" in was


def test_an_objective_written_again_as_it_was_is_no_change(position: Position):
    position.sells()
    position.says("objective", true="yes", bets="yes")

    position.sells()

    assert "Until" not in position.section("objective")
    assert "; you would bet on the day." in position.section("objective")


# Gaps, strengths and alternatives


def test_a_gap_is_stated_by_something_they_said_until_it_is_none_after_all(position: Position):
    point = position.states_the_gap()
    stated, flags = position.section("gaps"), position.flags()

    position.says(f"points/{point}/gap", gap="no")

    assert f"“{NINE_DAYS}” a gap" in stated
    assert "No gap stated" not in flags
    assert "No gap stated" in position.flags()


def test_a_strength_counts_only_if_it_closes_a_gap(position: Position):
    position.says("strengths", words="Reads sideways notes")
    without = position.text()
    point = position.states_the_gap()

    position.says("strengths", words="Shows who signs", gap=point)

    assert "Reads sideways notes counts once it closes a gap" in without
    assert "1 strength (sets you apart" not in without
    assert "1 strength (sets you apart and closes a gap of theirs)" in position.text()
    assert "Shows who signs closes: “An invoice takes 9 days" in position.section("strengths")


def test_what_they_said_without_stating_a_gap_is_closed_by_nothing(position: Position, database: Database):
    before = contents(database)

    answer = position.says("strengths", words="Shows who signs", gap=position.last("points/ID/gap"))

    assert answer.status_code == 422
    assert "Shows who signs" in answer.text
    assert contents(database) == before


def test_a_strength_counts_no_more_when_its_gap_is_none_after_all(position: Position):
    point = position.states_the_gap()
    position.says("strengths", words="Shows who signs", gap=point)

    position.says(f"points/{point}/gap", gap="no")

    assert "1 strength (sets you apart" not in position.text()


def test_a_strength_that_is_gone_stands_no_more(position: Position):
    position.says("strengths", words="Shows who signs", gap=position.states_the_gap())

    position.says(f"strengths/{position.last('strengths/ID/removal')}/removal")

    assert "Shows who signs" not in position.text()
    assert "1 strength" not in position.text()


def test_an_alternative_that_was_considered_stands_with_what_answers_it(position: Position):
    position.says("alternatives", kind="a rival", name="Brightwater", answer="They cannot name who signs")

    assert "A rival: Brightwater. What answers it: They cannot name who signs" in position.section(
        "competition"
    )
    assert "No alternative considered" not in position.flags()


def test_an_alternative_is_checked_again_on_another_day(position: Position):
    position.says("alternatives", kind="doing nothing", answer="The audit in March")
    address = f"alternatives/{position.last('alternatives/ID')}"

    with on_day(3):
        position.says(address, answer="")
        same = position.section("competition")
        position.says(address, answer="The audit is in February now")

        checked = f"(checked {in_days(0):%a} {in_days(0).day} {in_days(0):%b})"
        assert f"What answers it: The audit in March {checked}" in same
        assert f"What answers it: The audit is in February now {checked}" in position.section("competition")


def test_without_its_last_alternative_a_deal_is_flagged_again(position: Position):
    position.says("alternatives", kind="doing it in-house")

    position.says(f"alternatives/{position.last('alternatives/ID/removal')}/removal")

    assert "Doing it in-house:" not in position.section("competition")
    assert "No alternative considered" in position.flags()


# Flags of one's own, and flags one knows better than


def test_a_flag_of_one_s_own_stands_until_it_is_gone(position: Position):
    position.says("flags", words="A reorganisation is announced", area="coverage")
    raised = position.flags()

    position.says(f"flags/{position.last('flags/ID/removal')}/removal")

    assert "A reorganisation is announced You raised it." in raised
    assert "reorganisation" not in position.text()


def test_a_flag_one_knows_better_than_stands_apart_with_the_reason_until_it_is_one_after_all(
    position: Position,
):
    position.says("disputes", flag="competition", reason="They signed nothing with anybody")
    disputed = position.text()

    position.says(f"disputes/{position.last('disputes/ID/removal')}/removal")

    assert "6 red flags" in disputed
    assert "You know better: No alternative considered: They signed nothing with anybody" in disputed
    assert "7 red flags" in position.text()
    assert "You know better:" not in position.text()
    assert "No alternative considered No alternative was considered" in position.flags()


def test_a_disputed_flag_whose_cause_is_gone_is_no_flag_either_way(position: Position):
    position.says("disputes", flag="competition", reason="They signed nothing with anybody")

    position.says("alternatives", kind="doing nothing")

    assert "You know better:" not in position.text()
    assert "No alternative considered" not in position.text()


@pytest.mark.parametrize(
    "fields",
    [
        {"flag": "competition", "reason": ""},
        {"flag": "competition", "reason": " \u200b"},
        {"flag": "own:999", "reason": "So it is"},
        {"flag": "", "reason": "So it is"},
    ],
)
def test_a_flag_is_disputed_with_a_reason_and_only_while_it_stands(
    position: Position, database: Database, fields: dict[str, str]
):
    before = contents(database)

    assert position.says("disputes", **fields).status_code == 422

    assert contents(database) == before


def test_nothing_is_disputed_twice(position: Position):
    position.says("disputes", flag="competition", reason="They signed nothing with anybody")

    answer = position.says("disputes", flag="competition", reason="As I said")

    assert answer.status_code == 422
    assert "This flag stands no more." in text_of(answer.text)


def test_seven_flags_are_shown_and_the_rest_stand_behind_how_many_they_are(position: Position):
    for number in range(3):
        position.says("flags", words=f"Nobody knows reason {number}")

    shown, found, rest = position.page().partition("3 more</summary>")

    assert found
    assert shown.count('<div class="note note--warn">') == 7
    assert "Economic role uncovered" in shown
    assert rest.partition(' id="influences"')[0].count("note--warn") == 3


def test_seven_flags_have_nothing_behind_them(position: Position):
    assert " more</summary>" not in position.page()


# Flags from the shared plan


def test_a_step_that_was_moved_twice_is_a_flag(shared: Position, jonas: Buyer):
    for days, said in ((9, False), (12, True)):
        jonas.acts(1, "counter", due_on=str(in_days(days)))
        shared.maria.acts(1, "yes")
        assert ("It has been moved" in shared.flags()) is said

    assert f"“{INVOICES}” from the shared plan It has been moved 2 times." in shared.flags()


def test_a_day_that_was_taken_back_at_once_moved_nothing(shared: Position, jonas: Buyer):
    for days in (9, 12):
        jonas.acts(1, "counter", due_on=str(in_days(days)))
        jonas.acts(1, "undo")

    assert "It has been moved" not in shared.flags()


def test_their_promise_that_is_late_is_a_flag_and_ours_is_none(shared: Position, jonas: Buyer):
    jonas.acts(1, "yes")
    jonas.acts(2, "yes")
    with on_day(5):
        on_its_day = shared.flags()

    with on_day(7):
        late = shared.flags()

    assert "late" not in on_its_day
    assert f"“{INVOICES}” from the shared plan It is theirs, and 2 days late." in late
    assert RESIDENCY not in late


@contextmanager
def on_a_monday() -> Generator[Any]:
    """At noon; the clock can be moved on by days."""
    noon = right_now().replace(hour=12, minute=0, second=0, microsecond=0)
    monday = noon + timedelta(days=-noon.weekday() % 7)
    with time_machine.travel(monday, tick=False) as clock:
        yield clock


@pytest.mark.parametrize(("days", "is_flagged"), [(4, False), (5, False), (6, False), (7, True)])
def test_what_they_leave_unanswered_for_five_working_days_is_a_flag(
    maria: SellerAtWork, days: int, is_flagged: bool
):
    """Put to them on a Monday: Friday, Saturday and Sunday are too early, the next Monday is not."""
    with on_a_monday() as clock:
        maria.signs_in()
        maria.writes_down(due_on_1=str(in_days(20)), due_on_2=str(in_days(20)))
        maria.shares_with("Jonas Weber")
        clock.shift(timedelta(days=days))

        flags = Position(maria).flags()

    why = f"“{INVOICES}” from the shared plan They have not answered it for"
    assert (why in flags) is ("have not answered" in flags) is is_flagged


def test_what_waits_for_us_is_not_unanswered_by_them(shared: Position, jonas: Buyer):
    jonas.acts(1, "counter", due_on=str(in_days(9)))

    with on_day(10):
        flags = shared.flags()

    assert f"“{RESIDENCY}” from the shared plan They have not answered it" in flags
    assert INVOICES not in flags


def test_one_who_alone_answers_for_several_is_a_flag(shared: Position, jonas: Buyer, app: FastAPI):
    jonas.acts(1, "yes")
    alone = shared.flags()
    shared.adds("Petra Lang")
    for_both = shared.flags()
    petra = Buyer(a_browser(app), shared.maria.makes_link_for("Petra Lang"))

    petra.acts(1, "comments", words="March is fine")

    assert "ever answers" not in alone
    assert "Only Jonas Weber ever answers on the shared plan." in for_both
    assert "ever answers" not in shared.flags()


def test_money_that_said_yes_to_nothing_is_a_flag(shared: Position, jonas: Buyer):
    flag = "No Economic influence has said yes to anything on the shared plan."
    nobody = shared.flags()
    shared.describes(role="economic")
    before = shared.flags()

    jonas.acts(1, "yes")

    assert flag not in nobody
    assert "The money has agreed to nothing from the shared plan" in before
    assert flag in before
    assert flag not in shared.flags()


def test_before_anything_is_shared_nobody_can_have_agreed(position: Position):
    position.describes(role="economic")

    assert "The money has agreed to nothing" not in position.flags()


def test_money_that_asked_for_another_day_and_got_it_has_agreed(shared: Position, jonas: Buyer):
    shared.describes(role="economic")

    jonas.acts(1, "counter", due_on=str(in_days(9)))
    shared.maria.acts(1, "yes")

    assert "The money has agreed to nothing" not in shared.flags()


def test_money_that_took_its_yes_back_has_agreed_to_nothing(shared: Position, jonas: Buyer):
    shared.describes(role="economic")

    jonas.acts(1, "yes")
    jonas.acts(1, "undo")

    assert "The money has agreed to nothing" in shared.flags()


# What is refused, by whom, and twice

BAD = [
    ("people/{person}", {"role": "boss"}),
    ("people/{person}", {"role": ["user"] * 5}),
    ("people/{person}", {"mode": "euphoric"}),
    ("people/{person}", {"evidence": "x"}),
    ("people/{person}", {"evidence": "999999"}),
    ("people/{person}", {"win": "w" * 501}),
    ("people/{person}", {"spoken_on": "yesterday"}),
    ("people/{person}", {"started_on": "1066-10-14"}),
    ("people/999999", {"role": "user"}),
    ("people/0", {"role": "user"}),
    ("people/99999999999", {"role": "user"}),
    ("people/x", {"role": "user"}),
    ("points/{point}/gap", {"gap": "perhaps"}),
    ("points/{point}/gap", {}),
    ("points/999999/gap", {"gap": "yes"}),
    ("objective", {}),
    ("objective", {"true": "yes", "bets": "perhaps"}),
    ("alternatives", {"kind": "magic"}),
    ("alternatives", {"kind": "a rival", "name": "n" * 201}),
    ("alternatives/999999", {"answer": "Well"}),
    ("strengths", {"words": ""}),
    ("strengths", {"words": "Fast", "area": "weather"}),
    ("strengths", {"words": "Fast", "gap": "999999"}),
    ("strengths/999999/removal", {}),
    ("flags", {"words": " \u200b"}),
    ("flags", {"words": "A new controller", "area": "weather"}),
    ("flags", {"words": "A new controller", "point": "999999"}),
    ("flags/999999/removal", {}),
    ("disputes", {"flag": "f" * 61, "reason": "So it is"}),
    ("disputes/999999/removal", {}),
]


@pytest.mark.parametrize(("place", "fields"), BAD)
def test_what_fits_no_form_is_refused_and_changes_nothing(
    position: Position, database: Database, place: str, fields: dict[str, Any]
):
    position.states_the_gap()
    known = {"person": position.id_of("Jonas Weber"), "point": position.last("points/ID/gap")}
    before = contents(database)

    answer = position.says(place.format(**known), **fields)

    assert answer.status_code in (404, 422)
    assert contents(database) == before


@pytest.fixture
def acts(position: Position) -> list[tuple[str, dict[str, Any]]]:
    """Each act of the page on something that is there, with fields that are taken."""
    point = position.states_the_gap()
    position.sells()
    position.says("alternatives", kind="a rival", name="Brightwater")
    position.says("strengths", words="Shows who signs", gap=point)
    position.says("flags", words="A reorganisation is announced")
    position.says("disputes", flag="role:coach", reason="Jonas does")
    last = position.last
    return [
        ("objective", {"true": "yes", "bets": "no"}),
        (f"people/{position.id_of('Jonas Weber')}", {"role": "user", "mode": "trouble", "evidence": point}),
        (f"points/{point}/gap", {"gap": "no"}),
        ("alternatives", {"kind": "doing nothing"}),
        (f"alternatives/{last('alternatives/ID')}", {"answer": "They cannot name who signs"}),
        ("strengths", {"words": "Two days instead of nine"}),
        ("flags", {"words": "The budget is moved", "point": point}),
        ("disputes", {"flag": "role:technical", "reason": "Nobody screens out"}),
        (f"alternatives/{last('alternatives/ID/removal')}/removal", {}),
        (f"strengths/{last('strengths/ID/removal')}/removal", {}),
        (f"flags/{last('flags/ID/removal')}/removal", {}),
        (f"disputes/{last('disputes/ID/removal')}/removal", {}),
    ]


Acts = list[tuple[str, dict[str, Any]]]


def test_each_act_of_the_page_takes_effect_once_and_leads_to_where_it_shows(
    position: Position, database: Database, acts: Acts
):
    for act, fields in acts:
        before = contents(database)

        answer = position.says(act, **fields)

        after = contents(database)
        page, _, place = answer.headers["location"].partition("#")
        assert page == f"{position.deal}/position"
        assert f' id="{place}"' in position.page()
        assert len(after["event"]) == len(before["event"]) + 1
        changed = {kind for kind, found in after.items() if found != before[kind]}
        assert changed - {"event", "deal"} or act == "objective", act


def test_with_htmx_an_act_answers_what_the_page_would_show(position: Position):
    answer = position.maria.client.post(
        f"{position.deal}/flags", data={"words": "The budget is moved"}, headers=HTMX
    )

    assert answer.status_code == 200
    assert "The budget is moved You raised it." in text_of(answer.text)
    assert text_of(answer.text) in position.text()


def test_nothing_of_another_deal_is_touched(position: Position, database: Database, acts: Acts):
    position.maria.writes_down(company="Brightwater", person="Anke Brandt", said="The plant in Kiel closes")
    other = Position(position.maria)
    numbered = [(place, fields) for place, fields in acts if re.search(r"\d", place)]
    point = position.last("points/ID/gap")
    lent = [
        (f"people/{position.id_of('Jonas Weber')}", {"role": "user"}),
        (f"people/{other.id_of('Anke Brandt')}", {"role": "user", "evidence": point}),
        ("flags", {"words": "The budget is moved", "point": point}),
        ("strengths", {"words": "Shows who signs", "gap": point}),
    ]
    before = contents(database)

    answers = [other.says(place, **fields).status_code for place, fields in numbered + lent]

    assert len(numbered) == 7
    assert answers == [404] * 10 + [422]
    assert contents(database) == before


def test_a_viewer_reads_the_page_and_acts_on_nothing(
    position: Position, app: FastAPI, database: Database, acts: Acts
):
    position.describes(role="user", win="Free weekends")
    vera = signed_in(app, a_colleague(database, "Vera Vogt", Role.VIEWER))
    before = contents(database)

    page = vera.get(f"{position.deal}/position")
    answers = {
        vera.post(f"{position.deal}/{place}", data=fields).status_code for place, fields in [*acts, *acts]
    }

    assert "Free weekends" in page.text
    assert "Economic role uncovered" in page.text
    assert f'action="{position.deal}' not in page.text
    assert answers == {403}
    assert contents(database) == before


def test_a_stranger_finds_nothing(position: Position, app: FastAPI, database: Database, acts: Acts):
    sam = signed_in(app, a_colleague(database, "Sam Reed"))
    before = contents(database)

    answers = {sam.post(f"{position.deal}/{place}", data=fields).status_code for place, fields in acts}

    assert answers | {sam.get(f"{position.deal}/position").status_code} == {404}
    assert contents(database) == before


@pytest.mark.parametrize("number", range(12))
def test_the_same_press_twice_is_once(position: Position, database: Database, acts: Acts, number: int):
    place, fields = acts[number]
    first = position.says(place, **fields, key="one-press")
    once = contents(database)
    untold = {"deal": []}  # it notes when somebody last came by

    again = position.says(place, **fields, key="one-press")

    assert (again.status_code, again.headers.get("location")) == (303, first.headers["location"])
    assert contents(database) | untold == once | untold


def test_a_key_that_comes_back_with_other_words_is_refused(position: Position, database: Database):
    position.says("flags", words="The budget is moved", key="one-press")
    once = contents(database)

    answer = position.says("flags", words="The budget is gone", key="one-press")

    assert answer.status_code == 409
    assert "The budget is gone" in answer.text
    assert contents(database) == once
