"""Seeds an empty database through the verbs that people use, and mints a link to look at it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.account import store as accounts
from app.account import team
from app.account.session import Me
from app.account.tables import Role, Seller, Workspace
from app.clock import day_in
from app.database import Database
from app.demo import cast, store
from app.demo.days import instant, working_day
from app.demo.preparing import prepare
from app.demo.telling import Scene, act_out
from app.journal import Press, record
from app.link import store as links
from app.link.token import new_token
from app.settings import Settings
from app.shared_plan import store as plans


class OtherPeoplesData(Exception):
    """The database holds workspaces that are not the demo's: nothing is added to them."""


@dataclass(frozen=True)
class WaysIn:
    """What to print: who signs in, and one buyer's address."""

    email: str
    password: str
    buyer_address: str


def tell(database: Database, settings: Settings, now: datetime) -> WaysIn:
    """Seed if empty, keep what is there otherwise, and make a fresh link. Raises OtherPeoplesData."""
    with Session(database.writing, expire_on_commit=False) as session, session.begin():
        if store.is_empty(session):
            _seed(session, settings, now)
        token = new_token(settings.keys)
        _make_link(session, token, now)
    return WaysIn(cast.MARIA, cast.PASSWORD, f"{settings.base_url}/l/{token}")


def _seed(session: Session, settings: Settings, now: datetime) -> None:
    today = day_in(cast.TIME_ZONE, now)
    began = instant(working_day(today, cast.BEGAN), "09:00", cast.TIME_ZONE)
    sellers = [_add_seller(session, began, *who) for who in cast.SELLERS]
    workspace = _describe_workspace(session, sellers[0], began)
    stage = Scene(session, Me(sellers[0], workspace), tuple(sellers), settings.keys, today)
    for deal in cast.DEALS:
        opened = act_out(deal, stage)
        if deal is cast.PREPARED:
            prepare(replace(opened, now=now), stage, now)


def _add_seller(session: Session, at: datetime, name: str, email: str, role: Role) -> Seller:
    return team.add_seller(session, email, name, cast.COMPANY, role, cast.PASSWORD, at)


def _describe_workspace(session: Session, maria: Seller, at: datetime) -> Workspace:
    workspace = accounts.workspace_of(session, maria.workspace_id)
    workspace.products, workspace.time_zone = cast.PRODUCTS, cast.TIME_ZONE
    record(session, workspace, "workspace described", Press(maria.actor), at, {})
    return workspace


def _make_link(session: Session, token: str, now: datetime) -> None:
    workspace_id = store.only_workspace(session, cast.MARIA)
    if workspace_id is None:
        raise OtherPeoplesData
    reader = store.participant_called(session, workspace_id, cast.READER)
    plan = plans.locked_plan(session, reader.plan_id)
    links.make_link(session, plan, reader, token, Press(f"seller-{plan.seller_id}"), now)
