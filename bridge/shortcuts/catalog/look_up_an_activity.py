"""Look up an activity: when was it, and how often, by a part of its name."""

from __future__ import annotations

from bridge.shortcuts.actions import ask_for_text, url_encode
from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate

LOOK_UP_AN_ACTIVITY = ShortcutTemplate(
    slug="look-up-an-activity",
    names={"en": "Look up an activity", "de": "Aktivität nachschlagen"},
    about={
        "en": "Finds activities by a part of their name.",
        "de": "Findet Aktivitäten nach einem Teil ihres Namens.",
    },
    glyph=Glyph.PAGE,
    colour=Colour.VIOLET,
    translated=True,
    examples={"Encoded words": "tempo"},
    steps=(
        *setup_code(),
        ask_for_text(
            {
                "en": "Which name, or part of it? For example: tempo",
                "de": "Welcher Name, oder ein Teil davon? Zum Beispiel: Tempo",
            },
            name="Words",
        ),
        url_encode("{Words}", name="Encoded words"),
        *ask_bridge("/v1/activities/search?q={Encoded words}"),
        *speak_answer(),
    ),
)
