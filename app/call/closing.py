"""A red flag is gone, says the seller: in a review or in the debrief."""

from app.call.doors import OpenCall
from app.deal.position import store as positions
from app.deal.position.red_flags import Cause, Flag
from app.deal.tables import Dispute


def close(opened: OpenCall, flag: Flag, why: str) -> None:
    """A flag of one's own closes; one that the record raises is disputed, since its cause stands there."""
    if flag.cause is Cause.SELLER:
        own = positions.own_flags_of(opened.session, opened.call.deal_id)
        positions.one_of(own, flag.subject or 0).gone_at = opened.now
        return
    dispute = Dispute(
        workspace_id=opened.me.workspace_id,
        deal_id=opened.call.deal_id,
        seller_id=opened.me.seller.id or 0,
        flag=flag.key,
        reason=why,
        since=opened.today,
    )
    opened.session.add(dispute)
