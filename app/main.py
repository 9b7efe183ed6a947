"""The ASGI app: settings in, app out. Routers, middleware, and every error as a page."""

from contextlib import asynccontextmanager
from time import monotonic
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.middleware.gzip import GZipMiddleware

from app import problems, ready
from app.account import passwords
from app.account.rights import Missing, anyone, every_route_declares_its_right
from app.buyer.kept import KeptPages
from app.database import Reading, open_database
from app.folders import routers
from app.head import Head
from app.logs import AccessLog, log
from app.migrate import newest
from app.pages import Pages, open_pages
from app.press import every_act_is_a_press
from app.safety import RateLimits, Safety
from app.settings import Settings

THREADS = 2  # they fight over the interpreter: forty of them make the same page five times dearer

system = APIRouter(dependencies=[Depends(anyone)])


def create_app(settings: Settings) -> FastAPI:
    newest()  # as this process's files say: those of the next release may soon lie in their place
    app = FastAPI(
        title="Jointly",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False},
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.database = open_database(settings.database_url, settings.keys)
    app.state.pages = open_pages(settings)
    app.state.trying = ready.Trying()
    app.state.rate_limits = RateLimits(settings)
    app.state.password_limiter = CapacityLimiter(passwords.AT_ONCE)
    for router in routers():
        app.include_router(router)
    app.include_router(system)
    problems.install(app)
    app.add_middleware(KeptPages, settings=settings)
    app.add_middleware(problems.TooLargeHead)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=1)
    app.add_middleware(Safety, settings=settings)
    app.add_middleware(Head)
    app.add_middleware(AccessLog)
    every_route_declares_its_right(app)
    every_act_is_a_press(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI):
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    app.state.database.dispose()


@system.get("/static/{name}")
async def read_asset(request: Request, name: str, accept_encoding: Annotated[str, Header()] = "") -> Response:
    pages: Pages = request.app.state.pages
    asset = pages.assets.get(f"/static/{name}")
    if asset is None:
        raise Missing
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if "gzip" in accept_encoding:
        headers["Content-Encoding"] = "gzip"
        return Response(asset.zipped, media_type=asset.media_type, headers=headers)
    return Response(asset.body, media_type=asset.media_type, headers=headers)


@system.get("/favicon.ico")
async def no_icon() -> Response:
    return Response(status_code=204)


@system.get("/robots.txt")
async def keep_out() -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


@system.get("/healthz")
async def say_alive() -> Response:
    return PlainTextResponse("ok")


@system.get("/readyz")
def say_ready(request: Request, session: Reading) -> Response:
    """Whether to send people here. What should be mended is warned of and does not fail."""
    state = request.app.state
    why = ready.why_unfit(session) or state.trying.why_not(state.database, monotonic())
    if why:
        log.warning("not ready", why=why)
        return JSONResponse({"ready": False, "why": why}, 503, headers={"Retry-After": "5"})
    return JSONResponse({"ready": True, "warnings": ready.warnings(state.settings, state.database)})
