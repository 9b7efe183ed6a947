"""From a talk step to its Action Plan, the call, the debrief and the next plan, on the HTML a seller gets."""

import re
from datetime import timedelta

import pytest
import time_machine
from fastapi import FastAPI

from app.account.tables import Role
from app.clock import right_now
from app.database import Database
from tests.cast import Buyer, SellerAtWork, a_colleague, form_ending, in_days
from tests.markup import text_of
from tests.safety.visitors import a_browser, signed_in


class Caller:
    """Maria with one deal, one person in it, and a call to prepare."""

    def __init__(self, maria: SellerAtWork) -> None:
        self.maria, self.client = maria, maria.client
        self.call = ""

    def plans_a_call(self, days: int = 3, at: str = "10:00"):
        form = {"on": str(in_days(days)), "at": at, "about": "The audit trail"}
        answer = self.client.post(f"{self.maria.deal}/calls", data=form)
        if answer.status_code == 303:
            self.call = answer.headers["location"]
        return answer

    def carries_out_a_plan_and_begins_the_next(self) -> None:
        self.writes(removes="competition")
        self.chooses()
        self.says("happened", how="yes")
        self.debriefs(finish="yes")
        self.plans_a_call(days=9)
        self.says("depth", depth="full")

    def page(self) -> str:
        return self.maria.page(self.call)

    def text(self) -> str:
        return text_of(self.page())

    def says(self, act: str, **fields):
        return self.client.post(f"{self.call}/{act}", data=fields)

    def writes(self, words: str = "Ask Jonas on Monday who signs above 5,000", **fields):
        form = {
            "words": words,
            "who": "Maria, with Jonas",
            "secures": "the name of who signs",
            "removes": "gap",
        }
        return self.says("actions", **form | fields)

    def last_action(self) -> str:
        return re.findall(r"/actions/(\d+)/questions", self.page())[-1]

    def chooses(self, action: str | None = None, **fields):
        yes = {"logical": "yes", "urgent": "yes", "doable": "yes"}
        return self.says(f"actions/{action or self.last_action()}/questions", **yes | fields)

    def debriefs(self, **fields):
        chosen = re.findall(r'name="done_(\d+)" value="yes"', self.page())
        return self.says("debrief", **dict.fromkeys((f"done_{one}" for one in chosen), "yes") | fields)


@pytest.fixture
def caller(maria: SellerAtWork, after_call: None) -> Caller:
    caller = Caller(maria)
    caller.plans_a_call()
    caller.says("depth", depth="full")
    return caller


def test_an_action_that_traces_to_something_becomes_a_candidate(caller: Caller):
    assert caller.writes().status_code == 303

    assert "Ask Jonas on Monday who signs above 5,000" in caller.text()
    assert "− No gap stated" in caller.text()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"removes": ""}, "that is activity, not strategy"),
        ({"removes": "no-such-flag"}, "that is activity, not strategy"),
        ({"secures": ""}, "It secures no information."),
        ({"who": ""}, "It does not say who does it"),
    ],
)
def test_what_is_no_action_is_refused_with_the_reason_and_the_words(
    caller: Caller, fields: dict[str, str], said: str
):
    fields = {name: words for name, words in fields.items() if words or name != "removes"}
    form = {"words": "Strengthen the relationship", "who": "Maria", "secures": "the name"} | fields

    answer = caller.says("actions", **form)

    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert "Strengthen the relationship" in answer.text


def test_three_yeses_choose_an_action_and_one_no_turns_it_down(caller: Caller):
    caller.writes()
    caller.chooses()
    caller.writes("Send the brochure to Jonas")
    caller.chooses(urgent="no")

    page = caller.text()
    assert "1 of at most 5" in page
    assert "“ Send the brochure to Jonas ” not urgent" in page or "not urgent" in page


def test_a_sixth_action_is_not_taken(caller: Caller):
    for number in range(5):
        caller.writes(f"Ask Jonas question {number} about the invoices")
        assert caller.chooses().status_code == 303
    caller.writes("Ask Jonas one question more")

    answer = caller.chooses()

    assert answer.status_code == 422
    assert "Five actions stand already." in text_of(answer.text)
    assert "5 of at most 5" in caller.text()


def test_a_sixth_that_passes_can_be_turned_down_with_a_reason(caller: Caller):
    for number in range(5):
        caller.writes(f"Ask Jonas question {number} about the invoices")
        caller.chooses()
    caller.writes("Ask Jonas one question more")

    assert caller.chooses(reason="The five matter more").status_code == 303
    assert "The five matter more" in caller.text()


