"""Zones: hear what would change, then say yes."""

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
    ask_by_hand,
    else_alert,
    if_ok,
    setup_code,
    speak_answer,
    sport_menu,
)
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Words

THRESHOLDS: tuple[tuple[Words, str], ...] = (
    (
        {
            "en": "FTP in watts",
            "de": "FTP in Watt",
            "fr": "FTP en watts",
            "es": "FTP en vatios",
        },
        "ftp_w",
    ),
    (
        {
            "en": "Indoor FTP in watts",
            "de": "FTP drinnen in Watt",
            "fr": "FTP en intérieur en watts",
            "es": "FTP en interior en vatios",
        },
        "indoor_ftp_w",
    ),
    (
        {
            "en": "Threshold heart rate",
            "de": "Schwellenpuls",
            "fr": "Fréquence au seuil",
            "es": "Pulso de umbral",
        },
        "lthr_bpm",
    ),
    (
        {
            "en": "Maximum heart rate",
            "de": "Maximalpuls",
            "fr": "Fréquence maximale",
            "es": "Pulso máximo",
        },
        "max_hr_bpm",
    ),
    (
        {
            "en": "Threshold pace",
            "de": "Schwellentempo",
            "fr": "Allure au seuil",
            "es": "Ritmo de umbral",
        },
        "threshold_pace",
    ),
)
ZONE_LIMIT: Words = {
    "en": "Upper limit of one power zone in percent",
    "de": "Obergrenze einer Leistungszone in Prozent",
    "fr": "Limite haute d’une zone de puissance en pour cent",
    "es": "Límite superior de una zona de potencia en porcentaje",
}
WHICH_ZONE: Words = {
    "en": "Which zone? A number from 1",
    "de": "Welche Zone? Eine Zahl ab 1",
    "fr": "Quelle zone ? Un nombre à partir de 1",
    "es": "¿Qué zona? Un número desde 1",
}
NEW_VALUE: Words = {
    "en": "The new value? For example 288, or 4:10",
    "de": "Der neue Wert? Zum Beispiel 288 oder 4:10",
    "fr": "La nouvelle valeur ? Par exemple 288, ou 4:10",
    "es": "¿El nuevo valor? Por ejemplo 288, o 4:10",
}

# The change goes into the address, because its names differ with the choice, and the
# same words are sent twice: once to hear them, once to do them. What was said does not
# stand at the end: a phone takes a full stop there for the end of the address.
CHANGE = "/v1/zones/{Sport}?{Change}={Encoded value}&format=json"

TRAINING_ZONES = ShortcutTemplate(
    slug="training-zones",
    names={
        "en": "Training zones",
        "de": "Trainingszonen",
        "fr": "Changer mes zones",
        "es": "Cambiar mis zonas",
    },
    about={
        "en": "Changes a threshold or zone after reading the change back to you.",
        "de": "Ändert eine Schwelle oder Zone, nachdem du die Änderung gehört hast.",
        "fr": "Change un seuil ou une zone après t’avoir lu le changement.",
        "es": "Cambia un umbral o una zona después de leerte el cambio.",
    },
    glyph=Glyph.SLIDERS,
    colour=Colour.ORANGE,
    scope="write",
    version=2,
    translated=True,
    disabled_on_lock_screen=True,
    advice={
        "en": "It makes two requests, so the phone asks twice whether it may connect: "
        "choose Always Allow both times. The second question comes in the middle.",
        "de": "Er fragt die Bridge zweimal, deshalb fragt das iPhone auch zweimal, ob "
        "es sich verbinden darf: wähle beide Male „Immer erlauben“. Die zweite Frage "
        "kommt mittendrin.",
        "fr": "Il fait deux requêtes, l’iPhone demande donc deux fois s’il peut se "
        "connecter : choisis les deux fois Toujours autoriser. La seconde question "
        "arrive au milieu.",
        "es": "Hace dos peticiones, así que el iPhone pregunta dos veces si puede "
        "conectarse: elige las dos veces Permitir siempre. La segunda llega a mitad.",
    },
    steps=(
        *setup_code(),
        *sport_menu(),
        choose_from_menu(
            {
                "en": "What shall change?",
                "de": "Was soll sich ändern?",
                "fr": "Que faut-il changer ?",
                "es": "¿Qué hay que cambiar?",
            },
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
            {
                "en": "Change this?",
                "de": "So ändern?",
                "fr": "Changer ainsi ?",
                "es": "¿Cambiarlo así?",
            },
            "{Preview speech}",
            cancel=True,
        ),
        *ask_bridge(CHANGE, method="PATCH"),
        *speak_answer(),
        *else_alert("Preview"),
    ),
    short=ask_by_hand(
        {
            "en": "What has changed? For example: threshold is 288 now",
            "de": "Was hat sich geändert? Zum Beispiel: Schwelle ist jetzt 288",
            "fr": "Qu’est-ce qui a changé ? Par exemple : le seuil est à 288",
            "es": "¿Qué ha cambiado? Por ejemplo: el umbral es ahora 288",
        }
    ),
)
