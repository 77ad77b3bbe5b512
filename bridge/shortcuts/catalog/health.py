"""Apple Health to Intervals.icu: what the watch and the scale measured, in one call.

Made for automations: no question, no alert, no loop. The samples go out raw, as four
columns a kind, and the bridge does the rest: it leaves out what two devices counted
twice, adds up the night and drops the one that the phone cut. A kind that nothing ever
recorded makes the phone stop at an alert, so each shortcut asks only for kinds that
come together.
"""

from __future__ import annotations

from dataclasses import replace

from bridge.shortcuts.actions import find_health_samples, show_notification
from bridge.shortcuts.blocks import (
    TITLE,
    ask_bridge,
    notify_answer,
    request_by_hand,
    setup_code,
)
from bridge.shortcuts.template import (
    Colour,
    Glyph,
    ShortcutTemplate,
    Step,
    Surface,
)

DAYS = 2  # today, and two whole days before: one morning may be missed
WEEK_DAYS = 7
COLUMNS = "{{{0}.Start Date}};{{{0}.End Date}};{{{0}.Value}};{{{0}.Unit}}"
"""Four columns of one kind; the phone writes each variable as one line a sample."""

NIGHT_KINDS = {"sleep": "Sleep", "steps": "Steps", "resting_hr": "Resting Heart Rate"}
BODY_KINDS = {
    "hrv": "Heart Rate Variability",
    "weight": "Weight",
    "body_fat": "Body Fat Percentage",
    "spo2": "Oxygen Saturation",
    "respiration": "Respiratory Rate",
    "vo2max": "Cardio Fitness",
}
"""The bridge's field to the label in the app, English on every phone."""


def _find(kinds: dict[str, str], days: int) -> tuple[Step, ...]:
    return tuple(
        find_health_samples(label, days=days, name=label) for label in kinds.values()
    )


def _body(kinds: dict[str, str]) -> dict[str, str]:
    return {field: COLUMNS.format(label) for field, label in kinds.items()}


_ADVICE = {
    "en": "Before the first run: in Settings › Apps › Shortcuts › Advanced turn on "
    "Allow Sharing Large Amounts of Data. In Health tap your picture, Apps, "
    "Shortcuts, and turn every kind on. Then run it once by hand, unlocked, and "
    "choose Always Allow. A locked phone cannot read Health.",
    "de": "Vor dem ersten Mal: schalte in Einstellungen › Apps › Kurzbefehle › "
    "Erweitert „Teilen großer Datenmengen erlauben“ ein. Tippe in Health auf dein "
    "Bild, Apps, Kurzbefehle und schalte jede Art ein. Führe ihn dann einmal von Hand "
    "bei entsperrtem iPhone aus und wähle „Immer erlauben“. Ein gesperrtes iPhone kann "
    "Health nicht lesen.",
    "fr": "Avant la première fois : dans Réglages › Apps › Raccourcis › Avancé, "
    "active le partage de grandes quantités de données. Dans Santé, touche ta "
    "photo, Apps, Raccourcis, et active chaque type. Exécute-le ensuite une fois à "
    "la main, iPhone déverrouillé, et choisis Toujours autoriser. Un iPhone "
    "verrouillé ne peut pas lire Santé.",
    "es": "Antes de la primera vez: en Ajustes › Apps › Atajos › Avanzado activa "
    "permitir compartir grandes cantidades de datos. En Salud toca tu foto, Apps, "
    "Atajos, y activa cada tipo. Ejecútalo después una vez a mano, desbloqueado, y "
    "elige Permitir siempre. Un iPhone bloqueado no puede leer Salud.",
}
_LEAVE_OUT = {
    "en": " Leave out the kinds that nothing of yours measures: delete their action, "
    "else an alert says No Samples Found.",
    "de": " Lass Arten weg, die nichts von dir misst: lösche ihre Aktion, sonst sagt "
    "ein Hinweis, dass keine Messungen gefunden wurden.",
    "fr": " Retire les types que rien ne mesure chez toi : supprime leur action, "
    "sinon une alerte annonce qu’aucun échantillon n’a été trouvé.",
    "es": " Quita los tipos que nada tuyo mide: borra su acción; si no, una alerta "
    "dirá que no hay muestras.",
}


def _sync(
    template: ShortcutTemplate, kinds: dict[str, str], days: int
) -> ShortcutTemplate:
    """Give a template its steps, long and short."""
    return replace(
        template,
        steps=(
            *setup_code(),
            *_find(kinds, days),
            *ask_bridge("/v1/health", method="POST", body=_body(kinds)),
            *notify_answer(),
        ),
        short=(
            *_find(kinds, days),
            request_by_hand("/v1/health?format=text", method="POST", body=_body(kinds)),
            show_notification(TITLE, "{Contents of URL}"),
        ),
    )


SYNC_HEALTH = _sync(
    ShortcutTemplate(
        slug="sync-health",
        names={
            "en": "Sync health",
            "de": "Gesundheitsdaten abgleichen",
            "fr": "Synchroniser ma santé",
            "es": "Sincronizar mi salud",
        },
        about={
            "en": "Sends sleep, steps and resting heart rate to Intervals.icu.",
            "de": "Schickt Schlaf, Schritte und Ruhepuls an Intervals.icu.",
            "fr": "Envoie sommeil, pas et fréquence de repos à Intervals.icu.",
            "es": "Envía sueño, pasos y pulso en reposo a Intervals.icu.",
        },
        glyph=Glyph.HEART,
        colour=Colour.PINK,
        scope="write",
        version=2,
        surfaces=(Surface.SEARCH, Surface.WIDGET),
        advice=_ADVICE,
        triggers=("charger", "app", "sleep_focus"),
        steps=(),
    ),
    NIGHT_KINDS,
    DAYS,
)

SYNC_BODY = _sync(
    ShortcutTemplate(
        slug="sync-body",
        names={
            "en": "Sync body",
            "de": "Körperdaten abgleichen",
            "fr": "Synchroniser mon corps",
            "es": "Sincronizar mi cuerpo",
        },
        about={
            "en": "Sends HRV, weight, body fat, oxygen, breathing and VO2 max.",
            "de": "Schickt HRV, Gewicht, Körperfett, Sauerstoff, Atmung und VO2max.",
            "fr": "Envoie VFC, poids, masse grasse, oxygène, respiration et VO2 max.",
            "es": "Envía VFC, peso, grasa, oxígeno, respiración y VO2 máx.",
        },
        glyph=Glyph.PERSON,
        colour=Colour.PINK,
        scope="write",
        surfaces=(Surface.SEARCH, Surface.WIDGET),
        advice={each: words + _LEAVE_OUT[each] for each, words in _ADVICE.items()},
        triggers=("charger", "app"),
        steps=(),
    ),
    BODY_KINDS,
    WEEK_DAYS,
)
