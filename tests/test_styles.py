"""No rule is left over from a page that was drawn anew."""

import re

from app.pages import STATIC
from tests.drawn import classes_styled, every_template, is_drawn, names_in_code, values_of, words_in_blocks

STYLES = {file.relative_to(STATIC).as_posix(): file.read_text() for file in STATIC.rglob("*.css")}
GIVEN_BY_HTMX = {"htmx-request"}


def test_every_class_is_drawn_somewhere():
    names = every_template()
    drawn = values_of("class", names) | words_in_blocks(names) | names_in_code() | GIVEN_BY_HTMX

    left_over = {
        f"{file}: .{name}"
        for file, style in STYLES.items()
        for name in classes_styled(style)
        if not is_drawn(name, drawn)
    }

    assert left_over == set()


def test_every_token_is_used():
    used = {name for style in STYLES.values() for name in re.findall(r"var\((--[\w-]+)", style)}

    named = set(re.findall(r"^\s+(--[\w-]+):", STYLES["css/tokens.css"], re.MULTILINE))

    assert named - used == set()
