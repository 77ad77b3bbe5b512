"""Run splits: the laps of the last run, even if a ride came after it."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

RUN_SPLITS = ShortcutTemplate(
    slug="run-splits",
    names={"en": "Run splits", "de": "Meine Laufrunden"},
    about={
        "en": "Reads the splits of your last run.",
        "de": "Liest die Runden deines letzten Laufs vor.",
    },
    glyph=Glyph.RUNNER,
    colour=Colour.ORANGE,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/activities/latest/laps?type=Run"),
        *speak_answer(),
    ),
)
