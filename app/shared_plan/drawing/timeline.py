"""A plan's days drawn to scale: a lane for each side, a ruler between them, a mark for each step.

Pure geometry, in SVG user units: the same steps always give the same drawing. The template that draws it
brings the words. Marks and names are stacked from the ruler outward, so that none ever covers another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from app.shared_plan.commitment import Side, Status
from app.shared_plan.drawing.text_width import shortened, wide
from app.shared_plan.steps_now import StepNow

KINDS = ("today", "step", "goal")  # in this order on one day
SIGNS = ("agreed", "asked", "moved", "stuck", "late", "done")
FROM = 4  # with fewer steps there is nothing to see
NAMED = 12  # with more, a mark bears its number, and the list under the drawing its title
WIDTH = 640
EDGE = 16  # between the drawing's edge and its first and last day
SHORTEST = 14  # days across the drawing, when the plan has fewer
BEFORE, BEYOND = 11, 16  # room left and right of a mark's centre; the sign on it stands out to the right
STRIP = 18  # above and below: a word on today and on the goal
NAME = 22  # the line with a lane's name
PAD = 4
RULER = 20
ROW, NAMED_ROW = 26, 36
TICK_APART = 104  # the widest date, its year included
TITLES, TITLE, WIDEST = 1280, 212, 300  # room for all titles together; for one, at least and at most
TWO_DAYS, ONE_DAY = 194, 112  # the line under a title
MONTHS, SHORT_MONTH = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600), 28


@dataclass(frozen=True, slots=True)
class Label:
    """A step's title, cut to fit, in a box that nothing else reaches into."""

    text: str
    x: float
    width: float
    is_before: bool  # left of its mark


@dataclass(frozen=True, slots=True)
class Slip:
    """The day a step moved from, and where the dashed line to it starts."""

    x: float
    start: float


@dataclass(frozen=True, slots=True)
class StepMark:
    """A step in its lane. Hollow: not agreed. `label` is None where only the number is printed."""

    kind: ClassVar[str] = "step"
    number: int
    title: str
    side: Side
    on: date
    moved_from: date | None
    days_late: int
    is_hollow: bool
    is_done: bool
    is_stuck: bool
    x: float
    y: int
    slip: Slip | None
    label: Label | None

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def sign(self) -> str:
        if self.is_done:
            return "done"
        return "stuck" if self.is_stuck else "late" if self.is_late else ""


@dataclass(frozen=True, slots=True)
class Pin:
    """Today or the goal: a line across both lanes. It is not drawn where x is None."""

    kind: str
    on: date
    x: float | None

    @property
    def anchor(self) -> str:
        """Where its word begins, so that it stays inside the drawing."""
        if self.x is None or WIDTH / 8 <= self.x <= WIDTH * 7 / 8:
            return "middle"
        return "start" if self.x < WIDTH / 2 else "end"


@dataclass(frozen=True, slots=True)
class Lane:
    side: Side
    top: int
    height: int
    name_y: int


@dataclass(frozen=True, slots=True)
class Tick:
    on: date
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing; `entries` say the same in order of day: the marks, with today and the goal among them."""

    width: int
    height: int
    ruler: int
    is_numbered: bool
    lanes: tuple[Lane, ...]
    marks: tuple[StepMark, ...]
    pins: tuple[Pin, ...]
    ticks: tuple[Tick, ...]
    entries: tuple[StepMark | Pin, ...]

    @property
    def signs(self) -> list[str]:
        """What needs a word beside the drawing: of all signs those that occur."""
        found = {mark.sign for mark in self.marks}
        found |= {"asked" if mark.is_hollow else "agreed" for mark in self.marks if not mark.is_done}
        found |= {"moved" for mark in self.marks if mark.slip}
        return [sign for sign in SIGNS if sign in found]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    @property
    def per_day(self) -> float:
        return (WIDTH - 2 * EDGE) / (self.last - self.first).days

    def x(self, day: date) -> float:
        return round(EDGE + (day - self.first).days * self.per_day, 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class _Frame:
    """What lies below what: a strip, the seller's lane, the ruler, the buyer's lane, a strip."""

    row: int
    rows: dict[Side, int]

    def tall(self, side: Side) -> int:
        return NAME + PAD + self.row * self.rows[side]

    @property
    def ruler(self) -> int:
        return STRIP + self.tall(Side.SELLER)

    @property
    def height(self) -> int:
        return self.ruler + RULER + self.tall(Side.BUYER) + STRIP

    def y(self, side: Side, row: int) -> int:
        """The middle of a row, counted from the ruler outward."""
        away = PAD + self.row * row + self.row // 2
        return self.ruler - away if side is Side.SELLER else self.ruler + RULER + away

    def lanes(self) -> tuple[Lane, Lane]:
        tall = self.tall(Side.BUYER)
        return (
            Lane(Side.SELLER, STRIP, self.tall(Side.SELLER), STRIP + NAME // 2),
            Lane(Side.BUYER, self.ruler + RULER, tall, self.ruler + RULER + tall - NAME // 2),
        )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A step's place along its lane, before it has a row: what it covers from left to right."""

    step: StepNow
    x: float
    slip: Slip | None
    label: Label | None
    left: float
    right: float


