"""Promise 9: no script of a stranger runs; what people type stays text, and names keep to themselves."""

import csv
import io
import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi import FastAPI

from app.database import Database
from tests import ROOT
from tests.cast import Buyer, SellerAtWork, a_colleague, in_days
from tests.markup import text_of
from tests.safety.fetched import words_in
from tests.safety.visitors import a_browser, a_copy_of, presses

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1) x="',
    "' hx-get='/evil' hx-trigger='load' x='",
    '" hx-on:click="alert(1)" autofocus onfocus="alert(1)',
    "</textarea></title></option><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "{{ config }}{% include 'desk/plan.html' %}",
    "<!--#exec cmd=ls--><base href=//evil.test>",
]
OWN_ATTRIBUTES = re.compile(r"on\w+|style|hx-on.*|srcdoc|formaction", re.IGNORECASE)
ADDRESSES = ("href", "src", "action", "hx-get", "hx-post", "data-seen")
VOID = {"meta", "link", "input", "img", "br", "path", "circle"}


class Found(HTMLParser):
    """Tags, and the texts with the tags around them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, tuple[str, ...]]] = []
        self._around: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._around.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        while tag in self._around and self._around.pop() != tag:
            pass

    def handle_data(self, data):
        self.texts.append((data, tuple(self._around)))


def strange_in(html: str) -> list[str]:
    """Everything on a page that none of our templates puts there."""
    found = Found(html)
    strange = []
    for tag, given in found.tags:
        if tag in ("script", "link") and not given.get("src", given.get("href", "")).startswith(
            ("/static/", "https://cdn.jsdelivr.net/npm/htmx.org@")
        ):
            strange.append(f"<{tag}>")
        if tag in ("base", "iframe", "object", "embed", "style") or (tag == "img"):
            strange.append(f"<{tag}>")
        strange += [name for name in given if OWN_ATTRIBUTES.fullmatch(name)]
        strange += [
            given[name]
            for name in ADDRESSES
            if name in given
            and not given[name].startswith(("/", "#", "https://cdn.jsdelivr", "https://nordwind"))
        ]
        strange += [value for name, value in given.items() if name == "hx-trigger" and "[" in value]
    return strange


def everything_said(maria: SellerAtWork, app: FastAPI, attack: str) -> Buyer:
    """A story in which every field that takes words takes the attack."""
    maria.client.post("/workspace", data={"company": f"Ledgerline {attack}", "products": attack})
    maria.writes_down(company=f"Nordwind {attack}", person=f"Jonas {attack}", said=attack, what_1=attack)
    maria.client.post(
        maria.deal, data={"company": f"N {attack}", "objective": attack, "close_on": str(in_days(9))}
    )
    maria.client.post(f"{maria.deal}/people", data={"name": f"Petra {attack}", "title": attack})
    maria.client.post(f"{maria.deal}/points", data={"words": attack})
    jonas = Buyer(a_browser(app), maria.shares_with(f"Jonas {attack}"))
    maria.client.post(f"{maria.plan}/drafts", data={"title": attack, "reason": attack})
    maria.client.post(
        maria.plan, data={"title": attack, "goal": attack, "time_zone": "UTC", "language": "en"}
    )
    jonas.acts(1, "comments", words=attack)
    jonas.acts(1, "counter", title=f"Other {attack}", note=attack, due_on=str(in_days(20)))
    jonas.acts(2, "done", note=attack, url=f"https://nordwind.test/{attack}")
    maria.acts(1, "comments", words=attack)
    return jonas


def everything_said_of_the_whole(maria: SellerAtWork, jonas: Buyer, attack: str) -> None:
    """Asking, a place, another goal, a handover, quiet and a template, each in the words of the attack."""
    maria.client.post(f"{maria.plan}/template", data={"name": attack})
    presses(jonas, "steps", title=attack, reason=attack, due_on=str(in_days(6)), who="both", due_at="9:00")
    jonas.acts(3, "counter", place=attack, note=attack)
    maria.acts(3, "yes")
    presses(jonas, "goal", words=f"First {attack}")
    form = maria.form(maria.plan, "/goal/yes")
    maria.client.post(form.action, data=form.fields)
    presses(jonas, "goal", words=f"Another {attack}")
    form = maria.form(maria.plan, "/goal/keeping")
    maria.client.post(form.action, data=form.fields | {"words": attack})
    colleague = {"version": "2", "name": f"Petra {attack}", "note": attack, "email": "p@x.test"}
    assert jonas.client.post(f"{jonas.path}/steps/1/handover", data=colleague).status_code == 303


@pytest.mark.wide
@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_type_is_never_markup(maria: SellerAtWork, app: FastAPI, attack: str):
    jonas = everything_said(maria, app, attack)

    stale = {"version": "1", "answering_as": "self"}
    pages = [jonas.page(), jonas.client.post(f"{jonas.path}/steps/1/yes", data=stale).text]
    pages += [jonas.client.post(f"{jonas.path}/steps/1/done", data={"version": "x", "note": attack}).text]
    pages += [maria.page(path) for path in (maria.plan, f"{maria.plan}/preview", maria.deal, "/", "/deals")]
    pages += [maria.page(path) for path in ("/after-call", "/workspace", f"{maria.plan}/settings")]
    pages += [maria.client.post("/deals", data={"objective": attack, attack: attack}).text]
    pages += [maria.client.post("/sign-in", data={"email": attack, "password": attack}).text]
    live = {"plan": maria.plan.rpartition("/")[2], "title": attack, "reason": attack}
    pages += [maria.client.post("/specificity", data=live).text]

    assert [strange_in(page) for page in pages] == [[]] * len(pages)
    assert (
        sum("alert(1)" in page or "config" in page or "exec" in page or "evil" in page for page in pages) > 5
    )


@pytest.mark.parametrize("attack", ATTACKS[:4])
def test_a_message_to_paste_and_its_page_hold_no_markup(maria: SellerAtWork, attack: str):
    maria.writes_down(company=f"Nordwind {attack}", person=f"Jonas {attack}", what_1=attack)

    answer = maria.client.post(f"{maria.plan}/sharing", data={"participant": f"Jonas {attack}"})

    assert answer.status_code == 200
    assert strange_in(answer.text) == []


@pytest.mark.wide
@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_type_about_the_whole_plan_is_never_markup(
    maria: SellerAtWork, app: FastAPI, attack: str
):
    jonas = everything_said(maria, app, attack)
    everything_said_of_the_whole(maria, jonas, attack)
    copy = a_copy_of(jonas, app)
    day, over = {"before": str(in_days(-9))}, {"answering_as": "self", "reason": attack}

    pages = [jonas.page(), copy.page(), maria.page(maria.plan), maria.page(f"{maria.plan}/on-the-call")]
    pages += [jonas.client.get(f"{jonas.path}/agreed", params=day).text, maria.page(f"{maria.plan}/agreed")]
    pages += [maria.page("/templates"), maria.page(f"{maria.plan}/days"), maria.page("/")]
    pages += [presses(jonas, "copies").text, copy.client.post(f"{copy.path}/yes").text]
    pages += [jonas.client.post(f"{jonas.path}/yes", data={"step": attack, "version": "1"}).text]
    pages += [jonas.client.post(f"{jonas.path}/steps", data=dict.fromkeys(("title", "due_at"), attack)).text]
    jonas.client.post(f"{jonas.path}/ending", data=over)
    pages += [jonas.page(), maria.page(maria.plan), maria.page("/")]
    pages += [jonas.client.post(f"{jonas.path}/goal", data=over | {"words": attack}).text]

    assert [strange_in(page) for page in pages] == [[]] * len(pages)
    assert sum(attack[:12] in unescape(page) for page in pages) > 8


BAD_PLACES = [
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\u200bscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4",
    "VbScript:x",
    "file:///etc/passwd",
    "blob:https://nordwind.test/1",
    "https:evil",
    "HTTPS://",
    "https://[::1",
    "http:///x",
]


def with_a_place(place: str, jonas: Buyer, maria: SellerAtWork) -> list[int]:
    """Every form that takes the place of a talk."""
    words: dict[str, Any] = {
        "place": place,
        "note": "Why",
        "due_on": str(in_days(4)),
        "due_at": "10:00",
        "version": "1",
    }
    draft = {"title": "Look at the hall", "kind": "talk", "counterpart": "Jonas Weber"}
    return [
        jonas.acts(1, "counter", **words).status_code,
        maria.client.post(f"{maria.plan}/steps/2/terms", data=words).status_code,
        maria.client.post(f"{maria.plan}/drafts", data=draft | words).status_code,
    ]


@pytest.mark.parametrize("place", BAD_PLACES)
def test_a_place_that_would_run_is_refused_on_both_sides(jonas: Buyer, maria: SellerAtWork, place: str):
    assert with_a_place(place, jonas, maria) == [422, 422, 422]


@pytest.mark.parametrize(
    ("place", "is_link"),
    [
        ("https://meet.nordwind.test/a?b=1&c=%22", True),
        ("HtTpS://meet.nordwind.test", True),
        ('https://x.test/"onmouseover="alert(1)', True),
        ("Room 4: the blue one", False),
        ("java\nscript:alert(1)", False),
        ("javascript: alert(1)", False),
        ("java&#115;cript:alert(1)", False),
        ("javascript\uff1aalert(1)", False),
        ("//evil.test", False),
        ("see https://evil.test", False),
    ],
)
def test_a_place_is_a_link_only_when_it_is_an_address(
    jonas: Buyer, maria: SellerAtWork, app: FastAPI, place: str, is_link: bool
):
    draft = {"title": "Look at the hall", "kind": "talk", "place": place, "counterpart": "Jonas Weber"}
    maria.client.post(f"{maria.plan}/drafts", data=draft | {"due_on": str(in_days(4)), "due_at": "10:00"})
    maria.client.post(f"{maria.plan}/sharing")
    jonas.acts(3, "yes")
    pages = [jonas.page(), maria.page(maria.plan), maria.page(f"{maria.plan}/on-the-call")]
    pages += [a_copy_of(jonas, app).page(), maria.page(f"{maria.plan}/preview")]

    shown = " ".join(place.split())
    for page in pages:
        given = [given for tag, given in Found(page).tags if tag == "a" and given.get("href") == shown]
        assert bool(given) is is_link
        assert all(set(one["rel"].split()) >= {"noopener", "noreferrer", "nofollow"} for one in given)
        assert shown in text_of(page)


FORMULAS = [
    '=HYPERLINK("https://evil.test","Read")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\uff1d1+1",
    "=cmd|'/c calc'!A0",
]


def a_formula_is_agreed(maria: SellerAtWork, app: FastAPI, words: str) -> Buyer:
    """In the words, the reason, the place and a name of an agreed talk."""
    maria.writes_down(person=f"{words} Weber")
    talk = {"title": words, "reason": words, "place": words, "kind": "talk", "due_at": "10:00"}
    maria.client.post(
        f"{maria.plan}/drafts",
        data=talk | {"due_on": str(in_days(4)), "counterpart": f"{words} Weber"},
    )
    jonas = Buyer(a_browser(app), maria.shares_with(f"{words} Weber"))
    jonas.acts(3, "yes")
    return jonas


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_of_a_table_begins_a_formula(maria: SellerAtWork, app: FastAPI, words: str):
    jonas = a_formula_is_agreed(maria, app, words)

    for answer in (
        jonas.client.get(f"{jonas.path}/agreed.csv"),
        maria.client.get(f"{maria.plan}/agreed.csv"),
    ):
        cells = [cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row]
        assert sum(words in cell for cell in cells) >= 5
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\uff1d", "\t", "\r"))]


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(maria: SellerAtWork, app: FastAPI, words: str):
    jonas = a_formula_is_agreed(maria, app, words)

    told = words_in(jonas.client.get(f"{jonas.path}/agreed.xlsx"))

    assert escape(words, quote=False) in told
    assert not re.search(r"<f[ >]|<hyperlink", told)


def test_no_cell_begins_a_formula_where_a_semicolon_parts_cells(maria: SellerAtWork, app: FastAPI):
    jonas = a_formula_is_agreed(maria, app, "Room 4;=1+1")

    table = jonas.client.get(f"{jonas.path}/agreed.csv").content.decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_check_itself_sees_markup():
    pages = [f"<p>{attack}</p>" for attack in ATTACKS[:2]] + ['<p x="' + ATTACKS[4] + '">']

    assert all(strange_in(page) for page in pages)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "\u200bjavascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.test",
        "/deals",
        "nordwind.test",
        "https://",
        "https:evil",
        "http:///x",
        "https://[::1",
    ],
)
def test_an_address_that_is_none_is_refused_on_both_sides(jonas: Buyer, maria: SellerAtWork, address: str):
    answers = [jonas.acts(2, "done", url=address), maria.acts(2, "done", url=address)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Done on" not in jonas.page()


@pytest.mark.parametrize("address", ["https://nordwind.test/a?b=1&c=%22", "http://x.test", "mailto:a@b.test"])
def test_an_honest_address_becomes_a_link_that_tells_nobody_where_it_stood(jonas: Buyer, address: str):
    jonas.acts(2, "done", url=address)

    given = [g for tag, g in Found(jonas.page()).tags if tag == "a" and g.get("href") == address]

    assert given
    assert set(given[0]["rel"].split()) >= {"noopener", "noreferrer", "nofollow"}


def test_marks_that_hide_or_turn_text_are_taken_out(maria: SellerAtWork, app: FastAPI):
    marks = "\u202e\u2066\u200b\ufeff\u200f\u00ad"
    maria.writes_down(company=f"Nord{marks}wind", person=f"Jonas{marks} Weber", what_1=f"Send{marks} it")
    jonas = Buyer(a_browser(app), maria.shares_with("Jonas Weber"))
    jonas.acts(1, "comments", words=f"As{marks} said")

    pages = [jonas.page(), maria.page(maria.plan), maria.page(maria.deal)]

    assert not [page for page in pages if set(marks) & set(page)]
    assert "As said" in pages[0]


JONAS, MARIA = "יונה", "מריה"


def naked(html: str, names: tuple[str, ...]) -> list[str]:
    """Texts in which a name stands without a <bdi> around it; titles and fields cannot hold one."""
    plain = ("title", "textarea", "option")
    return [
        text.strip()
        for text, around in Found(html).texts
        if any(name in text for name in names) and "bdi" not in around and not set(plain) & set(around)
    ]


def the_story_in_hebrew(maria: SellerAtWork, app: FastAPI) -> tuple[Buyer, Buyer]:
    maria.writes_down(person=f"{JONAS} A", what_3="Send the plan", who_3="them", due_on_3=str(in_days(2)))
    maria.client.post(f"{maria.deal}/people", data={"name": f"{JONAS} B"})
    first = Buyer(a_browser(app), maria.shares_with(f"{JONAS} A"))
    second = Buyer(a_browser(app), maria.makes_link_for(f"{JONAS} B"))
    return first, second


def test_every_name_on_a_buyers_page_keeps_its_direction_to_itself(
    maria: SellerAtWork, app: FastAPI, session
):
    with session.begin():
        session.merge(maria.seller.model_copy(update={"name": f"{MARIA} Keller"}))
    first, second = the_story_in_hebrew(maria, app)
    pages = [first.page(), second.page()]

    for act, fields in (
        ("counter", {"due_on": str(in_days(30)), "note": "Later"}),
        ("undo", {}),
        ("obstacle", {"reason": "waiting for someone", "ask_again_on": str(in_days(9)), "note": "Wait"}),
    ):
        pages.append(
            first.client.post(
                first.form(1, "comments").action.replace("comments", act),
                data=(first.form(1, "comments").fields | {"answering_as": "self", "key": act} | fields),
                headers={"HX-Request": "true"},
            ).text
        )
        pages += [first.page(), second.page()]
    maria.acts(1, "answer", words="Fine")
    maria.acts(3, "obstacle", reason="other priority", note="Not this week")
    maria.acts(2, "drop", note="No need")
    pages += [first.page(), second.page()]

    assert [naked(page, (JONAS, MARIA)) for page in pages] == [[]] * len(pages)


def test_every_name_told_of_the_whole_plan_keeps_its_direction_to_itself(
    maria: SellerAtWork, app: FastAPI, session, database: Database
):
    with session.begin():
        session.merge(maria.seller.model_copy(update={"name": f"{MARIA} Keller"}))
    first, second = the_story_in_hebrew(maria, app)
    first.acts(1, "yes")
    copy = a_copy_of(first, app)
    agreed = f"/agreed?before={in_days(-9)}"
    first.acts(3, "handover", name=f"{JONAS} C")
    presses(first, "goal", words="Two days")
    maria.client.post(f"{maria.plan}/pause", data={"until": str(in_days(20))})
    readers = (first, second, copy)
    pages = [reader.client.get(reader.path + path).text for reader in readers for path in ("", agreed)]
    pages += [maria.page(maria.plan + path) for path in ("", "/on-the-call", agreed)]
    heir = a_colleague(database, f"{MARIA} Reyes")
    maria.client.post(f"{maria.plan}/seller", data={"seller": f"us-{heir.id}"})
    pages += [reader.page() for reader in readers] + [presses(first, "pause").text, first.page()]
    form = maria.form(maria.plan, "/goal/keeping")
    maria.client.post(form.action, data=form.fields | {"words": "Keep it"})
    pages += [first.page(), maria.page(maria.plan)]
    maria.client.post(f"{maria.plan}/closing")
    pages += [reader.page() for reader in readers]
    pages += [copy.client.post(f"{copy.path}/yes").text, maria.page(maria.plan), maria.page("/")]

    assert [naked(page, (JONAS, MARIA)) for page in pages] == [[]] * len(pages)


def test_every_name_on_a_sellers_page_keeps_its_direction_to_itself(maria: SellerAtWork, app: FastAPI):
    first, _ = the_story_in_hebrew(maria, app)
    first.acts(1, "counter", due_on=str(in_days(30)), note="Later")
    first.acts(2, "yes")
    first.acts(3, "obstacle", reason="waiting for someone", ask_again_on=str(in_days(9)))
    maria.client.post(f"{maria.plan}/drafts", data={"title": "More", "counterpart": f"{JONAS} A"})

    pages = {path: naked(maria.page(path), (JONAS,)) for path in (maria.plan, maria.deal, "/", "/after-call")}

    assert not [texts for texts in pages.values() if texts]


def test_no_template_switches_escaping_off():
    templates = {file: file.read_text() for file in (ROOT / "templates").glob("**/*.html")}

    bad = re.compile(r"\|\s*safe|autoescape\s+false|Markup\(|hx-on|\bstyle=|javascript:|\bon[a-z]+=\"")

    assert not {file.name for file, words in templates.items() if bad.search(words)}


def test_every_environment_escapes(app: FastAPI):
    pages = app.state.pages

    escaped = [one.from_string("{{ x }}").render(x="<b>") for one in (pages.seller, *pages.buyer.values())]

    assert set(escaped) == {"&lt;b&gt;"}