def test_turning_one_down_never_leaves_the_plan_of_the_last_call(caller: Caller):
    caller.carries_out_a_plan_and_begins_the_next()
    caller.writes("Ask Jonas what changed in the nine days", removes="gap")
    fresh = caller.last_action()
    caller.chooses(fresh)
    caller.writes(removes="competition")
    caller.chooses()

    answer = caller.says(f"actions/{fresh}/questions", reason="Not needed")

    assert answer.status_code == 422


def test_nothing_asks_for_a_fourth_action(caller: Caller):
    caller.writes()
    caller.chooses()

    assert "another action" not in caller.text().lower()
    assert "4 more" not in caller.text()


def test_flags_that_no_action_touches_are_listed(caller: Caller):
    caller.writes()
    caller.chooses()

    untouched = caller.text().partition("Red flags no action touches")[2]
    assert "Economic role uncovered" in untouched.partition("Who decides")[0]
    assert "No gap stated" not in untouched.partition("Who decides")[0]


def test_a_strength_counts_and_is_used_once_it_closes_a_gap(caller: Caller):
    deal = caller.maria.deal
    point = re.findall(r"/points/(\d+)/gap", caller.maria.page(f"{deal}/position"))[0]
    caller.client.post(f"{deal}/strengths", data={"words": "Reads sideways notes"})
    without = caller.text()
    caller.client.post(f"{deal}/points/{point}/gap", data={"gap": "yes"})
    caller.client.post(f"{deal}/strengths", data={"words": "Shows who signs", "gap": point})

    page = caller.text()

    assert "Strengths never used" not in without
    assert "Strengths never used Shows who signs" in page


def test_the_text_of_an_action_passes_the_specificity_test_or_shows_why_not(caller: Caller):
    caller.writes("Touch base with the prospect about our solution")

    assert "This would fit any prospect" in caller.text()


def test_a_large_deal_deserves_the_full_plan(caller: Caller):
    caller.client.post("/workspace", data={"company": "Ledgerline", "big_amount": "50000"})
    caller.client.post(caller.maria.deal, data={"company": "Nordwind", "amount": "84000"})

    assert "The amount is large" in caller.text()


def test_a_shorter_form_with_time_left_needs_a_reason(caller: Caller):
    refused = caller.says("depth", depth="quick", could_lose="no")
    caller.says("depth", depth="quick", could_lose="no", reason="Only the date is open")

    assert refused.status_code == 422
    assert "You could not afford to lose this one." in text_of(refused.text)
    assert "short for these stakes" in caller.text()


def test_with_minutes_left_the_elevator_comes_unasked(caller: Caller):
    begins = right_now().replace(second=0, microsecond=0) + timedelta(hours=2)
    caller.plans_a_call(days=(begins.date() - right_now().date()).days, at=f"{begins:%H:%M}")
    with time_machine.travel(begins - timedelta(minutes=4), tick=False):
        page = caller.text()
        answer = caller.says("depth", depth="elevator", could_lose="no")

        assert "4 minutes left: the elevator form" in page
        assert answer.status_code == 303
        assert "Who are my buying influences for this objective" in caller.text()
        assert "Find out who releases the money for this." in caller.text()


def test_the_elevator_needs_no_typing_and_is_stamped_by_its_first_answer(caller: Caller):
    caller.client.post("/workspace", data={"company": "Ledgerline", "big_amount": "50000"})
    caller.client.post(caller.maria.deal, data={"company": "Nordwind", "amount": "84000"})
    begins = right_now().replace(second=0, microsecond=0) + timedelta(hours=2)
    caller.plans_a_call(days=(begins.date() - right_now().date()).days, at=f"{begins:%H:%M}")
    with time_machine.travel(begins - timedelta(minutes=4), tick=False):
        form = form_ending(caller.page(), "/meeting")
        person = re.findall(r'name="person" value="(\d+)"', caller.page())[0]

        caller.client.post(form.action, data=form.fields | {"person": person})

        assert "short for these stakes" in caller.text()


def test_an_answer_closes_a_flag_on_the_spot(caller: Caller):
    deal = caller.maria.deal
    caller.client.post(f"{deal}/flags", data={"words": "The COO left", "area": "coverage"})
    own = re.findall(r'name="gone" value="(own:\d+)"', caller.page())[0]

    caller.says("review", question="coverage", words="The new one is known", gone=own)

    assert "The COO left" not in caller.text()


