"""A walk through every form of a database: each is filled with the longest that it takes, by both sides."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from app.account.rights import routes_of
from app.database import Database, writing
from app.typed import LINE
from tests.cast import Buyer, SellerAtWork
from tests.markup import Form, forms_in
from tests.safety.filling import MOST, form_fields, hear_of_long_words, longest_texts
from tests.safety.visitors import EVERY_FIELD, Photograph, forget_pages, methods_of

LETTER = "İ"  # two characters in lower case
Field = tuple[str, str]  # a route and one of its fields
Kind = tuple[str, frozenset[str]]  # a route and what a form sends there


@dataclass(frozen=True)
class Shown:
    """A form as a page showed it, and the database as it was then."""

    state: Photograph
    route: APIRoute
    form: Form

    @property
    def kind(self) -> Kind:
        return self.route.path, frozenset(self.form.fields.keys() | self.form.choices.keys())

    def bases(self) -> Iterator[dict[str, str]]:
        """Other values wherever one may write; then those of the page, and others where it has none."""
        picked = {name: next(filter(None, some), "") for name, some in self.form.choices.items()}
        kept = {name: value for name, value in self.form.fields.items() if value}
        open_to_all = self.form.fields.keys() - self.form.choices.keys() - self.form.hidden
        others = {name: EVERY_FIELD.get(name, "") for name in open_to_all}
        me = {"answering_as": "self"}
        yield me | picked | kept | others
        yield me | others | picked | kept
        if "about" in form_fields(self.route).keys() - picked.keys():
            yield me | others | picked | kept | {"about": "neither"}  # its buttons come with the live check


class Walk:
    """Of those who work here, Maria reads every page; Jonas has a link to the plan that she has open.

    `too_long` says of a column which routes wrote too much there; `offered` is what one may write, `taken`
    what went through, and `refused_after_all` how much a page lets one write and how much the form takes.
    """

    def __init__(self, app: FastAPI, database: Database, maria: SellerAtWork, jonas: Buyer) -> None:
        self.app, self.database, self.maria, self.jonas = app, database, maria, jonas
        self.both = (jonas.path, maria.plan)
        self.routes = [one for one in routes_of(app) if "POST" in methods_of(one) and writes(one.dependant)]
        self.longest = {route.path: words_in(route) for route in self.routes}
        self.too_long: dict[str, set[str]] = defaultdict(set)
        self.refused_after_all: dict[Field, tuple[int, int]] = {}
        self.offered: set[Field] = set()
        self.taken: set[Field] = set()
        self._heard = hear_of_long_words(database)
        self._cookies = {client: dict(client.cookies) for client in (maria.client, jonas.client)}
        self._presses = 0
        self._answer: Any = None
        self._refused: dict[Kind, set[str]] = defaultdict(set)
        self._kinds: set[Kind] = set()
        self._looks: set[frozenset[str]] = set()
        self._waiting: deque[Shown] = deque()
        self._done: list[Shown] = []

    def go(self) -> None:
        state = Photograph(self.database)
        for path, html in self._pages():
            self._look(state, path, html)
        while self._waiting:
            shown = self._waiting.popleft()
            if self._fill(shown):
                after = Photograph(self.database)
                self._done.append(Shown(after, shown.route, shown.form))
                for path, html in self._pages_after(shown):
                    self._look(after, path, html)
        seen = {path for path, _ in self._kinds}
        for route in self.routes:
            if self.longest[route.path] and route.path not in seen:
                self.offered |= {(route.path, name) for name in self.longest[route.path]}
                self._press_without_page(route)

    def never_taken(self) -> set[Field]:
        """Where one may write something and nothing long ever went through: nobody knows whether it fits."""
        return self.offered - self.taken

    def _reader(self, path: str) -> TestClient:
        return (self.jonas if path.startswith("/p/") else self.maria).client

    def _pages(self) -> Iterator[tuple[str, str]]:
        """Every page that links lead to, read by the one whom it is for."""
        waiting, seen = deque([*self.both, "/"]), set[str]()
        while waiting:
            path = waiting.popleft()
            if path in seen or path.startswith(("/static", "/l/")):
                continue
            seen.add(path)
            answer = self._reader(path).get(path)
            if answer.headers["content-type"].startswith("text/html"):
                yield path, answer.text
                links = map(unescape, re.findall('href="(/[^"#]*)', answer.text))
                waiting.extend(link for link in links if self._reader(link) is self._reader(path))

    def _pages_after(self, shown: Shown) -> Iterator[tuple[str, str]]:
        """What came back, and the plan as the other side sees it where the form was about it."""
        action, answer = shown.form.action, self._answer
        if answer.status_code == 200:
            yield action, answer.text
        paths = [answer.headers["location"]] if answer.status_code == 303 else []
        if action.startswith(self.both):
            paths += [path for path in self.both if not action.startswith(path)]
        for path in paths:
            yield path, self._reader(path).get(path).text

    def _look(self, state: Photograph, path: str, html: str) -> None:
        """Keep forms of a kind that was not seen yet; a page with the names of another shows none."""
        names = re.findall('(?:name|action)="([^"]+)', html)
        look = frozenset(re.sub(r"[\w-]{22}|\d+", "", name) for name in names)
        if look not in self._looks:
            self._looks.add(look)
            for form in forms_in(html):
                if form.method == "post" and self._reader(form.action) is self._reader(path):
                    self._keep(state, form)

    def _keep(self, state: Photograph, form: Form) -> None:
        for route in (route for route in self.routes if route.path_regex.match(form.action)):
            shown = Shown(state, route, form)
            if shown.kind not in self._kinds:
                self._kinds.add(shown.kind)
                self._waiting.append(shown)
                self._note(shown)

    def _note(self, shown: Shown) -> None:
        for name, text in self._longest(shown).items():
            if name in shown.form.typed:
                self.offered.add((shown.route.path, name))
                page = shown.form.typed[name]
                if page and text[0] == LETTER and page > len(text):
                    self.refused_after_all[shown.route.path, name] = (page, len(text))

    def _longest(self, shown: Shown) -> dict[str, str]:
        """What its fields take at most; for those that no form model knows, what the page lets one write."""
        by_hand = shown.form.typed.keys() - form_fields(shown.route).keys()
        texts = {name: LETTER * (shown.form.typed[name] or MOST) for name in by_hand}
        return texts | self.longest[shown.route.path]

    def _fill(self, shown: Shown) -> bool:
        """All at once; first, if need be, without those that take no words of one's own after all."""
        every = self._longest(shown)
        if self._together(shown, every):
            return True
        for name, text in every.items():
            if name not in self._refused[shown.kind] and not self._is_taken(shown, {name: text}):
                self._refused[shown.kind].add(name)
        return self._together(shown, every)

    def _together(self, shown: Shown, every: dict[str, str]) -> bool:
        texts = {name: text for name, text in every.items() if name not in self._refused[shown.kind]}
        typed = {name: text for name, text in texts.items() if name in shown.form.typed}
        return self._is_taken(shown, texts) or self._is_taken(shown, typed)

    def _is_taken(self, shown: Shown, texts: dict[str, str]) -> bool:
        for base in shown.bases():
            self._press(shown, base | texts)
            if self._answer.status_code < 400:
                self.taken |= {(shown.route.path, name) for name in texts}
                return True
        return False

    def _press(self, shown: Shown, fields: dict[str, str]) -> None:
        shown.state.put_back()
        forget_pages(self.app)
        for client, kept in self._cookies.items():
            client.cookies.clear()
            client.cookies.update(kept)
        self._presses += 1
        self._heard.clear()
        key = {"key": f"{self._presses} ".ljust(LINE, LETTER)}
        self._answer = self._reader(shown.form.action).post(shown.form.action, data=fields | key)
        for column in self._heard:
            self.too_long[column].add(shown.route.path)

    def _press_without_page(self, route: APIRoute) -> None:
        """For what none of the pages shows: tried on the plan as each other press on it left it."""
        for pressed in (one for one in self._done if one.form.action.startswith(self.both)):
            path = re.sub("^/p/{ref}", self.both[0], re.sub("^/plans/{ref}", self.both[1], route.path))
            path = path.replace("{number}", (re.findall(r"/steps/(\d+)/", pressed.form.action) or "1")[0])
            fields = EVERY_FIELD | {"version": pressed.form.fields.get("version", "1")}
            shown = Shown(pressed.state, route, Form(path, "post", fields, hidden={"version"}))
            if self._is_taken(shown, self.longest[route.path]):
                return


def writes(dependant: Dependant) -> bool:
    return dependant.call is writing or any(writes(inner) for inner in dependant.dependencies)


def words_in(route: APIRoute) -> dict[str, str]:
    """The longest of each field; but for two of every form that are no words: who presses, which press."""
    texts = longest_texts(route, LETTER)
    return {name: text for name, text in texts.items() if name not in ("key", "answering_as")}
