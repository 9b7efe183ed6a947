"""A short message out of what both sides know: what was agreed, by whom, on which day, and what is due. Pure.

It starts from a commitment, a day the buyer named, an answer they wait for, or a point; never from nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.desk.drafting.quote import Speak, Translate, quote, shortened
from app.follow_up.permission import Occasion
from app.needs import _
from app.specificity.verdict import Saying

LONGEST_POINT = 160  # characters quoted; the reader knows the rest
REMINDER = re.compile(r"\b(?:reminder|erinnerung|erinnern|rappel|recordatorio|lembrete)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Start:
    """What a message starts from. `agreed_on` and `due_on` are missing where nothing was agreed.

    `title` are the step's words, `note` what they wrote when they answered, `clock` the time of a talk.
    """

    occasion: Occasion
    reader: str
    writer: str
    title: str = ""
    agreed_on: date | None = None
    due_on: date | None = None
    clock: str = ""
    note: str = ""
    point: Saying | None = None


@dataclass(frozen=True)
class Voice:
    """The reader's language, and the day on which it is written."""

    say: Translate
    day: Speak
    today: date


def compose(start: Start, voice: Voice, brings: str = "") -> str:
    """Plain text of a few short lines, with one question at most."""
    opening = _opening(start, voice)
    lines = [opening, _recall(start, voice), *(_lines(brings) or [_nothing(start, voice)])]
    body = "\n".join(line for line in [*lines, _question(start, voice, bool(brings))] if line)
    return f"{body}\n\n{start.writer.split()[0]}"


def recompose(start: Start, voice: Voice, text: str, before: str, brings: str) -> str:
    """Put what is brought now in the place of the lines brought before, and touch no other word.

    Where the writer took those lines out, what is brought now stands before the signature.
    """
    if not text.strip() or text.strip() == compose(start, voice, before).strip():
        return compose(start, voice, brings)
    if before == brings:
        return text
    lines, old = text.splitlines(), _lines(before) or _lines(_nothing(start, voice))
    place = _place_of(old, lines)
    if place is not None:
        new = _lines(brings) or _lines(_nothing(start, voice))
        return "\n".join([*lines[:place], *new, *lines[place + len(old) :]])
    return before_signature(text, "\n".join(_lines(brings))) if brings else text


def without(text: str, brings: str) -> str:
    """The message without the lines that are brought; as it is where they do not stand in it."""
    lines, old = text.splitlines(), _lines(brings)
    place = _place_of(old, lines)
    return text if place is None else "\n".join([*lines[:place], *lines[place + len(old) :]])


def _lines(words: str) -> list[str]:
    """Without the blank ones: a message is one block."""
    return [line for line in words.splitlines() if line.strip()]


def _place_of(old: Sequence[str], lines: Sequence[str]) -> int | None:
    last = len(lines) - len(old) if old else -1
    return next((n for n in range(last + 1) if list(lines[n : n + len(old)]) == list(old)), None)


def before_signature(text: str, words: str) -> str:
    """Add a line at the end of the message, above the name under it."""
    body, gap, name = text.rstrip().rpartition("\n\n")
    return f"{body}\n{words}{gap}{name}" if gap and "\n" not in name else f"{text.rstrip()}\n{words}"


def says_reminder(text: str, start: Start) -> bool:
    """Does it say plainly that it is a reminder, in words of its own?"""
    for known in (start.title.rstrip(" ."), start.note, start.point.words if start.point else ""):
        text = text.replace(known, "") if known else text
    return bool(REMINDER.search(text))


OPENINGS = {
    Occasion.OURS: _("%(name)s, on %(day)s we agreed that I do this by %(due)s: %(title)s."),
    Occasion.THEIRS: _("%(name)s, on %(day)s you said yes to this by %(due)s: %(title)s."),
    Occasion.TALK: _("%(name)s, on %(day)s we agreed to talk on %(due)s: %(title)s."),
    Occasion.NAMED_DAY: _("%(name)s, you asked me to come back to this on %(due)s: %(title)s."),
}
ASKED_FOR_DAY = _("%(name)s, you ask for %(due)s for this: %(title)s.")
WAITS_FOR_ANSWER = _("%(name)s, you are waiting for my answer to this: %(title)s.")


def _opening(start: Start, voice: Voice) -> str:
    """What both know already; a point alone opens with what was said."""
    name = start.reader.split()[0]
    if start.occasion is Occasion.POINT:
        assert start.point is not None
        return quote(start.point, start.reader, [start.reader], voice.say, voice.day, LONGEST_POINT).words
    due = voice.day(start.due_on) if start.due_on else ""
    due = f"{due}, {start.clock}" if start.clock else due
    values = {"name": name, "title": start.title.rstrip(" ."), "due": due}
    values["day"] = voice.day(start.agreed_on) if start.agreed_on else ""
    if start.occasion is Occasion.ANSWER:
        return voice.say(ASKED_FOR_DAY if start.due_on else WAITS_FOR_ANSWER) % values
    return voice.say(OPENINGS[start.occasion]) % values


def _recall(start: Start, voice: Voice) -> str:
    """What is behind it, in the reader's own words."""
    if start.note:
        return voice.say(_("You wrote: “%(words)s”")) % {"words": shortened(start.note, LONGEST_POINT)}
    point = start.point
    if point is None or start.occasion is Occasion.POINT:
        return ""
    words = {"words": shortened(point.words, LONGEST_POINT)}
    own = point.said_by == start.reader
    if point.said_on is None:
        return voice.say(_("You said: “%(words)s”") if own else _("From our talk: “%(words)s”")) % words
    said = _("You said on %(day)s: “%(words)s”") if own else _("From our talk on %(day)s: “%(words)s”")
    return voice.say(said) % (words | {"day": voice.day(point.said_on)})


def _nothing(start: Start, voice: Voice) -> str:
    """What is said when nothing is brought: a reminder calls itself one, a debt is not made smaller."""
    if start.occasion is Occasion.THEIRS:
        return voice.say(_("This is only a reminder."))
    if start.occasion is not Occasion.OURS or start.due_on is None:
        return ""
    if start.due_on == voice.today:
        return voice.say(_("You will have it today."))
    late = start.due_on < voice.today
    return voice.say(_("I am late with it.") if late else _("You will have it by then."))


def _question(start: Start, voice: Voice, brings: bool) -> str:
    late = start.due_on is not None and start.due_on < voice.today
    if start.occasion in (Occasion.THEIRS, Occasion.TALK) and late:
        return voice.say(_("Which day would work instead?"))
    if start.occasion is Occasion.NAMED_DAY:
        return voice.say(_("Does it fit now?"))
    if start.occasion is Occasion.OURS and late and not brings:
        return voice.say(_("Does it still help you this week?"))
    return ""
