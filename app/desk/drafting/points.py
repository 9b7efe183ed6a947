"""What they said, as the desk offers it: how often it is used, and in which words a step would say it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.deal import store as deals
from app.deal.tables import Anchor
from app.desk.doors import OpenPlan
from app.desk.drafting.quote import Quote, quote
from app.desk.drafting.verdicts import Shown
from app.link import store as links
from app.pages import Pages, spoken_day
from app.shared_plan import store as plans
from app.specificity.verdict import Saying

MOST = 5  # on offer at once; a longer list is not read


def points_on_desk(
    opened: OpenPlan, verdicts: Iterable[Shown], told: Sequence[Anchor]
) -> list[dict[str, Any]]:
    """Each with the number of steps that use it, and what the seller traced to it."""
    used: dict[int | None, int] = {}
    for verdict in verdicts:
        for ref in {point.ref for point in verdict.uses}:
            used[ref] = used.get(ref, 0) + 1
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


def told_on_desk(opened: OpenPlan) -> list[Anchor]:
    """What the seller said of doubtful words; those without a point are about none of them."""
    return deals.anchors_of(opened.session, opened.deal.id or 0)


def readers_of(opened: OpenPlan) -> list[str]:
    """Everybody of the buyer's side who reads the plan, by name; a copy may be read by anybody."""
    names = [one.name for one in plans.participants_of(opened.session, opened.plan_id)]
    return names + [copy.name for _, copy in links.copies_of(opened.session, opened.plan_id)]


def quotes_to(
    opened: OpenPlan,
    pages: Pages,
    points: Sequence[Saying],
    reader: str,
    readers: Sequence[str],
    language: str = "",
) -> list[Quote]:
    """The words that one tap puts into a text for `reader`, what they said themselves first; in the plan's
    language unless told otherwise.
    """
    language = language or opened.plan.language
    say = pages.translations.get(language, pages.translations["en"]).gettext

    def spoken(on: date) -> str:
        return spoken_day(on, language, opened.today)

    own_first = sorted(points, key=lambda point: point.said_by != reader)
    return [quote(point, reader, readers, say, spoken) for point in own_first[:MOST]]
