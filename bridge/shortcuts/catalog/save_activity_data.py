"""Save activity data: laps or the whole recording, as a table for a spreadsheet."""

from __future__ import annotations

from bridge.shortcuts.blocks import menu_of, save_from_bridge, setup_code
from bridge.shortcuts.template import (
    Colour,
    Glyph,
    ShortcutTemplate,
    Surface,
    Words,
)

TABLES: tuple[tuple[Words, str], ...] = (
    ({"en": "Second by second", "de": "Sekunde für Sekunde"}, "streams"),
    ({"en": "Lap by lap", "de": "Runde für Runde"}, "laps"),
)

SAVE_ACTIVITY_DATA = ShortcutTemplate(
    slug="save-activity-data",
    names={"en": "Save activity data", "de": "Aktivitätsdaten sichern"},
    about={
        "en": "Saves your last activity as a CSV file, by seconds or by laps.",
        "de": "Sichert die letzte Aktivität als CSV-Datei, nach Sekunden oder Runden.",
    },
    glyph=Glyph.SAVE,
    colour=Colour.TEAL,
    translated=True,
    examples={"Table": "streams"},
    # A watch has no place to save a file to.
    surfaces=(Surface.WIDGET,),
    steps=(
        *setup_code(),
        *menu_of({"en": "Which table?", "de": "Welche Tabelle?"}, TABLES, name="Table"),
        *save_from_bridge("/v1/activities/latest/{Table}.csv"),
    ),
)
