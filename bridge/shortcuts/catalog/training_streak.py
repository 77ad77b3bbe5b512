"""Training streak: how long the row of training days is."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

TRAINING_STREAK = ShortcutTemplate(
    slug="training-streak",
    names={"en": "Training streak", "de": "Meine Trainingsserie"},
    about={
        "en": "Says how many days and weeks in a row you trained.",
        "de": "Sagt dir, wie viele Tage und Wochen in Folge du trainiert hast.",
    },
    glyph=Glyph.FLAME,
    colour=Colour.ORANGE,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/streak"),
        *speak_answer(),
    ),
)
