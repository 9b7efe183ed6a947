"""Which person is meant: by a form's choice, or by name as typed."""

import pytest

from app.deal.people import choice, options, person_meant
from app.deal.tables import Person
from app.needs import NeedsSomething
from tests.shared_plan.factories import NOON


def a_person(id: int, name: str) -> Person:
    return Person(id=id, workspace_id=1, deal_id=1, name=name, met_at=NOON)


JONAS, PETRA = a_person(1, "Jonas Weber"), a_person(2, "Petra Lang")


@pytest.mark.parametrize("typed", ["them-2", "2", "Petra Lang", "PETRA LANG", "petra lang"])
def test_a_person_is_meant_by_choice_number_or_name(typed: str):
    assert person_meant(typed, [JONAS, PETRA]) is PETRA


@pytest.mark.parametrize("typed", ["", "Petra", "them-22", "us-2", "-2", "٢", "Petra Lang "])
def test_nobody_is_guessed(typed: str):
    with pytest.raises(NeedsSomething, match="Nobody called"):
        person_meant(typed, [JONAS, PETRA])


def test_two_of_the_same_name_are_asked_back_and_told_apart_by_choice():
    other = a_person(3, "jonas weber")

    with pytest.raises(NeedsSomething, match="2 people called Jonas Weber"):
        person_meant("Jonas Weber", [JONAS, other])
    assert person_meant("them-3", [JONAS, other]) is other


def test_whoever_can_be_chosen_is_meant_by_the_choice():
    for value, name in options([JONAS, PETRA]):
        assert person_meant(value, [JONAS, PETRA]).name == name
    assert choice("us", JONAS) == "us-1"
