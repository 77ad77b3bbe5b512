"""Files: activities saved on the phone, and files of the phone sent to training."""

from __future__ import annotations

from bridge.shortcuts.actions import end_repeat, repeat_with_each, show_result
from bridge.shortcuts.blocks import (
    ask_bridge,
    menu_of,
    request_by_hand,
    save_by_hand,
    save_from_bridge,
    setup_code,
    speak_answer,
)
from bridge.shortcuts.template import (
    Colour,
    Glyph,
    ShortcutTemplate,
    Surface,
    Words,
)

# A watch has no folder to save a file to.
_ON_A_SCREEN = (Surface.SEARCH, Surface.WIDGET)
_ORIGINAL = "/v1/activities/latest/file?as=original"
_EVERY = "/v1/activities.csv"
TABLES: tuple[tuple[Words, str], ...] = (
    (
        {
            "en": "Second by second",
            "de": "Sekunde für Sekunde",
            "fr": "Seconde par seconde",
            "es": "Segundo a segundo",
        },
        "streams",
    ),
    (
        {
            "en": "Lap by lap",
            "de": "Runde für Runde",
            "fr": "Tour par tour",
            "es": "Vuelta a vuelta",
        },
        "laps",
    ),
)

SAVE_ACTIVITY_FILE = ShortcutTemplate(
    slug="save-activity-file",
    names={
        "en": "Save activity file",
        "de": "Aktivität sichern",
        "fr": "Sauver mon activité",
        "es": "Guardar mi actividad",
    },
    about={
        "en": "Saves the original file of your last activity.",
        "de": "Sichert die Originaldatei deiner letzten Aktivität.",
        "fr": "Enregistre le fichier d’origine de ta dernière activité.",
        "es": "Guarda el archivo original de tu última actividad.",
    },
    glyph=Glyph.SAVE,
    colour=Colour.BLUE,
    version=3,
    surfaces=_ON_A_SCREEN,
    steps=(*setup_code(), *save_from_bridge(_ORIGINAL)),
    short=save_by_hand(_ORIGINAL),
)

SAVE_ACTIVITY_DATA = ShortcutTemplate(
    slug="save-activity-data",
    names={
        "en": "Save activity data",
        "de": "Aktivitätsdaten sichern",
        "fr": "Sauver mes données",
        "es": "Guardar mis datos",
    },
    about={
        "en": "Saves your last activity as a CSV file, by seconds or by laps.",
        "de": "Sichert die letzte Aktivität als CSV-Datei, nach Sekunden oder Runden.",
        "fr": "Enregistre la dernière activité en CSV, par seconde ou par tour.",
        "es": "Guarda la última actividad en CSV, por segundos o por vueltas.",
    },
    glyph=Glyph.SAVE,
    colour=Colour.TEAL,
    version=2,
    translated=True,
    examples={"Table": "streams"},
    surfaces=_ON_A_SCREEN,
    steps=(
        *setup_code(),
        *menu_of(
            {
                "en": "Which table?",
                "de": "Welche Tabelle?",
                "fr": "Quel tableau ?",
                "es": "¿Qué tabla?",
            },
            TABLES,
            name="Table",
        ),
        *save_from_bridge("/v1/activities/latest/{Table}.csv"),
    ),
    short=save_by_hand("/v1/activities/latest/streams.csv"),
)

TRAINING_EXPORT = ShortcutTemplate(
    slug="training-export",
    names={
        "en": "Training export",
        "de": "Trainingsexport",
        "fr": "Export sportif",
        "es": "Exportar mis entrenos",
    },
    about={
        "en": "Saves all your activities as one CSV file.",
        "de": "Sichert alle deine Aktivitäten als eine CSV-Datei.",
        "fr": "Enregistre toutes tes activités dans un seul fichier CSV.",
        "es": "Guarda todas tus actividades en un solo archivo CSV.",
    },
    glyph=Glyph.PAGE,
    colour=Colour.TEAL,
    version=3,
    surfaces=_ON_A_SCREEN,
    steps=(*setup_code(), *save_from_bridge(_EVERY)),
    short=save_by_hand(_EVERY),
)

SEND_TO_TRAINING = ShortcutTemplate(
    slug="send-to-training",
    names={
        "en": "Send to training",
        "de": "Ans Training senden",
        "fr": "Envoyer à mon suivi",
        "es": "Enviar a mi entreno",
    },
    about={
        "en": "In the share sheet: sends FIT, TCX and GPX files to Intervals.icu.",
        "de": "Im Teilen-Menü: schickt FIT-, TCX- und GPX-Dateien an Intervals.icu.",
        "fr": "Dans le menu Partager : envoie les fichiers FIT, TCX et GPX.",
        "es": "En el menú Compartir: envía archivos FIT, TCX y GPX.",
    },
    glyph=Glyph.PAGE,
    colour=Colour.GREEN,
    scope="write",
    surfaces=(Surface.SEARCH, Surface.SHARE),
    advice={
        "en": "Open a FIT, TCX or GPX file in Files, Mail or AirDrop, tap Share and "
        "choose this shortcut. Built by hand: tap ⓘ below the actions, turn on Show "
        "in Share Sheet, and let it receive Files only.",
        "de": "Öffne eine FIT-, TCX- oder GPX-Datei in Dateien, Mail oder AirDrop, "
        "tippe auf Teilen und wähle diesen Kurzbefehl. Von Hand gebaut: tippe unter "
        "den Aktionen auf ⓘ, schalte Im Share-Sheet anzeigen ein und lass nur Dateien "
        "zu.",
        "fr": "Ouvre un fichier FIT, TCX ou GPX dans Fichiers, Mail ou AirDrop, "
        "touche Partager et choisis ce raccourci. Construit à la main : touche ⓘ "
        "sous les actions, active Afficher dans la feuille de partage et n’accepte "
        "que les fichiers.",
        "es": "Abre un archivo FIT, TCX o GPX en Archivos, Mail o AirDrop, toca "
        "Compartir y elige este atajo. Hecho a mano: toca ⓘ bajo las acciones, activa "
        "Mostrar en la hoja para compartir y acepta solo archivos.",
    },
    steps=(
        *setup_code(),
        repeat_with_each("Shortcut Input"),
        *ask_bridge("/v1/activities", method="POST", body="Repeat Item"),
        *speak_answer(),
        end_repeat(name="Sent"),
    ),
    short=(
        request_by_hand(
            "/v1/activities?format=text", method="POST", body="Shortcut Input"
        ),
        show_result("{Contents of URL}"),
    ),
)
