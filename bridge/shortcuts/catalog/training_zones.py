"""Training zones: hear what would change, then say yes."""

from __future__ import annotations

from bridge.shortcuts.actions import (
    ask_for_number,
    ask_for_text,
    choose_from_menu,
    end_menu,
    menu_item,
    show_alert,
    text,
    url_encode,
)
from bridge.shortcuts.blocks import (
    ask_bridge,
    else_alert,
    if_ok,
    setup_code,
    speak_answer,
    sport_menu,
)
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Words

THRESHOLDS: tuple[tuple[Words, str], ...] = (
    ({"en": "FTP in watts", "de": "FTP in Watt"}, "ftp_w"),
    ({"en": "Indoor FTP in watts", "de": "FTP drinnen in Watt"}, "indoor_ftp_w"),
    ({"en": "Threshold heart rate", "de": "Schwellenpuls"}, "lthr_bpm"),
    ({"en": "Maximum heart rate", "de": "Maximalpuls"}, "max_hr_bpm"),
    ({"en": "Threshold pace", "de": "Schwellentempo"}, "threshold_pace"),
)
ZONE_LIMIT: Words = {
    "en": "Upper limit of one power zone in percent",
    "de": "Obergrenze einer Leistungszone in Prozent",
}
WHICH_ZONE: Words = {
    "en": "Which zone? A number from 1",
    "de": "Welche Zone? Eine Zahl ab 1",
}
NEW_VALUE: Words = {
    "en": "The new value? For example 288, or 4:10",
    "de": "Der neue Wert? Zum Beispiel 288 oder 4:10",
}

# The change goes into the address, because its names differ with the choice, and the
# same words are sent twice: once to hear them, once to do them.
CHANGE = "/v1/zones/{Sport}?{Change}={Encoded value}"

TRAINING_ZONES = ShortcutTemplate(
    slug="training-zones",
    names={"en": "Training zones", "de": "Trainingszonen"},
    about={
        "en": "Changes a threshold or zone after reading the change back to you.",
        "de": "Ändert eine Schwelle oder Zone, nachdem du die Änderung gehört hast.",
    },
    glyph=Glyph.SLIDERS,
    colour=Colour.ORANGE,
    scope="write",
    translated=True,
    disabled_on_lock_screen=True,
    steps=(
        *setup_code(),
        *sport_menu(),
        choose_from_menu(
            {"en": "What shall change?", "de": "Was soll sich ändern?"},
            *(title for title, _ in THRESHOLDS),
            ZONE_LIMIT,
        ),
        *(
            step
            for title, key in THRESHOLDS
            for step in (menu_item(title), text(key, name=key))
        ),
        menu_item(ZONE_LIMIT),
        ask_for_number(WHICH_ZONE, name="Zone"),
        text("zone={Zone}&to_percent", name="Limit"),
        end_menu(name="Change"),
        ask_for_text(NEW_VALUE, name="Value"),
        url_encode("{Value}", name="Encoded value"),
        *ask_bridge(f"{CHANGE}&preview=yes", method="PATCH", name="Preview"),
        *if_ok("Preview"),
        show_alert(
            {"en": "Change this?", "de": "So ändern?"}, "{Preview speech}", cancel=True
        ),
        *ask_bridge(CHANGE, method="PATCH"),
        *speak_answer(),
        *else_alert("Preview"),
    ),
)
