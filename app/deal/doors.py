"""What a seller's request is loaded with: the deal, to look at or to act on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Protocol

from fastapi import Depends, Request
from sqlmodel import Session

from app.account.session import Acting, Looking, Me
from app.clock import day_in
from app.database import Reading, Writing, in_lane
from app.deal import store
from app.deal.tables import Deal
from app.journal import Press, record
from app.now import Now
from app.press import Hand, PressForm, once
from app.typed import Ref


@dataclass(frozen=True)
class OpenDeal:
    session: Session
    me: Me
    deal: Deal
    now: datetime

    @property
    def actor(self) -> str:
        return self.me.seller.actor

    @property
    def today(self) -> date:
        return day_in(self.me.workspace.time_zone, self.now)


def deal_to_see(ref: Ref, me: Looking, session: Reading, now: Now) -> OpenDeal:
    return OpenDeal(session, me, store.own_deal(session, me, ref), now)


def deal_to_change(ref: Ref, me: Acting, session: Writing, now: Now) -> OpenDeal:
    deal = store.own_deal(session, me, ref, lock=True)
    deal.touched_at = now
    store.meet_everybody(session, deal, Press(me.seller.actor), now)
    return OpenDeal(session, me, deal, now)


class AtDeal(Hand, Protocol):
    """A seller at a deal that is locked for them: on its own page, the desk or a call's."""

    @property
    def deal(self) -> Deal: ...

    @property
    def now(self) -> datetime: ...


def act_on_deal(
    request: Request,
    opened: AtDeal,
    form: PressForm,
    what: str,
    verb: Callable[[], object],
    **facts: int | str | None,
) -> None:
    """Carry out one private press exactly once, and write it down in the deal's chain."""

    def act(pressed: Press) -> None:
        verb()
        record(opened.session, opened.deal, what, pressed, opened.now, facts)

    once(request, opened, form, act)


DealToSee = Annotated[OpenDeal, Depends(deal_to_see)]
DealToChange = Annotated[OpenDeal, Depends(in_lane(deal_to_change))]
