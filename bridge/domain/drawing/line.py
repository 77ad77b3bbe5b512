"""Form on its zones, fitness and fatigue above it, what is planned dashed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bridge.domain.cards.card import CardItem
from bridge.domain.drawing.canvas import Box, Canvas, Font, Paint, Point
from bridge.domain.drawing.look import Palette
from bridge.domain.drawing.text import clean, width_of
from bridge.domain.moment import read_day
from bridge.domain.overview.fitness import ZONE_EDGES

_AXIS_SIZE = 10
GUTTER = 24  # for the figures at the right
_LEAST_FOR_TWO = 88  # points of height; less has room for form alone
_DASH = "3 3"
_STEPS = (5, 10, 20, 25, 50, 100)


class Frame(NamedTuple):
    """Where the days and the values of a panel lie."""

    box: Box
    first: int
    last: int
    low: float
    high: float

    def x(self, day: int) -> float:
        """Return how far right a day lies."""
        if self.last == self.first:  # one day: today, at the right
            return self.box.right
        share = (day - self.first) / (self.last - self.first)
        return self.box.x + share * self.box.width

    def y(self, value: float) -> float:
        """Return how far down a value lies."""
        share = (value - self.low) / (self.high - self.low or 1)
        return self.box.bottom - share * self.box.height


class Series(NamedTuple):
    """One line: its values by day, those that are only planned after the others."""

    done: Sequence[tuple[int, float]]
    planned: Sequence[tuple[int, float]]


def draw_line(
    canvas: Canvas,
    box: Box,
    items: Sequence[CardItem],
    palette: Palette,
    span: tuple[int, int] | None = None,
) -> None:
    """Draw the chart of form into ``box``: its own days, or those of ``span``."""
    days = [(day, item) for item in items if (day := _ordinal(item)) is not None]
    days.sort(key=lambda pair: pair[0])
    if not any(_finite(item.value) for _, item in days):
        return
    has_axis = box.width >= 150 and box.height >= 60
    has_days = box.height >= 76 and any(item.label for _, item in days)
    inner = Box(
        box.x,
        box.y + (4 if has_axis else 0),
        box.width - (GUTTER if has_axis else 6),
        box.height - (16 if has_days else 0) - (4 if has_axis else 0),
    )
    form = _series(days, lambda item: item.value)
    ctl = _series(days, lambda item: item.ctl)
    atl = _series(days, lambda item: item.atl)
    lower = inner
    first, last = span or (days[0][0], days[-1][0])
    frame = Frame(inner, first, last, 0, 1)
    if inner.height >= _LEAST_FOR_TWO and ctl.done:
        upper = Box(inner.x, inner.y, inner.width, inner.height * 0.52)
        lower = inner.below(upper.bottom + 8)
        _draw_load(canvas, frame._replace(box=upper), (ctl, atl), palette)
    _draw_form(canvas, frame._replace(box=lower), form, palette, has_axis=has_axis)
    if has_days:
        _draw_days(canvas, frame, days, box.bottom, palette)


def _ordinal(item: CardItem) -> int | None:
    day = read_day(item.day)
    return None if day is None else day.toordinal()


def _finite(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _series(
    days: Sequence[tuple[int, CardItem]], value_of: Callable[[CardItem], float | None]
) -> Series:
    done: list[tuple[int, float]] = []
    planned: list[tuple[int, float]] = []
    for day, item in days:
        value = value_of(item)
        if value is not None and math.isfinite(value):
            (planned if item.planned else done).append((day, value))
    return Series(done, planned)


def _span(values: Sequence[float], least: float) -> tuple[float, float]:
    """Return the ends of an axis: the values with air, at least ``least`` apart."""
    low, high = min(values), max(values)
    air = max((high - low) * 0.12, (least - (high - low)) / 2)
    return low - air, high + air


def _draw_load(
    canvas: Canvas, frame: Frame, lines: tuple[Series, Series], palette: Palette
) -> None:
    values = [value for line in lines for part in line for _, value in part]
    low, high = _span(values, 10)
    frame = frame._replace(low=max(low, 0.0), high=high)
    step = next((one for one in _STEPS if (high - low) / one < 4), 200)
    first = math.ceil(frame.low / step) * step
    for value in range(int(first), int(high) + 1, step):
        y = frame.y(value)
        ends = [(frame.box.x, y), (frame.box.right, y)]
        canvas.line(ends, palette.faint, 0.75, dash=_hair(palette))
        if y - frame.box.y > 2 and frame.box.bottom - y > 2:
            _axis_figure(canvas, frame, y, value, palette)
    ctl, atl = lines
    _draw_series(canvas, frame, atl, palette.fatigue, 1.4)
    _draw_series(canvas, frame, ctl, palette.fitness, 2.2)


def _draw_form(
    canvas: Canvas, frame: Frame, form: Series, palette: Palette, *, has_axis: bool
) -> None:
    values = [value for part in form for _, value in part]
    low, high = _span(values, 34)
    frame = frame._replace(low=low, high=high)
    canvas.charts.append(frame.box)
    bottom = low
    figures: list[float] = []
    for edge, zone in ZONE_EDGES:
        top = min(max(edge, low), high)
        if top > bottom:
            y = frame.y(top)
            band = Box(frame.box.x, y, frame.box.width, frame.y(bottom) - y)
            _draw_zone(canvas, band, zone, palette)
            if has_axis and top == edge:
                figures.append(edge)
        bottom = max(bottom, top)
    last_y = math.inf
    for edge in figures:
        y = frame.y(edge)
        if last_y - y >= _AXIS_SIZE + 2 and frame.box.y + 3 < y < frame.box.bottom - 3:
            _axis_figure(canvas, frame, y, edge, palette)
            last_y = y
    _draw_series(canvas, frame, form, palette.text, 2.2)
    if form.done:
        day, value = form.done[-1]
        at = (frame.x(day), frame.y(value))
        canvas.circle(at, 3.6, Paint(palette.text, 1, palette.surface, 1.6))


def _draw_zone(canvas: Canvas, band: Box, zone: str, palette: Palette) -> None:
    """Draw a zone of form: a tint in colour, a grey or a bare edge on e-ink."""
    if palette.band_opacity == 1:  # e-ink
        if zone == "optimal":
            canvas.rect(band, palette.band)
        ends = [(band.x, band.y), (band.right, band.y)]
        canvas.line(ends, palette.faint, 0.5, dash=_hair(palette))
    else:
        canvas.rect(band, Paint(palette.zones[zone], palette.band_opacity))


def _hair(palette: Palette) -> str:
    """Return how a line that only lies behind is broken: where there is no grey."""
    return "1 3" if palette.faint == palette.text else ""


def _draw_series(
    canvas: Canvas, frame: Frame, line: Series, stroke: str, width: float
) -> None:
    def at(pair: tuple[int, float]) -> Point:
        return frame.x(pair[0]), frame.y(pair[1])

    canvas.line([at(pair) for pair in line.done], stroke, width)
    if len(line.done) == 1:
        canvas.circle(at(line.done[0]), width, stroke)
    ahead = [at(pair) for pair in (*line.done[-1:], *line.planned)]
    canvas.line(ahead, stroke, width, dash=_DASH)


def _axis_figure(
    canvas: Canvas, frame: Frame, y: float, value: float, palette: Palette
) -> None:
    text = f"{value:.0f}".replace("-", "\N{MINUS SIGN}")
    at = (frame.box.right + GUTTER, y + _AXIS_SIZE * 0.36)
    canvas.text(at, text, Font(_AXIS_SIZE, palette.dim, anchor="end"))


def _draw_days(
    canvas: Canvas,
    frame: Frame,
    days: Sequence[tuple[int, CardItem]],
    bottom: float,
    palette: Palette,
) -> None:
    """Write the days below, as many as have room: the last done one first."""
    done = [day for day, item in days if not item.planned]
    today = max(done, default=days[0][0])
    labelled = [(day, clean(item.label)) for day, item in days if item.label]
    labelled.sort(key=lambda pair: (pair[0] != today, pair[0]))
    taken: list[tuple[float, float]] = []
    for day, label in labelled:
        width = width_of(label, _AXIS_SIZE)
        left = min(max(frame.x(day) - width / 2, frame.box.x), frame.box.right - width)
        right = left + width
        if all(right + 8 <= start or left >= end + 8 for start, end in taken):
            canvas.text((left, bottom - 2), label, Font(_AXIS_SIZE, palette.dim))
            taken.append((left, right))
