"""My training weight: say it, and it is written down."""

from __future__ import annotations

from bridge.shortcuts.actions import ask_for_number
from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MY_TRAINING_WEIGHT = ShortcutTemplate(
    slug="my-training-weight",
    names={"en": "My training weight", "de": "Mein Trainingsgewicht"},
    about={
        "en": "Asks for your weight, writes it down and compares it with your week.",
        "de": "Fragt nach dem Gewicht, trägt es ein und vergleicht es mit der Woche.",
    },
    glyph=Glyph.PERSON,
    colour=Colour.VIOLET,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        ask_for_number(
            {
                "en": "What do you weigh, in kilograms?",
                "de": "Wie viel wiegst du, in Kilogramm?",
            },
            name="Weight",
            decimals=True,
        ),
        # As text: a phone that writes "72,5" sends what was said, and the bridge reads
        # it; as a number, what the phone cannot convert is lost.
        *ask_bridge("/v1/wellness", method="PUT", body={"weight_kg": "{Weight}"}),
        *speak_answer(),
    ),
)
