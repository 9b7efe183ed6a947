"""What both sides' forms ask for alike."""

from pydantic import Field

from app.press import ActForm, PressForm
from app.shared_plan.commitment import Obstacle
from app.typed import Day, NeededText, Text, WebAddress


class ObstacleForm(ActForm):
    reason: Obstacle
    note: Text = ""


class InWordsForm(ActForm):
    """`edits` is the number of one's own comment that these words replace."""

    words: NeededText
    edits: int = Field(default=0, ge=0, le=100_000)


class DoneForm(ActForm):
    note: Text = ""
    url: WebAddress = ""


class QuietForm(PressForm):
    """Without a day, the quiet ends."""

    until: Day = None
