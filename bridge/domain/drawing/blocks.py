"""The steps of a workout as blocks, as the calendar of Intervals.icu draws them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bridge.domain.cards.card import CardItem
from bridge.domain.drawing.canvas import Box, Canvas, Paint
from bridge.domain.drawing.look import Palette

_LEAST_TOP = 110.0  # percent of threshold: an easy ride looks easy
_MOST_TOP = 160.0  # a sprint reaches the edge and leaves the rest its height
_UNAIMED = "grey"


def draw_blocks(
    canvas: Canvas, box: Box, items: Sequence[CardItem], palette: Palette
) -> None:
    """Draw the steps into ``box``: as wide as they are long, as high as they are hard.

    A step that aims from ``low`` to ``high`` is drawn lighter between the two.
    """
    steps = [item for item in items if item.length_s and _top(item) > 0]
    if not steps:
        return
    canvas.charts.append(box)
    whole = sum(item.length_s or 0 for item in steps)
    gap = 1.5 if box.width / len(steps) >= 5 else 0.4
    room = box.width - gap * (len(steps) - 1)
    least = min(1.5, room / len(steps))
    spare = room - least * len(steps)
    top = min(max(_LEAST_TOP, *(_top(item) for item in steps)), _MOST_TOP)
    x = box.x
    for item in steps:
        width = least + spare * (item.length_s or 0) / whole
        fill = palette.zones.get(item.zone or _UNAIMED, palette.accent)
        high = box.height * min(_top(item) / top, 1)
        low = high if item.low is None else box.height * min(item.low / top, 1)
        radius = min(3, width / 3)
        if high > low:
            aimed = Box(x, box.bottom - high, width, high)
            canvas.rect(aimed, palette.surface, radius=radius)
            canvas.rect(aimed, Paint(fill, 0.6), radius=radius)
        canvas.rect(Box(x, box.bottom - low, width, low), fill, radius=radius)
        x += width + gap
    if box.height >= 40 and top > 100:
        y = box.bottom - box.height * 100 / top
        ends = [(box.x, y), (box.right, y)]
        canvas.line(ends, palette.dim, 0.75, dash="2 3")


def _top(item: CardItem) -> float:
    value = item.high if item.high is not None else item.value
    return value if value is not None and math.isfinite(value) else 0.0
