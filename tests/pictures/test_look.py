"""Colours that can be seen, by those too who see fewer of them."""

from __future__ import annotations

import math
from itertools import combinations, product
from typing import Literal

import pytest

from bridge.domain.drawing.look import THEMES, Look, Palette, palette_of
from tests.pictures.fonts import ADVANCES, advances_text

Bits = Literal[0, 1, 2]
ALL_BITS: tuple[Bits, ...] = (0, 1, 2)
LOOKS = [Look(theme, bits) for theme, bits in product(THEMES, ALL_BITS)]
# Machado, Oliveira and Fernandes 2009, severity 1, in linear light.
BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
Colour = tuple[float, float, float]


def linear(colour: str) -> Colour:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in shares
    )
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(light: Colour) -> Colour:
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (
        math.cbrt(t) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen_by(blindness: str, colour: str) -> Colour:
    light = linear(colour)
    rows = BLINDNESS[blindness]
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0), 1)
        for row in rows
    )
    return red, green, blue


def graphics(palette: Palette) -> dict[str, str]:
    return {
        "accent": palette.accent,
        "fitness": palette.fitness,
        "fatigue": palette.fatigue,
        **palette.tones,
        **palette.zones,
    }


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_text_and_what_is_drawn_stand_out_from_their_ground(look: Look) -> None:
    palette = palette_of(look)
    # The names of the two lines are written in their colours.
    for text in (palette.text, palette.dim, palette.fitness, palette.fatigue):
        assert contrast(text, palette.surface) >= 4.5, text
    for name, colour in graphics(palette).items():
        assert contrast(colour, palette.surface) >= 3, name
    assert contrast(palette.text, palette.ground) >= 4.5


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_side_by_side_are_told_apart_by_whoever_sees_fewer_colours(
    theme: Literal["light", "dark"], blindness: str
) -> None:
    palette = palette_of(Look(theme))
    lines = (palette.fitness, palette.fatigue, palette.text)
    for one, other in combinations(lines, 2):
        apart = math.dist(lab(seen_by(blindness, one)), lab(seen_by(blindness, other)))
        assert apart >= 20, (one, other, apart)


@pytest.mark.parametrize("bits", ALL_BITS[1:])
def test_eink_has_no_ink_that_its_bits_cannot_show(bits: Bits) -> None:
    inks = {"#000000", "#ffffff"}
    if bits == 2:
        inks |= {"#555555", "#aaaaaa"}
    for theme in THEMES:
        palette = palette_of(Look(theme, bits))
        drawn = {palette.surface, palette.text, palette.dim, palette.band}
        assert drawn | {palette.faint} | set(graphics(palette).values()) <= inks


def test_the_table_of_advances_is_that_of_the_shipped_fonts() -> None:
    assert ADVANCES.read_text(encoding="utf-8") == advances_text()
