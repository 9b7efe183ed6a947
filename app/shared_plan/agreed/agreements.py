"""What was agreed when: every version both sides said yes to, by whom, and what changed between two days.

Pure: read from the rows of a plan's history, so a page, an export and a test see the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from app.shared_plan.agreed.word_runs import Runs, runs
from app.shared_plan.commitment import Side, What, retracted, standings
from app.shared_plan.record import Outcome
from app.shared_plan.steps_now import PlanRows
from app.shared_plan.words import Words, words_in


@dataclass(frozen=True, slots=True)
class Yes:
    """Who said yes, and when. Proposing is a yes."""

    name: str
    side: Side
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreement(Words):
    """Terms both sides said yes to. `number` is the step's; `seller` and `buyer` are the names in the terms.

    It stood from `since`: the instant both had agreed, or the one at which the finished step was reopened.
    """

    number: int
    version: int
    seller: str
    buyer: str
    agreed_at: datetime
    since: datetime
    first_yes: Yes
    second_yes: Yes
    ended_at: datetime | None = None
    why: What | None = None
    outcome: Outcome | None = None

    @property
    def is_done(self) -> bool:
        return self.why is What.DONE

    @property
    def doer(self) -> str:
        return self.seller if self.owner is Side.SELLER else self.buyer

    @property
    def counterpart(self) -> str:
        return self.buyer if self.owner is Side.SELLER else self.seller


class Became(StrEnum):
    """What became of a step between two days."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """One step on two days. Of an added step all words are added, of one that is gone all are removed."""

    number: int
    became: Became
    before: Agreement | None
    after: Agreement | None
    title: Runs
    reason: Runs
    place: Runs

    @property
    def days(self) -> tuple[date | None, date | None]:
        return (self.before.due_on if self.before else None, self.after.due_on if self.after else None)

    @property
    def times(self) -> tuple[time | None, time | None]:
        before, after = self.before, self.after
        return (before.due_at if before else None, after.due_at if after else None)

    @property
    def was_done(self) -> bool:
        return self.before is not None and self.before.is_done

    @property
    def is_done(self) -> bool:
        return self.after is not None and self.after.is_done


def agreements(rows: PlanRows) -> list[Agreement]:
    """All agreements of a plan by the instant they were made, then by step; a yes taken back made none.

    The rows are those of one moment, ordered as the store gives them. A step that was done and reopened has
    two with the same terms. Raises ValueError where the commitments kept are not those of the history.
    """
    words = {(row.step_id, row.version): row for row in rows.terms}
    said, kept = _by_step(rows.acts), _by_step(rows.commitments)
    found = [
        _agreement(words[step_id, row.version], row, since, said[step_id])
        for step_id, held in kept.items()
        for row, since in _lasting(held, said[step_id])
    ]
    return sorted(found, key=lambda agreed: (agreed.agreed_at, agreed.number))


def agreed_on(agreements: Iterable[Agreement], instant: datetime) -> list[Agreement]:
    """What stood agreed at an instant, by step and as it was known then: what ended later had not ended.

    What was done by then remains, as done (`is_done`); what was dropped or replaced by then has left.
    """
    latest = {agreed.number: agreed for agreed in agreements if agreed.since <= instant}
    known = [_as_known(latest[number], instant) for number in sorted(latest)]
    return [agreed for agreed in known if agreed.ended_at is None or agreed.is_done]


def changes(before: Iterable[Agreement], after: Iterable[Agreement]) -> list[Difference]:
    """What became of each step from one day to another; both as `agreed_on` gives them."""
    old = {agreed.number: agreed for agreed in before}
    new = {agreed.number: agreed for agreed in after}
    return [_change(number, old.get(number), new.get(number)) for number in sorted(old | new)]


def _by_step(rows: Sequence[Any]) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.step_id].append(row)
    return groups


def _lasting(commitments: list[Any], history: list[Any]) -> list[tuple[Any, datetime]]:
    """The commitments that count, each with the instant since which it stood.

    What was taken back never happened: what it began is left out, and what it ended went on standing.
    """
    lasting: list[tuple[Any, datetime]] = []
    for row, began in zip(commitments, _beginnings(history), strict=True):
        since = lasting.pop()[1] if began.what is What.TAKEN_BACK else began.at
        if row.why is not What.TAKEN_BACK:
            lasting.append((row, since))
    return lasting


def _beginnings(history: list[Any]) -> Iterator[Any]:
    """The acts that made the step a commitment, or another one, or one again."""
    held_to = None
    for act, after in zip(history, standings(history), strict=True):
        if after.commitment not in (None, held_to):
            yield act
        held_to = after.commitment


def _agreement(terms: Any, commitment: Any, since: datetime, history: list[Any]) -> Agreement:
    first, second = _yeses(history, commitment.version)
    return Agreement(
        **words_in(terms) | {"due_on": commitment.day, "owner": commitment.owner},
        number=terms.number,
        version=terms.version,
        seller=terms.seller,
        buyer=terms.buyer,
        agreed_at=commitment.agreed_at,
        since=since,
        first_yes=first,
        second_yes=second,
        ended_at=commitment.ended_at,
        why=commitment.why,
        outcome=commitment.outcome,
    )


def _yeses(history: list[Any], version: int) -> tuple[Yes, Yes]:
    """The author's, by proposing these terms, and the other side's first one that was not taken back."""
    taken_back = {act.number for act in retracted(history)}
    said = [act for act in history if act.version == version and act.number not in taken_back]
    first = next(act for act in said if act.what is What.PROPOSED)
    second = next(act for act in said if act.what is What.YES and act.side is first.side.other)
    return Yes(first.name, first.side, first.at), Yes(second.name, second.side, second.at)


def _as_known(agreed: Agreement, instant: datetime) -> Agreement:
    if agreed.ended_at is None or agreed.ended_at <= instant:
        return agreed
    return replace(agreed, ended_at=None, why=None, outcome=None)


def _change(number: int, before: Agreement | None, after: Agreement | None) -> Difference:
    return Difference(
        number=number,
        became=_became(before, after),
        before=before,
        after=after,
        title=runs(before.title if before else "", after.title if after else ""),
        reason=runs(before.reason if before else "", after.reason if after else ""),
        place=runs(before.place if before else "", after.place if after else ""),
    )


def _became(before: Agreement | None, after: Agreement | None) -> Became:
    if before is None or after is None:
        return Became.ADDED if before is None else Became.GONE
    return Became.SAME if _content(before) == _content(after) else Became.CHANGED


def _content(agreed: Agreement) -> tuple[object, ...]:
    """What a reader would call the agreement: not its version, nor when it was said yes to."""
    return (*words_in(agreed).values(), agreed.seller, agreed.buyer, agreed.is_done)
