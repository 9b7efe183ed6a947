"""Reads the HTML a person gets: its forms with the fields a browser would send, and its text."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

INLINE = frozenset({"a", "b", "bdi", "mark", "s"})


def first(pattern: str, text: str) -> str:
    """What `pattern` finds first: its group, or all of it."""
    found = re.search(pattern, text)
    assert found, pattern
    return found[found.re.groups]


@dataclass
class Form:
    """`typed` are fields that a person writes in, with how much, `choices` what one may pick, buttons too."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    radios: set[str] = field(default_factory=set)
    typed: dict[str, int | None] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.texts: list[str] = []
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._area: tuple[Form, str] | None = None
        self._select: tuple[Form, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in INLINE:
            self.texts.append(" ")
        if tag == "form":
            self._open = self._called(given["id"]) if "id" in given else Form("", "")
            self._open.action, self._open.method = given.get("action", ""), given.get("method", "get")
            self.forms.append(self._open)
        else:
            form = self._called(given["form"]) if "form" in given else self._open
            if form is not None:
                self._field(form, tag, given)

    def _called(self, name: str) -> Form:
        """A form by its id, which fields elsewhere on the page may name before it opens."""
        return self._by_id.setdefault(name, Form("", ""))

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        most = int(given["maxlength"]) if "maxlength" in given else None
        if tag == "input" and name:
            self._input(form, name, given, most)
        elif tag == "textarea" and name:
            self._area = (form, name)
            form.fields[name] = ""
            form.typed[name] = most
        elif tag == "select":
            self._select = (form, name)
        elif tag == "option" and self._select:
            form, name = self._select
            form.choices.setdefault(name, []).append(value)
            if "selected" in given or name not in form.fields:
                form.fields[name] = value
        elif tag == "button" and name:
            form.choices.setdefault(name, []).append(value)

    def _input(self, form: Form, name: str, given: dict[str, str], most: int | None) -> None:
        if given.get("type") in ("radio", "checkbox"):
            form.radios.add(name)
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" not in given:
                return
        elif given.get("type", "text") in ("text", "email", "url", "search", "tel", "password"):
            form.typed[name] = most
        elif given.get("type") == "hidden":
            form.hidden.add(name)
        form.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.texts.append(" ")
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            form, name = self._area
            form.fields[name] += data
        self.texts.append(data)


def forms_in(html: str) -> list[Form]:
    """Every form with the fields that submitting it untouched would send."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def text_of(html: str) -> str:
    """The words a person reads, every run of white space one blank."""
    reader = _Reader()
    reader.feed(html)
    return " ".join("".join(reader.texts).split())
