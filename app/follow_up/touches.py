"""Logging a message that leaves the portal: with what entitled to it, and how it stood the tests."""

from app.follow_up.doors import Opened
from app.follow_up.tables import Touch, Way
from app.follow_up.weighing import weigh
from app.journal import Press, record


def log(message: Opened, text: str, way: Way, pressed: Press) -> Touch:
    opened, weighed = message.plan, weigh(message, text)
    touch = Touch(
        workspace_id=opened.me.workspace_id,
        deal_id=opened.deal.id or 0,
        seller_id=opened.me.seller.id or 0,
        person_id=message.person.id or 0,
        step_id=message.step_id,
        point_id=message.start.point.ref if message.start.point else None,
        occasion=message.start.occasion,
        way=way,
        words=text,
        day=message.today,
        at=opened.now,
        is_permitted=weighed.is_permitted,
        specificity=weighed.verdict.answer,
        has_value=weighed.has_value,
        is_reminder=weighed.is_reminder,
    )
    opened.session.add(touch)
    opened.session.flush()
    record(opened.session, opened.deal, "touch logged", pressed, opened.now, {"touch": touch.id})
    return touch
