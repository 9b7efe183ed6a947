"""From values to HTML: one Jinja environment for the team's pages, one per language for the buyer's.

The buyer's environment has no way to load a seller's template, and its pages link to no style or script that
holds anything of the team's.
"""

import gzip
import hashlib
import io
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from app.brief import brief, is_long
from app.files import folder
from app.folders import enums
from app.settings import HTMX_INTEGRITY, Settings

TEMPLATES, STATIC = folder("templates"), folder("static")
LANGUAGES = {"en": "English", "de": "Deutsch"}
BUYER_FOLDERS = ("buyer", "widgets", "problem")
# Where the words come from that templates compare with.
ENUMS = ("shared_plan", "buyer")
TEAM_ENUMS = (*ENUMS, "specificity", "account", "deal", "desk", "call", "follow_up")
SELLER_FOLDERS = tuple(sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()))
DAY_PATTERNS = {"en": ("EEE d MMM", "EEE d MMM y"), "de": ("ccc d. MMM", "ccc d. MMM y")}
_today: ContextVar[date | None] = ContextVar("today", default=None)
FAR_DAYS = 150  # a day further off than this is written with its year


@dataclass(frozen=True)
class Asset:
    """One file made of many at start: its address holds its content's hash, so it never goes stale."""

    path: str
    media_type: str
    body: bytes
    zipped: bytes


@dataclass(frozen=True)
class Pages:
    seller: Environment
    buyer: dict[str, Environment]
    translations: dict[str, NullTranslations]
    assets: dict[str, Asset]

    def environment(self, language: str) -> Environment:
        return self.buyer.get(language, self.buyer["en"])


def open_pages(settings: Settings) -> Pages:
    icon = _asset("jointly", "svg", "image/svg+xml", [STATIC / "icon.svg"])
    everybodys = _style("jointly", "*.css"), _script("jointly", "*.js")
    the_teams = _style("team", "**/*.css"), _script("team", "**/*.js")
    words = {language: _translations(language) for language in LANGUAGES}
    head = _head(settings, icon, *everybodys)
    buyer = {language: _environment(BUYER_FOLDERS, language, words[language], head) for language in LANGUAGES}
    seller = _environment(SELLER_FOLDERS, "en", words["en"], _head(settings, icon, *the_teams))
    return Pages(seller, buyer, words, {asset.path: asset for asset in (icon, *everybodys, *the_teams)})


def _head(settings: Settings, icon: Asset, style: Asset, script: Asset) -> dict[str, str]:
    return {
        "icon": icon.path,
        "style": style.path,
        "script": script.path,
        "htmx_url": settings.htmx_url,
        "htmx_integrity": HTMX_INTEGRITY,
    }


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page or fragment of the team's."""
    pages: Pages = request.app.state.pages
    return HTMLResponse(render(pages.seller, name, **values), status)


def render(environment: Environment, name: str, **values: Any) -> str:
    """Fill a template; `today`, where given, is the day from which others are near or far."""
    _today.set(values.get("today"))
    return environment.get_template(name).render(values)


def answer(request: Request, to: str, fragment: Callable[[], str]) -> Response:
    """After an act: the fragment that changed for htmx, otherwise a redirect to the page that shows it."""
    if wants_fragment(request):
        return HTMLResponse(fragment(), headers={"Vary": "HX-Request"})
    return see(to)


def see(to: str) -> RedirectResponse:
    return RedirectResponse(to, status_code=303)


def wants_fragment(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def spoken_day(day: date, language: str, today: date | None = None) -> str:
    """'Thu 26 Nov'; with the year when it is not the obvious one."""
    far = today is not None and day.year != today.year and abs((day - today).days) > FAR_DAYS
    return _spoken(day, language, far)


@lru_cache(maxsize=4096)
def _spoken(day: date, language: str, with_year: bool) -> str:
    near, far = DAY_PATTERNS.get(language, DAY_PATTERNS["en"])
    return format_date(day, far if with_year else near, locale=language)


def spoken_time(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def _environment(
    folders: tuple[str, ...], language: str, words: NullTranslations, head: dict[str, str]
) -> Environment:
    loader = PrefixLoader({name: FileSystemLoader(TEMPLATES / name) for name in folders})
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    environment.newstyle_gettext = True  # ty: ignore[missing-attribute]  # the extension adds it
    environment.globals.update(_speaking(words))
    known = cast("dict[str, Any]", environment.globals)
    known.update(head=head, language=language, new_key=new_key)
    known.update(enums(*(ENUMS if folders is BUYER_FOLDERS else TEAM_ENUMS)))
    environment.filters.update(day=_day_filter(language), clock=spoken_time, iso=date.isoformat, local=_local)
    environment.filters.update(hm=_clock_time, instant=_instant, brief=brief, is_long=is_long)
    return environment


def _speaking(words: NullTranslations) -> dict[str, Any]:
    """What {% trans %} and _() call. Jinja's own asks the catalog for every word of every page again."""

    @cache
    def found(text: str) -> str:
        return words.gettext(text)

    def gettext(text: str, /, **values: object) -> Markup:
        return Markup(found(text) % {name: escape(value) for name, value in values.items()})

    def ngettext(one: str, many: str, count: int, /, **values: object) -> Markup:
        values.setdefault("num", count)
        return Markup(words.ngettext(one, many, count) % {name: escape(v) for name, v in values.items()})

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


def _local(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _clock_time(at: time) -> str:
    return at.strftime("%H:%M")


def _instant(day: date, at: time, zone: str) -> str:
    """The instant at which a clock in `zone` shows this day and time, for browsers in other zones."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def new_key() -> str:
    """A key for one press on a seller's page; a buyer's page derives its keys instead."""
    return secrets.token_urlsafe(12)


def _day_filter(language: str) -> Callable[[date], str]:
    def day(value: date) -> str:
        return spoken_day(value, language, _today.get())

    return day


def _translations(language: str) -> NullTranslations:
    """Read the catalog itself and compile it in memory: no compiled file to forget."""
    file = folder("locale") / language / "LC_MESSAGES" / "messages.po"
    if not file.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def _style(name: str, pattern: str) -> Asset:
    """Layers and colours first, then the blocks by name. What only the team's pages draw lies in team/."""
    first = {"layers.css": 0, "tokens.css": 1}
    files = sorted(
        (STATIC / "css").glob(pattern), key=lambda file: (first.get(file.name, 2), file.name, _is_teams(file))
    )
    return _asset(name, "css", "text/css", files)


def _script(name: str, pattern: str) -> Asset:
    """The script of every page, then what only the team's pages do: that lies in team/."""
    files = sorted((STATIC / "js").glob(pattern), key=lambda file: (_is_teams(file), file.name))
    return _asset(name, "js", "text/javascript", files)


def _is_teams(file: Path) -> bool:
    return file.parent.name == "team"


def _asset(name: str, ending: str, media_type: str, files: list[Path]) -> Asset:
    body = b"\n".join(file.read_bytes() for file in files)
    digest = hashlib.sha256(body).hexdigest()[:16]
    return Asset(f"/static/{name}-{digest}.{ending}", media_type, body, gzip.compress(body, 9, mtime=0))