def test_no_plan_is_needed_only_after_one_tap(caller: Caller):
    caller.plans_a_call(days=5)
    form = form_ending(caller.page(), "/same")

    caller.client.post(form.action, data=form.fields)

    assert "No plan needed" in caller.text()
    assert "confirmed" in text_of(caller.maria.page(f"{caller.maria.deal}/position"))


def test_something_new_opens_the_quick_form(caller: Caller):
    caller.plans_a_call(days=5)

    caller.says("same", same="no")

    assert "Is the objective still true, and by when?" in caller.text()


def test_an_answer_raises_a_flag_on_the_spot(caller: Caller):
    caller.says("review", question="coverage", words="The COO left", flag="Nobody knows the new COO")

    assert "Nobody knows the new COO" in text_of(caller.maria.page(f"{caller.maria.deal}/position"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(2, 4, "the right things"), (3, 3, "the wrong things"), (5, 6, "What have you not checked?")],
)
def test_the_gut_check_is_read_in_words(caller: Caller, before: int, after: int, said: str):
    caller.says("gut", before=str(before), after=str(after))

    assert said in caller.text()


def test_when_the_call_has_happened_the_plan_is_over_and_read_only(caller: Caller):
    caller.writes()
    caller.chooses()

    caller.says("happened", how="yes")

    page = caller.text()
    assert "This plan ended with the call." in page
    assert caller.writes("One more question for Jonas").status_code == 409
    assert "Ask Jonas on Monday" in page


def test_a_moved_call_keeps_its_plan(caller: Caller):
    caller.writes()
    caller.chooses()

    caller.says("happened", how="moved", on=str(in_days(9)))

    assert "1 of at most 5" in caller.text()
    assert f"{in_days(9):%a} {in_days(9).day}" in caller.text()


def test_a_call_about_a_talk_step_moves_with_the_step(maria: SellerAtWork, app: FastAPI):
    maria.writes_down(what_1="Go through the invoices", who_1="both", at_1="10:00", what_2="")
    jonas = Buyer(a_browser(app), maria.shares_with("Jonas Weber"))
    jonas.acts(1, "yes")
    opened = maria.client.post(f"{maria.plan}/steps/1/call", data={})
    jonas.acts(1, "counter", due_on=str(in_days(12)), due_at="15:00")
    maria.acts(1, "yes")

    page = text_of(maria.page(opened.headers["location"]))

    assert f"{in_days(12):%a} {in_days(12).day} {in_days(12):%b}, 15:00" in page
    again = maria.client.post(f"{maria.plan}/steps/1/call", data={})
    assert again.headers["location"] == opened.headers["location"]


def test_the_debrief_comes_before_the_next_plan(caller: Caller):
    caller.says("happened", how="yes")

    refused = caller.plans_a_call(days=9)
    caller.debriefs(finish="yes")

    assert refused.status_code == 409
    assert "Debrief first" in text_of(refused.text)
    assert caller.plans_a_call(days=9).status_code == 303


def test_after_a_call_never_waits_for_the_debrief(caller: Caller):
    caller.says("happened", how="yes")

    assert caller.maria.writes_down(deal=caller.maria.deal.rpartition("/")[2], company="").status_code == 303


def test_a_half_done_debrief_is_kept_and_stands_on_the_follow_ups(caller: Caller):
    caller.writes()
    caller.chooses()
    caller.says("happened", how="yes")

    caller.debriefs(new_flag="Their new controller", said="The board meets in March")

    assert "the debrief is half done" in text_of(caller.maria.page("/"))
    assert "The board meets in March" in text_of(caller.maria.page(caller.maria.deal))


def test_each_action_is_looked_at_before_the_debrief_is_done(caller: Caller):
    caller.writes()
    caller.chooses()
    caller.says("happened", how="yes")

    answer = caller.says("debrief", finish="yes")

    assert answer.status_code == 422


