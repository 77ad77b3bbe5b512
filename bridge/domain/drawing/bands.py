"""Sleep, HRV and pulse: three rows, each on the band of what is usual."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bridge.domain.cards.card import CardItem
from bridge.domain.drawing.canvas import Box, Canvas, Font, Paint, Point
from bridge.domain.drawing.look import Palette
from bridge.domain.drawing.text import clean, largest, shortened, width_of
from bridge.domain.moment import read_day

_MOST_ROWS = 3
_LABEL_SIZE = 11
_SIZES = (17, 16, 15, 14, 13, 12, 11, 10)
_UNITS = {"sleep_h": "h", "hrv_ms": "ms", "resting_hr_bpm": "bpm"}


def draw_bands(
    canvas: Canvas, box: Box, items: Sequence[CardItem], palette: Palette
) -> None:
    """Draw a row for each series into ``box``: its name, its value, its days."""
    rows: dict[str, list[CardItem]] = {}
    for item in items:
        if item.value is not None and math.isfinite(item.value) and item.day:
            rows.setdefault(item.series or "", []).append(item)
    named = list(rows.items())[:_MOST_ROWS]
    if not named:
        return
    gap = 6.0 if box.height < 150 else 12.0
    high = (box.height - gap * (len(named) - 1)) / len(named)
    beside = min(max(box.width * 0.36, 58), 96)
    shown = [_shown(name, points[-1]) for name, points in named]
    longest = max(shown, key=lambda text: width_of(text, 1, 600))
    sizes = [size for size in _SIZES if size <= max(high * 0.48, _SIZES[-1])]
    size = largest(longest, beside - 6, sizes, 600) or _SIZES[-1]
    for index, (_, points) in enumerate(named):
        row = Box(box.x, box.y + index * (high + gap), box.width, high)
        label = clean(next((item.label for item in points if item.label), None))
        text = shortened(shown[index], beside - 6, size, 600)
        _put_words(canvas, row, (label, text, size), beside - 6, palette)
        chart = Box(row.x + beside, row.y + 2, row.width - beside - 4, row.height - 4)
        draw_points(canvas, chart, points, palette)


def _shown(name: str, point: CardItem) -> str:
    value = f"{point.value:g} {_UNITS.get(name, '')}".strip()
    return clean(point.shown) or value


def _put_words(
    canvas: Canvas,
    row: Box,
    words: tuple[str, str, float],
    width: float,
    palette: Palette,
) -> None:
    """Write a value, and its name above it where there is the height."""
    label, text, size = words
    middle = row.y + row.height / 2
    has_label = bool(label) and row.height >= 28
    if has_label:
        name = shortened(label, width, _LABEL_SIZE)
        canvas.text((row.x, middle - 5), name, Font(_LABEL_SIZE, palette.dim))
    down = size * 0.36 + (6.5 if has_label else 0)
    canvas.text((row.x, middle + down), text, Font(size, palette.text, 600))


def draw_points(
    canvas: Canvas,
    box: Box,
    points: Sequence[CardItem],
    palette: Palette,
    span: tuple[int, int] | None = None,
) -> None:
    """Draw one series on its band into ``box``: its own days, or those of ``span``."""
    days = [_ordinal(item) for item in points]
    first, last_day = span or (days[0], days[-1])
    ends = [value for item in points for value in (item.value, item.low, item.high)]
    known = [value for value in ends if value is not None and math.isfinite(value)]
    low, high = min(known), max(known)
    air = (high - low) * 0.08 or 1.0
    low, high = low - air, high + air
    canvas.charts.append(box)

    def at(day: int, value: float) -> Point:
        share = (day - first) / (last_day - first) if last_day > first else 1.0
        down = (high - value) / (high - low)
        return box.x + share * box.width, box.y + down * box.height

    usual = [
        (day, item.low, item.high)
        for day, item in zip(days, points, strict=True)
        if item.low is not None and item.high is not None
    ]
    if usual:
        shape = [at(day, top) for day, _, top in usual]
        shape += [at(day, bottom) for day, bottom, _ in reversed(usual)]
        canvas.area(shape, Paint(palette.band, palette.band_opacity))
        if palette.band_opacity == 1:  # e-ink: an edge says where the band ends
            canvas.line([at(day, top) for day, _, top in usual], palette.dim, 0.5)
            canvas.line([at(day, low) for day, low, _ in usual], palette.dim, 0.5)
    values = [
        (day, item.value)
        for day, item in zip(days, points, strict=True)
        if item.value is not None
    ]
    canvas.line([at(day, value) for day, value in values], palette.text, 1.8)
    last, (day, value) = points[-1], values[-1]
    within = (last.low is None or value >= last.low) and (
        last.high is None or value <= last.high
    )
    if within:
        paint = Paint(palette.accent, 1, palette.surface, 1.4)
    else:  # hollow: seen without its colour too
        paint = Paint(palette.surface, 1, palette.tones["caution"], 2.2)
    canvas.circle(at(day, value), 3.6, paint)


def _ordinal(item: CardItem) -> int:
    day = read_day(item.day)
    return 0 if day is None else day.toordinal()
