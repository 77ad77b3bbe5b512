"""Bridge check: hear what is wrong before you search for it."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

BRIDGE_CHECK = ShortcutTemplate(
    slug="bridge-check",
    names={"en": "Bridge check", "de": "Bridge prüfen"},
    about={
        "en": "Tests key, network and data, and says what to do.",
        "de": "Prüft Schlüssel, Netz und Daten und sagt, was zu tun ist.",
    },
    glyph=Glyph.STETHOSCOPE,
    colour=Colour.GRAY,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/doctor"),
        *speak_answer(),
    ),
)
