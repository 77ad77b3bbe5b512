"""A session just done: how hard it was and how one felt."""

from __future__ import annotations

from bridge.shortcuts.actions import ask_for_number, wait
from bridge.shortcuts.blocks import (
    ask_bridge,
    ask_by_hand,
    menu_of,
    notify_answer,
    setup_code,
    speak_answer,
)
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Step, Words

FEELINGS: tuple[tuple[Words, str], ...] = (
    ({"en": "Strong", "de": "Stark", "fr": "En forme", "es": "Fuerte"}, "1"),
    ({"en": "Good", "de": "Gut", "fr": "Bien", "es": "Bien"}, "2"),
    ({"en": "Normal", "de": "Normal", "fr": "Normal", "es": "Normal"}, "3"),
    ({"en": "Poor", "de": "Schlecht", "fr": "Mal", "es": "Mal"}, "4"),
    ({"en": "Weak", "de": "Schwach", "fr": "Faible", "es": "Débil"}, "5"),
)
HOW_HARD: Words = {
    "en": "How hard was it, from 1 to 10?",
    "de": "Wie anstrengend war es, von 1 bis 10?",
    "fr": "Était-ce dur, de 1 à 10 ?",
    "es": "¿Cómo de duro fue, de 1 a 10?",
}
HOW_FELT: Words = {
    "en": "How did you feel?",
    "de": "Wie hast du dich gefühlt?",
    "fr": "Comment te sentais-tu ?",
    "es": "¿Cómo te sentiste?",
}
SAY_IT: Words = {
    "en": "How was it? For example: RPE 7, felt strong",
    "de": "Wie war es? Zum Beispiel: RPE 7, stark gefühlt",
    "fr": "Comment était-ce ? Par exemple : RPE 7, sensations bonnes",
    "es": "¿Cómo fue? Por ejemplo: RPE 7, me sentí fuerte",
}
UPLOAD_S = 60  # a watch's workout needs about so long to be on Intervals.icu

_ASK: tuple[Step, ...] = (
    ask_for_number(HOW_HARD, name="Effort"),
    *menu_of(HOW_FELT, FEELINGS, name="Feel"),
)
_RATE = ask_bridge(
    "/v1/activities/latest/rating",
    method="POST",
    body={"rpe": "{Effort}", "feel": "{Feel}"},
)

RATE_MY_SESSION = ShortcutTemplate(
    slug="rate-my-session",
    names={
        "en": "Rate my session",
        "de": "Meine Einheit bewerten",
        "fr": "Noter ma séance",
        "es": "Valorar mi sesión",
    },
    about={
        "en": "Writes effort and feeling on your last activity.",
        "de": "Trägt Anstrengung und Gefühl bei der letzten Aktivität ein.",
        "fr": "Note l’effort et la sensation de ta dernière activité.",
        "es": "Anota el esfuerzo y la sensación de tu última actividad.",
    },
    glyph=Glyph.STAR,
    colour=Colour.PINK,
    scope="write",
    translated=True,
    steps=(*setup_code(), *_ASK, *_RATE, *speak_answer()),
    short=ask_by_hand(SAY_IT),
)

AFTER_MY_WORKOUT = ShortcutTemplate(
    slug="after-my-workout",
    names={
        "en": "After my workout",
        "de": "Nach dem Training",
        "fr": "Après ma séance",
        "es": "Después de mi entreno",
    },
    about={
        "en": "Asks effort and feeling when the watch ends a workout.",
        "de": "Fragt nach Anstrengung und Gefühl, wenn die Uhr ein Training beendet.",
        "fr": "Demande effort et sensation quand la montre termine une séance.",
        "es": "Pregunta esfuerzo y sensación cuando el reloj termina un entreno.",
    },
    glyph=Glyph.STOPWATCH,
    colour=Colour.PINK,
    scope="write",
    translated=True,
    advice={
        "en": "It waits a minute for the workout to arrive on Intervals.icu, then "
        "rates the newest activity and names it. Was it another? Undo my training.",
        "de": "Er wartet eine Minute, bis das Training bei Intervals.icu ist, bewertet "
        "dann die neueste Aktivität und nennt sie. War es eine andere? Training "
        "zurücknehmen.",
        "fr": "Il attend une minute que la séance arrive sur Intervals.icu, puis note "
        "l’activité la plus récente et la nomme. Ce n’était pas la bonne ? Annuler ma "
        "saisie.",
        "es": "Espera un minuto a que el entreno llegue a Intervals.icu, valora la "
        "actividad más reciente y la nombra. ¿Era otra? Deshacer mi registro.",
    },
    triggers=("workout_ends",),
    steps=(*setup_code(), *_ASK, wait(UPLOAD_S), *_RATE, *notify_answer()),
    short=ask_by_hand(SAY_IT),
)
