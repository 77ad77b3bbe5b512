"""A canvas: rectangles, lines and text put down in points, written as one SVG."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal, NamedTuple

from bridge.domain.drawing.text import ASCENT_EM, DESCENT_EM, Weight, width_of

FONTS = "Inter, -apple-system, system-ui, sans-serif"
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
Attributes = dict[str, str | None]


class Paint(NamedTuple):
    """What fills a shape, and the line around it."""

    fill: str
    opacity: float = 1
    stroke: str | None = None
    stroke_width: float = 1


class Font(NamedTuple):
    """How a line of text looks, and which end of it stands where it is put."""

    size: float
    fill: str
    weight: Weight = 400
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the canvas, in points from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return where it ends at the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.y + self.height

    def inset(self, by: float) -> Box:
        """Return the box within, ``by`` points from each side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def below(self, y: float) -> Box:
        """Return what of it lies below ``y``."""
        return Box(self.x, y, self.width, max(0.0, self.bottom - y))


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of text and the box it fills, for who checks what lies over what."""

    text: str
    box: Box


@dataclass(slots=True)
class Canvas:
    """What has been put down so far; ``width`` and ``height`` in points."""

    width: float
    height: float
    marks: list[str] = field(default_factory=list)
    texts: list[Placed] = field(default_factory=list)
    charts: list[Box] = field(default_factory=list)

    def rect(self, box: Box, paint: Paint | str, *, radius: float = 0) -> None:
        """Put down a rectangle; one without a height is left out."""
        if box.width <= 0 or box.height <= 0:
            return
        radius = min(radius, box.width / 2, box.height / 2)
        attributes = {
            "x": number(box.x),
            "y": number(box.y),
            "width": number(box.width),
            "height": number(box.height),
            "rx": number(radius) if radius else None,
        }
        self.marks.append(_element("rect", attributes | _painted(paint)))

    def squares(
        self, corners: Sequence[Point], side: float, radius: float, fill: str
    ) -> None:
        """Put down many squares of one size as one shape, by their upper left."""
        if not corners:
            return
        length = number(side - 2 * radius)
        rest = f"h{length}v{length}h-{length}z"
        shape = "".join(
            f"M{number(x + radius)},{number(y + radius)}{rest}" for x, y in corners
        )
        attributes = {
            "d": shape,
            "fill": fill,
            # Its line makes the corners round.
            "stroke": fill if radius else None,
            "stroke-width": number(2 * radius) if radius else None,
            "stroke-linejoin": "round" if radius else None,
        }
        self.marks.append(_element("path", attributes))

    def line(
        self, points: Sequence[Point], stroke: str, width: float, *, dash: str = ""
    ) -> None:
        """Put down a line through points; fewer than two are none."""
        if len(points) < 2:
            return
        attributes = {
            "points": _points(points),
            "fill": "none",
            "stroke": stroke,
            "stroke-width": number(width),
            "stroke-linejoin": "round",
            "stroke-linecap": "butt" if dash else "round",
            "stroke-dasharray": dash or None,
        }
        self.marks.append(_element("polyline", attributes))

    def area(self, points: Sequence[Point], paint: Paint | str) -> None:
        """Put down a filled shape."""
        if len(points) > 2:
            attributes: Attributes = {"points": _points(points)}
            self.marks.append(_element("polygon", attributes | _painted(paint)))

    def circle(self, at: Point, radius: float, paint: Paint | str) -> None:
        """Put down a circle."""
        attributes: Attributes = {
            "cx": number(at[0]),
            "cy": number(at[1]),
            "r": number(radius),
        }
        self.marks.append(_element("circle", attributes | _painted(paint)))

    def text(self, at: Point, text: str, font: Font) -> float:
        """Put down a line of text on its baseline; return how wide it is."""
        if not text:
            return 0.0
        width = width_of(text, font.size, font.weight)
        shift = {"start": 0.0, "middle": width / 2, "end": width}[font.anchor]
        top, height = (
            at[1] - ASCENT_EM * font.size,
            (ASCENT_EM + DESCENT_EM) * font.size,
        )
        self.texts.append(Placed(text, Box(at[0] - shift, top, width, height)))
        attributes = {
            "x": number(at[0]),
            "y": number(at[1]),
            "font-size": number(font.size),
            "font-weight": "600" if font.weight == 600 else None,
            "fill": font.fill,
            "text-anchor": font.anchor if font.anchor != "start" else None,
        }
        self.marks.append(_element("text", attributes, text))
        return width

    def svg(self, width_px: int, height_px: int, alt: str) -> str:
        """Write it all; ``alt`` is what is read to who does not see it."""
        spoken = writable(alt)
        head = (
            '<svg xmlns="http://www.w3.org/2000/svg" role="img"'
            f' aria-label="{escape(spoken)}"'
            f' width="{width_px}" height="{height_px}"'
            f' viewBox="0 0 {number(self.width)} {number(self.height)}"'
            f' font-family="{escape(FONTS)}">'
        )
        return "\n".join((head, *self.marks, "</svg>")) + "\n"


def number(value: float) -> str:
    """Write a length or a share, to a hundredth; what is none is 0."""
    if not math.isfinite(value):
        return "0"
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def writable(text: str) -> str:
    """Return a text without what XML cannot hold, and without what turns it round."""
    kept = (
        sign if unicodedata.category(sign)[0] != "C" else " " for sign in text[:1000]
    )
    return " ".join("".join(kept).split())


def _painted(paint: Paint | str) -> Attributes:
    fill, opacity, stroke, width = Paint(paint) if isinstance(paint, str) else paint
    return {
        "fill": fill,
        "fill-opacity": number(opacity) if opacity != 1 else None,
        "stroke": stroke,
        "stroke-width": number(width) if stroke else None,
    }


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def _element(tag: str, attributes: Attributes, text: str = "") -> str:
    written = "".join(
        f' {name}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return (
        f"<{tag}{written}>{escape(text, quote=False)}</{tag}>"
        if text
        else f"<{tag}{written}/>"
    )
