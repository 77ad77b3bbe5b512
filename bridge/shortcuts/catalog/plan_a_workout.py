"""Plan a workout: say it in one sentence, hear what was understood."""

from __future__ import annotations

from bridge.shortcuts.actions import ask_for_text
from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

PLAN_A_WORKOUT = ShortcutTemplate(
    slug="plan-a-workout",
    names={"en": "Plan a workout", "de": "Ein Training planen"},
    about={
        "en": "Puts the workout you dictate into your calendar.",
        "de": "Trägt das Training, das du diktierst, in den Kalender ein.",
    },
    glyph=Glyph.MIC,
    colour=Colour.VIOLET,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        ask_for_text(
            {
                "en": "Which workout? For example: ride 90 minutes easy on Saturday",
                "de": "Welches Training? Zum Beispiel: Samstag 90 Minuten locker Rad",
            },
            name="Sentence",
        ),
        *ask_bridge("/v1/workouts", method="POST", body={"text": "{Sentence}"}),
        *speak_answer(),
    ),
)
