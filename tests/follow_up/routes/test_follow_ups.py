"""Follow-ups: whom may I write to today, and why."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app.clock import right_now
from tests.cast import INVOICES, RESIDENCY, Buyer, SellerAtWork, in_days
from tests.marks import EACH_DATABASE
from tests.markup import forms_in, text_of


def on_day(days: int):
    return time_machine.travel(right_now() + timedelta(days=days), tick=True)


@EACH_DATABASE
def test_an_answer_that_waits_for_the_seller_comes_first(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "counter", due_on=str(in_days(9)), note="October closes on Friday")

    page = text_of(maria.page("/"))

    assert "One waits for your answer" in page
    assert "Jonas Weber asks for" in page
    assert "“October closes on Friday”" in page


def test_one_press_says_yes_to_the_day_they_asked_for(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "counter", due_on=str(in_days(9)))
    form = next(form for form in forms_in(maria.page("/")) if form.action.endswith("/yes"))

    answer = maria.client.post(form.action, data=form.fields)

    assert answer.headers["location"] == "/"
    assert "Both said yes" in text_of(jonas.page())


def test_nothing_unanswered_entitles_to_a_follow_up(jonas: Buyer, maria: SellerAtWork):
    with on_day(40):
        maria.signs_in()
        page = text_of(maria.page("/"))

    assert INVOICES not in page
    assert "Nordwind: no answer since" in page


def test_on_its_day_a_promise_of_theirs_is_due_from_them(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "yes")

    with on_day(5):
        page = text_of(maria.page("/"))

    assert f"Due from Jonas Weber today: {INVOICES}" in page
    assert "Writing opens on" in page


def test_our_promise_is_late_the_day_after(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")

    with on_day(4):
        page = text_of(maria.page("/"))

    assert "One promise of yours is late" in page
    assert "1 day since" in page
    assert "Tell Jonas a new date" in page


def test_a_promise_done_is_counted_as_kept(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(2, "yes")
    form = next(form for form in forms_in(maria.page("/")) if form.action.endswith("/done"))

    maria.client.post(form.action, data=form.fields)

    assert "1 of 1 you kept" in text_of(maria.page("/"))
    assert RESIDENCY not in text_of(maria.page("/"))


def test_asked_to_come_back_later_they_are_left_alone_until_then(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "obstacle", reason="other priority", ask_again_on=str(in_days(20)))

    now = text_of(maria.page("/"))
    with on_day(20):
        maria.signs_in()
        then = text_of(maria.page("/"))

    assert "for your answer" not in now
    assert f"Ask Jonas Weber again: {INVOICES}" in then
    assert "Jonas named this day" in then


def test_an_obstacle_entitles_to_nothing_meanwhile(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "yes")
    jonas.acts(1, "obstacle", reason="waiting for someone")

    with on_day(5):
        page = text_of(maria.page("/"))

    assert "Due from Jonas Weber" not in page
    assert "Jonas Weber is stuck: waiting for someone" in page


@pytest.mark.parametrize(("act", "fields"), [("done", {}), ("counter", {"due_on": str(in_days(9))})])
def test_what_is_in_the_way_stands_again_once_the_next_act_is_undone(
    jonas: Buyer, maria: SellerAtWork, act: str, fields: dict[str, Any]
):
    jonas.acts(1, "obstacle", reason="waiting for someone", note="for Dirk")
    jonas.acts(1, "comments", words="He is back on Monday.")
    jonas.acts(1, act, **fields)
    jonas.acts(1, "undo")

    page = text_of(maria.page("/"))

    assert f"Jonas Weber is stuck: waiting for someone: {INVOICES} “for Dirk”" in page


def test_a_second_day_that_is_undone_leaves_the_words_of_the_first(jonas: Buyer, maria: SellerAtWork):
    jonas.acts(1, "counter", due_on=str(in_days(9)), note="The board meets on that day.")
    jonas.acts(1, "counter", due_on=str(in_days(12)), note="Dirk is away until then.")
    jonas.acts(1, "undo")

    page = text_of(maria.page("/"))

    assert "“The board meets on that day.”" in page
    assert "Dirk is away" not in page


def test_the_poll_says_nothing_while_nothing_changed(jonas: Buyer, maria: SellerAtWork):
    page = maria.page("/")
    address = page.split('hx-get="')[1].split('"')[0]

    quiet = maria.client.get(address, headers={"HX-Request": "true"})
    jonas.acts(1, "yes")
    changed = maria.client.get(address, headers={"HX-Request": "true"})

    assert quiet.status_code == 204
    assert changed.status_code == 200
    assert "<html" not in changed.text
    assert 'data-told="Follow-ups changed' in changed.text


def test_another_sellers_promises_are_not_mine(jonas: Buyer, maria: SellerAtWork, client, database):
    from tests.cast import a_colleague

    jonas.acts(2, "yes")
    tom = SellerAtWork(client, a_colleague(database, "Tom Reyes"))

    assert RESIDENCY not in text_of(tom.page("/"))
