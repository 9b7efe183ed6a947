"""What was agreed when: the page, and the same as a table to take along. The desk shows the same."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.buyer.page import own_page
from app.database import Reading
from app.link.guest import Visiting
from app.now import Now
from app.shared_plan.agreed.page import AnyDay, agreed_page, as_csv, as_xlsx, words_of

router = APIRouter()


@router.get("/p/{ref}/agreed")
def show_agreed(
    request: Request, here: Visiting, session: Reading, now: Now, before: AnyDay = None, after: AnyDay = None
) -> Response:
    page = agreed_page(session, here.plan_id, here.time_zone, now, before, after)
    return HTMLResponse(own_page(request, "buyer/agreed.html", here, agreed=page, today=page.today))


@router.get("/p/{ref}/agreed.csv")
def download_csv(request: Request, here: Visiting, session: Reading) -> Response:
    return as_csv(session, here.plan_id, here.time_zone, words_of(request, here.language))


@router.get("/p/{ref}/agreed.xlsx")
def download_xlsx(request: Request, here: Visiting, session: Reading) -> Response:
    return as_xlsx(session, here.plan_id, here.time_zone, words_of(request, here.language))
