"""The look of a picture: its theme, its grey levels, and the colours of both.

Text stands out from its ground by 4.5 to 1 at least, what is drawn by 3 to 1, bands
and grid lines excepted, which only lie behind. The zones of effort and of form have
the hues of Intervals.icu, made darker or lighter where these could not be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Theme = Literal["light", "dark", "tinted", "page"]
THEMES: tuple[Theme, ...] = ("light", "dark", "tinted")  # of pictures


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture looks; ``bits`` of grey for e-ink, 0 for full colour."""

    theme: Theme = "light"
    bits: Literal[0, 1, 2] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one look."""

    ground: str  # behind everything
    surface: str  # of a panel on a wallpaper
    text: str
    dim: str  # text of second rank, axes
    faint: str  # grid lines, tracks, days without training
    accent: str  # what was done
    fitness: str
    fatigue: str
    band: str  # what is usual
    band_opacity: float
    tones: Mapping[str, str]
    zones: Mapping[str, str]  # z1 to z7, and those of form


_LIGHT = Palette(
    ground="#f2f2f7",
    surface="#ffffff",
    text="#111114",
    dim="#5b5b63",
    faint="#dedee4",
    accent="#0a6cd6",
    fitness="#0a62c4",
    fatigue="#b31d72",
    band="#0a6cd6",
    band_opacity=0.13,
    tones={
        "good": "#008a3e",
        "neutral": "#6b6b73",
        "caution": "#b25e00",
        "bad": "#cf0a3f",
    },
    zones={
        "z1": "#009e80",
        "z2": "#009e00",
        "z3": "#b58700",
        "z4": "#e06600",
        "z5": "#dd0447",
        "z6": "#6633cc",
        "z7": "#504861",
        "high_risk": "#dd0447",
        "optimal": "#009e00",
        "grey": "#77777f",
        "fresh": "#0a84d6",
        "transition": "#b58700",
    },
)
_DARK = Palette(
    ground="#000000",
    surface="#1c1c1e",
    text="#ffffff",
    dim="#a6a6ae",
    faint="#3a3a3e",
    accent="#4aa8ff",
    fitness="#4aa8ff",
    fatigue="#ff78b4",
    band="#4aa8ff",
    band_opacity=0.2,
    tones={
        "good": "#35c05a",
        "neutral": "#a1a1a9",
        "caution": "#ffb020",
        "bad": "#ff5f7a",
    },
    zones={
        "z1": "#00b894",
        "z2": "#12b012",
        "z3": "#ffcb0e",
        "z4": "#ff7f0e",
        "z5": "#f0386e",
        "z6": "#9b7bf0",
        "z7": "#8c84a0",
        "high_risk": "#f0386e",
        "optimal": "#12b012",
        "grey": "#9a9aa2",
        "fresh": "#34a5f5",
        "transition": "#ffcb0e",
    },
)


def _in_one(base: Palette, mark: str, second: str) -> Palette:
    """Return a palette without hue: ``mark`` for the first, ``second`` for the rest."""
    return replace(
        base,
        accent=mark,
        fitness=mark,
        fatigue=second,
        band=mark,
        tones=dict.fromkeys(base.tones, mark),
        zones=dict.fromkeys(base.zones, mark) | {"grey": second, "z1": second},
    )


_TINTED = _in_one(
    replace(_DARK, surface="#000000", dim="#b4b4b4", faint="#444444"),
    "#ffffff",
    "#9c9c9c",
)
_INK = replace(
    _LIGHT,
    ground="#ffffff",
    surface="#ffffff",
    text="#000000",
    dim="#000000",
    faint="#000000",
    band_opacity=1.0,
)
_ONE_BIT = replace(_in_one(_INK, "#000000", "#000000"), band="#ffffff")
_TWO_BIT = replace(_in_one(_INK, "#000000", "#555555"), band="#aaaaaa", faint="#aaaaaa")
# A page goes from light to dark by itself: its stylesheet knows the colours.
_PAGE = Palette(
    ground="var(--ground)",
    surface="var(--card)",
    text="var(--ink)",
    dim="var(--soft)",
    faint="var(--line)",
    accent="var(--chart-accent)",
    fitness="var(--chart-fitness)",
    fatigue="var(--chart-fatigue)",
    band="var(--chart-accent)",
    band_opacity=0.16,
    tones={name: f"var(--tone-{name})" for name in _LIGHT.tones},
    zones={name: f"var(--zone-{name.replace('_', '-')})" for name in _LIGHT.zones},
)
_INVERTED = str.maketrans("0123456789abcdef", "fedcba9876543210")


def palette_of(look: Look) -> Palette:
    """Return the colours of a look."""
    if look.bits:
        inks = _ONE_BIT if look.bits == 1 else _TWO_BIT
        return inks if look.theme == "light" else _inverted(inks)
    return {"light": _LIGHT, "dark": _DARK, "tinted": _TINTED, "page": _PAGE}[
        look.theme
    ]


def _inverted(inks: Palette) -> Palette:
    """Return the same inks on a black ground."""
    return replace(
        inks,
        ground=inks.ground.translate(_INVERTED),
        surface=inks.surface.translate(_INVERTED),
        text=inks.text.translate(_INVERTED),
        dim=inks.dim.translate(_INVERTED),
        faint=inks.faint.translate(_INVERTED),
        accent=inks.accent.translate(_INVERTED),
        fitness=inks.fitness.translate(_INVERTED),
        fatigue=inks.fatigue.translate(_INVERTED),
        band=inks.band.translate(_INVERTED),
        tones={key: ink.translate(_INVERTED) for key, ink in inks.tones.items()},
        zones={key: ink.translate(_INVERTED) for key, ink in inks.zones.items()},
    )
