"""What the seller once said of a doubtful text can be taken back."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response

from app.account.rights import Missing
from app.deal import store as deals
from app.deal.doors import act_on_deal
from app.desk.doors import Number, PlanToChange
from app.desk.page import back_to_desk
from app.press import PressForm, router_for_forms

router = router_for_forms()


@router.post("/plans/{ref}/anchors/{id}/removal")
def take_back_anchor(
    request: Request, id: Number, opened: PlanToChange, form: Annotated[PressForm, Form()]
) -> Response:
    def take_back() -> None:
        found = [one for one in deals.anchors_of(opened.session, opened.deal.id or 0) if one.id == id]
        if not found:
            raise Missing
        found[0].taken_back_at = opened.now

    act_on_deal(request, opened, form, "anchor taken back", take_back, anchor=id)
    return back_to_desk(request, opened, "points")
