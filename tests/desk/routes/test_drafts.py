"""Drafts: only the team sees them, and each is asked whether it could be sent to anyone."""

import re

import pytest

from tests.cast import NINE_DAYS, Buyer, SellerAtWork, form_ending, in_days
from tests.markup import first, forms_in, text_of

THEIRS = "Walk through the invoices that took nine days"
ANYONES = "Discuss next steps"
SELF = {"answering_as": "self"}


@pytest.fixture
def desk(maria: SellerAtWork, without_steps: None) -> SellerAtWork:
    return maria


def write(desk: SellerAtWork, title: str, **fields: str):
    form = desk.form(desk.plan, "/drafts")
    answer = desk.client.post(
        form.action, data=form.fields | {"title": title, "due_on": str(in_days(5))} | fields
    )
    assert answer.status_code in (303, 422), answer.text
    return answer


def draft_form(desk: SellerAtWork, ending: str = "") -> str:
    """The address of the newest draft, or of what is done to it."""
    found = re.findall(rf"{desk.plan}/drafts/\d+{ending}", desk.page(desk.plan))
    return found[-1]


def test_a_draft_says_what_ties_it_to_them(desk: SellerAtWork):
    write(desk, THEIRS)

    page = desk.page(desk.plan)

    assert "Only Nordwind could get this." in text_of(page)
    assert "<mark>nine days</mark>" in page
    assert "1 of 1 step is theirs" in text_of(page)


def test_a_draft_that_could_go_to_anyone_is_kept_and_marked(desk: SellerAtWork):
    answer = write(desk, ANYONES)

    assert answer.status_code == 303
    assert "This would fit any prospect" in text_of(desk.page(desk.plan))
    assert "0 of 1 step are theirs" in text_of(desk.page(desk.plan))


def test_what_everyone_needs_is_not_counted_as_a_failure(desk: SellerAtWork):
    write(desk, THEIRS)
    write(desk, ANYONES)

    desk.client.post(draft_form(desk), data={"keep_because": "everyone needs this one"})

    page = text_of(desk.page(desk.plan))
    assert "1 of 1 step is theirs" in page
    assert "kept: everyone needs this one" in page


def test_any_other_reason_to_keep_it_still_counts(desk: SellerAtWork):
    write(desk, THEIRS)
    write(desk, ANYONES)

    desk.client.post(draft_form(desk), data={"keep_because": "I will make it specific later"})

    assert "1 of 2 steps is theirs" in text_of(desk.page(desk.plan))


def test_one_tap_uses_something_they_said(desk: SellerAtWork):
    write(desk, ANYONES)
    tap = next(form for form in forms_in(desk.page(desk.plan)) if "you said" in form.fields.get("reason", ""))

    desk.client.post(tap.action, data=tap.fields)

    assert re.search(rf"Jonas, on [\w ]+ you said: “{re.escape(NINE_DAYS)}”", text_of(desk.page(desk.plan)))


def test_a_change_keeps_the_draft_and_its_place(desk: SellerAtWork):
    write(desk, ANYONES)
    address = draft_form(desk)
    form = next(f for f in forms_in(desk.page(desk.plan)) if f.action == address and "title" in f.fields)

    desk.client.post(address, data=form.fields | {"title": THEIRS})

    page = text_of(desk.page(desk.plan))
    assert THEIRS in page
    assert ANYONES not in page


def test_a_removed_draft_is_gone_and_cannot_be_changed(desk: SellerAtWork):
    write(desk, ANYONES)
    address = draft_form(desk)

    desk.client.post(f"{address}/removal")

    assert ANYONES not in text_of(desk.page(desk.plan))
    assert desk.client.post(address, data={"title": "Back again"}).status_code == 404


def test_both_people_on_one_side_is_refused_with_the_words_kept(desk: SellerAtWork):
    answer = write(desk, THEIRS, owner="Maria Keller", counterpart="Maria Keller")

    assert answer.status_code == 422
    assert "One of the two must be on the other side" in text_of(answer.text)
    assert THEIRS in answer.text


@pytest.mark.parametrize("owner", ["Jonas Weber", "them-1", "them"])
def test_owner_is_picked_or_typed_by_name(desk: SellerAtWork, owner: str):
    write(desk, THEIRS, owner=owner, counterpart="")

    assert "Jonas Weber, for Maria Keller" in text_of(desk.page(desk.plan))


def test_a_name_nobody_has_is_said(desk: SellerAtWork):
    answer = write(desk, THEIRS, owner="Karl Unknown", counterpart="")

    assert answer.status_code == 422
    assert "Nobody called “Karl Unknown” is known here yet." in text_of(answer.text)


def test_the_live_check_answers_and_writes_nothing(desk: SellerAtWork):
    plan = desk.plan.rpartition("/")[2]

    answer = desk.client.post("/specificity", data={"plan": plan, "title": THEIRS})

    assert answer.status_code == 200
    assert "Only Nordwind could get this." in text_of(answer.text)
    assert "Say by when." in text_of(answer.text)
    assert THEIRS not in text_of(desk.page(desk.plan))


def test_saying_the_same_in_other_plans_is_noticed(desk: SellerAtWork):
    for company in ("Brightpack", "Velotrade"):
        desk.writes_down(company=company, person="Sofia Marin", what_1="Discuss the pilot", what_2="")
        desk.shares_with("Sofia Marin")
    desk.writes_down(company="Oakline", person="Lena Ortiz", what_1="Discuss the pilot", what_2="")

    assert "2 of your 2 plans say it" in text_of(desk.page(desk.plan))


def test_a_copy_is_a_reader_too(jonas: Buyer, maria: SellerAtWork):
    alone = write_and_offer(maria)
    jonas.client.post(f"{jonas.path}/copies", data=form_ending(jonas.page(), "/copies").fields | SELF)

    with_a_copy = write_and_offer(maria)

    assert "Jonas, on" in alone
    assert "Jonas, on" not in with_a_copy
    assert "From our talk on" in with_a_copy


def write_and_offer(maria: SellerAtWork) -> str:
    """What one tap would put into the reason of a step for Jonas."""
    fields = {"plan": maria.plan.rpartition("/")[2], "title": ANYONES, "counterpart": person_value(maria)}
    answer = maria.client.post("/specificity", data=fields, headers={"HX-Request": "true"})
    return answer.text.split('data-words="')[1].split('"')[0]


def person_value(maria: SellerAtWork) -> str:
    return first(r'value="(them-\d+)"', maria.page(maria.plan))
