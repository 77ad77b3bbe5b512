"""Rate my session: how hard it was and how you felt, right after the shower."""

from __future__ import annotations

from bridge.shortcuts.actions import ask_for_number
from bridge.shortcuts.blocks import ask_bridge, menu_of, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Words

FEELINGS: tuple[tuple[Words, str], ...] = (
    ({"en": "Strong", "de": "Stark"}, "1"),
    ({"en": "Good", "de": "Gut"}, "2"),
    ({"en": "Normal", "de": "Normal"}, "3"),
    ({"en": "Poor", "de": "Schlecht"}, "4"),
    ({"en": "Weak", "de": "Schwach"}, "5"),
)

RATE_MY_SESSION = ShortcutTemplate(
    slug="rate-my-session",
    names={"en": "Rate my session", "de": "Meine Einheit bewerten"},
    about={
        "en": "Writes effort and feeling on your last activity.",
        "de": "Trägt Anstrengung und Gefühl bei der letzten Aktivität ein.",
    },
    glyph=Glyph.STAR,
    colour=Colour.PINK,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        ask_for_number(
            {
                "en": "How hard was it, from 1 to 10?",
                "de": "Wie anstrengend war es, von 1 bis 10?",
            },
            name="Effort",
        ),
        *menu_of(
            {"en": "How did you feel?", "de": "Wie hast du dich gefühlt?"},
            FEELINGS,
            name="Feel",
        ),
        *ask_bridge(
            "/v1/activities/latest/rating",
            method="POST",
            body={"rpe": "{Effort}", "feel": "{Feel}"},
        ),
        *speak_answer(),
    ),
)
