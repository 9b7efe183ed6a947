"""Logging a message that leaves the portal: with what entitled to it, and how it stood the tests."""

from app.follow_up.doors import OpenMessage
from app.follow_up.tables import Touch, Way
from app.follow_up.weighing import weigh
from app.journal import Press, record


def log(message: OpenMessage, text: str, brings: str, way: Way, pressed: Press) -> Touch:
    desk, weighed = message.desk, weigh(message, text, brings)
    touch = Touch(
        workspace_id=desk.me.workspace_id,
        deal_id=desk.deal.id or 0,
        seller_id=desk.me.seller.id or 0,
        person_id=message.person.id or 0,
        step_id=message.step_id,
        point_id=message.start.point.ref if message.start.point else None,
        occasion=message.start.occasion,
        way=way,
        words=text,
        brings=brings,
        day=message.today,
        at=desk.now,
        is_permitted=weighed.is_permitted,
        specificity=weighed.verdict.answer,
        has_value=weighed.has_value,
        is_reminder=weighed.is_reminder,
    )
    desk.session.add(touch)
    desk.session.flush()
    record(desk.session, desk.deal, "touch logged", pressed, desk.now, {"touch": touch.id})
    return touch
