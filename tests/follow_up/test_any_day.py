"""What a message is worth depends neither on the day on which it is written nor on the days that it names."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session, select

from app.account.session import Me
from app.account.tables import Seller, Workspace
from app.clock import right_now
from app.database import Database
from app.deal.tables import Deal
from app.desk.doors import OpenPlan
from app.desk.drafting.quote import quote
from app.desk.drafting.verdicts import Compared, shown
from app.follow_up.composing import Start, Voice, compose
from app.follow_up.doors import OpenMessage, open_message
from app.follow_up.permission import Occasion
from app.follow_up.weighing import weigh
from app.pages import LANGUAGES, Pages, spoken_day
from app.shared_plan.tables import Plan
from app.specificity.verdict import Passage, Saying, TextKind
from tests.cast import NINE_DAYS, Buyer, SellerAtWork, state_of, today

TITLES = ("Send last quarter’s 40 stuck invoices", "Alles abholen")
SAID_LATELY, SOON, LATE, FAR = -8, 6, -1, 200  # days from today


def the_desk(session: Session) -> OpenPlan:
    seller, workspace = session.exec(select(Seller)).one(), session.exec(select(Workspace)).one()
    deal, plan = session.exec(select(Deal)).one(), session.exec(select(Plan)).one()
    return OpenPlan(session, Me(seller, workspace), deal, plan, right_now())


@contextmanager
def a_message(jonas: Buyer, database: Database) -> Generator[OpenMessage]:
    jonas.acts(1, "yes")
    with Session(database.reading) as session:
        yield open_message(the_desk(session), "", 1, None)


@dataclass(frozen=True)
class Spoken:
    """The reader's language, today."""

    language: str
    pages: Pages
    today: date

    def day(self, day: date) -> str:
        return spoken_day(day, self.language, self.today)

    def in_days(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def say(self, words: str) -> str:
        return self.pages.translations[self.language].gettext(words)

    @property
    def voice(self) -> Voice:
        return Voice(self.say, self.day, self.today)


def starts(spoken: Spoken) -> Iterator[tuple[object, Start, str]]:
    """Every occasion with what it is called here, and what is brought, in which a day is named, too."""
    point = Saying(NINE_DAYS, "Jonas Weber", spoken.in_days(SAID_LATELY), 1)
    brings = {"en": "It can be done by {}.", "de": "Das geht bis {}."}[spoken.language]
    for occasion in Occasion:
        for title in TITLES:
            for due in (LATE, SOON, FAR):
                start = Start(
                    occasion,
                    "Jonas Weber",
                    "Maria Keller",
                    title=title,
                    agreed_on=spoken.in_days(SAID_LATELY),
                    due_on=spoken.in_days(due),
                    clock="10:30" if occasion is Occasion.TALK else "",
                    note="Not before the audit" if occasion is Occasion.ANSWER else "",
                    point=point if occasion in (Occasion.POINT, Occasion.NAMED_DAY) else None,
                )
                yield (occasion, title, due), start, ""
                yield (occasion, title, due, brings), start, brings.format(spoken.day(spoken.in_days(due)))


def worth_of_messages(message: OpenMessage, spoken: Spoken) -> dict[object, object]:
    message = replace(message, desk=replace(message.desk, now=right_now()))
    found: dict[object, object] = {}
    for name, start, brings in starts(spoken):
        weighed = weigh(replace(message, start=start), compose(start, spoken.voice, brings), brings)
        uses = frozenset(one.use for one in weighed.value.uses)
        found[name] = (weighed.verdict.answer, weighed.verdict.headline, uses, weighed.is_reminder)
    return found


def worth_of_reasons(message: OpenMessage, spoken: Spoken) -> dict[object, object]:
    """A step whose reason quotes them, by somebody who said it on a day and of a day."""
    point = Saying(
        f"The plant in Kiel is shut from {spoken.day(spoken.in_days(SOON))} on",
        "Jonas Weber",
        spoken.in_days(SAID_LATELY),
        1,
    )
    evidence = replace(message.evidence, points=(*message.evidence.points, point))
    found: dict[object, object] = {}
    for said in evidence.points:
        for readers in (["Jonas Weber"], ["Jonas Weber", "Petra Lang"]):
            reason = quote(said, "Jonas Weber", readers, spoken.say, spoken.day).words
            verdict = shown(Passage(TextKind.STEP, "Look at it together", reason), Compared(evidence))
            alone = shown(Passage(TextKind.STEP, "Look at the plant in Kiel"), Compared(evidence))
            found[said.ref, said.said_by, len(readers)] = (
                verdict.answer,
                verdict.value and verdict.value.passes,
                alone.answer,
            )
    return found


Worth = Callable[[OpenMessage, Spoken], dict[object, object]]


def is_alike(days: Iterable[date], message: OpenMessage, language: str, worth: Worth, pages: Pages) -> None:
    """Move the clock through the days; what is found on the first of them holds on every other one."""
    first: dict[object, object] | None = None
    for day in days:
        with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False):
            found = worth(message, Spoken(language, pages, today()))
        first = first or found
        assert found == first, day


FIRSTS = [date(2027, month, 1) for month in range(1, 13)]  # of every month, and on every weekday
A_YEAR = [date(2027, 1, 1) + timedelta(days=n) for n in range(366)]


@pytest.mark.wide
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("worth", [worth_of_messages, worth_of_reasons])
def test_it_is_worth_the_same_on_every_weekday_and_in_every_month(
    jonas: Buyer, maria: SellerAtWork, database: Database, language: str, worth: Worth
):
    pages = state_of(maria.client).pages

    with a_message(jonas, database) as message:
        is_alike(FIRSTS, message, language, worth, pages)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("worth", [worth_of_messages, worth_of_reasons])
def test_it_is_worth_the_same_on_every_day_of_a_year(
    jonas: Buyer, maria: SellerAtWork, database: Database, language: str, worth: Worth
):
    pages = state_of(maria.client).pages

    with a_message(jonas, database) as message:
        is_alike(A_YEAR, message, language, worth, pages)
