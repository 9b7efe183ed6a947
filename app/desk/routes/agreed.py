"""What was agreed when, for the team: the page that the buyer has too."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.desk.doors import PlanToSee
from app.pages import page
from app.shared_plan.agreed.page import AnyDay, agreed_page, as_csv, as_xlsx, words_of

router = APIRouter()


@router.get("/plans/{ref}/agreed")
def show_agreed(request: Request, opened: PlanToSee, before: AnyDay = None, after: AnyDay = None) -> Response:
    shown = agreed_page(opened.session, opened.plan_id, opened.plan.time_zone, opened.now, before, after)
    return page(request, "desk/agreed.html", me=opened.me, plan=opened.plan, agreed=shown, today=shown.today)


@router.get("/plans/{ref}/agreed.csv")
def download_csv(request: Request, opened: PlanToSee) -> Response:
    return as_csv(opened.session, opened.plan_id, opened.plan.time_zone, words_of(request, "en"))


@router.get("/plans/{ref}/agreed.xlsx")
def download_xlsx(request: Request, opened: PlanToSee) -> Response:
    return as_xlsx(opened.session, opened.plan_id, opened.plan.time_zone, words_of(request, "en"))
