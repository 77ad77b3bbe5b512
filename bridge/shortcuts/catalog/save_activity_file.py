"""Save activity file: the recording itself, for another app."""

from __future__ import annotations

from bridge.shortcuts.blocks import save_from_bridge, setup_code
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Surface

SAVE_ACTIVITY_FILE = ShortcutTemplate(
    slug="save-activity-file",
    names={"en": "Save activity file", "de": "Aktivität sichern"},
    about={
        "en": "Saves the original file of your last activity.",
        "de": "Sichert die Originaldatei deiner letzten Aktivität.",
    },
    glyph=Glyph.SAVE,
    colour=Colour.BLUE,
    version=2,
    # A watch has no place to save a file to.
    surfaces=(Surface.WIDGET,),
    steps=(
        *setup_code(),
        *save_from_bridge("/v1/activities/latest/file?as=original"),
    ),
)
