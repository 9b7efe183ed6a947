"""A plan with everything in it: every status, two of their people, comments, words too long for a line."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from app.database import open_database
from tests.browser.people import Jonas, Maria, Wire
from tests.browser.served import Served
from tests.cast import INVOICES, NINE_DAYS, RESIDENCY, Buyer, in_days
from tests.scenes import again

LONG = " " + "Rechtsschutzversicherungsgesellschaftenfreigabeprozessdokumentation" * 2
STEPS = [  # what, who, in how many days; three make one call
    (INVOICES, "them", 6),
    (RESIDENCY, "us", 2),
    ("Send the list of approvers above five thousand", "us", -2),
    ("Name who signs above five thousand euros", "them", 4),
    ("Show the March audit trail", "us", 5),
    ("Open a test account for Petra", "us", -3),
    (f"Read the security answers{LONG}", "them", 9),
    ("Bring the works council in", "them", 8),
    ("Book two hours with Petra", "us", 12),
    ("Draft the order for 40 seats", "them", 14),
]


@dataclass(frozen=True)
class FullPlan:
    """The database it is kept in, and who has it open."""

    source: str
    maria: Maria

    @contextmanager
    def opened(self, served: Served, url: str) -> Generator[Maria]:
        """Maria at a copy of it, which is served while this lasts."""
        database = open_database(url)
        served.app.state.database = database
        maria = again(Maria, self.maria, Wire(served))
        maria.jonas = Jonas(maria, self.maria.jonas.address)
        yield maria
        database.dispose()


def a_full_plan(maria: Maria) -> None:
    _call(maria, STEPS[:3], company="Nordwind", person="Jonas Weber", said=NINE_DAYS)
    maria.jonas = Jonas(maria, maria.shares_with("Jonas Weber"))
    for first in range(3, len(STEPS), 3):
        _call_again(maria, STEPS[first : first + 3])
        maria.shares_with("Jonas Weber")
    _jonas_answers(maria.jonas.elsewhere())
    _maria_answers(maria)
    _call_again(maria, [("Check the access rights", "them", 3)], person="Petra Lang")
    maria.shares_with("Petra Lang")
    _call_again(maria, [(f"Send our brochure{LONG}", "us", 3)], said=f"Petra is away in March{LONG}")


def _call_again(maria: Maria, steps: list[tuple[str, str, int]], **fields: str) -> None:
    deal = maria.deal.rsplit("/", 1)[1]
    _call(maria, steps, **{"deal": deal, "person": "Jonas Weber"} | fields)


def _call(maria: Maria, steps: list[tuple[str, str, int]], **fields: str) -> None:
    rows = {"what_1": "", "what_2": "", "company": "", "said": ""}
    for number, (what, who, days) in enumerate(steps, start=1):
        rows |= {f"what_{number}": what, f"who_{number}": who, f"due_on_{number}": str(in_days(days))}
    maria.writes_down(**rows | fields)


def _jonas_answers(jonas: Buyer) -> None:
    for number in (2, 3, 5, 6, 9):
        jonas.acts(number, "yes")
    jonas.acts(4, "counter", due_on=str(in_days(11)), note=f"The board meets on that day.{LONG}")
    jonas.acts(6, "done", note=f"She is in.{LONG}", url="https://example.com/account")
    stuck: dict[str, Any] = {"reason": "waiting for someone", "note": f"Works council{LONG}"}
    jonas.acts(7, "obstacle", ask_again_on=str(in_days(5)), **stuck)
    jonas.acts(1, "comments", words=f"Does a list of twenty help as well?{LONG}")


def _maria_answers(maria: Maria) -> None:
    maria.acts(5, "comments", words=f"The trail covers January to March.{LONG}")
    maria.acts(8, "drop", note="Petra does it herself.")
    goal = f"Invoices approved in two days{LONG}"
    maria.client.post(maria.plan, data={"title": "Next steps", "goal": goal})
