"""Writing a draft: who of ours, who of theirs, by when, read from what the seller picked or typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.account.tables import Seller
from app.deal.people import person_meant
from app.deal.tables import Person
from app.needs import NeedsSomething
from app.shared_plan.commitment import Side

US, THEM, BOTH = "us", "them", "both"


@dataclass(frozen=True)
class Pair:
    """The two people of a step; either may still be open in a draft."""

    owner: Side
    seller: Seller | None
    person: Person | None


def pair_of(
    owner: str, counterpart: str, me: Seller, colleagues: Sequence[Seller], people: Sequence[Person]
) -> Pair:
    """One person of each side. What is left open is me for us, and for them the only person there is.

    Raises NeedsSomething when both are of one side or a name is not known.
    """
    does = _meant(owner, colleagues, people)
    waits = _meant(counterpart, colleagues, people)
    if does and waits and _side(does) is _side(waits):
        raise NeedsSomething(
            "One of the two must be on the other side: somebody does it, somebody waits for it."
        )
    side = _owner_side(owner, does, waits)
    ours = next((one for one in (does, waits) if isinstance(one, Seller)), me)
    theirs = next((one for one in (does, waits) if isinstance(one, Person)), None)
    return Pair(side, ours, theirs or (people[0] if len(people) == 1 else None))


def _owner_side(owner: str, does: Seller | Person | None, waits: Seller | Person | None) -> Side:
    if does:
        return _side(does)
    if waits:
        return _side(waits).other
    return Side.BUYER if owner == THEM else Side.SELLER


def _side(one: Seller | Person) -> Side:
    return Side.SELLER if isinstance(one, Seller) else Side.BUYER


def _meant(typed: str, colleagues: Sequence[Seller], people: Sequence[Person]) -> Seller | Person | None:
    if typed in ("", US, THEM):
        return None
    if typed.startswith("us-"):
        return person_meant(typed, colleagues, "us")
    if typed.startswith("them-"):
        return person_meant(typed, people, "them")
    known = [one for one in people if one.name.casefold() == typed.casefold()]
    return person_meant(typed, people) if known else person_meant(typed, colleagues, "us")
