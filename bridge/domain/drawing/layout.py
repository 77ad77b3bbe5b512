"""Where things stand on a picture: words above or beside a chart, by its family."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bridge.domain.cards.card import Card
from bridge.domain.drawing.bands import draw_bands
from bridge.domain.drawing.bars import draw_bars
from bridge.domain.drawing.blocks import draw_blocks
from bridge.domain.drawing.canvas import Box, Canvas, Font
from bridge.domain.drawing.grid import draw_grid
from bridge.domain.drawing.line import draw_line
from bridge.domain.drawing.look import Look, palette_of
from bridge.domain.drawing.size import Size
from bridge.domain.drawing.text import (
    SEPARATOR,
    clean,
    largest,
    shortened,
    width_of,
    wrapped,
)

# A lock screen's clock stands above, its buttons below.
FREE_ABOVE, FREE_BELOW = 0.38, 0.20
# What stands beside the words where there is width.
_BESIDE = {"line", "bands", "rows", "week"}
# How much of the height a chart below the words has at least, and at most.
_CHART_SHARES = {
    "line": (0.45, 1.0),
    "bands": (0.5, 0.7),
    "rows": (0.5, 1.0),
    "bars": (0.36, 0.46),
    "week": (0.36, 0.46),
    "blocks": (0.32, 0.42),
    "grid": (0.4, 0.6),
}
_CAP_EM = 0.73  # how high a capital letter is
_LEADING = 1.28
_SHORT = 12  # signs; a measure is not broken in two


class Type(NamedTuple):
    """The sizes of text on a picture, in points."""

    title: float
    value: float
    caption: float
    line: float


_SMALL = Type(12, 34, 13, 12)
_MEDIUM = Type(13, 34, 13, 13)
_TALL = Type(14, 40, 15, 14)
_LARGE = Type(15, 48, 16, 15)


class Wording(NamedTuple):
    """What a card says, without what the font cannot show."""

    title: str
    value: str
    caption: str = ""
    lines: Sequence[str] = ()


class Page:
    """A picture that is being put together: its canvas, its colours, its words."""

    def __init__(self, size: Size, look: Look, words: Wording) -> None:
        self.canvas = Canvas(size.width_px / size.scale, size.height_px / size.scale)
        self.palette = palette_of(look)
        self.words = words
        self.whole = Box(0, 0, self.canvas.width, self.canvas.height)

    def fill_ground(self, family: str) -> Box:
        """Fill the ground; return where there may be something on it."""
        whole, palette = self.whole, self.palette
        if family != "wallpaper":
            self.canvas.rect(whole, palette.surface)
            shortest = min(whole.width, whole.height)
            return whole.inset(min(max(shortest * 0.09, 4), 20))
        self.canvas.rect(whole, palette.ground)
        free = whole.height * (1 - FREE_ABOVE - FREE_BELOW)
        top = whole.height * FREE_ABOVE
        panel = Box(16, top + 6, whole.width - 32, free - 12)
        self.canvas.rect(panel, palette.surface, radius=24)
        return panel.inset(18)

    def put(self, box: Box, y: float, rows: Sequence[str], font: Font) -> float:
        """Write lines below each other from ``y``; return where the next begins."""
        for row in rows:
            baseline = y + font.size * (_LEADING - 0.24)
            self.canvas.text((box.x, baseline), row, font)
            y += font.size * _LEADING
        return y

    def put_words(self, box: Box, card: Card, sizes: Type) -> float:
        """Write what a card says, the most important first; return its end."""
        words, palette = self.words, self.palette
        y = self._put_title(box, card, sizes.title) + sizes.title * 0.2
        size, value = fitted(words.value, box.width, sizes.value)
        y = self.put(box, y, value, Font(size, palette.text, 600))
        if card.chart != "bands" or not card.items:  # there the rows say it
            y += sizes.caption * 0.25
            size = sizes.caption
            most = _rows_left(box, y, size, 2)
            if most == 1:
                smaller = (size, size * 0.93, size * 0.86)
                size = largest(words.caption, box.width, smaller) or size
            caption = wrapped(words.caption, box.width, size, most)
            y = self.put(box, y, caption, Font(size, palette.text))
        return self._put_lines(box, y, card, sizes.line)

    def _put_title(self, box: Box, card: Card, size: float) -> float:
        """Write the title, a dot behind it in the colour of the card's tone."""
        dotted = card.tone != "neutral"
        room = box.width - (size * 1.2 if dotted else 0)
        title = shortened(self.words.title, room, size, 600)
        end = self.put(box, box.y, (title,), Font(size, self.palette.dim, 600))
        if dotted:
            x = box.x + width_of(title, size, 600) + size * 0.75
            middle = box.y + size * (_LEADING - 0.24 - _CAP_EM / 2)
            colour = self.palette.tones[card.tone]
            self.canvas.circle((x, middle), size * 0.3, colour)
        return end

    def _put_lines(self, box: Box, y: float, card: Card, size: float) -> float:
        """Write the further lines; that of fitness and fatigue is the chart's key."""
        lines = list(self.words.lines)
        key = lines.pop() if lines and card.chart == "line" and card.items else ""
        parts = key.split(SEPARATOR)
        gap = size * 0.9
        wide = sum(width_of(part, size, 600) for part in parts) + gap
        rows_of_key = 0 if not key else 1 if wide <= box.width else len(parts)
        start = y + size * 0.35
        left = _rows_left(box, start, size, 20)
        if rows_of_key > left:
            rows_of_key = 0
        rows: list[str] = []
        for line in lines:
            room = min(left - rows_of_key - len(rows), 2)
            rows += wrapped(line, box.width, size, room)
        end = self.put(box, start, rows, Font(size, self.palette.dim))
        colours = (self.palette.fitness, self.palette.fatigue)
        x = box.x
        for part, colour in zip(parts, colours, strict=False):
            if not rows_of_key:
                break
            text = shortened(part, box.width, size, 600)
            at = (x, end + size * (_LEADING - 0.24))
            taken = self.canvas.text(at, text, Font(size, colour, 600))
            if rows_of_key == 1:
                x += taken + gap
            else:
                end += size * _LEADING
        if rows_of_key == 1:
            end += size * _LEADING
        return end if rows or rows_of_key else y

    def put_chart(self, box: Box, card: Card) -> None:
        """Draw the chart of a card."""
        canvas, palette = self.canvas, self.palette
        match card.chart:
            case "line":
                draw_line(canvas, box, card.items, palette)
            case "bars":
                draw_bars(canvas, box, card.items, palette, card.unit or "")
            case "blocks":
                draw_blocks(canvas, box, card.items, palette)
            case "bands":
                draw_bands(canvas, box, card.items, palette)
            case "grid":
                draw_grid(canvas, box, card.items, palette, card.date)
            case _:
                pass

    def put_card(self, box: Box, card: Card) -> None:
        """Put the words of a card above its chart, or beside it where it is wide."""
        sizes = _type_for(box)
        if card.chart == "none" or not card.items or box.height < 70:
            self.put_words(box, card, sizes)
            return
        shape = _shape_of(card)
        if shape in _BESIDE and box.width >= max(1.6 * box.height, 240):
            left = Box(box.x, box.y, box.width * 0.38, box.height)
            self.put_words(left, card, sizes)
            x = left.right + 14
            self.put_chart(Box(x, box.y, box.right - x, box.height), card)
            return
        least, most = _CHART_SHARES[shape]
        if box.height < 180:
            sizes = sizes._replace(value=sizes.value * 0.82)
            least = 0.34
        wanted = max(box.height * least, 34)
        above = Box(box.x, box.y, box.width, box.height - wanted - 8)
        end = self.put_words(above, card, sizes)
        left = box.below(end + 8)
        high = min(left.height, max(box.height * most, wanted))
        self.put_chart(box.below(box.bottom - high), card)

    def put_message(self, box: Box) -> None:
        """Write a message, in the middle of the height there is."""
        sizes, words = _type_for(box), self.words
        size, title = fitted(words.title, box.width, sizes.value * 0.72)
        room = box.height - len(title) * size * _LEADING - 4
        most = min(max(int(room // (sizes.line * _LEADING)), 0), 8)
        rows = wrapped(words.value, box.width, sizes.line, most)
        high = len(title) * size * _LEADING + 4 + len(rows) * sizes.line * _LEADING
        y = box.y + max(0.0, (box.height - high) / 2)
        y = self.put(box, y, title, Font(size, self.palette.text, 600))
        self.put(box, y + 4, rows, Font(sizes.line, self.palette.dim))

    def put_inline(self) -> None:
        """Write the value in one line, its name before it where there is room."""
        box, words = self.whole, self.words
        size = min(box.height * 0.62, 16)
        said = SEPARATOR.join(part for part in (words.value, words.caption) if part)
        named = f"{words.title} {said}" if words.title else said
        fits = width_of(named, size, 600) <= box.width - 4
        text = shortened(named if fits else said, box.width - 4, size, 600)
        at = (2, box.height / 2 + size * _CAP_EM / 2)
        self.canvas.text(at, text, Font(size, self.palette.text, 600))

    def put_circular(self) -> None:
        """Write the value in a disc, its name small above it."""
        whole, words, palette = self.whole, self.words, self.palette
        radius = min(whole.width, whole.height) / 2
        middle, centre = whole.width / 2, whole.height / 2
        self.canvas.circle((middle, centre), radius, palette.surface)
        chord = radius * 1.6
        size = largest(words.value, chord, (28, 24, 20, 17, 15), 600)
        rows: tuple[str, ...] = (words.value,)
        if size is None:
            size = 12
            rows = wrapped(words.value, chord, size, 2, 600)
        small = largest(words.title, radius * 1.25, (10, 9, 8), 600) or 9
        top = shortened(words.title, radius * 1.25, small, 600)
        high = len(rows) * size * 1.12
        y = centre + 6 - high / 2
        font = Font(small, palette.dim, 600, "middle")
        self.canvas.text((middle, y - 2.5), top, font)
        for row in rows:
            font = Font(size, palette.text, 600, "middle")
            self.canvas.text((middle, y + size * 0.85), row, font)
            y += size * 1.12

    def put_rectangular(self) -> None:
        """Write three lines: the name, the value, what it means."""
        words, palette = self.words, self.palette
        inner = Box(4, 2, self.whole.width - 8, self.whole.height - 4)
        y = inner.y
        if words.title:
            title = shortened(words.title, inner.width, 12, 600)
            y = self.put(inner, y, (title,), Font(12, palette.dim, 600))
        room = (inner.bottom - y) / _LEADING
        sizes = [size for size in (26, 22, 18, 16) if size <= room]
        size = largest(words.value, inner.width, sizes, 600)
        rows: tuple[str, ...] = (words.value,)
        if size is None:
            size = 14
            left = _rows_left(inner, y, size, 3)
            rows = wrapped(words.value, inner.width, size, left, 600)
        y = self.put(inner, y, rows, Font(size, palette.text, 600))
        left = _rows_left(inner, y, 12, 3)
        caption = wrapped(words.caption, inner.width, 12, left)
        self.put(inner, y, caption, Font(12, palette.dim))


def compose(card: Card, size: Size, look: Look) -> Canvas:
    """Put a card down on a canvas of its size."""
    title = clean(card.title) or card.card.capitalize()
    lines = [clean(line) for line in (card.lines or "").split("\n")]
    value, caption = clean(card.value) or title, clean(card.caption)
    page = Page(size, look, Wording(title, value, caption, tuple(filter(None, lines))))
    match size.family:
        case "inline":
            page.put_inline()
        case "circular":
            page.put_circular()
        case "rectangular":
            page.put_rectangular()
        case family:
            page.put_card(page.fill_ground(family), card)
    return page.canvas


def compose_message(title: str, text: str, size: Size, look: Look) -> Canvas:
    """Put a message down on a canvas of its size."""
    words = Wording(clean(title) or "!", clean(text))
    page = Page(size, look, words)
    match size.family:
        case "inline":
            page.words = Wording("", words.title)
            page.put_inline()
        case "circular":
            page.words = Wording(words.title, "!")
            page.put_circular()
        case "rectangular":
            page.words = Wording("", words.title, words.value)
            page.put_rectangular()
        case family:
            page.put_message(page.fill_ground(family))
    return page.canvas


def fitted(text: str, width: float, most: float) -> tuple[float, tuple[str, ...]]:
    """Return the size at which a value stands large: in one line, else in two."""
    sizes = [most * share for share in (1, 0.9, 0.8, 0.7, 0.62)]
    if len(text) <= _SHORT:
        sizes.append(most * 0.54)
    size = largest(text, width, sizes, 600)
    if size is not None:
        return size, (text,)
    for share in (0.62, 0.55, 0.5):
        size = max(most * share, 14)
        rows = wrapped(text, width, size, 2, 600)
        if " ".join(rows) == text:
            return size, rows
    size = max(most * 0.44, 13)
    return size, wrapped(text, width, size, 2, 600)


def _shape_of(card: Card) -> str:
    """Return what sort of chart a card has; bars are of three sorts."""
    if card.chart != "bars":
        return card.chart
    if card.unit == "%":
        return "rows"
    return "week" if card.items[0].series in {"planned", "done"} else "bars"


def _type_for(box: Box) -> Type:
    if box.height >= 260 and box.width >= 240:
        return _LARGE
    if box.height >= 190 and box.width >= 300:
        return _TALL
    return _MEDIUM if box.width >= 240 else _SMALL


def _rows_left(box: Box, y: float, size: float, most: int) -> int:
    return max(0, min(most, int((box.bottom - y + 0.01) // (size * _LEADING))))
