"""Last activity: what the last ride, run or swim was like."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

LAST_ACTIVITY = ShortcutTemplate(
    slug="last-activity",
    names={"en": "Last activity", "de": "Letzte Aktivität"},
    about={
        "en": "Tells how the last activity went.",
        "de": "Sagt dir, wie die letzte Aktivität war.",
    },
    glyph=Glyph.BICYCLE,
    colour=Colour.GREEN,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/activities/latest"),
        *speak_answer(),
    ),
)
