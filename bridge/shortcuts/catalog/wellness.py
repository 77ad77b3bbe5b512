"""What one says about oneself: the weight, and how one is today."""

from __future__ import annotations

from bridge.shortcuts.actions import ask_for_number, log_health_sample, show_result
from bridge.shortcuts.blocks import (
    ask_bridge,
    ask_by_hand,
    menu_of,
    request_by_hand,
    setup_code,
    speak_answer,
)
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Words

HOW_HEAVY: Words = {
    "en": "What do you weigh, in kilograms?",
    "de": "Wie viel wiegst du, in Kilogramm?",
    "fr": "Combien pèses-tu, en kilogrammes ?",
    "es": "¿Cuánto pesas, en kilogramos?",
}
# Upstream counts from 1 (best) to 4 for these …
FROM_EXCELLENT: tuple[tuple[Words, str], ...] = (
    (
        {
            "en": "Excellent",
            "de": "Ausgezeichnet",
            "fr": "Excellent",
            "es": "Excelente",
        },
        "1",
    ),
    ({"en": "Good", "de": "Gut", "fr": "Bon", "es": "Bueno"}, "2"),
    ({"en": "Average", "de": "Mittel", "fr": "Moyen", "es": "Normal"}, "3"),
    ({"en": "Poor", "de": "Schlecht", "fr": "Mauvais", "es": "Malo"}, "4"),
)
# … and from 1 (least) to 4 for those.
FROM_LOW: tuple[tuple[Words, str], ...] = (
    ({"en": "Low", "de": "Niedrig", "fr": "Faible", "es": "Bajo"}, "1"),
    ({"en": "Average", "de": "Mittel", "fr": "Moyen", "es": "Normal"}, "2"),
    ({"en": "High", "de": "Hoch", "fr": "Élevé", "es": "Alto"}, "3"),
    ({"en": "Extreme", "de": "Extrem", "fr": "Extrême", "es": "Extremo"}, "4"),
)
QUESTIONS: tuple[tuple[Words, tuple[tuple[Words, str], ...], str], ...] = (
    (
        {"en": "Mood", "de": "Stimmung", "fr": "Humeur", "es": "Ánimo"},
        FROM_EXCELLENT,
        "Mood",
    ),
    (
        {"en": "Soreness", "de": "Muskelkater", "fr": "Courbatures", "es": "Agujetas"},
        FROM_LOW,
        "Soreness",
    ),
    (
        {"en": "Fatigue", "de": "Müdigkeit", "fr": "Fatigue", "es": "Fatiga"},
        FROM_LOW,
        "Fatigue",
    ),
    (
        {"en": "Stress", "de": "Stress", "fr": "Stress", "es": "Estrés"},
        FROM_LOW,
        "Stress",
    ),
    (
        {
            "en": "Motivation",
            "de": "Motivation",
            "fr": "Motivation",
            "es": "Motivación",
        },
        FROM_EXCELLENT,
        "Motivation",
    ),
)

MY_TRAINING_WEIGHT = ShortcutTemplate(
    slug="my-training-weight",
    names={
        "en": "My training weight",
        "de": "Mein Trainingsgewicht",
        "fr": "Mon poids de forme",
        "es": "Mi peso de entreno",
    },
    about={
        "en": "Asks for your weight, writes it down and compares it with your week.",
        "de": "Fragt nach dem Gewicht, trägt es ein und vergleicht es mit der Woche.",
        "fr": "Demande ton poids, le note et le compare à la semaine.",
        "es": "Pregunta tu peso, lo anota y lo compara con la semana.",
    },
    glyph=Glyph.PERSON,
    colour=Colour.VIOLET,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        ask_for_number(HOW_HEAVY, name="Weight", decimals=True),
        # As text: a phone that writes "72,5" sends what was said, and the bridge reads
        # it; as a number, what the phone cannot convert is lost.
        *ask_bridge("/v1/wellness", method="PUT", body={"weight_kg": "{Weight}"}),
        *speak_answer(),
    ),
)

