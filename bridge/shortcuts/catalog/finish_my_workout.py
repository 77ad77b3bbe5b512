"""Finish my workout: what no watch recorded is done all the same."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

FINISH_MY_WORKOUT = ShortcutTemplate(
    slug="finish-my-workout",
    names={"en": "Finish my workout", "de": "Mein Training abschließen"},
    about={
        "en": "Marks today's workout as done.",
        "de": "Hakt das Training von heute ab.",
    },
    glyph=Glyph.CHECKMARK,
    colour=Colour.GREEN,
    scope="write",
    steps=(
        *setup_code(),
        *ask_bridge("/v1/workouts/today/done", method="POST"),
        *speak_answer(),
    ),
)
