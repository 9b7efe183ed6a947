"""Reads the HTML a person gets: its forms with the fields a browser would send, and its text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

INLINE = frozenset({"a", "b", "bdi", "mark", "s"})


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    radios: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.texts: list[str] = []
        self._open: Form | None = None
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in INLINE:
            self.texts.append(" ")
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self._open)
        elif self._open is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "textarea":
            self._area = name
            self._open.fields[name] = ""  # ty: ignore
        elif tag == "select":
            self._select = name
        elif (
            tag == "option"
            and self._select
            and ("selected" in given or self._select not in self._open.fields)
        ):  # ty: ignore
            self._open.fields[self._select] = given.get("value", "")  # ty: ignore

    def _input(self, name: str, given: dict[str, str]) -> None:
        form = self._open
        assert form is not None
        if given.get("type") in ("radio", "checkbox"):
            form.radios.add(name)
            if "checked" not in given:
                return
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
        if self._area and self._open is not None:
            self._open.fields[self._area] += data
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
