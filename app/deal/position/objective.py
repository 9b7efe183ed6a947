"""Is a Single Sales Objective one: specific, measurable, time-bound, still true? Pure."""

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

FEWEST_WORDS = 3  # "Sell more" names nothing; "Approval for Husum" does
TRUE_FOR = timedelta(days=30)


class Flaw(StrEnum):
    MISSING = "no objective yet"
    VAGUE = "does not say what exactly is sold"
    NO_AMOUNT = "says no amount"
    NO_DAY = "says no day"
    PAST = "its day has passed"
    NOT_ASKED = "nobody asked lately whether it is still true"
    NO_BET = "you would not bet on its day"


def flaws(
    words: str,
    amount: Decimal | None,
    close_on: date | None,
    today: date,
    confirmed_on: date | None = None,
    bets: bool | None = None,
) -> list[Flaw]:
    """What keeps these words from being an objective, the worst first; none when it is one."""
    if not words:
        return [Flaw.MISSING]
    found = []
    if close_on and close_on < today:
        found.append(Flaw.PAST)
    if len(words.split()) < FEWEST_WORDS:
        found.append(Flaw.VAGUE)
    found += [Flaw.NO_AMOUNT] if amount is None else []
    found += [Flaw.NO_DAY] if close_on is None else []
    if confirmed_on is None or confirmed_on < today - TRUE_FOR:
        found.append(Flaw.NOT_ASKED)
    elif bets is False:
        found.append(Flaw.NO_BET)
    return found
