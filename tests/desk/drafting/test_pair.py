"""Who does it and who waits for it, read from what the seller picked or typed."""

import pytest

from app.account.tables import Role, Seller
from app.deal.tables import Person
from app.desk.drafting.pair import THEM, US, pair_of
from app.needs import NeedsSomething
from app.shared_plan.commitment import Side
from tests.shared_plan.factories import NOON


def a_seller(id: int, name: str) -> Seller:
    return Seller(
        id=id,
        workspace_id=1,
        email=f"{id}@x.test",
        name=name,
        role=Role.SELLER,
        password_hash="",
        created_at=NOON,
    )


def a_person(id: int, name: str) -> Person:
    return Person(id=id, workspace_id=1, deal_id=1, name=name, met_at=NOON)


MARIA, TOBIAS = a_seller(1, "Maria Keller"), a_seller(2, "Tobias Brandt")
JONAS, PETRA = a_person(1, "Jonas Weber"), a_person(2, "Petra Lang")


def read(owner: str, counterpart: str = "", people: tuple[Person, ...] = (JONAS, PETRA)):
    pair = pair_of(owner, counterpart, MARIA, [MARIA, TOBIAS], people)
    return pair.owner, pair.seller and pair.seller.name, pair.person and pair.person.name


@pytest.mark.parametrize(
    ("owner", "counterpart", "expected"),
    [
        (US, "", (Side.SELLER, "Maria Keller", None)),
        (THEM, "", (Side.BUYER, "Maria Keller", None)),
        ("us-2", "them-2", (Side.SELLER, "Tobias Brandt", "Petra Lang")),
        ("them-2", "us-2", (Side.BUYER, "Tobias Brandt", "Petra Lang")),
        ("Jonas Weber", "", (Side.BUYER, "Maria Keller", "Jonas Weber")),
        ("petra lang", "tobias brandt", (Side.BUYER, "Tobias Brandt", "Petra Lang")),
        ("", "them-1", (Side.SELLER, "Maria Keller", "Jonas Weber")),
        (THEM, "us-2", (Side.BUYER, "Tobias Brandt", None)),
        ("", "", (Side.SELLER, "Maria Keller", None)),
    ],
)
def test_one_of_each_side(owner: str, counterpart: str, expected: tuple[object, ...]):
    assert read(owner, counterpart) == expected


@pytest.mark.parametrize("owner", [US, THEM, ""])
def test_the_only_person_there_is_is_meant(owner: str):
    assert read(owner, people=(JONAS,))[2] == "Jonas Weber"


@pytest.mark.parametrize(("owner", "counterpart"), [("us-1", "us-2"), ("them-1", "them-2"), ("us-1", "us-1")])
def test_two_of_one_side_are_no_step(owner: str, counterpart: str):
    with pytest.raises(NeedsSomething, match="other side"):
        read(owner, counterpart)


@pytest.mark.parametrize("owner", ["Dirk Voss", "us-9", "them-9", "us-", "them-1x"])
def test_a_name_nobody_knows_is_asked_back(owner: str):
    with pytest.raises(NeedsSomething, match="Nobody called"):
        read(owner)


def test_two_of_the_same_name_are_asked_back():
    with pytest.raises(NeedsSomething, match="2 people called"):
        read("Jonas Weber", people=(JONAS, a_person(3, "Jonas Weber")))


def test_of_two_of_the_same_name_one_can_be_picked():
    assert read("them-3", people=(JONAS, a_person(3, "Jonas Weber")))[0] is Side.BUYER
