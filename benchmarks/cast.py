"""The plan that is measured: 20 steps in every status and 40 comments, made by the product's own verbs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from app.account import session as sessions
from app.account import team
from app.account.session import Me
from app.account.store import workspace_of
from app.account.tables import Role, Seller
from app.call.tables import Call
from app.database import Database
from app.deal import store as deals
from app.deal.tables import Deal
from app.journal import Press
from app.link import store as links
from app.link.tables import Guest
from app.link.token import cookie_for, digest_of, new_token
from app.shared_plan import acts, store
from app.shared_plan.commitment import Side
from app.shared_plan.deed import Deed, Who
from app.shared_plan.tables import Participant, Plan, Step, Terms
from app.shared_plan.words import Change

STEPS, COMMENTS = 20, 40
AGREED, COUNTERED, DONE = range(10, 16), range(16, 18), range(18, 20)  # the first ten wait for the buyer
BROWSER = "the-browser-of-jonas-w"
SAID = "An invoice takes 9 days to get through. Nobody knows who signs above five thousand."


@dataclass(frozen=True)
class Cast:
    seller: Seller
    seller_cookie: str
    plan_ref: str
    deal_ref: str
    call_ref: str
    page: str
    buyer_cookie: str
    link: str

    def another_browser(self, keys: list[str], number: int) -> str:
        """The cookie of a browser that opened the same link and never looked at the page."""
        name = f"the-browser-{number:010}"
        return f"jointly-{self.page.removeprefix('/p/')}={cookie_for(keys, self.link, name)}"


def bring_on(database: Database, keys: list[str], now: datetime) -> Cast:
    with Session(database.writing, expire_on_commit=False) as session, session.begin():
        seller = team.add_seller(
            session,
            "maria@ledgerline.test",
            "Maria Keller",
            "Ledgerline",
            Role.SELLER,
            "a password to guess",
            now,
        )
        me = Me(seller, workspace_of(session, seller.workspace_id))
        pressed = Press(seller.actor)
        deal, plan = deals.begin_deal(session, me, "Nordwind", pressed, now)
        jonas = deals.add_person(session, deal, "Jonas Weber", pressed, now, title="Head of accounts")
        deals.add_point(session, deal, SAID, now.date(), jonas, pressed, now)
        participant = store.add_participant(session, plan, "Jonas Weber", pressed, now)
        jonas.participant_id = participant.id
        for number in range(STEPS):
            _add_step(session, plan, seller, participant, number, now)
        link = links.make_link(session, plan, participant, new_token(keys), pressed, now)
        session.add(
            Guest(
                workspace_id=plan.workspace_id,
                participant_id=participant.id or 0,
                browser=digest_of(BROWSER),
                known_since=now,
            )
        )
        call = _a_call(session, seller, deal, now)
        token = sessions.begin(session, seller, now)
    ref = participant.ref
    cookie = f"jointly-{ref}={cookie_for(keys, link.token_hash, BROWSER)}"
    pages = (plan.ref, deal.ref, call.ref, f"/p/{ref}")
    return Cast(seller, f"jointly={token}", *pages, cookie, link.token_hash)


def _a_call(session: Session, seller: Seller, deal: Deal, now: datetime) -> Call:
    call = Call(
        workspace_id=seller.workspace_id,
        deal_id=deal.id or 0,
        seller_id=seller.id or 0,
        ref=store.new_ref(),
        day=now.date() + timedelta(days=2),
        created_at=now,
    )
    session.add(call)
    return call


def _add_step(
    session: Session, plan: Plan, seller: Seller, participant: Participant, number: int, now: datetime
) -> None:
    step = store.new_step(session, plan, now)
    maria, jonas = (
        Who(Side.SELLER, seller.id or 0, seller.name),
        Who(Side.BUYER, participant.id or 0, "Jonas"),
    )
    before = now - timedelta(hours=1)

    def deed(who: Who) -> Deed:
        return Deed(session, plan, step, who, before, Press(who.actor), seen=1)

    acts.share(deed(maria), _terms(plan, step, seller, participant, number, now))
    if number in AGREED or number in DONE:
        acts.agree(deed(jonas))
    if number in DONE:
        acts.finish(deed(jonas), "Sent by mail")
    for said in range(COMMENTS // STEPS):
        acts.comment(deed(jonas if said % 2 else maria), f"A remark of some forty characters, number {said}")
    if number in COUNTERED:
        acts.propose(deed(jonas), Change(due_on=now.date() + timedelta(days=30)), "We close the year")


def _terms(
    plan: Plan, step: Step, seller: Seller, participant: Participant, number: int, now: datetime
) -> Terms:
    return Terms(
        workspace_id=plan.workspace_id,
        plan_id=plan.id or 0,
        step_id=step.id or 0,
        version=1,
        title=f"Send last quarter's {number + 20} stuck invoices with the approver named on each",
        reason="So that nobody has to ask who signs above five thousand",
        owner=Side.BUYER if number % 2 else Side.SELLER,
        seller_id=seller.id or 0,
        participant_id=participant.id or 0,
        due_on=now.date() + timedelta(days=number + 1),
        salt="",
    )
