"""Every answer that a buyer can get, errors of every status among them, each with a name."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from tests.cast import Buyer, address_in, in_days
from tests.safety.visitors import a_browser, presses

HTMX = {"HX-Request": "true"}
SELF = {"answering_as": "self"}
EMAIL = "petra.lang@elsewhere.test"
Answers = Iterator[tuple[str, Any]]


def everything_fetched(jonas: Buyer, app: FastAPI, link: str) -> Answers:
    """About the steps of a plan, none of them answered yet."""
    client, stem = jonas.client, f"{jonas.path}/steps"
    yes = jonas.form(1, "yes").fields
    yield "page", client.get(jonas.path)
    yield "page by htmx", client.get(jonas.path, headers=HTMX)
    yield "422 who answers", client.post(f"{stem}/1/yes", data=yes)
    yield "422", client.post(f"{stem}/1/counter", data={"version": "x"}, headers=HTMX)
    yield "422 nothing changed", client.post(f"{stem}/1/counter", data=yes | SELF)
    yield "409 changed", client.post(f"{stem}/1/yes", data=yes | SELF | {"version": "0"})
    yield "fragment", client.post(f"{stem}/1/yes", data=yes | SELF, headers=HTMX)
    yield "409 key", client.post(f"{stem}/1/yes", data=yes | {"version": "7"})
    yield "409 too late", client.post(f"{stem}/2/answer", data={"version": "1", "words": "Well"})
    yield "redirect", jonas.acts(2, "done", note="Got it", url="https://nordwind.test/list")
    yield "comment", jonas.acts(1, "comments", words="Which quarter?")
    yield "404 step", client.post(f"{stem}/77/yes", data=yes)
    yield "404", client.get("/p/nothing/here")
    yield "405", client.post(jonas.path)
    yield "413", client.post(f"{stem}/1/yes", content=b"a" * 300_000)
    yield "403", a_browser(app).get(jonas.path)
    yield "403 foreign", client.post(f"{stem}/1/yes", headers={"Sec-Fetch-Site": "cross-site"})
    yield "404 link", client.get("/l/forged")
    for path in (link, "/robots.txt", "/favicon.ico", "/healthz", "/readyz", "/sign-in"):
        yield path, client.get(path)
    for path in (f"{stem}/2.ics", *app.state.pages.assets):
        yield path, client.get(path)
    yield "seen", client.post(f"{jonas.path}/seen")
    yield from everything_to_read(jonas)


def everything_to_read(reader: Buyer) -> Answers:
    days = f"before={in_days(-9)}&after={in_days(0)}"
    files = ("agreed", f"agreed?{days}", "agreed.csv", "agreed.xlsx", "plan.ics", "steps/1.ics")
    for path in (reader.path, *(f"{reader.path}/{file}" for file in files)):
        yield path, reader.client.get(path)


def everything_about_the_whole_plan(jonas: Buyer, app: FastAPI) -> Answers:
    """On a plan with two steps that ask Jonas, from a browser in which nobody said who they are."""
    yield from _yes_to_all(jonas)
    yield from _wishes(jonas)
    yield from _a_copy(jonas, app)
    yield from _handing_over(jonas)
    yield from everything_to_read(jonas)
    yield from _the_end(jonas)


def _yes_to_all(jonas: Buyer) -> Answers:
    at, both = f"{jonas.path}/yes", {"step": ["1", "2"], "version": ["1", "1"]}
    yield "422 who answers all", jonas.client.post(at, data=both)
    yield "200 somebody else", jonas.client.post(at, data=both | {"answering_as": "other"})
    yield "422 yes to which", jonas.client.post(at, data=SELF)
    yield "409 one has changed", jonas.client.post(at, data=both | SELF | {"version": ["1", "0"]})
    yield "404 yes to none", jonas.client.post(at, data=both | SELF | {"step": ["1", "77"]})
    yield "303 yes to all", jonas.client.post(at, data=both | SELF | {"key": "all"})
    yield "409 all with another key", jonas.client.post(at, data={"step": "1", "version": "1", "key": "all"})
    yield "yes to all by htmx", jonas.client.post(at, data=both | SELF, headers=HTMX)


def _wishes(jonas: Buyer) -> Answers:
    asked = {"title": "Look at the hall in Husum", "due_on": str(in_days(9)), "who": "both"}
    stem = jonas.path
    yield "422 a talk without time", jonas.client.post(f"{stem}/steps", data=asked | SELF)
    yield "422 ask", jonas.client.post(f"{stem}/steps", data=asked | {"due_at": "25:61"})
    yield "303 ask", presses(jonas, "steps", **asked, due_at="14:30", reason="The forklifts")
    yield "undo", jonas.acts(3, "undo")
    yield "303 goal", presses(jonas, "goal", words="Two days instead of nine", due_on=str(in_days(80)))
    yield "422 goal", jonas.client.post(f"{stem}/goal", data={"words": ""})
    yield "422 quiet", jonas.client.post(f"{stem}/pause", data={"until": str(in_days(-1))})
    yield "303 quiet", presses(jonas, "pause", until=str(in_days(20)))
    yield "page", jonas.client.get(stem)
    yield "303 quiet ends", presses(jonas, "pause")
    yield "409 no quiet", jonas.client.post(f"{stem}/pause")


def _a_copy(jonas: Buyer, app: FastAPI) -> Answers:
    made = presses(jonas, "copies", key="copy")
    yield "200 copy", made
    yield "422 copy again", jonas.client.post(f"{jonas.path}/copies", data={"key": "copy"})
    yield "200 another copy", presses(jonas, "copies")
    copy = Buyer(a_browser(app), address_in(made.text))
    yield from everything_to_read(copy)
    for act in ("yes", "steps", "goal", "pause", "copies", "ending", "reopening", "seen", "steps/1/yes"):
        yield f"403 {act} on a copy", copy.client.post(f"{copy.path}/{act}", data={"version": "1"} | SELF)
    off = next(act for act in jonas.page().split('"') if act.endswith("/revocation"))
    yield "303 copy off", jonas.client.post(off)
    yield "404 copy off", jonas.client.post(off)
    yield "410 copy", copy.client.get(copy.path)


def _handing_over(jonas: Buyer) -> Answers:
    at = f"{jonas.path}/steps/1/handover"
    named = {"version": "1", "name": "Petra Lang", "email": EMAIL, "note": "She signs"}
    yield "303 handed over", jonas.client.post(at, data=named)
    yield "page", jonas.client.get(jonas.path)
    yield "undo", jonas.acts(1, "undo")
    yield "handed over by htmx", jonas.client.post(at, data=named, headers=HTMX)
    yield "422 to oneself", jonas.client.post(at, data={"version": "1", "name": "Jonas Weber"})


def _the_end(jonas: Buyer) -> Answers:
    stem = jonas.path
    form = {"title": "One more", "due_on": str(in_days(3)), "who": "seller"}
    yield "end by htmx", jonas.client.post(f"{stem}/ending", data={"reason": "The budget"}, headers=HTMX)
    yield from everything_to_read(jonas)
    yield "409 ended already", jonas.client.post(f"{stem}/ending")
    yield "409 over", jonas.client.post(f"{stem}/steps/1/comments", data={"version": "1", "words": "Well"})
    yield "409 ask over", jonas.client.post(f"{stem}/steps", data=form)
    yield "303 goes on", presses(jonas, "reopening")
    yield "page", jonas.client.get(stem)


def words_in(answer: Any) -> str:
    """Headers and body, a calendar unfolded and a workbook unzipped."""
    told = [str(answer.headers), answer.text, answer.text.replace("\r\n ", "")]
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            told += [book.read(name).decode() for name in book.namelist()]
    return "\n".join(told)
