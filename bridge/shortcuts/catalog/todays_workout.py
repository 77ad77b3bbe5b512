"""Today's workout: hear what the plan asks of you today."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

TODAYS_WORKOUT = ShortcutTemplate(
    slug="todays-workout",
    names={"en": "Today's workout", "de": "Mein Training heute"},
    about={
        "en": "Tells what is planned for today.",
        "de": "Sagt dir, was heute geplant ist.",
    },
    glyph=Glyph.CALENDAR,
    colour=Colour.BLUE,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/workouts/today"),
        *speak_answer(),
    ),
)
