"""Whom may I write to today, and why? Sorts promises and answers into the days of a seller. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.follow_up.permission import Occasion, occasion_of_promise, opens_on


@dataclass
class Ledger:
    """The sections of the follow-ups, each in the order of its days."""

    waiting: list[Any] = field(default_factory=list)
    late: list[Any] = field(default_factory=list)
    today: list[Any] = field(default_factory=list)
    week: list[Any] = field(default_factory=list)
    later: list[Any] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.late or self.today or self.week or self.later)

    @property
    def next(self) -> Any:
        return next(iter([*self.week, *self.later]), None)

    def headline(self) -> str:
        """What the day asks for, in a sentence."""
        counted = [
            (len(self.waiting), "{} waits for your answer", "{} wait for your answer"),
            (len(self.late), "{} promise of yours is late", "{} promises of yours are late"),
            (len(self.today), "{} for today", "{} for today"),
        ]
        said = [(one if count == 1 else many).format(_number(count)) for count, one, many in counted if count]
        sentence = ", ".join(said)
        return sentence[:1].upper() + sentence[1:] if sentence else "Nobody waits for you today"


NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


@dataclass(frozen=True)
class LedgerLine:
    """One reason to get in touch, on its day: a promise, or a day the buyer named to be asked again."""

    row: Any
    day: date
    occasion: Occasion
    write_on: date | None = None
    may_write: bool = False

    @property
    def is_ours(self) -> bool:
        """A talk is ours to turn up for, whoever offered it."""
        return self.occasion in (Occasion.OURS, Occasion.TALK)

    @property
    def is_asking_again(self) -> bool:
        return self.occasion is Occasion.NAMED_DAY


def ledger(answers: Sequence[Any], promises: Iterable[Any], today: date) -> Ledger:
    """`answers` are steps that wait for the seller, `promises` the open commitments by day."""
    sorted_out = Ledger()
    lines = [_promise(row, today) for row in promises]
    for row in answers:
        if row.ask_again_on is None:
            sorted_out.waiting.append(row)
        else:
            day = opens_on(Occasion.NAMED_DAY, row)
            lines.append(LedgerLine(row, day, Occasion.NAMED_DAY, may_write=day <= today))
    for line in sorted(lines, key=lambda line: (line.day, line.row.step_id)):
        _section(sorted_out, line, today).append(line)
    return sorted_out


def _promise(row: Any, today: date) -> LedgerLine:
    """What we owe is due through any quiet; what they owe is asked about when the quiet ends."""
    occasion = occasion_of_promise(row)
    opens = opens_on(occasion, row)
    if occasion is Occasion.THEIRS:
        day = max(row.day, row.quiet_until) if row.quiet_until else row.day
        return LedgerLine(row, day, occasion, opens if opens > today else None, opens <= today)
    return LedgerLine(row, row.day, occasion, may_write=opens <= today)


def _section(sorted_out: Ledger, line: LedgerLine, today: date) -> list[Any]:
    if line.day < today and line.is_ours:
        return sorted_out.late
    if line.day <= today:
        return sorted_out.today
    return sorted_out.week if line.day <= today + timedelta(days=7) else sorted_out.later