TRAINING_WEIGH_IN = ShortcutTemplate(
    slug="training-weigh-in",
    names={
        "en": "Training weigh-in",
        "de": "Training wiegen",
        "fr": "Ma pesée",
        "es": "Mi pesaje",
    },
    about={
        "en": "Writes your weight to Intervals.icu and to Apple Health as well.",
        "de": "Trägt dein Gewicht bei Intervals.icu und auch in Apple Health ein.",
        "fr": "Note ton poids dans Intervals.icu et aussi dans Apple Santé.",
        "es": "Anota tu peso en Intervals.icu y también en Salud de Apple.",
    },
    glyph=Glyph.PERSON,
    colour=Colour.GREEN,
    scope="write",
    translated=True,
    advice={
        "en": "Run it once by hand, unlocked: Health asks whether Shortcuts may write "
        "your weight. Not for you if a scale writes to Health already.",
        "de": "Führe ihn einmal von Hand bei entsperrtem iPhone aus: Health fragt, ob "
        "Kurzbefehle dein Gewicht schreiben darf. Nichts für dich, wenn eine Waage "
        "schon in Health schreibt.",
        "fr": "Exécute-le une fois à la main, iPhone déverrouillé : Santé demande si "
        "Raccourcis peut écrire ton poids. Inutile si une balance écrit déjà dans "
        "Santé.",
        "es": "Ejecútalo una vez a mano, desbloqueado: Salud pregunta si Atajos puede "
        "escribir tu peso. No lo necesitas si una báscula ya escribe en Salud.",
    },
    triggers=("nfc",),
    steps=(
        *setup_code(),
        ask_for_number(HOW_HEAVY, name="Weight", decimals=True),
        *ask_bridge("/v1/wellness", method="PUT", body={"weight_kg": "{Weight}"}),
        *speak_answer(),
        log_health_sample("Weight", "kg", "Weight"),
    ),
    short=(
        ask_for_number(HOW_HEAVY, name="", decimals=True),
        request_by_hand(
            "/v1/wellness?format=text",
            method="PUT",
            body={"weight_kg": "{Provided Input}"},
        ),
        show_result("{Contents of URL}"),
        log_health_sample("Weight", "kg", "Provided Input"),
    ),
)

TRAINING_CHECK_IN = ShortcutTemplate(
    slug="training-check-in",
    names={
        "en": "Training check-in",
        "de": "Trainings-Check-in",
        "fr": "Mon bilan du jour",
        "es": "Mi registro diario",
    },
    about={
        "en": "Asks for mood, soreness, fatigue, stress and motivation.",
        "de": "Fragt nach Stimmung, Muskelkater, Müdigkeit, Stress und Motivation.",
        "fr": "Demande humeur, courbatures, fatigue, stress et motivation.",
        "es": "Pregunta por ánimo, agujetas, fatiga, estrés y motivación.",
    },
    glyph=Glyph.SMILE,
    colour=Colour.YELLOW,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        *(
            step
            for prompt, rows, name in QUESTIONS
            for step in menu_of(prompt, rows, name=name)
        ),
        *ask_bridge(
            "/v1/wellness",
            method="PUT",
            body={name.lower(): f"{{{name}}}" for _, _, name in QUESTIONS},
        ),
        *speak_answer(),
    ),
    short=ask_by_hand(
        {
            "en": "How are you today? For example: mood good, soreness low, "
            "slept 7 hours 20",
            "de": "Wie geht es dir heute? Zum Beispiel: Stimmung gut, Muskelkater "
            "niedrig, 7 Stunden 20 geschlafen",
            "fr": "Comment vas-tu ? Par exemple : humeur bonne, courbatures "
            "faibles, dormi 7 heures 20",
            "es": "¿Cómo estás hoy? Por ejemplo: ánimo bueno, agujetas leves, "
            "he dormido 7 horas 20",
        }
    ),
)
