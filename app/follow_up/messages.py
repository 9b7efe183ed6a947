"""Writing to somebody: composed from what both agreed, checked as it is written, logged as a touch."""

import json
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, Field

from app.account.rights import Missing
from app.desk.anchors import tell
from app.desk.doors import Number, OpenPlan, PlanToChange, PlanToSee, PressForm
from app.desk.points import quotes_to
from app.follow_up import store
from app.follow_up.composing import Voice, compose, recompose
from app.follow_up.doors import Opened, language_of, open_message
from app.follow_up.tables import Touch, Way
from app.follow_up.touches import log
from app.follow_up.weighing import Weighed, effect_on, weigh
from app.journal import Event, already_done, record
from app.pages import Pages, page, see, spoken_day, wants_fragment
from app.shared_plan.store import MOST_STEPS_EVER
from app.specificity.verdict import Kind
from app.specificity.verdict import Text as Tested
from app.typed import Line, NeedsSomething, Text, clean_line, typed_fields

router = APIRouter(dependencies=[Depends(typed_fields)])


def _nothing_is_none(typed: object) -> object:
    return clean_line(typed) or None if isinstance(typed, str) else typed


Id = Annotated[int | None, Field(ge=1, le=2**31 - 1), BeforeValidator(_nothing_is_none)]
StepNumber = Annotated[int | None, Field(ge=1, le=MOST_STEPS_EVER), BeforeValidator(_nothing_is_none)]
Brings = Annotated[Text, Field(max_length=2_000)]


class MessageForm(PressForm):
    """`brought` is what the text brings as it stands, `brings` what it should bring."""

    person: Line = ""
    step: StepNumber = None
    point: Id = None
    brings: Brings = ""
    brought: Brings = ""
    text: Text = ""
    about: Line = ""
    part: Annotated[Line, Field(max_length=20)] = ""


class TouchForm(MessageForm):
    way: Way = Way.COPIED


class Asked(BaseModel):
    person: Line = ""
    step: StepNumber = None
    point: Id = None


@router.get("/plans/{ref}/message")
def write_message(request: Request, opened: PlanToSee, asked: Annotated[Asked, Query()]) -> Response:
    message = open_message(opened, asked.person, asked.step, asked.point)
    return _shown(request, message, asked.point, compose(message.start, _voice(request, message)), "")


@router.post("/plans/{ref}/message")
def check_message(request: Request, opened: PlanToSee, form: Annotated[MessageForm, Form()]) -> Response:
    """The live check: reads, and changes nothing."""
    message = open_message(opened, form.person, form.step, form.point)
    voice = _voice(request, message)
    text = recompose(message.start, voice, form.text, form.brought, form.brings)
    return _shown(request, message, form.point, text, form.brings, form.part)


@router.post("/plans/{ref}/message/anchors")
def tell_what_message_is_about(
    request: Request, opened: PlanToChange, form: Annotated[MessageForm, Form()]
) -> Response:
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        tell(opened, Tested(Kind.MESSAGE, form.text), form.about, pressed)
    message = open_message(opened, form.person, form.step, form.point)
    return _shown(request, message, form.point, form.text, form.brings, "checks")


@router.post("/plans/{ref}/touches")
def log_touch(request: Request, opened: PlanToChange, form: Annotated[TouchForm, Form()]) -> Response:
    """Answers with the message to copy or to open in the mail program; that it was sent, nobody knows."""
    if not form.text:
        raise NeedsSomething("Write the message first.")
    pressed = opened.pressed(request, form)
    earlier = already_done(opened.session, pressed)
    message = open_message(opened, form.person, form.step, form.point)
    touch = _touch_of(earlier, opened) if earlier else log(message, form.text, form.way, pressed)
    weighed = weigh(message, form.text)
    name = "follow_up/_logged.html" if wants_fragment(request) else "follow_up/logged.html"
    values = _values(request, message, form.point, form.text, form.brings, weighed)
    return page(request, name, touch=touch, mail=_mail(message, form.text), **values)


@router.post("/plans/{ref}/touches/{id}/removal")
def remove_touch(
    request: Request, id: Number, opened: PlanToChange, form: Annotated[PressForm, Form()]
) -> Response:
    """A message that was never sent teaches nobody anything."""
    pressed = opened.pressed(request, form)
    if not already_done(opened.session, pressed):
        touch = store.touch_of(opened.session, opened.deal.id or 0, id)
        if touch is None:
            raise Missing
        touch.removed_at = opened.now
        record(opened.session, opened.deal, "touch removed", pressed, opened.now, {"touch": id})
    return see("/")


def _touch_of(earlier: Event, opened: OpenPlan) -> Touch | None:
    """What the same press logged before, unless it was removed since."""
    return store.touch_of(opened.session, opened.deal.id or 0, json.loads(earlier.facts)["touch"])


def _shown(
    request: Request, message: Opened, point: int | None, text: str, brings: str, part: str = ""
) -> Response:
    """The page, or the part of it that was asked for: the text with its checks, or the checks alone."""
    parts = {"checks": "follow_up/_checks.html", "composed": "follow_up/_composed.html"}
    name = parts.get(part, "follow_up/message.html") if wants_fragment(request) else "follow_up/message.html"
    values = _values(request, message, point, text, brings, weigh(message, text))
    return page(request, name, **values)


def _values(
    request: Request, message: Opened, point: int | None, text: str, brings: str, weighed: Weighed
) -> dict[str, Any]:
    opened, pages = message.plan, request.app.state.pages
    language = language_of(opened, message.person, pages)
    points = [one for one in message.evidence.points if one.ref and one != message.start.point]
    return {
        "me": opened.me,
        "plan": opened.plan,
        "deal": opened.deal,
        "person": message.person,
        "start": message.start,
        "ground": message.ground,
        "point": point,
        "text": text,
        "brings": brings,
        "weighed": weighed,
        "effect": effect_on(message),
        "quotes": quotes_to(opened, pages, points, message.person.name, language),
        "today": message.today,
    }


def _voice(request: Request, message: Opened) -> Voice:
    pages: Pages = request.app.state.pages
    language = language_of(message.plan, message.person, pages)

    def spoken(day: Any) -> str:
        return spoken_day(day, language, message.today)

    return Voice(pages.translations[language].gettext, spoken, message.today)


def _mail(message: Opened, text: str) -> str:
    """The address that opens the message in the reader's mail program."""
    subject = message.start.title or message.plan.plan.title
    return f"mailto:{quote(message.person.email)}?subject={quote(subject)}&body={quote(text)}"
