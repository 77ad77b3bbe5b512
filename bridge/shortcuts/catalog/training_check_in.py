"""Training check-in: five taps or words about how you are today."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, menu_of, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Words

# Upstream counts from 1 (best) to 4 for these …
FROM_EXCELLENT: tuple[tuple[Words, str], ...] = (
    ({"en": "Excellent", "de": "Ausgezeichnet"}, "1"),
    ({"en": "Good", "de": "Gut"}, "2"),
    ({"en": "Average", "de": "Mittel"}, "3"),
    ({"en": "Poor", "de": "Schlecht"}, "4"),
)
# … and from 1 (least) to 4 for those.
FROM_LOW: tuple[tuple[Words, str], ...] = (
    ({"en": "Low", "de": "Niedrig"}, "1"),
    ({"en": "Average", "de": "Mittel"}, "2"),
    ({"en": "High", "de": "Hoch"}, "3"),
    ({"en": "Extreme", "de": "Extrem"}, "4"),
)

TRAINING_CHECK_IN = ShortcutTemplate(
    slug="training-check-in",
    names={"en": "Training check-in", "de": "Trainings-Check-in"},
    about={
        "en": "Asks for mood, soreness, fatigue, stress and motivation.",
        "de": "Fragt nach Stimmung, Muskelkater, Müdigkeit, Stress und Motivation.",
    },
    glyph=Glyph.SMILE,
    colour=Colour.YELLOW,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        *menu_of({"en": "Mood", "de": "Stimmung"}, FROM_EXCELLENT, name="Mood"),
        *menu_of({"en": "Soreness", "de": "Muskelkater"}, FROM_LOW, name="Soreness"),
        *menu_of({"en": "Fatigue", "de": "Müdigkeit"}, FROM_LOW, name="Fatigue"),
        *menu_of({"en": "Stress", "de": "Stress"}, FROM_LOW, name="Stress"),
        *menu_of(
            {"en": "Motivation", "de": "Motivation"}, FROM_EXCELLENT, name="Motivation"
        ),
        *ask_bridge(
            "/v1/wellness",
            method="PUT",
            body={
                "mood": "{Mood}",
                "soreness": "{Soreness}",
                "fatigue": "{Fatigue}",
                "stress": "{Stress}",
                "motivation": "{Motivation}",
            },
        ),
        *speak_answer(),
    ),
)