def timeline(steps: Iterable[StepNow], today: date, goal_on: date | None) -> Timeline | None:
    """The drawing of all steps that were not dropped; None for a plan too short to need one."""
    shown = [step for step in steps if step.status is not Status.DROPPED]
    if len(shown) < FROM:
        return None
    shown.sort(key=lambda step: (step.due_on, step.number))
    scale = _scale(shown, today, goal_on)
    room = min(WIDEST, max(TITLE, TITLES // len(shown))) if len(shown) <= NAMED else None
    spots = [_spot(step, scale, room) for step in shown]
    rows = _rows(spots)
    frame = _frame(spots, rows)
    marks = tuple(_mark(spot, frame.y(spot.step.owner, rows[spot.step.number]), today) for spot in spots)
    pins = _pins(scale, today, goal_on)
    return Timeline(
        width=WIDTH,
        height=frame.height,
        ruler=frame.ruler,
        is_numbered=room is None,
        lanes=frame.lanes(),
        marks=marks,
        pins=pins,
        ticks=tuple(_ticks(scale)),
        entries=tuple(sorted((*marks, *pins), key=lambda entry: (entry.on, KINDS.index(entry.kind)))),
    )


def _scale(steps: list[StepNow], today: date, goal_on: date | None) -> _Scale:
    """From the first day to the last. Today is one of them as long as there is something to do."""
    days = [day for step in steps for day in (step.due_on, step.moved_from) if day]
    if goal_on:
        days.append(goal_on)
    if any(step.is_open for step in steps):
        days.append(today)
    first = min(days)
    return _Scale(first, max(*days, first + timedelta(days=SHORTEST)))


def _spot(step: StepNow, scale: _Scale, room: float | None) -> _Spot:
    x = scale.x(step.due_on)
    earlier = scale.x(step.moved_from) if step.moved_from else x
    left, right = min(x, earlier) - BEFORE, max(x, earlier) + BEYOND
    label = _label(step, x, left, right, room) if room else None
    slip = Slip(earlier, _line_start(x, earlier, label)) if step.moved_from else None
    if label:
        left, right = min(left, label.x), max(right, label.x + label.width)
    return _Spot(step, x, slip, label, left, right)


def _label(step: StepNow, x: float, left: float, right: float, room: float) -> Label:
    """Beside the mark and the day it moved from; between the two when they are too far apart for that."""
    for most in (room, TWO_DAYS):
        text = shortened(step.title, most)
        width = max(wide(text), TWO_DAYS if step.moved_from else ONE_DAY)
        if right + width <= WIDTH:
            return Label(text, round(right, 1), width, is_before=False)
        if left - width >= 0:
            return Label(text, round(left - width, 1), width, is_before=True)
    if x > left + BEFORE:
        return Label(text, round(x - BEFORE - width, 1), width, is_before=True)
    return Label(text, round(x + BEYOND, 1), width, is_before=False)


def _line_start(x: float, earlier: float, label: Label | None) -> float:
    """The dashed line begins at the mark, or behind the label when that stands in its way."""
    if label and earlier < label.x < x:
        return label.x
    if label and x < label.x < earlier:
        return round(label.x + label.width, 1)
    return x


def _rows(spots: list[_Spot]) -> dict[int, int]:
    """For each step, by number, the first row from the ruler outward that is free where it stands."""
    ends: dict[Side, list[float]] = {side: [] for side in Side}
    rows = {}
    for spot in sorted(spots, key=lambda spot: (spot.left, spot.step.number)):
        lane = ends[spot.step.owner]
        row = next((row for row, end in enumerate(lane) if end <= spot.left), len(lane))
        lane[row : row + 1] = [spot.right]
        rows[spot.step.number] = row
    return rows


def _frame(spots: list[_Spot], rows: dict[int, int]) -> _Frame:
    """An empty lane is one row tall."""
    tall = {
        side: 1 + max((rows[spot.step.number] for spot in spots if spot.step.owner is side), default=0)
        for side in Side
    }
    return _Frame(NAMED_ROW if spots[0].label else ROW, tall)


def _mark(spot: _Spot, y: int, today: date) -> StepMark:
    step = spot.step
    return StepMark(
        number=step.number,
        title=step.title,
        side=step.owner,
        on=step.due_on,
        moved_from=step.moved_from,
        days_late=step.days_late(today) if step.is_late(today) else 0,
        is_hollow=step.status not in (Status.AGREED, Status.DONE),
        is_done=step.status is Status.DONE,
        is_stuck=step.is_open and step.is_stuck,
        x=spot.x,
        y=y,
        slip=spot.slip,
        label=spot.label,
    )


def _pins(scale: _Scale, today: date, goal_on: date | None) -> tuple[Pin, ...]:
    now = Pin("today", today, scale.x(today) if scale.holds(today) else None)
    return (now, Pin("goal", goal_on, scale.x(goal_on))) if goal_on else (now,)


def _ticks(scale: _Scale) -> Iterator[Tick]:
    """Dates far enough apart for their words, which stand to the right of each tick."""
    for day in _tick_days(scale, apart=TICK_APART / scale.per_day):
        if scale.x(day) + TICK_APART <= WIDTH:
            yield Tick(day, scale.x(day))


def _tick_days(scale: _Scale, apart: float) -> Iterator[date]:
    """Mondays where they are `apart` days from each other, otherwise first days of months."""
    if apart <= 14:
        monday = scale.first + timedelta(days=-scale.first.weekday() % 7)
        every = 7 if apart <= 7 else 14
        return (monday + timedelta(days=more) for more in range(0, (scale.last - monday).days + 1, every))
    every = next(months for months in MONTHS if months * SHORT_MONTH >= apart)
    first, last = (day.year * 12 + day.month - 1 for day in (scale.first, scale.last))
    months = range(first + -first % every, last + 1, every)
    days = (date(month // 12, month % 12 + 1, 1) for month in months)
    return (day for day in days if scale.holds(day))
