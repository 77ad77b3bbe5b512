"""A year of days: a column for each week, a square for each day."""

from __future__ import annotations

from collections.abc import Sequence

from bridge.domain.cards.card import CardItem
from bridge.domain.drawing.canvas import Box, Canvas, Point
from bridge.domain.drawing.look import Palette
from bridge.domain.moment import read_day

_DAYS = 7
_LEAST_CELL = 5.2  # points; a narrow picture shows fewer weeks
_COMMON_CELL = 9.0
_MOST_CELL = 16.0
_GAP = 10.0  # between rows of weeks


def draw_grid(
    canvas: Canvas, box: Box, items: Sequence[CardItem], palette: Palette, today: str
) -> None:
    """Draw as many of the last weeks into ``box`` as can be told apart."""
    weeks = [item for item in items if item.shown and read_day(item.day)]
    if not weeks:
        return
    rows, cell = max(
        ((count, _cell_of(box, len(weeks), count)) for count in (1, 2, 3)),
        key=lambda pair: pair[1],
    )
    if cell < _LEAST_CELL:  # fewer weeks, so that they can be told apart
        rows, cell = 1, min(box.height / _DAYS, _COMMON_CELL)
        weeks = weeks[-max(1, int(box.width // cell)) :]
    columns = -(-len(weeks) // rows)
    high = rows * cell * _DAYS + (rows - 1) * _GAP
    top = box.bottom - high
    canvas.charts.append(Box(box.x, top, columns * cell, high))
    trained: list[Point] = []
    idle: list[Point] = []
    last = read_day(today)
    for index, item in enumerate(weeks):
        row, column = divmod(index + rows * columns - len(weeks), columns)
        x, y = box.x + column * cell, top + row * (cell * _DAYS + _GAP)
        monday = read_day(item.day)
        for day, sign in enumerate((item.shown or "")[:_DAYS]):
            if monday and last and monday.toordinal() + day > last.toordinal():
                break  # to come yet
            (trained if sign == "1" else idle).append((x, y + day * cell))
    size = cell * 0.8
    canvas.squares(trained, size, size * 0.25, palette.tones["good"])
    if palette.faint == palette.text:  # one bit: a dot
        shift = size * 0.38
        dots = [(x + shift, y + shift) for x, y in idle]
        canvas.squares(dots, size - 2 * shift, 0, palette.faint)
    else:
        canvas.squares(idle, size, size * 0.25, palette.faint)


def _cell_of(box: Box, weeks: int, rows: int) -> float:
    """Return how large a day is when the weeks stand in so many rows."""
    high = (box.height - (rows - 1) * _GAP) / (rows * _DAYS)
    return min(box.width / -(-weeks // rows), high, _MOST_CELL)
