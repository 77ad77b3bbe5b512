"""Bars: the days of a week, the laps of a session, what of gear is used up."""

from __future__ import annotations

from collections.abc import Sequence

from bridge.domain.cards.card import CardItem
from bridge.domain.drawing.canvas import Box, Canvas, Font, Paint
from bridge.domain.drawing.look import Palette
from bridge.domain.drawing.text import clean, shortened, width_of

_LABEL_SIZE = 11
_SERIES = ("planned", "done")
_LEAST_ROW = 29.0
_LAP_FLOOR = 0.8  # of the least value: differences are what one looks for


def draw_bars(
    canvas: Canvas, box: Box, items: Sequence[CardItem], palette: Palette, unit: str
) -> None:
    """Draw the chart into ``box``, as its items have it."""
    if any(item.series in {"planned", "done"} and item.day for item in items):
        _draw_week(canvas, box, items, palette)
    elif unit == "%":
        _draw_shares(canvas, box, items, palette)
    else:
        _draw_laps(canvas, box, items, palette)


def _draw_week(
    canvas: Canvas, box: Box, items: Sequence[CardItem], palette: Palette
) -> None:
    """Draw what was planned as outlines and what was done as what fills them."""
    days = list(dict.fromkeys(item.day or "" for item in items))
    most = max((item.value or 0 for item in items), default=0) or 1
    label_height = 16 if box.height >= 40 else 0
    canvas.charts.append(Box(box.x, box.y, box.width, box.height - label_height))
    high = box.height - label_height - 1
    step = box.width / len(days)
    width = min(step * 0.56, 26)
    radius = min(4, width / 3)
    base = box.y + 1 + high
    for index, day in enumerate(days):
        middle = box.x + (index + 0.5) * step
        values = {item.series: item.value or 0.0 for item in items if item.day == day}
        planned, done = (high * values.get(name, 0) / most for name in _SERIES)
        x = middle - width / 2
        if planned > done + 2:
            outline = Box(x, base - planned, width, planned).inset(0.7)
            canvas.rect(outline, Paint("none", 1, palette.dim, 1.4), radius=radius)
        if done:
            bar = Box(x, base - max(done, 3), width, max(done, 3))
            canvas.rect(bar, palette.accent, radius=radius)
        elif not planned:
            canvas.rect(Box(x, base - 2, width, 2), palette.faint, radius=1)
        if label_height:
            label = next((item.label for item in items if item.day == day), None)
            text = shortened(clean(label), step, _LABEL_SIZE)
            font = Font(_LABEL_SIZE, palette.dim, anchor="middle")
            canvas.text((middle, box.bottom - 2), text, font)


def _draw_laps(
    canvas: Canvas, box: Box, items: Sequence[CardItem], palette: Palette
) -> None:
    """Draw laps side by side, as wide as they are long, as high as they were fast."""
    bars = [(item, item.value) for item in items if item.value]
    if not bars:
        return
    values = [value for _, value in bars]
    floor = min(values) * _LAP_FLOOR
    span = max(values) - floor or 1
    lengths = [float(item.length_s or 0) for item, _ in bars]
    if not all(lengths):
        lengths = [1.0] * len(bars)
    gap = 2 if box.width / len(bars) >= 6 else 0.5
    room = box.width - gap * (len(bars) - 1)
    least = min(3.0, room / len(bars))
    spare = room - least * len(bars)
    has_labels = box.height >= 44 and room / len(bars) >= 14
    high = box.height - (16 if has_labels else 0)
    canvas.charts.append(Box(box.x, box.y, box.width, high))
    x = box.x
    for (item, value), length in zip(bars, lengths, strict=True):
        width = least + spare * length / sum(lengths)
        tall = max(2.0, high * (value - floor) / span)
        fill = palette.zones.get(item.zone or "", palette.accent)
        bar = Box(x, box.y + high - tall, width, tall)
        canvas.rect(bar, fill, radius=min(3, width / 3))
        label = clean(item.label)
        if has_labels and width_of(label, _LABEL_SIZE) <= width:
            at = (x + width / 2, box.bottom - 2)
            canvas.text(at, label, Font(_LABEL_SIZE, palette.dim, anchor="middle"))
        x += width + gap


def _draw_shares(
    canvas: Canvas, box: Box, items: Sequence[CardItem], palette: Palette
) -> None:
    """Draw one row each: a name, what it has done, and how much of it is used up."""
    rows = min(len(items), int((box.height + 6) // _LEAST_ROW))
    if not rows:
        return
    row = min((box.height + 6) / rows, 40)
    canvas.charts.append(Box(box.x, box.y, box.width, row * rows - 6))
    for index, item in enumerate(items[:rows]):
        top = box.y + index * row
        shown = clean(item.shown)
        taken = width_of(shown, _LABEL_SIZE)
        at = (box.right, top + 11)
        canvas.text(at, shown, Font(_LABEL_SIZE, palette.dim, anchor="end"))
        room = box.width - taken - 8
        name = shortened(clean(item.label), room, _LABEL_SIZE, 600)
        canvas.text((box.x, top + 11), name, Font(_LABEL_SIZE, palette.text, 600))
        if item.value is None:
            continue
        track = Box(box.x, top + 16, box.width, 6)
        if palette.faint == palette.text:  # one bit: an outline, or all were full
            edge = Paint("none", 1, palette.faint, 1)
            canvas.rect(track.inset(0.5), edge, radius=2.5)
        else:
            canvas.rect(track, palette.faint, radius=3)
        share = min(max(item.value / 100, 0), 1)
        tone = "bad" if item.value >= 100 else "caution" if item.value >= 80 else "good"
        used = Box(track.x, track.y, max(track.width * share, 6), 6)
        canvas.rect(used, palette.tones[tone], radius=3)
