"""Positions and calls in every state, written over the wire once, and a thumb that counts."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from app.account.tables import Role
from tests.browser.full_plan import LONG
from tests.browser.people import Jonas, Maria, Wire
from tests.browser.ways import send
from tests.call.test_calls import Caller
from tests.cast import NINE_DAYS, a_colleague, in_days

ASK_SHORT = "Ask Jonas on Monday who signs above 5,000"
ASK = f"{ASK_SHORT}{LONG}"
SHOW = "Show Jonas the March trail with the approver named on each"


@dataclass(frozen=True)
class Place:
    """A page by its address; with an act, what comes back when that is sent from there."""

    path: str
    shows: str
    act: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    reader: str = "Maria"

    def open(self, page: Page, readers: dict[str, Maria]) -> None:
        readers[self.reader].opens(page, self.path)
        if self.act:
            send(page, self.act, **dict(self.fields))
        expect(page.get_by_role("main")).to_contain_text(self.shows)


@dataclass(frozen=True)
class Everywhere:
    """The database that holds them all, by name, and who reads them."""

    url: str
    places: dict[str, Place]
    readers: dict[str, Maria]


NAMES = (
    "position, empty",
    "position",
    "calls, none",
    "calls",
    "call, not prepared",
    "call, nothing new",
    "call, full",
    "call, quick",
    "call, elevator",
    "call with a plan",
    "call with a plan, only read",
    "did it happen?",
    "did the talk happen?",
    "debrief",
    "debrief, only read",
    "learned",
    "409 call over",
    "409 debrief first",
    "422 no action",
)


def every_place(maria: Maria, url: str) -> Everywhere:
    served = maria.client.served
    vera = Maria(Wire(served), a_colleague(served.app.state.database, "Vera Vogt", Role.VIEWER))
    maria.client.post("/deals", data={"company": "Velotrade"})
    empty = maria.client.get("/deals").text.partition('href="/deals/')[2].partition('"')[0]
    over = _over(maria)
    places = {
        "position, empty": Place(f"/deals/{empty}/position", "Nobody is known here yet."),
        "calls, none": Place(f"/deals/{empty}/calls", "Plan another call"),
        "debrief": Place(over.call, "Was what it assumed confirmed?"),
        "debrief, only read": Place(over.call, "Debrief", reader="Vera"),
        "409 call over": Place(
            over.call,
            "This plan ended with its call.",
            f"{over.call}/gut",
            (("before", "2"), ("key", "over")),
        ),
        "409 debrief first": Place(
            over.call,
            "Debrief first",
            f"{maria.deal}/calls",
            (("on", str(in_days(9))), ("about", f"The next one{LONG}"), ("key", "first")),
        ),
    }
    places |= _nordwind(maria)
    return Everywhere(url, {name: places[name] for name in NAMES}, {"Maria": maria, "Vera": vera})


def _nordwind(maria: Maria) -> dict[str, Place]:
    caller = _a_known_deal(maria)
    learned = _learned(caller)
    found = {
        "position": Place(f"{maria.deal}/position", "You know better:"),
        "learned": Place(learned, "This plan ended with the call."),
        "call, not prepared": Place(_call(caller, 2), "How deep to prepare"),
        "call, nothing new": Place(_call(caller, 4, same="yes"), "No plan needed"),
        "call, quick": Place(
            _call(caller, 5, depth="quick", reason=f"Only the day is open.{LONG}"), "short for"
        ),
        "call, elevator": Place(_elevator(caller), "Find out"),
        "call, full": Place(_full(caller), "Nobody knows the new COO"),
        "did it happen?": Place(_call(caller, -1), "Did it happen?"),
    }
    talk = maria.client.post(f"{maria.plan}/steps/2/call", data={}).headers["location"]
    plan = _planned(caller)
    vague = (("words", "Strengthen the relationship"), ("who", "Maria"), ("secures", "trust"), ("key", "no"))
    return found | {
        "calls": Place(f"{maria.deal}/calls", "You talk on"),
        "did the talk happen?": Place(talk, "agree on another day"),
        "call with a plan": Place(plan, "Turned down"),
        "call with a plan, only read": Place(plan, "Turned down", reader="Vera"),
        "422 no action": Place(plan, "that is activity, not strategy", f"{plan}/actions", vague),
    }


def _a_known_deal(maria: Maria) -> Caller:
    """Two people, an objective that changed, a gap, strengths, alternatives, flags; two talks agreed."""
    maria.writes_down(
        what_1="Go through the invoices", who_1="both", due_on_1=str(in_days(3)), at_1="10:00",
        what_2="Look at the audit trail", who_2="both", due_on_2=str(in_days(-1)), at_2="10:00",
        what_3=f"Send the list{LONG}", who_3="them", due_on_3=str(in_days(-2)),
    )  # fmt: skip
    jonas = Jonas(maria, maria.shares_with("Jonas Weber")).elsewhere()
    for number in (1, 2, 3):
        jonas.acts(number, "yes")
    says = Says(maria)
    says(
        "",
        company="Nordwind",
        objective="40 seats",
        amount="42000",
        currency="EUR",
        close_on=str(in_days(60)),
    )
    says("", company="Nordwind", objective=f"60 seats{LONG}", amount="84000", currency="EUR")
    says("/people", name=f"Petra Lang{LONG}", title="COO")
    says("/points", words=f"Petra is away in March.{LONG}")
    gap = says.first("points", "gap")
    says(f"/points/{gap}/gap", gap="yes")
    says("/strengths", words=f"Reads sideways notes{LONG}", gap=gap)
    says("/strengths", words="Hosts in Frankfurt only")
    says("/alternatives", kind="a rival", name=f"Papierlos{LONG}", answer="They cannot name who signs")
    says("/flags", words=f"A reorganisation is announced.{LONG}")
    says("/disputes", flag="role:user", reason=f"Petra asked her clerks.{LONG}")
    first = says.first("people", "")
    trouble = {"role": ["economic", "coach"], "mode": "trouble", "evidence": gap, "win": f"Calm closes{LONG}"}
    says(f"/people/{first}", **trouble, result="Two days an invoice", told_by="Petra")
    says(f"/people/{first}", **trouble | {"mode": "growth"}, started_on=str(in_days(-20)))
    return Caller(maria)


class Says:
    """Sends the forms of a deal."""

    def __init__(self, maria: Maria) -> None:
        self.maria = maria

    def __call__(self, act: str, **fields: object) -> None:
        answer = self.maria.client.post(f"{self.maria.deal}{act}", data=fields)
        assert answer.status_code == 303, (act, answer.status_code)

    def first(self, what: str, act: str) -> str:
        """The number in the first form of the position about one of these."""
        page = self.maria.page(f"{self.maria.deal}/position")
        return page.partition(f'action="{self.maria.deal}/{what}/')[2].partition(f"/{act}" if act else '"')[0]


def _call(caller: Caller, days: int, **fields: str) -> str:
    caller.plans_a_call(days=days)
    if fields:
        caller.says("same" if "same" in fields else "depth", **fields)
    return caller.call


def _learned(caller: Caller) -> str:
    call = _call(caller, -5, depth="full", could_lose="no")
    caller.writes(ASK, removes="role:technical")
    caller.chooses()
    caller.says("happened", how="yes")
    action = caller.page().partition('name="brought_')[2].partition('"')[0]
    brought = {f"brought_{action}": f"Dr. Falk signs.{LONG}"}
    caller.debriefs(**brought, gone="role:technical", new_flag=f"Dr. Falk is new.{LONG}", finish="yes")
    return call


def _elevator(caller: Caller) -> str:
    call = _call(caller, 6, depth="elevator", reason="No time")
    person = caller.page().partition('name="person" value="')[2].partition('"')[0]
    caller.says("meeting", person=person)
    return call


def _full(caller: Caller) -> str:
    call = _call(caller, 7, depth="full")
    words = {"words": f"The COO left.{LONG}", "flag": f"Nobody knows the new COO.{LONG}"}
    caller.says("review", question="coverage", **words)
    return call


def _planned(caller: Caller) -> str:
    """An action before the call and one in it, a candidate, one turned down, and the gut check."""
    call = _call(caller, 3, depth="full")
    strength = caller.page().partition('name="uses" value="')[2].partition('"')[0]
    caller.writes(ASK, removes="competition", uses=strength, place=f"Berlin{LONG}", due_on=str(in_days(1)))
    caller.chooses()
    caller.writes(SHOW, uses=strength, in_call="yes")
    caller.chooses()
    caller.writes("Send the brochure", uses=strength)
    caller.chooses(urgent="no", reason=f"It says nothing that they do not know.{LONG}")
    caller.writes("Touch base with the prospect about our solution", uses=strength)
    caller.says("gut", before="2", after="4")
    return call


def _over(maria: Maria) -> Caller:
    """A call of another deal that was too short for its stakes, and has happened."""
    maria.writes_down(company="Fjordbank", said=NINE_DAYS)
    caller = Caller(maria)
    _call(caller, 1, depth="quick", could_lose="no", reason="No time")
    caller.writes(ASK)
    caller.chooses()
    caller.says("happened", how="yes")
    return caller


class Thumb:
    """A person at a page; every field typed into and every press is counted."""

    def __init__(self) -> None:
        self.typed = self.pressed = 0

    def type(self, field: Locator, words: str) -> None:
        field.fill(words)
        self.typed += 1

    def press(self, what: Locator) -> None:
        what.click()
        self.pressed += 1

    def pick(self, field: Locator, option: str) -> None:
        field.select_option(option)
        self.pressed += 1
