"""What a seller's request is loaded with: the deal, to look at or to act on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends
from sqlmodel import Session

from app.account.session import Acting, Looking, Me
from app.clock import day_in
from app.database import Reading, Writing
from app.deal import store
from app.deal.tables import Deal
from app.now import Now
from app.typed import Ref


@dataclass(frozen=True)
class OpenDeal:
    session: Session
    me: Me
    deal: Deal
    now: datetime

    @property
    def today(self) -> date:
        return day_in(self.me.workspace.time_zone, self.now)


def deal_to_see(ref: Ref, me: Looking, session: Reading, now: Now) -> OpenDeal:
    return OpenDeal(session, me, store.own_deal(session, me, ref), now)


def deal_to_change(ref: Ref, me: Acting, session: Writing, now: Now) -> OpenDeal:
    deal = store.own_deal(session, me, ref, lock=True)
    deal.touched_at = now
    return OpenDeal(session, me, deal, now)


DealToSee = Annotated[OpenDeal, Depends(deal_to_see)]
DealToChange = Annotated[OpenDeal, Depends(deal_to_change)]
