"""My training week: planned against done, in one breath."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MY_TRAINING_WEEK = ShortcutTemplate(
    slug="my-training-week",
    names={"en": "My training week", "de": "Meine Trainingswoche"},
    about={
        "en": "Compares the week's plan with what is done.",
        "de": "Vergleicht den Plan der Woche mit dem, was geschafft ist.",
    },
    glyph=Glyph.CHART,
    colour=Colour.TEAL,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/week"),
        *speak_answer(),
    ),
)
