"""What people type, cleaned at the boundary: lines, texts, days, addresses, zones.

Control, bidi and zero-width characters, lone surrogates and NUL never get further than here.
"""

import re
import unicodedata
from collections import Counter
from datetime import date, time
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Path, Request
from fastapi.exceptions import RequestValidationError
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from app.clock import known_zones
from app.needs import _
from app.pages import LANGUAGES


async def a_form(request: Request) -> None:
    """Only a form in UTF-8, as browsers send it, is read: anything else would pass for an empty one."""
    kind, _, charset = request.headers.get("content-type", "").lower().partition(";")
    named = re.search(r"charset\s*=\s*\"?([^\s;\"]*)", charset)
    if kind.strip() not in FORMS or (named and named[1] not in ("utf-8", "utf8")):
        raise HTTPException(415)


async def typed_fields(request: Request) -> dict[str, str]:
    """The form as typed, kept at hand so that an error page can give every word back."""
    await a_form(request)
    form = await request.form()
    sent = [(name, typed) for name, typed in form.multi_items() if isinstance(typed, str)]
    pairs = [(clean_line(name), clean_text(typed)) for name, typed in sent]
    counted = Counter(name for name, _ in pairs)
    request.state.typed = dict(pairs)
    request.state.repeated = [(name, typed) for name, typed in pairs if counted[name] > 1]
    return request.state.typed


Typed = Annotated[dict[str, str], Depends(typed_fields)]


def field_of(typed: dict[str, str], name: str, kind: TypeAdapter[str]) -> str:
    """A field whose name no form model knows. Raises RequestValidationError, as for those that one knows."""
    try:
        return kind.validate_python(typed.get(name, ""))
    except ValidationError as error:
        found = [{**one, "loc": ("body", name)} for one in error.errors()]
        raise RequestValidationError(found) from error


FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data")
LINE = 200
TEXT = 5_000
FIRST_YEAR, LAST_YEAR = 2000, 2099

# Marks that reorder or hide text; the joiners of emoji and Indic scripts (U+200C, U+200D) stay.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_NOTHING = re.compile("[\\s\u200c\u200d]*")


def clean_text(typed: object) -> str:
    """Several lines of text: NFC, no invisible marks, plain line ends, no blank edges."""
    text = typed if isinstance(typed, str) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _CONTROLS.sub("", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", text).strip()
    return "" if _NOTHING.fullmatch(text) else text


def clean_line(typed: object) -> str:
    """One line of text: as `clean_text`, every run of white space one blank."""
    return _SPACE.sub(" ", clean_text(typed)).strip()


def empty_is_none(typed: object) -> object:
    """For a choice that may stay open."""
    return clean_line(typed) or None if isinstance(typed, str) else typed


def _day_or_none(typed: object) -> object:
    if isinstance(typed, str):
        return _parsed(typed.strip()) if typed.strip() else None
    return typed


def _parsed(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise ValueError(_("Pick a day, such as 2026-11-26.")) from error


def _time_or_none(typed: object) -> object:
    if not isinstance(typed, str):
        return typed
    if not typed.strip():
        return None
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d(:00)?", typed.strip()):
        raise ValueError(_("Write a time, such as 14:30."))
    hour, minute = typed.strip().split(":")[:2]
    return time(int(hour), int(minute))


def in_reach(day: date | None) -> date | None:
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(_("Pick a day between 2000 and 2099."))
    return day


def needed(value: object) -> object:
    if value in ("", None):
        raise ValueError(_("This is needed."))
    return value


def _web_address(typed: str) -> str:
    if not typed:
        return ""
    try:
        parts = urlsplit(typed)
    except ValueError:
        parts = urlsplit("")
    place = parts.path if parts.scheme == "mailto" else parts.hostname
    if parts.scheme not in ("http", "https", "mailto") or not place:
        raise ValueError(_("Write an address that begins with https://"))
    return typed


def _place(typed: str) -> str:
    """Words, such as a room; but what looks like an address must be one that is safe to open."""
    looks_like_one = re.match(r"[A-Za-z][\w+.-]*:(?!\s)", typed)
    if looks_like_one and not typed.lower().startswith(("http://", "https://")):
        raise ValueError(_("Write an address that begins with https://"))
    return _web_address(typed) if looks_like_one else typed


def _small(typed: object) -> str:
    """In small letters before it is measured: some letters become two."""
    return clean_line(typed).lower()


def _email(typed: str) -> str:
    if typed and not re.fullmatch(r"[^@\s<>,;:\"]{1,64}@[^@\s<>,;:\"]{1,180}", typed):
        raise ValueError(_("This does not look like an e-mail address."))
    return typed


def _zone(typed: str) -> str:
    if typed not in known_zones():
        raise ValueError(_("Pick a time zone from the list, such as Europe/Berlin."))
    return typed


def _language(typed: str) -> str:
    if typed not in LANGUAGES:
        raise ValueError(_("Pick one of the languages in the list."))
    return typed


Line = Annotated[str, BeforeValidator(clean_line), StringConstraints(max_length=LINE)]
NeededLine = Annotated[Line, AfterValidator(needed)]
Text = Annotated[str, BeforeValidator(clean_text), StringConstraints(max_length=TEXT)]
NeededText = Annotated[Text, AfterValidator(needed)]
Remark = Annotated[str, BeforeValidator(clean_line), StringConstraints(max_length=500)]
NeededRemark = Annotated[Remark, AfterValidator(needed)]
YesNo = Annotated[bool | None, BeforeValidator(empty_is_none)]
Id = Annotated[int | None, Field(ge=1, le=2**31 - 1), BeforeValidator(empty_is_none)]
Day = Annotated[date | None, AfterValidator(in_reach), BeforeValidator(_day_or_none)]
NeededDay = Annotated[date, AfterValidator(in_reach), BeforeValidator(needed), BeforeValidator(_day_or_none)]
Instant = Annotated[AwareDatetime, AfterValidator(in_reach)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Ref = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,32}$")]
WebAddress = Annotated[
    str, BeforeValidator(clean_line), StringConstraints(max_length=2000), AfterValidator(_web_address)
]
Amount = Annotated[
    Decimal | None,
    Field(ge=0, max_digits=14, decimal_places=2, allow_inf_nan=False),
    BeforeValidator(lambda typed: clean_line(typed).replace(",", "") or None),
]
Place = Annotated[str, BeforeValidator(clean_line), StringConstraints(max_length=500), AfterValidator(_place)]
TimeOfDay = Annotated[time | None, BeforeValidator(_time_or_none)]
Email = Annotated[str, BeforeValidator(_small), StringConstraints(max_length=254), AfterValidator(_email)]
Zone = Annotated[str, BeforeValidator(clean_line), StringConstraints(max_length=64), AfterValidator(_zone)]
Language = Annotated[str, BeforeValidator(clean_line), AfterValidator(_language)]
Key = Annotated[str, BeforeValidator(clean_line), StringConstraints(max_length=200)]
