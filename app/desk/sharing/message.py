"""The ready-to-paste message: what both said they would do, and the person's own link, in their language."""

from collections.abc import Sequence
from datetime import date

from app.pages import Pages, spoken_day
from app.shared_plan.commitment import Side
from app.shared_plan.steps_now import StepNow

MOST_STEPS = 5  # a message that says more is not read


def message_for(
    pages: Pages, language: str, name: str, steps: Sequence[StepNow], address: str, today: date
) -> str:
    """Plain text. `steps` are the open ones of this person, in the order of their days."""
    _ = pages.translations.get(language, pages.translations["en"]).gettext
    lines = [_("%(name)s, as discussed:") % {"name": name.split()[0]}]
    for step in steps[:MOST_STEPS]:
        day = spoken_day(step.due_on, language, today)
        by_them = step.owner is Side.BUYER
        line = _("– you, by %(day)s: %(title)s") if by_them else _("– I, by %(day)s: %(title)s")
        lines.append(line % {"day": day, "title": step.title})
    asked = _("Did I get it right? No account needed, the link is yours: %(address)s")
    return "\n".join([*lines, asked % {"address": address}])
