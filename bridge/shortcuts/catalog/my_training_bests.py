"""My training bests: the best power, heart rate or pace of the last year."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer, sport_menu
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MY_TRAINING_BESTS = ShortcutTemplate(
    slug="my-training-bests",
    names={"en": "My training bests", "de": "Meine Bestleistungen"},
    about={
        "en": "Reads your best efforts of the last year in one sport.",
        "de": "Liest deine besten Leistungen des letzten Jahres in einer Sportart vor.",
    },
    glyph=Glyph.STOPWATCH,
    colour=Colour.YELLOW,
    translated=True,
    examples={"Sport": "Ride"},
    steps=(
        *setup_code(),
        *sport_menu(),
        *ask_bridge("/v1/bests?type={Sport}"),
        *speak_answer(),
    ),
)
