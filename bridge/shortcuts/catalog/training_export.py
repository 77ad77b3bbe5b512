"""Training export: the whole history as one table."""

from __future__ import annotations

from bridge.shortcuts.blocks import save_from_bridge, setup_code
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Surface

TRAINING_EXPORT = ShortcutTemplate(
    slug="training-export",
    names={"en": "Training export", "de": "Trainingsexport"},
    about={
        "en": "Saves all your activities as one CSV file.",
        "de": "Sichert alle deine Aktivitäten als eine CSV-Datei.",
    },
    glyph=Glyph.PAGE,
    colour=Colour.TEAL,
    version=2,
    # A watch has no place to save a file to.
    surfaces=(Surface.WIDGET,),
    steps=(
        *setup_code(),
        *save_from_bridge("/v1/activities.csv"),
    ),
)
