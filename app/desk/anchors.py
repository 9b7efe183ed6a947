"""One tap on a doubt: which of the things they said is a text about, if any?

The answer is kept with the deal, so that this text and the next one are judged without asking again.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from app.account.rights import Missing
from app.deal import store as deals
from app.deal.evidence import evidence_for
from app.deal.tables import Anchor
from app.desk.doors import Number, OpenPlan, PlanToChange, PressForm
from app.desk.page import back_to_desk
from app.journal import Press, already_done, record
from app.specificity import judgement
from app.specificity.told import disowned_words, doubtful_words
from app.specificity.verdict import Evidence, Text
from app.typed import Line, NeedsSomething, typed_fields

router = APIRouter(dependencies=[Depends(typed_fields)])

NEITHER = "neither"
WAS = "was_"


class DoubtForm(PressForm):
    """One tap on a doubt. Fields named `was_…` are the text as it was when it was asked about: they stand
    beside those being typed.
    """

    about: Line = ""

    def as_it_was(self) -> dict[str, Any]:
        return {name.removeprefix(WAS): value for name, value in self if name.startswith(WAS)}


def tell(opened: OpenPlan, text: Text, about: str, pressed: Press, evidence: Evidence | None = None) -> None:
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


@router.post("/plans/{ref}/anchors/{id}/removal")
def take_back_anchor(
    request: Request, id: Number, opened: PlanToChange, form: Annotated[PressForm, Form()]
) -> Response:
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        found = [one for one in deals.anchors_of(opened.session, opened.deal.id or 0) if one.id == id]
        if not found:
            raise Missing
        found[0].taken_back_at = opened.now
        record(opened.session, opened.deal, "anchor taken back", pressed, opened.now, {"anchor": id})
    return back_to_desk(request, opened, "points")


def _point_id(opened: OpenPlan, typed: str) -> int:
    points = [point.id for point, _ in deals.points_of(opened.session, opened.deal.id or 0)]
    if not typed.isdecimal() or int(typed) not in points:
        raise NeedsSomething("Pick one of the things they said.")
    return int(typed)
