"""One tap on a doubt: which of the things they said is a text about, if any?

The answer is kept with the deal, so that this text and the next one are judged without asking again.
"""

from typing import Any

from app.deal import store as deals
from app.deal.evidence import evidence_for
from app.deal.tables import Anchor
from app.desk.doors import OpenPlan
from app.journal import Press, record
from app.needs import NeedsSomething
from app.press import PressForm
from app.specificity import judgement
from app.specificity.told import disowned_words, doubtful_words
from app.specificity.verdict import Evidence, Passage
from app.typed import Line

NEITHER = "neither"
WAS = "was_"


class DoubtForm(PressForm):
    """One tap on a doubt. Fields named `was_…` are the text as it was when it was asked about: they stand
    beside those being typed.
    """

    about: Line = ""

    def as_it_was(self) -> dict[str, Any]:
        return {name.removeprefix(WAS): value for name, value in self if name.startswith(WAS)}


def tell(
    opened: OpenPlan, text: Passage, about: str, pressed: Press, evidence: Evidence | None = None
) -> None:
    """Keep that the text is about the point with that number, or about NEITHER of them; `evidence` is what
    it was compared with when the question was asked, if more than the deal knows.

    Raises NeedsSomething for a point that is none of this deal's.
    """
    point_id = None if about == NEITHER else _point_id(opened, about)
    words = disowned_words(text)
    if point_id:
        compared = evidence or evidence_for(opened.session, opened.me, opened.deal)
        words = doubtful_words(text, judgement.test(text, compared))
    anchor = Anchor(
        workspace_id=opened.me.workspace_id,
        deal_id=opened.deal.id or 0,
        seller_id=opened.me.seller.id or 0,
        words=words,
        point_id=point_id,
        created_at=opened.now,
    )
    opened.session.add(anchor)
    opened.session.flush()
    record(opened.session, opened.deal, "anchor told", pressed, opened.now, {"anchor": anchor.id})


def _point_id(opened: OpenPlan, typed: str) -> int:
    points = [point.id for point, _ in deals.points_of(opened.session, opened.deal.id or 0)]
    if not typed.isdecimal() or int(typed) not in points:
        raise NeedsSomething("Pick one of the things they said.")
    return int(typed)