def test_more_than_a_debrief_keeps_comes_back_and_is_not_cut(caller: Caller):
    caller.writes()
    caller.chooses()
    caller.says("happened", how="yes")
    action, person = (re.findall(rf'name="{name}_(\d+)"', caller.page())[0] for name in ("brought", "win"))

    brought = caller.debriefs(**{f"brought_{action}": "b" * 2_001})
    win = caller.debriefs(**{f"win_{person}": "w" * 501})

    assert [brought.status_code, win.status_code] == [422, 422]
    assert "What it brought: This is too long." in text_of(brought.text)
    assert "What they win by it: This is too long." in text_of(win.text)
    assert "b" * 2_001 in brought.text
    assert "bbb" not in caller.page()


def test_what_was_learned_of_somebody_stands_in_the_grid(caller: Caller):
    caller.says("happened", how="yes")
    person = re.findall(r'name="mode_(\d+)"', caller.page())[0]

    caller.debriefs(
        **{f"mode_{person}": "trouble", f"win_{person}": "No more weekend closes", "finish": "yes"}
    )

    position = text_of(caller.maria.page(f"{caller.maria.deal}/position"))
    assert "trouble" in position
    assert "No more weekend closes" in position


def test_the_next_plan_begins_empty_and_says_what_changed(caller: Caller):
    caller.writes()
    caller.chooses()
    caller.says("happened", how="yes")
    caller.debriefs(gone="gap", finish="yes")
    caller.client.post(f"{caller.maria.deal}/flags", data={"words": "A reorganisation is announced"})

    caller.plans_a_call(days=9)

    page = caller.text()
    assert "0 of at most 5" in page
    assert "Gone: No gap stated" in page
    assert "New: A reorganisation is announced" in page


def test_the_same_plan_again_is_refused_with_the_old_one_beside_it(caller: Caller):
    caller.carries_out_a_plan_and_begins_the_next()
    caller.writes(removes="competition")

    answer = caller.chooses()

    assert answer.status_code == 422
    assert "This is the same plan as for the last call." in text_of(answer.text)
    assert "The plan of that call" in caller.text()


def test_one_action_may_come_back_traced_anew(caller: Caller):
    caller.carries_out_a_plan_and_begins_the_next()

    caller.writes(removes="role:economic")

    assert caller.chooses().status_code == 303


def test_a_short_plan_is_settled_in_its_debrief(caller: Caller):
    caller.says("depth", depth="quick", could_lose="no", reason="No time")
    caller.says("happened", how="yes")
    refused = caller.debriefs(finish="yes")

    caller.says("assumed", assumed="confirmed")

    assert refused.status_code == 422
    assert caller.debriefs(finish="yes").status_code == 303


def test_a_call_tomorrow_with_nothing_prepared_stands_on_the_follow_ups(caller: Caller):
    caller.plans_a_call(days=1)

    assert "nothing is prepared for tomorrow" in text_of(caller.maria.page("/"))


def test_the_plan_goes_into_the_pocket(caller: Caller):
    caller.writes(due_on=str(in_days(2)))
    caller.chooses()

    answer = caller.client.get(f"{caller.call}/call.ics")

    assert answer.text.count("BEGIN:VEVENT") == 2
    assert "Nordwind: The audit trail" in answer.text


def test_a_viewer_reads_a_call_and_acts_on_nothing(caller: Caller, app: FastAPI, database: Database):
    vera = signed_in(app, a_colleague(database, "Vera Vogt", Role.VIEWER))

    page = vera.get(caller.call)

    assert page.status_code == 200
    assert f'action="{caller.call}' not in page.text
    assert vera.post(f"{caller.call}/gut", data={"before": "2"}).status_code == 403


def test_of_two_calls_planned_ahead_both_are_learned_from_before_the_next(caller: Caller):
    first = caller.call
    caller.plans_a_call(days=5)
    caller.client.post(f"{first}/happened", data={"how": "yes"})
    caller.says("happened", how="yes")
    caller.debriefs(finish="yes")

    assert caller.plans_a_call(days=9).status_code == 409


def test_who_prepares_after_all_needs_a_plan(caller: Caller):
    caller.plans_a_call(days=5)
    caller.says("same", same="yes")

    caller.says("depth", depth="full")

    assert "No plan needed" not in caller.text().partition("How deep to prepare")[0]


def test_a_press_that_is_known_leads_to_the_call_that_it_planned(caller: Caller):
    form = {"on": str(in_days(5)), "key": "one-press"}
    planned = caller.client.post(f"{caller.maria.deal}/calls", data=form).headers["location"]
    caller.plans_a_call(days=9)

    again = caller.client.post(f"{caller.maria.deal}/calls", data=form)

    assert again.headers["location"] == planned
