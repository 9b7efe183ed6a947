"""Handing one deal to a colleague, from the desk."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import Response

from app.deal.people import person_meant
from app.desk.doors import PlanToChange
from app.desk.page import back_to_desk
from app.in_charge.handing_over import hand_over
from app.pages import see
from app.press import PressForm, router_for_forms
from app.shared_plan.deed import PlanDeed, act_on_plan
from app.typed import NeededLine

router = router_for_forms()


class SellerForm(PressForm):
    seller: NeededLine


@router.post("/plans/{ref}/seller")
def change_seller(request: Request, opened: PlanToChange, form: Annotated[SellerForm, Form()]) -> Response:
    """The deal, its plan and all that is promised on it move in one transaction."""

    def change(deed: PlanDeed) -> None:
        hand_over(deed, opened.deal, person_meant(form.seller, opened.colleagues(), "us"))

    act_on_plan(request, opened.party, form, change)
    if opened.me.sees_all or opened.deal.seller_id == opened.me.seller.id:
        return back_to_desk(request, opened, "main")
    return see("/deals")
