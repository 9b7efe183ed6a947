"""One deal in the middle of the private cycle: a call debriefed, the next one being prepared."""

from datetime import datetime, time
from typing import Any

from app.call.depth import Depth
from app.call.shortlist import Shortlisted
from app.call.tables import Call, FlagSeen, PlanAction, Review, Trace
from app.deal import store as deals
from app.deal.position.influence import AlternativeKind, Area, BuyingRole, Mode
from app.deal.position.position import where
from app.deal.tables import Alternative, ModeSeen, OwnFlag, Person, RolePlayed, Strength
from app.demo.telling import Scene
from app.desk.doors import OpenPlan
from app.journal import Press, record
from app.shared_plan import store as plans
from app.shared_plan.store import new_ref

LAST_CALL, NEXT_CALL = -4, 6
TALK = "Go through the ten wrong-inbox invoices and name the missing signature of each"


def prepare(opened: OpenPlan, stage: Scene, now: datetime) -> None:
    """Who decides at Nordwind, what is uncertain, and the plan for the next talk."""
    people = {person.name: person for person in opened.people()}
    _place(opened, stage, people["Jonas Weber"], (BuyingRole.USER, BuyingRole.COACH), Mode.TROUBLE)
    _place(opened, stage, people["Petra Lang"], (BuyingRole.TECHNICAL,), Mode.EVEN_KEEL)
    people["Jonas Weber"].win = "No Friday evening spent looking for a signature"
    people["Jonas Weber"].result = "An invoice approved in two days"
    opened.deal.confirmed_on, opened.deal.bets = stage.day(LAST_CALL), True
    strength = _say_what_stands_out(opened, stage)
    last = _last_call(opened, stage)
    opened.session.flush()
    _debrief(opened, stage, last, now)
    _next_call(opened, stage, strength, last, now)


def _place(opened: OpenPlan, stage: Scene, person: Person, roles: tuple[BuyingRole, ...], mode: Mode) -> None:
    on = stage.day(LAST_CALL)
    person.mode, person.spoken_on, person.confirmed_on = mode, on, on
    person.covered_by_id = opened.me.seller.id
    ids: dict[str, Any] = {"workspace_id": opened.me.workspace_id, "deal_id": opened.deal.id or 0}
    for role in roles:
        opened.session.add(
            RolePlayed(**ids, person_id=person.id or 0, role=role, told_by="Jonas", confirmed_on=on)
        )
    opened.session.add(ModeSeen(**ids, person_id=person.id or 0, seen_on=on, mode=mode))


def _say_what_stands_out(opened: OpenPlan, stage: Scene) -> Strength:
    """The gap, one strength that closes it, one alternative."""
    points = [point for point, _ in deals.points_of(opened.session, opened.deal.id or 0)]
    gap = next(point for point in points if "nine days" in point.words)
    gap.is_gap = True
    ids: dict[str, Any] = {"workspace_id": opened.me.workspace_id, "deal_id": opened.deal.id or 0}
    strength = Strength(
        **ids,
        area=Area.COMPETITION,
        words="Knows who signs, site by site, without anybody forwarding an invoice",
        gap_id=gap.id,
        created_on=stage.day(LAST_CALL),
    )
    rest = Alternative(
        **ids,
        kind=AlternativeKind.NOTHING,
        answer="The auditors come in March; 17 invoices had no approval last time",
        checked_on=stage.day(LAST_CALL),
    )
    opened.session.add_all([strength, rest])
    opened.session.flush()
    return strength


def _last_call(opened: OpenPlan, stage: Scene) -> Call:
    at = stage.at(LAST_CALL, "15:00")
    last = Call(
        workspace_id=opened.me.workspace_id,
        deal_id=opened.deal.id or 0,
        seller_id=opened.deal.seller_id,
        ref=new_ref(),
        day=stage.day(LAST_CALL),
        at=time(15),
        about="Jonas and Petra on the export",
        created_at=at,
        depth=Depth.QUICK,
        could_lose=False,
        gut_before=2,
        gut_after=3,
        happened_at=stage.at(LAST_CALL, "15:50"),
        assumed_on=stage.day(LAST_CALL),
    )
    opened.session.add(last)
    opened.session.flush()
    done = _action(
        opened, last, "Ask Petra where every export so far broke", "Maria, with Petra", "the record"
    )
    done.in_call, done.done, done.brought = True, True, "At the tax code of the leased cranes"
    _trace(opened, done, "competition", "No alternative considered")
    opened.deal.last_call_on = last.day
    return last


