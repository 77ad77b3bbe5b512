"""Training weather: what it will be like for the next session."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

TRAINING_WEATHER = ShortcutTemplate(
    slug="training-weather",
    names={"en": "Training weather", "de": "Mein Trainingswetter"},
    about={
        "en": "Tells the weather of the day of your next workout.",
        "de": "Sagt dir das Wetter am Tag deines nächsten Trainings.",
    },
    glyph=Glyph.SUN,
    colour=Colour.ORANGE,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/weather"),
        *speak_answer(),
    ),
)
