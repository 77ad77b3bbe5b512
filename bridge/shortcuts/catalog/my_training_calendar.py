"""My training calendar: workouts, races and notes of the week to come."""

from __future__ import annotations

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

MY_TRAINING_CALENDAR = ShortcutTemplate(
    slug="my-training-calendar",
    names={"en": "My training calendar", "de": "Mein Trainingskalender"},
    about={
        "en": "Reads what stands in the calendar for the next seven days.",
        "de": "Liest vor, was in den nächsten sieben Tagen im Kalender steht.",
    },
    glyph=Glyph.CALENDAR,
    colour=Colour.TEAL,
    steps=(
        *setup_code(),
        *ask_bridge("/v1/events"),
        *speak_answer(),
    ),
)
