"""Charts of a page: without words, in its colours, series on one axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bridge.domain.cards.card import Card, CardItem
from bridge.domain.drawing.bands import draw_points
from bridge.domain.drawing.bars import draw_bars
from bridge.domain.drawing.blocks import draw_blocks
from bridge.domain.drawing.canvas import Box, Canvas
from bridge.domain.drawing.line import GUTTER, draw_line
from bridge.domain.drawing.look import Look, palette_of

_PALETTE = palette_of(Look("page"))
_AIR = 5.0  # for what stands out: the circle at the last point
# In points, as CSS has them: what a card of a page has inside, on a phone 390 wide.
WIDTH = 318
_FORM_HEIGHT, _ROW_HEIGHT = 176, 46
_HEIGHTS = {"blocks": 64, "bars": 104}


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The days that all charts of one page share; what comes after today is planned."""

    today: date
    back_days: int = 42
    ahead_days: int = 7

    @property
    def span(self) -> tuple[int, int]:
        """Return the first day and the last, as ordinals."""
        first = self.today - timedelta(days=self.back_days)
        last = self.today + timedelta(days=self.ahead_days)
        return first.toordinal(), last.toordinal()

    def holds(self, item: CardItem) -> bool:
        """Tell whether a point lies on it."""
        first, last = (date.fromordinal(day).isoformat() for day in self.span)
        return item.day is not None and first <= item.day <= last


def draw_chart(card: Card) -> str:
    """Draw a card's blocks or bars; nothing where there are none."""
    height = _HEIGHTS.get(card.chart, 0)
    if not height or not any(item.value or item.high for item in card.items):
        return ""
    canvas, box = Canvas(WIDTH, height), Box(0, 0, WIDTH, height)
    if card.chart == "blocks":
        draw_blocks(canvas, box, card.items, _PALETTE)
    else:
        draw_bars(canvas, box, card.items, _PALETTE, card.unit or "")
    return canvas.svg(WIDTH, height, card.alt)


def draw_form(card: Card, axis: TimeAxis) -> str:
    """Draw form, fitness and fatigue on an axis; nothing where none is known."""
    items = [item for item in card.items if axis.holds(item)]
    if not any(item.value is not None for item in items):
        return ""
    canvas = Canvas(WIDTH, _FORM_HEIGHT)
    _draw_today(canvas, axis, _FORM_HEIGHT - 16)
    whole = Box(0, 0, WIDTH, _FORM_HEIGHT)
    draw_line(canvas, whole, items, _PALETTE, axis.span)
    return canvas.svg(WIDTH, _FORM_HEIGHT, card.alt)


def draw_row(points: Sequence[CardItem], axis: TimeAxis, alt: str) -> str:
    """Draw one series of recovery on its band, on the axis of form."""
    canvas = Canvas(WIDTH, _ROW_HEIGHT)
    _draw_today(canvas, axis, _ROW_HEIGHT)
    box = Box(0, _AIR, WIDTH - GUTTER, _ROW_HEIGHT - 2 * _AIR)
    draw_points(canvas, box, points, _PALETTE, axis.span)
    return canvas.svg(WIDTH, _ROW_HEIGHT, alt)


def _draw_today(canvas: Canvas, axis: TimeAxis, height: float) -> None:
    """Draw the line between what is and what is planned, behind all else."""
    first, last = axis.span
    share = (axis.today.toordinal() - first) / (last - first)
    x = share * (WIDTH - GUTTER)
    canvas.line([(x, 0), (x, height)], _PALETTE.faint, 1)
