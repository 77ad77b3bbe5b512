"""Race countdown: how long until it counts."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

RACE_COUNTDOWN = ShortcutTemplate(
    slug="race-countdown",
    names={"en": "Race countdown", "de": "Mein nächster Wettkampf"},
    about={
        "en": "Counts the days to your next race.",
        "de": "Zählt die Tage bis zu deinem nächsten Wettkampf.",
    },
    glyph=Glyph.FLAG,
    colour=Colour.RED,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/race"),
        *speak_answer(),
    ),
)
