"""My training form: hear how fresh you are before you choose the ride."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MY_TRAINING_FORM = ShortcutTemplate(
    slug="my-training-form",
    names={"en": "My training form", "de": "Meine Trainingsform"},
    about={
        "en": "Speaks today's form, fitness and fatigue.",
        "de": "Sagt dir Form, Fitness und Ermüdung von heute.",
    },
    glyph=Glyph.HEART,
    colour=Colour.RED,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/fitness"),
        *speak_answer(),
    ),
)
