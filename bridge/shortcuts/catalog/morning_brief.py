"""Morning brief: all that matters today, with the first coffee."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MORNING_BRIEF = ShortcutTemplate(
    slug="morning-brief",
    names={"en": "Morning brief", "de": "Mein Morgenbriefing"},
    about={
        "en": "Form, sleep, the plan and the next race.",
        "de": "Form, Schlaf, Plan und der nächste Wettkampf.",
    },
    glyph=Glyph.SUN,
    colour=Colour.YELLOW,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/today"),
        *speak_answer(),
    ),
)
