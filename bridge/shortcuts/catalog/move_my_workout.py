"""Move my workout: the next one goes to the day you say."""

from __future__ import annotations

from bridge.shortcuts.actions import ask_for_text
from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MOVE_MY_WORKOUT = ShortcutTemplate(
    slug="move-my-workout",
    names={"en": "Move my workout", "de": "Mein Training verschieben"},
    about={
        "en": "Moves your next workout to the day you name.",
        "de": "Verschiebt dein nächstes Training auf den Tag, den du nennst.",
    },
    glyph=Glyph.SHUFFLE,
    colour=Colour.BLUE,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        ask_for_text(
            {
                "en": "To which day? For example tomorrow, or Saturday",
                "de": "Auf welchen Tag? Zum Beispiel morgen oder Samstag",
            },
            name="Day",
        ),
        *ask_bridge("/v1/workouts/next/move", method="POST", body={"day": "{Day}"}),
        *speak_answer(),
    ),
)
