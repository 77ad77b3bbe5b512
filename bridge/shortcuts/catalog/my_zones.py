"""My zones: thresholds and the limits of the easy zone, without changing them."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer, sport_menu
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MY_ZONES = ShortcutTemplate(
    slug="my-zones",
    names={"en": "My zones", "de": "Meine Zonen"},
    about={
        "en": "Reads thresholds and zone 2 of one sport.",
        "de": "Liest Schwellen und Zone 2 einer Sportart vor.",
    },
    glyph=Glyph.CHART,
    colour=Colour.GREEN,
    translated=True,
    examples={"Sport": "Ride"},
    steps=(
        *setup_code(),
        *sport_menu(),
        *ask_bridge("/v1/zones?type={Sport}"),
        *speak_answer(),
    ),
)
