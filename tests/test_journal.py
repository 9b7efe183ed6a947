"""The chain of events: what holds it together, and what it notices."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from app import verify
from app.account.tables import Workspace
from app.database import SEALED_WITH, Database
from app.journal import START, Event, KeyReused, already_done, breaks_in, press, record, salted, seal
from app.seals import Sealing, sealing
from app.shared_plan.tables import Plan
from tests.cast import SECRET, Buyer, SellerAtWork, a_workspace
from tests.marks import EACH_DATABASE
from tests.shared_plan.factories import NOON

MARIA = press("seller-1", "", {})
FIELDS = ("what", "actor", "facts", "key", "body", "previous", "hash", "chain")


@dataclass
class Head:
    workspace_id: int = 1
    head_number: int = 0
    head_hash: str = START
    head_seal: str = ""
    chain: str = "plan-1"


class Paper:
    """A session that keeps what it is given, and its engine with the keys of the record."""

    def __init__(self, *keys: str) -> None:
        self.events: list[Event] = []
        self.keys = keys

    def get_bind(self) -> "Paper":
        return self

    def get_execution_options(self) -> dict[str, Any]:
        return {SEALED_WITH: self.keys}

    def add(self, event: Event) -> None:
        self.events.append(event)


def a_chain(length: int = 5) -> tuple[list[Event], tuple[int, str]]:
    paper: Any = Paper()
    head = Head()
    for number in range(length):
        record(paper, head, "yes", press("seller-1", f"k-{number}", {}), NOON, {"step": number})
    return paper.events, (head.head_number, head.head_hash)


def breaks(events: list[Event], head: tuple[int, str]) -> list[str]:
    return list(breaks_in("plan-1", events, head))


def test_each_event_carries_the_seal_of_the_one_before():
    events, head = a_chain(3)

    assert [event.number for event in events] == [1, 2, 3]
    assert [event.previous for event in events] == [START, events[0].hash, events[1].hash]
    assert head == (3, events[2].hash)
    assert breaks(events, head) == []


@given(st.integers(0, 4), st.sampled_from(FIELDS))
def test_an_event_with_anything_flipped_is_named(place: int, field: str):
    events, head = a_chain()

    setattr(events[place], field, f"{getattr(events[place], field)}-")

    assert breaks(events, head) == [f"plan-1: event {place + 1} was changed"]


@given(st.integers(0, 4))
def test_an_event_flipped_and_sealed_again_breaks_the_one_after_it(place: int):
    events, head = a_chain()

    events[place].what = "dropped"
    events[place].hash = seal(events[place])

    named = (
        "plan-1: ends at event 5, its head says 5" if place == 4 else f"plan-1: event {place + 2} was changed"
    )
    assert breaks(events, head) == [named]


@given(st.integers(0, 3))
def test_sealing_it_again_and_saying_so_in_the_one_after_it_is_not_enough(place: int):
    events, head = a_chain()

    events[place].what = "dropped"
    events[place].hash = events[place + 1].previous = seal(events[place])

    assert breaks(events, head) == [f"plan-1: event {place + 2} was changed"]


@given(st.integers(0, 3))
def test_a_deleted_event_is_named(place: int):
    events, head = a_chain()

    del events[place]

    assert breaks(events, head) == [f"plan-1: event {place + 1} is missing"]


@given(st.integers(1, 5))
def test_a_chain_cut_off_does_not_reach_its_head(rest: int):
    events, head = a_chain()

    assert breaks(events[:-rest], head) == [f"plan-1: ends at event {5 - rest}, its head says 5"]


@given(st.integers(0, 3))
def test_two_events_that_changed_places_are_named(place: int):
    events, head = a_chain()
    one, two = events[place], events[place + 1]

    one.number, two.number = two.number, one.number
    events[place], events[place + 1] = two, one

    assert breaks(events, head) == [f"plan-1: event {place + 1} was changed"]


@given(st.integers(0, 4))
def test_a_fork_is_named(place: int):
    events, head = a_chain()
    fork = Head(head_number=place, head_hash=events[place].previous)
    other: Any = Paper()

    record(other, fork, "dropped", MARIA, NOON, {"step": 9})

    assert breaks([*events[:place], *other.events, *events[place + 1 :]], head) != []
    assert breaks([*events[: place + 1], *other.events, *events[place + 1 :]], head) != []


def test_a_tail_sewn_on_is_named():
    events, head = a_chain()
    paper: Any = Paper()

    record(paper, Head(head_number=5, head_hash=head[1]), "yes", MARIA, NOON, {})

    assert breaks([*events, *paper.events], head) == ["plan-1: ends at event 6, its head says 5"]


def test_digests_of_words_tell_nothing_without_their_salt():
    assert salted("a", "Yes") != salted("b", "Yes")
    assert salted("a", "Yes", "") != salted("a", "", "Yes")
    assert salted("a", "Yes") == salted("a", "Yes")


def test_a_press_is_known_by_who_pressed_and_what_was_typed():
    first = press("seller-1", "k-1", {"note": "Sent", "version": 1})

    assert first == press("seller-1", "k-1", {"version": 1, "note": "Sent"})
    assert first.body != press("seller-1", "k-1", {"note": "Sent", "version": 2}).body
    assert first.key != press("seller-1", "k-2", {"note": "Sent", "version": 1}).key


def test_neither_key_nor_words_stand_in_the_journal():
    pressed = press("seller-1", "a-secret-key", {"note": "Vesterbro"})

    assert "secret" not in str(pressed)
    assert "Vesterbro" not in str(pressed)


def test_a_form_without_a_key_is_no_press_seen_before(session: Session):
    assert press("seller-1", "", {"note": "Sent"}).key is None
    assert already_done(session, press("seller-1", "", {"note": "Sent"})) is None


@EACH_DATABASE
def test_one_press_is_found_again_in_whatever_chain(session: Session, database: Database):
    a_workspace(database)
    workspace = session.exec(select(Workspace)).one()
    pressed = press("seller-1", "k-1", {"note": "Sent"})
    event = record(session, workspace, "described", pressed, NOON, {})
    session.flush()

    assert already_done(session, pressed) is event
    with pytest.raises(KeyReused):
        already_done(session, press("seller-1", "k-1", {"note": "Else"}))


@EACH_DATABASE
def test_a_record_written_by_use_is_whole(jonas: Buyer, maria: SellerAtWork, session: Session):
    jonas.acts(1, "yes")
    jonas.acts(1, "undo")
    jonas.acts(1, "counter", due_on="2027-01-15", note="Year end")
    maria.acts(1, "yes")
    jonas.acts(2, "done", note="Thank you", url="https://nordwind.test")

    assert list(verify.broken(session)) == []


@EACH_DATABASE
@pytest.mark.parametrize("kind", ["deal", "workspace"])
def test_private_chains_are_watched_as_well(
    maria: SellerAtWork, after_call: None, session: Session, kind: str
):
    maria.client.post("/workspace", data={"company": "Ledgerline", "time_zone": "UTC", "language": "en"})
    events = [event for event in session.exec(select(Event)) if event.chain.startswith(kind)]
    assert events

    events[-1].facts = '{"plan": 7}'

    assert list(verify.broken(session)) == [f"{events[-1].chain}: event {events[-1].number} was changed"]


def test_events_of_a_plan_that_is_gone_are_named(session: Session, database: Database):
    a_workspace(database)

    lost = Plan(id=7, workspace_id=1, seller_id=1, ref="x", company="", title="", created_at=NOON)
    record(session, lost, "yes", MARIA, NOON, {})

    assert list(verify.broken(session)) == ["plan-7: its row is missing"]


# The head's seal


def sealed_chain(*keys: str, length: int = 3) -> tuple[Paper, Head]:
    paper, head = Paper(*keys), Head()
    session: Any = paper
    for number in range(length):
        record(session, head, "yes", MARIA, NOON, {"step": number})
    return paper, head


def test_every_event_seals_the_head_anew():
    _, head = sealed_chain("a-key-of-sixteen")

    assert sealing(head, ["a-key-of-sixteen"]) is Sealing.HOLDS
    assert head.head_seal.split(".")[1] == "3"


def test_a_chain_that_was_made_anew_is_not_sealed_by_the_next_act():
    paper, head = sealed_chain("a-key-of-sixteen")
    session: Any = paper
    head.head_hash = "f" * 64

    record(session, head, "yes", MARIA, NOON, {})

    assert sealing(head, ["a-key-of-sixteen"]) is Sealing.BEHIND


def test_another_key_takes_over_where_it_knows_the_one_before():
    paper, head = sealed_chain("a-key-of-sixteen")
    session: Any = paper
    paper.keys = ("a-key-of-sixteen", "the-key-after-it")

    record(session, head, "yes", MARIA, NOON, {})

    assert sealing(head, ["the-key-after-it"]) is Sealing.HOLDS


def judged(session: Session, *keys: str) -> list[str | verify.Untold]:
    return list(verify.judged(session, keys))


def test_a_plan_made_anew_from_its_first_event_is_noticed(jonas: Buyer, session: Session):
    assert judged(session, SECRET) == []
    plan = session.exec(select(Plan)).one()
    events = session.exec(select(Event).where(Event.chain == plan.chain).order_by(col(Event.number))).all()
    previous = START
    for event in events:
        event.what = "dropped" if event.what == "first opened" else event.what
        event.actor, event.previous = "seller-9", previous
        previous = event.hash = seal(event)
    plan.head_hash = previous

    assert list(verify.broken(session)) == []
    assert judged(session, SECRET) == [
        f"{plan.chain}: event {plan.head_number} is not the one that was sealed"
    ]


def test_a_missing_key_is_no_break(jonas: Buyer, session: Session):
    found = judged(session, "another-key-of-ours")

    assert {one.why for one in found if isinstance(one, verify.Untold)} == {Sealing.UNKNOWN_KEY}
    assert len(found) == 2
    assert judged(session, SECRET, "another-key-of-ours") == []


@pytest.mark.parametrize("seal", ["", "12345678.9999.ab", "12345678.0.ab", "nonsense"])
def test_a_seal_that_was_taken_away_is_never_whole(jonas: Buyer, session: Session, seal: str):
    plan = session.exec(select(Plan)).one()
    plan.head_seal = seal

    (found,) = judged(session, SECRET)

    untold = verify.Untold(plan.chain, Sealing.MISSING)
    assert found == (f"{plan.chain}: the seal of its head was changed" if seal else untold)


def test_an_event_that_nobody_sealed_is_not_told_either(jonas: Buyer, database: Database):
    with Session(database.reading) as session:  # its engine has no keys, as an earlier release had none
        plan = session.exec(select(Plan)).one()
        record(session, plan, "yes", MARIA, NOON, {})

        assert judged(session, SECRET) == [verify.Untold(plan.chain, Sealing.BEHIND)]
