"""What they said, as the desk offers it: how often it is used, and in which words a step would say it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.deal import store as deals
from app.desk.doors import OpenPlan
from app.desk.quoting import Quote, quote
from app.desk.verdicts import Shown
from app.pages import Pages, spoken_day
from app.shared_plan import store as plans
from app.specificity.verdict import Point

MOST = 5  # on offer at once; a longer list is not read


def points_on_desk(opened: OpenPlan, verdicts: Iterable[Shown]) -> list[dict[str, Any]]:
    """Each with the number of steps that use it, and what the seller traced to it."""
    used: dict[int | None, int] = {}
    for verdict in verdicts:
        for ref in {point.ref for point in verdict.uses}:
            used[ref] = used.get(ref, 0) + 1
    told = deals.anchors_of(opened.session, opened.deal.id or 0)
    return [
        {
            "id": point.id,
            "words": point.words,
            "by": name,
            "on": point.said_on,
            "used": used.get(point.id, 0),
            "told": [anchor for anchor in told if anchor.point_id == point.id],
        }
        for point, name in deals.points_of(opened.session, opened.deal.id or 0)
    ]


def quotes_to(
    opened: OpenPlan, pages: Pages, points: Sequence[Point], reader: str, language: str = ""
) -> list[Quote]:
    """The words that one tap puts into a text for `reader`, in the plan's language unless told otherwise."""
    language = language or opened.plan.language
    say = pages.translations.get(language, pages.translations["en"]).gettext

    def spoken(on: date) -> str:
        return spoken_day(on, language, opened.today)

    readers = [one.name for one in plans.participants_of(opened.session, opened.plan_id)]
    return [quote(point, reader, readers, say, spoken) for point in points[:MOST]]
