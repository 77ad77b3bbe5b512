"""My recovery: the night, heart rate variability and resting heart rate."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MY_RECOVERY = ShortcutTemplate(
    slug="my-recovery",
    names={"en": "My recovery", "de": "Meine Erholung"},
    about={
        "en": "Tells sleep, heart rate variability and resting heart rate.",
        "de": "Sagt dir Schlaf, Herzfrequenzvariabilität und Ruhepuls.",
    },
    glyph=Glyph.HEART,
    colour=Colour.PINK,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/wellness"),
        *speak_answer(),
    ),
)