def _debrief(opened: OpenPlan, stage: Scene, last: Call, now: datetime) -> None:
    last.learned_at = stage.at(LAST_CALL, "16:00")
    for flag in where(opened.session, opened.deal, opened.today).flags:
        ids = {"workspace_id": opened.me.workspace_id, "call_id": last.id or 0}
        opened.session.add(FlagSeen(**ids, key=flag.key, title=flag.title, is_gone=False))
    record(opened.session, opened.deal, "debriefed", Press(opened.me.seller.actor), now, {"call": last.id})


def _next_call(opened: OpenPlan, stage: Scene, strength: Strength, last: Call, now: datetime) -> None:
    """About the talk that both agreed to: two actions, one candidate, one that was turned down."""
    steps = plans.steps_of(opened.session, opened.plan_id)
    step = next(step for step in steps if step.terms[-1].title == TALK)
    flag = OwnFlag(
        workspace_id=opened.me.workspace_id,
        deal_id=opened.deal.id or 0,
        seller_id=opened.me.seller.id or 0,
        area=Area.COVERAGE,
        words="The works council has never met us",
        created_on=stage.day(-1),
    )
    call = Call(
        workspace_id=opened.me.workspace_id,
        deal_id=opened.deal.id or 0,
        seller_id=opened.deal.seller_id,
        ref=new_ref(),
        step_id=step.id,
        day=stage.day(NEXT_CALL),
        about=TALK,
        created_at=now,
        depth=Depth.FULL,
        could_lose=False,
        gut_before=2,
        gut_after=4,
    )
    opened.session.add_all([flag, call])
    opened.session.flush()
    ids = {"workspace_id": opened.me.workspace_id, "call_id": call.id or 0}
    opened.session.add(
        Review(**ids, question="coverage", words="Whoever signs above 5,000 is not in the room", at=now)
    )
    _write_actions(opened, stage, call, strength, flag)
    record(opened.session, opened.deal, "call planned", Press(opened.me.seller.actor), now, {"call": call.id})


def _write_actions(opened: OpenPlan, stage: Scene, call: Call, strength: Strength, flag: OwnFlag) -> None:
    ask = _action(
        opened,
        call,
        "Ask Jonas by phone who releases money above 50,000 now that budgets are by site",
        "Maria, with Jonas",
        "the name of the Economic influence",
    )
    ask.due_on = stage.day(2)
    _trace(opened, ask, "role:economic", "Economic role uncovered")
    show = _action(
        opened,
        call,
        "Put the ten wrong-inbox invoices beside the list of who signs, and let Jonas find the eleventh",
        "Maria and Tom, with Jonas, in Husum",
        "whether the list holds for Cuxhaven too",
    )
    show.in_call = True
    _trace(opened, show, strength.key, strength.words)
    _trace(opened, show, flag.key, flag.words)
    waits = _action(
        opened,
        call,
        "Ask Petra what would have to happen before company code 1000 may be opened",
        "Tom, with Petra",
        "whether she sees a reason to change",
    )
    waits.standing, waits.logical, waits.urgent, waits.doable = Shortlisted.CANDIDATE, None, None, None
    _trace(opened, waits, f"person:{_petra(opened)}", "Petra Lang")
    down = _action(opened, call, "Send the brochure to the works council", "Maria", "that they read it")
    down.standing, down.urgent, down.reason = Shortlisted.TURNED_DOWN, False, "not urgent"
    _trace(opened, down, flag.key, flag.words)


def _petra(opened: OpenPlan) -> int:
    return next(person.id or 0 for person in opened.people() if person.name == "Petra Lang")


def _action(opened: OpenPlan, call: Call, words: str, who: str, secures: str) -> PlanAction:
    action = PlanAction(
        workspace_id=opened.me.workspace_id,
        call_id=call.id or 0,
        words=words,
        who=who,
        secures=secures,
        standing=Shortlisted.CHOSEN,
        logical=True,
        urgent=True,
        doable=True,
    )
    opened.session.add(action)
    opened.session.flush()
    return action


def _trace(opened: OpenPlan, action: PlanAction, key: str, title: str) -> None:
    ids = {"workspace_id": opened.me.workspace_id, "action_id": action.id or 0}
    opened.session.add(Trace(**ids, key=key, title=title))
