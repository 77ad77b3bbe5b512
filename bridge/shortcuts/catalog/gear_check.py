"""Gear check: kilometres on shoes, chain and tyres."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

GEAR_CHECK = ShortcutTemplate(
    slug="gear-check",
    names={"en": "Gear check", "de": "Material prüfen"},
    about={
        "en": "Says which gear is worn or due for service.",
        "de": "Sagt dir, welches Material verschlissen oder fällig ist.",
    },
    glyph=Glyph.GEAR,
    colour=Colour.GRAY,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/gear"),
        *speak_answer(),
    ),
)
