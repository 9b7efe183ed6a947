"""Writing to somebody: composed from what both agreed, checked as it is written, logged as a touch."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Form, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, Field

from app.account.rights import Missing
from app.deal.doors import act_on_deal
from app.desk.doors import OpenPlan, PlanToChange, PlanToSee
from app.desk.drafting.points import quotes_to
from app.desk.drafting.tell import DoubtForm, tell
from app.follow_up import store
from app.follow_up.composing import Voice, compose, recompose
from app.follow_up.doors import NoReason, OpenMessage, language_of, open_message
from app.follow_up.permission import Occasion
from app.follow_up.tables import Touch, Way
from app.follow_up.touches import log
from app.follow_up.weighing import effect_on, weigh
from app.follow_up.wording import check_lines, outcome, taught
from app.journal import Event, Press
from app.needs import NeedsSomething
from app.pages import Pages, page, see, spoken_day, wants_fragment
from app.press import PressForm, keyless, once, router_for_forms
from app.shared_plan.store import HIGHEST_NUMBER
from app.shared_plan.tables import Step
from app.specificity.verdict import Passage, TextKind
from app.typed import Id, Line, Number, Text, empty_is_none

router = router_for_forms()


StepNumber = Annotated[int | None, Field(ge=1, le=HIGHEST_NUMBER), BeforeValidator(empty_is_none)]
Brings = Annotated[Text, Field(max_length=2_000)]


class MessageForm(PressForm):
    """`brought` is what the text brings as it stands, `brings` what it should bring."""

    person: Line = ""
    step: StepNumber = None
    point: Id = None
    brings: Brings = ""
    brought: Brings = ""
    text: Text = ""
    part: Annotated[Line, Field(max_length=20)] = ""


class TouchForm(MessageForm):
    way: Way = Way.COPIED


class ToldForm(DoubtForm):
    was_person: Line = ""
    was_step: StepNumber = None
    was_point: Id = None
    was_brought: Brings = ""
    was_text: Text = ""

    def was(self) -> MessageForm:
        return MessageForm(**self.as_it_was(), part="checks")


class WantedMessage(BaseModel):
    person: Line = ""
    step: StepNumber = None
    point: Id = None
    touch: Id = None


@router.get("/plans/{ref}/message")
def write_message(request: Request, opened: PlanToSee, asked: Annotated[WantedMessage, Query()]) -> Response:
    """For a step or a point, or a message that was logged and not sent: with its words."""
    kept = store.removed_touch(opened.session, opened.deal.id or 0, asked.touch or 0)
    if kept:
        asked = WantedMessage(person=str(kept.person_id), step=_number_of(opened, kept), point=kept.point_id)
    try:
        message = open_message(opened, asked.person, asked.step, asked.point)
    except NoReason as error:
        error.words = kept.words if kept else ""
        raise
    text = kept.words if kept else compose(message.start, _voice(request, message))
    return _shown(request, Written(message, asked.point, text, kept.brings if kept else ""))


@router.post("/plans/{ref}/message", dependencies=[Depends(keyless)])
def check_message(request: Request, opened: PlanToSee, form: Annotated[MessageForm, Form()]) -> Response:
    """The live check: reads, and changes nothing."""
    return _shown(request, _written(request, opened, form), form.part)


@router.post("/plans/{ref}/message/anchors")
def tell_what_message_is_about(
    request: Request, opened: PlanToChange, form: Annotated[ToldForm, Form()]
) -> Response:
    """Answers with the checks once more, which need not ask now."""
    meant = form.was()
    written = _written(request, opened, meant)
    about = Passage(TextKind.MESSAGE, meant.text)

    def keep(pressed: Press) -> None:
        tell(opened, about, form.about, pressed, written.message.evidence)

    once(request, opened, form, keep)
    return _shown(request, _written(request, opened, meant), "checks")


@router.post("/plans/{ref}/touches")
def log_touch(request: Request, opened: PlanToChange, form: Annotated[TouchForm, Form()]) -> Response:
    """Answers with the message to copy or to open in the mail program; that it was sent, nobody knows."""
    if not form.text and not form.brings:
        raise NeedsSomething("Write the message first.")
    meant = form.model_copy(update={"part": ""})

    def write(pressed: Press) -> Response:
        written = _written(request, opened, meant)
        return _logged(
            request, written, log(written.message, written.text, written.brings, form.way, pressed)
        )

    def show(logged: Event) -> Response:
        touch = store.touch_of(opened.session, opened.deal.id or 0, json.loads(logged.facts)["touch"])
        try:
            return _logged(request, _written(request, opened, meant), touch)
        except NoReason:
            return see("/")  # logged before, and what entitled to it is over by now

    return once(request, opened, form, write, show)


@router.post("/plans/{ref}/touches/{id}/removal")
def remove_touch(
    request: Request, id: Number, opened: PlanToChange, form: Annotated[PressForm, Form()]
) -> Response:
    """A message that was never sent teaches nobody anything; its words come back to be sent or mended."""

    def remove() -> None:
        touch = store.touch_of(opened.session, opened.deal.id or 0, id)
        if touch is None:
            raise Missing
        touch.removed_at = opened.now

    act_on_deal(request, opened, form, "touch removed", remove, touch=id)
    return see(f"/plans/{opened.plan.ref}/message?touch={id}")


@dataclass(frozen=True)
class Written:
    """A message as it stands in the form; `brings` are the lines of it that are news."""

    message: OpenMessage
    point: int | None
    text: str
    brings: str = ""


def _written(request: Request, opened: OpenPlan, form: MessageForm) -> Written:
    """The words as typed; what is brought is put in, unless the checks alone are asked for."""
    message = open_message(opened, form.person, form.step, form.point)
    if form.part == "checks" and wants_fragment(request):
        return Written(message, form.point, form.text, form.brought)
    text = recompose(message.start, _voice(request, message), form.text, form.brought, form.brings)
    return Written(message, form.point, text, form.brings)


def _logged(request: Request, written: Written, touch: Touch | None) -> Response:
    """The message to copy or to open in the mail program."""
    name = "follow_up/_logged.html" if wants_fragment(request) else "follow_up/logged.html"
    start, me = written.message.start, written.message.desk.me
    values: dict[str, Any] = _values(request, written) | {
        "touch": touch,
        "mail": _mail(written),
        "may_finish": start.occasion is Occasion.OURS and me.may_act,
    }
    return page(request, name, **values)


def _number_of(opened: OpenPlan, touch: Touch) -> int | None:
    step = opened.session.get(Step, touch.step_id) if touch.step_id else None
    return step.number if step else None


def _shown(request: Request, written: Written, part: str = "") -> Response:
    """The page, or the part of it that was asked for: the text with its checks, or the checks alone."""
    parts = {"checks": "follow_up/_checks.html", "composed": "follow_up/_composed.html"}
    name = parts.get(part, "follow_up/message.html") if wants_fragment(request) else "follow_up/message.html"
    return page(request, name, **_values(request, written))


def _values(request: Request, written: Written) -> dict[str, Any]:
    message, desk = written.message, written.message.desk
    pages: Pages = request.app.state.pages
    language = language_of(desk, message.person, pages)
    weighed = weigh(message, written.text, written.brings)
    first, opens_on = message.person.name.split()[0], weighed.opens_on
    opens = spoken_day(opens_on, "en", message.today) if opens_on and opens_on > message.today else ""
    own = (one for one in message.evidence.points if one.said_by in ("", message.person.name))
    points = [one for one in own if one.ref and one != message.start.point]
    return {
        "me": desk.me,
        "plan": desk.plan,
        "deal": desk.deal,
        "person": message.person,
        "start": message.start,
        "ground": message.ground,
        "point": written.point,
        "text": written.text,
        "brings": written.brings,
        "weighed": weighed,
        "lines": check_lines(weighed, desk.plan.company, first, opens),
        "outcome": outcome(weighed, first),
        "taught": taught(effect_on(message), first),
        "quotes": quotes_to(desk, pages, points, message.person.name, [message.person.name], language),
        "today": message.today,
    }


def _voice(request: Request, message: OpenMessage) -> Voice:
    pages: Pages = request.app.state.pages
    language = language_of(message.desk, message.person, pages)

    def spoken(day: date) -> str:
        return spoken_day(day, language, message.today)

    return Voice(pages.translations[language].gettext, spoken, message.today)


def _mail(written: Written) -> str:
    """The address that opens the message in the reader's mail program."""
    message = written.message
    subject = message.start.title or message.desk.plan.title
    to = quote(message.person.email, safe="@")
    return f"mailto:{to}?subject={quote(subject)}&body={quote(written.text)}"
