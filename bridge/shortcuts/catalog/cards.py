"""Cards as pictures: to look at, and on the lock screen."""

from __future__ import annotations

from bridge.shortcuts.actions import (
    end_if,
    otherwise,
    quick_look,
    set_wallpaper_photo,
    show_notification,
)
from bridge.shortcuts.blocks import (
    TITLE,
    else_alert,
    menu_of,
    picture_of_card,
    request_by_hand,
    setup_code,
)
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Surface, Words

# A watch has neither Quick Look nor a wallpaper of ours.
_ON_A_SCREEN = (Surface.SEARCH, Surface.WIDGET)
_LOCK_SCREEN = "wallpaper"
WHICH_CARD: Words = {
    "en": "Which card?",
    "de": "Welche Karte?",
    "fr": "Quelle carte ?",
    "es": "¿Qué tarjeta?",
}
CARDS: tuple[tuple[Words, str], ...] = (
    ({"en": "Today", "de": "Heute", "fr": "Aujourd’hui", "es": "Hoy"}, "today"),
    ({"en": "Form", "de": "Form", "fr": "Forme", "es": "Forma"}, "form"),
    ({"en": "Week", "de": "Woche", "fr": "Semaine", "es": "Semana"}, "week"),
    (
        {
            "en": "Next workout",
            "de": "Nächstes Training",
            "fr": "Prochaine séance",
            "es": "Próximo entreno",
        },
        "workout",
    ),
    (
        {
            "en": "Last session",
            "de": "Letzte Einheit",
            "fr": "Dernière séance",
            "es": "Última sesión",
        },
        "latest",
    ),
    (
        {
            "en": "Recovery",
            "de": "Erholung",
            "fr": "Récupération",
            "es": "Recuperación",
        },
        "recovery",
    ),
    (
        {
            "en": "Next race",
            "de": "Nächster Wettkampf",
            "fr": "Prochaine course",
            "es": "Próxima carrera",
        },
        "race",
    ),
    ({"en": "Gear", "de": "Material", "fr": "Matériel", "es": "Material"}, "gear"),
    ({"en": "Streak", "de": "Serie", "fr": "Série", "es": "Racha"}, "streak"),
)

TRAINING_CARD = ShortcutTemplate(
    slug="training-card",
    names={
        "en": "Training card",
        "de": "Trainingskarte",
        "fr": "Ma carte sportive",
        "es": "Mi tarjeta de entreno",
    },
    about={
        "en": "Shows a card as a picture: form, week, recovery and more.",
        "de": "Zeigt eine Karte als Bild: Form, Woche, Erholung und mehr.",
        "fr": "Montre une carte en image : forme, semaine, récupération…",
        "es": "Muestra una tarjeta como imagen: forma, semana, recuperación…",
    },
    glyph=Glyph.CHART,
    colour=Colour.VIOLET,
    translated=True,
    examples={"Card": "form"},
    surfaces=_ON_A_SCREEN,
    steps=(
        *setup_code(),
        *menu_of(WHICH_CARD, CARDS, name="Card"),
        *picture_of_card("{Card}", "large", quick_look("Picture")),
        *else_alert(),
    ),
    short=(
        request_by_hand("/w/form.png?size=large"),
        quick_look("Contents of URL"),
    ),
)

TRAINING_WALLPAPER = ShortcutTemplate(
    slug="training-wallpaper",
    names={
        "en": "Training wallpaper",
        "de": "Trainingshintergrund",
        "fr": "Mon fond sportif",
        "es": "Mi fondo de entreno",
    },
    about={
        "en": "Puts your day and your form on the lock screen.",
        "de": "Setzt deinen Tag und deine Form auf den Sperrbildschirm.",
        "fr": "Met ta journée et ta forme sur l’écran verrouillé.",
        "es": "Pone tu día y tu forma en la pantalla de bloqueo.",
    },
    glyph=Glyph.SUN,
    colour=Colour.VIOLET,
    surfaces=_ON_A_SCREEN,
    triggers=("time", "sleep_focus"),
    advice={
        "en": "First make a plain photo wallpaper and use it: no shuffle, no depth "
        "effect, no Focus of its own. The picture replaces it. Whoever picks up the "
        "phone can read it. On a phone with a home button end the address with "
        "wallpaper:iphone-se.",
        "de": "Mach zuerst ein einfaches Foto zum Hintergrundbild und verwende es: "
        "kein Zufall, kein Tiefeneffekt, kein eigener Fokus. Das Bild ersetzt es. Wer "
        "das iPhone in die Hand nimmt, kann es lesen. Auf einem iPhone mit "
        "Home-Taste endet die Adresse mit wallpaper:iphone-se.",
        "fr": "Choisis d’abord une simple photo comme fond d’écran : ni séquence, "
        "ni effet de profondeur, ni mode de concentration. L’image la remplace. Qui "
        "prend l’iPhone en main peut la lire. Sur un iPhone à bouton principal, "
        "termine l’adresse par wallpaper:iphone-se.",
        "es": "Pon antes una foto sencilla como fondo de pantalla: sin aleatorio, sin "
        "efecto de profundidad, sin modo de concentración. La imagen la sustituye. "
        "Quien coja el iPhone puede leerla. En un iPhone con botón de inicio, termina "
        "la dirección con wallpaper:iphone-se.",
    },
    steps=(
        *setup_code(),
        *picture_of_card(_LOCK_SCREEN, _LOCK_SCREEN, set_wallpaper_photo("Picture")),
        otherwise(),
        show_notification(TITLE, "{Answer speech}"),
        end_if(),
    ),
    # A failure comes as JSON, no photo: the shortcut stops, the wallpaper stays.
    short=(
        request_by_hand("/w/wallpaper.png?size=wallpaper"),
        set_wallpaper_photo("Contents of URL"),
    ),
)
