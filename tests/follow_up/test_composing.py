"""A message out of what both know: short, in the reader's language, with one question at most."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.follow_up.composing import Start, Voice, compose, recompose, says_reminder, without
from app.follow_up.permission import Occasion
from app.specificity.verdict import Saying

TODAY = date(2026, 11, 26)
VOICE = Voice(str, lambda day: f"{day.day} {day:%b}", TODAY)
SIDEWAYS = Saying("Half of them arrive sideways", "Jonas Weber", date(2026, 11, 19), 1)


def a_start(occasion: Occasion = Occasion.THEIRS, **changes: Any) -> Start:
    told: dict[str, Any] = {
        "reader": "Jonas Weber",
        "writer": "Maria Keller",
        "title": "Send the 40 stuck invoices",
        "agreed_on": date(2026, 11, 19),
        "due_on": date(2026, 11, 25),
    }
    return Start(occasion, **told | changes)


def test_asking_about_theirs_says_what_was_agreed_and_that_it_only_reminds():
    assert compose(a_start(), VOICE) == (
        "Jonas, on 19 Nov you said yes to this by 25 Nov: Send the 40 stuck invoices.\n"
        "This is only a reminder.\n"
        "Which day would work instead?\n\n"
        "Maria"
    )


def test_what_is_brought_stands_in_the_place_of_the_reminder():
    text = compose(a_start(), VOICE, "Ms Brandt needs 17 of them first.")

    assert "Ms Brandt needs 17 of them first." in text
    assert not says_reminder(text, a_start())


def test_our_promise_is_kept_without_a_question():
    text = compose(a_start(Occasion.OURS, due_on=TODAY), VOICE, "Attached.")

    assert text.startswith("Jonas, on 19 Nov we agreed that I do this by 26 Nov: Send the 40 stuck invoices.")
    assert "?" not in text


def test_a_late_promise_says_so():
    assert "I am late with it." in compose(a_start(Occasion.OURS), VOICE)


def test_who_asks_for_another_day_is_answered_about_that_day():
    text = compose(a_start(Occasion.ANSWER, agreed_on=None, due_on=date(2026, 12, 9)), VOICE)

    assert text.startswith("Jonas, you ask for 9 Dec for this: Send the 40 stuck invoices.")


def test_what_they_owe_later_is_not_called_late():
    text = compose(a_start(due_on=date(2026, 12, 9)), VOICE)

    assert "instead" not in text


def test_a_day_they_named_is_named():
    text = compose(a_start(Occasion.NAMED_DAY, agreed_on=None), VOICE)

    assert text.startswith("Jonas, you asked me to come back to this on 25 Nov")


def test_their_own_words_come_back_as_theirs():
    answered = a_start(Occasion.ANSWER, note="The council moved.")

    assert "You wrote: “The council moved.”" in compose(answered, VOICE)
    assert "You said on 19 Nov: “Half of them arrive sideways”" in compose(a_start(point=SIDEWAYS), VOICE)


def test_what_somebody_else_said_names_nobody():
    text = compose(a_start(point=SIDEWAYS, reader="Petra Lang"), VOICE)

    assert "From our talk on 19 Nov: “Half of them arrive sideways”" in text
    assert "Jonas" not in text


def test_a_point_alone_starts_a_message():
    text = compose(Start(Occasion.POINT, "Jonas Weber", "Maria Keller", point=SIDEWAYS), VOICE)

    assert text == "Jonas, on 19 Nov you said: “Half of them arrive sideways”\n\nMaria"


def test_what_is_brought_changes_places_and_no_other_word():
    start = a_start()
    by_hand = compose(start, VOICE, "Seventeen first.").replace("Which day", "What day")

    assert recompose(start, VOICE, by_hand, "Seventeen first.", "Ten first.") == by_hand.replace(
        "Seventeen first.", "Ten first."
    )
    assert recompose(start, VOICE, "All mine", "", "Ten first.") == "All mine\nTen first."
    assert recompose(start, VOICE, "All mine\n\nMaria", "", "Ten first.") == "All mine\nTen first.\n\nMaria"
    assert recompose(start, VOICE, "By 24 Nov\n4\n\nMaria", "4", "40") == "By 24 Nov\n40\n\nMaria"
    assert recompose(start, VOICE, "All mine", "Gone", "") == "All mine"


@pytest.mark.parametrize("word", ["reminder", "Erinnerung", "rappel", "recordatorio", "lembrete"])
def test_a_reminder_is_known_by_its_word(word: str):
    start = a_start(title=f"Send the {word} letters", point=Saying(f"The {word} goes out late"))

    assert says_reminder(f"Only a {word}.", start)
    assert not says_reminder("You remind me of somebody.", start)
    assert not says_reminder(f"You said yes to this: {start.title}. Any news?", start)
    assert not says_reminder(f"You said: “The {word} goes out late”", start)


def test_blank_lines_in_what_is_brought_come_back_as_one_block():
    start, brought = a_start(), "First the sites.\n\nThen the sums."
    text = compose(start, VOICE, brought).replace("19 Nov", "the 19th")

    changed = recompose(start, VOICE, text, brought, "Only the sums.")

    assert changed == text.replace("First the sites.\nThen the sums.", "Only the sums.")
    assert "sites" not in without(text, brought)


def test_what_is_brought_later_takes_the_place_of_the_reminder_in_a_changed_message():
    start = a_start()
    text = compose(start, VOICE).replace("19 Nov", "the 19th")

    changed = recompose(start, VOICE, text, "", "Seventeen first.")

    assert changed == text.replace("This is only a reminder.", "Seventeen first.")
    assert recompose(start, VOICE, changed, "Seventeen first.", "") == text


STARTS = st.builds(
    a_start,
    st.sampled_from(Occasion),
    due_on=st.dates(date(2026, 11, 1), date(2026, 12, 31)),
    note=st.sampled_from(["", "The council moved."]),
    point=st.just(SIDEWAYS),
    clock=st.sampled_from(["", "10:30"]),
)
BROUGHT = st.sampled_from(["", "Seventeen first.", "A\nB"])


@given(STARTS, BROUGHT, BROUGHT)
def test_any_message_is_short_and_asks_one_thing_at_most(start: Start, brings: str, later: str):
    text = compose(start, VOICE, brings)

    assert text.count("?") <= 1
    assert len(text.splitlines()) <= 8
    assert start.reader.split()[0] in text.splitlines()[0]
    assert recompose(start, VOICE, text, brings, brings) == text
    assert recompose(start, VOICE, text, brings, later) == compose(start, VOICE, later)
