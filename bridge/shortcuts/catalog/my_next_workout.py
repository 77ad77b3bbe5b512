"""My next workout: what comes next, today or on another day."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MY_NEXT_WORKOUT = ShortcutTemplate(
    slug="my-next-workout",
    names={"en": "My next workout", "de": "Mein nächstes Training"},
    about={
        "en": "Tells which workout comes next, and its steps.",
        "de": "Sagt dir, welches Training als Nächstes kommt, mit seinen Schritten.",
    },
    glyph=Glyph.STRENGTH,
    colour=Colour.BLUE,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/workouts/next"),
        *speak_answer(),
    ),
)
