"""Red flags that the record itself raises: what is uncertain, missing or unsaid about a deal. Pure.

A flag closes itself when its cause is gone, since it is read from the record each time. One flag per person
or role, its gaps folded in; the Economic influence first. Source: Miller Heiman's red flags; and of the
shared plan, what the buyer did or did not do with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.deal.position.influence import GLOSS, Area, BuyingRole, Mode
from app.deal.position.objective import Flaw, flaws

SHOWN = 7
NEW_FOR = timedelta(days=90)
UNANSWERED_AFTER = 5  # working days
MOVED_OFTEN = 2


@dataclass(frozen=True)
class Influence:
    """One person's place in the decision; what is not known is empty."""

    id: int
    name: str
    roles: frozenset[BuyingRole] = frozenset()
    mode: Mode | None = None
    win: str = ""
    result: str = ""
    spoken_on: date | None = None
    started_on: date | None = None
    said_on: date | None = None  # the day of the words that the mode rests on
    answers: bool = False  # has ever answered on the shared plan
    agreed: bool = False  # has said yes to anything on it

    @property
    def is_economic(self) -> bool:
        return BuyingRole.ECONOMIC in self.roles


@dataclass(frozen=True)
class SharedStep:
    """What of a step of the shared plan tells something: how often it moved, how late or unanswered it is."""

    number: int
    title: str
    moved: int = 0
    days_late: int = 0
    days_unanswered: int = 0  # working days since it was put to them


@dataclass(frozen=True)
class Position:
    """All that is known of a deal on one day."""

    today: date
    objective: str = ""
    amount: Decimal | None = None
    close_on: date | None = None
    confirmed_on: date | None = None
    bets: bool | None = None
    influences: Sequence[Influence] = ()
    gaps: int = 0
    alternatives: int = 0
    last_call_on: date | None = None
    steps: Sequence[SharedStep] = ()
    is_shared: bool = False  # has anything been put to them on the shared plan?


class Cause(StrEnum):
    RECORD = "the record"
    SHARED = "the shared plan"
    SELLER = "you"


@dataclass(frozen=True)
class Flag:
    """`key` names the same flag from day to day; `why` is one sentence for each gap folded into it."""

    key: str
    area: Area
    title: str
    why: tuple[str, ...]
    cause: Cause = Cause.RECORD
    rank: int = 5
    subject: int | None = field(default=None, compare=False)


def line_of(flag: Flag) -> str:
    """A flag in one line: whose name alone says nothing is told with its first gap."""
    is_named = flag.key.startswith(("person:", "step:"))
    return f"{flag.title}: {flag.why[0]}" if is_named else flag.title


def raised(at: Position) -> list[Flag]:
    """Every flag that the record raises, the weightiest first."""
    found = [*_objective(at), *_coverage(at), *_people(at), *_gap(at), *_competition(at), *_shared(at)]
    return sorted(found, key=lambda flag: (flag.rank, flag.key))


def _objective(at: Position) -> Iterator[Flag]:
    wrong = flaws(at.objective, at.amount, at.close_on, at.today, at.confirmed_on, at.bets)
    if wrong:
        title = "No Single Sales Objective yet" if Flaw.MISSING in wrong else "The objective is not sure"
        why = () if Flaw.MISSING in wrong else tuple(f"It {_verb(flaw)}." for flaw in wrong)
        rank = 1 if {Flaw.MISSING, Flaw.PAST} & set(wrong) else 4
        yield Flag(
            "objective", Area.OBJECTIVE, title, why or ("Nothing says what exactly is sold.",), rank=rank
        )


def _verb(flaw: Flaw) -> str:
    words = {
        Flaw.PAST: "is past its day",
        Flaw.NOT_ASKED: "was not asked about for a month; is it still true",
        Flaw.NO_BET: "has a day that you would not bet on",
    }
    return words.get(flaw, str(flaw)).rstrip(".")


def _coverage(at: Position) -> Iterator[Flag]:
    for role in BuyingRole:
        fill = [one.name for one in at.influences if role in one.roles]
        if not fill:
            why = f"Nobody is known who {GLOSS[role]}."
            rank = 0 if role is BuyingRole.ECONOMIC else 2
            yield Flag(
                f"role:{role}", Area.COVERAGE, f"{role.capitalize()} role uncovered", (why,), rank=rank
            )
        elif role is BuyingRole.ECONOMIC and len(fill) > 1:
            why = f"{' and '.join(fill)}: only one of them releases the money."
            title = "Two names for one Economic role"
            yield Flag("role:economic:two", Area.COVERAGE, title, (why,), rank=0)


def _people(at: Position) -> Iterator[Flag]:
    for one in at.influences:
        gaps = list(_gaps_of(one, at)) if one.roles else []
        if gaps:
            rank = 0 if one.is_economic else 3
            area = gaps[0][0]
            why = tuple(words for _, words in gaps)
            yield Flag(f"person:{one.id}", area, one.name, why, rank=rank, subject=one.id)


def _gaps_of(one: Influence, at: Position) -> Iterator[tuple[Area, str]]:
    """What is not known of one influence, in a sentence each."""
    if one.spoken_on is None:
        yield Area.COVERAGE, "Nobody of you has spoken to them yet."
    if one.started_on and one.started_on > at.today - NEW_FOR:
        yield Area.COVERAGE, "They are new in the job."
    if one.mode is None:
        yield Area.MODES, "Their mode is unknown: growth, trouble, or no reason to change?"
    elif one.is_economic and not one.mode.is_ready:
        yield Area.MODES, f"{one.mode.capitalize()}: they {GLOSS[one.mode]}."
    if not one.win:
        yield Area.WINS, "What they win by it is unknown."
    if one.mode and one.said_on and at.last_call_on and one.said_on < at.last_call_on:
        yield Area.MODES, "What their mode rests on is older than the last call."


def _gap(at: Position) -> Iterator[Flag]:
    if not at.gaps:
        why = "Nothing they said states the gap between where they are and where they want to be."
        yield Flag("gap", Area.OBJECTIVE, "No gap stated", (why,), rank=1)


def _competition(at: Position) -> Iterator[Flag]:
    if not at.alternatives:
        why = "No alternative was considered: a rival, in-house, another use of the money, nothing."
        yield Flag("competition", Area.COMPETITION, "No alternative considered", (why,), rank=3)


def _shared(at: Position) -> Iterator[Flag]:
    for step in at.steps:
        why = tuple(_step_words(step))
        if why:
            yield Flag(
                f"step:{step.number}", Area.COVERAGE, f"“{step.title}”", why, Cause.SHARED, 3, step.number
            )
    answering = [one.name for one in at.influences if one.answers]
    if len(answering) == 1 and len(at.influences) > 1:
        why = f"Only {answering[0]} ever answers on the shared plan."
        yield Flag("answers:one", Area.COVERAGE, "One person answers for all", (why,), Cause.SHARED, 3)
    economic = [one for one in at.influences if one.is_economic]
    if at.is_shared and economic and not any(one.agreed for one in economic):
        why = "No Economic influence has said yes to anything on the shared plan."
        yield Flag("economic:yes", Area.COVERAGE, "The money has agreed to nothing", (why,), Cause.SHARED, 0)


def _step_words(step: SharedStep) -> Iterator[str]:
    if step.moved >= MOVED_OFTEN:
        yield f"It has been moved {step.moved} times."
    if step.days_late > 0:
        yield f"It is theirs, and {step.days_late} day{'s' * (step.days_late > 1)} late."
    if step.days_unanswered >= UNANSWERED_AFTER:
        yield f"They have not answered it for {step.days_unanswered} working days."
