"""Whose phone it is: what they answer, what their watch recorded, what they share."""

from __future__ import annotations

from datetime import datetime

from tests.player.content import File, Sample
from tests.player.phone import Phone
from tests.player.record import FIRST

RUN = File(
    "Früh & spät.tcx",
    "application/vnd.garmin.tcx+xml",
    b"""<?xml version="1.0" encoding="UTF-8"?>
<TrainingCenterDatabase
 xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
 <Activities><Activity Sport="Running"><Id>2026-11-22T08:00:00Z</Id>
  <Lap StartTime="2026-11-22T08:00:00Z"><Track>
   <Trackpoint><Time>2026-11-22T08:00:00Z</Time>
    <DistanceMeters>0</DistanceMeters></Trackpoint>
   <Trackpoint><Time>2026-11-22T08:05:00Z</Time>
    <DistanceMeters>1000</DistanceMeters></Trackpoint>
  </Track></Lap></Activity></Activities>
</TrainingCenterDatabase>""",
)
_READINGS = {
    "Sleep": ("2026-11-22T23:10", "2026-11-23T06:30", "Core", ""),
    "Steps": ("2026-11-22T10:00", "2026-11-22T10:30", "4000", "count"),
    "Resting Heart Rate": ("2026-11-23T06:40", "2026-11-23T06:41", "48", "count/min"),
    "Heart Rate Variability": ("2026-11-23T03:00", "2026-11-23T03:01", "55.5", "ms"),
    "Weight": ("2026-11-23T06:45", "2026-11-23T06:45", "72.5", "kg"),
    "Body Fat Percentage": ("2026-11-23T06:45", "2026-11-23T06:45", "0.155", "%"),
    "Oxygen Saturation": ("2026-11-23T02:00", "2026-11-23T02:00", "0.97", "%"),
    "Respiratory Rate": ("2026-11-23T02:00", "2026-11-23T02:01", "14.5", "count/min"),
    "Cardio Fitness": ("2026-11-22T11:00", "2026-11-22T11:00", "52.5", "mL/min·kg"),
}

_WEIGHT = {"en": ["72.5"], "de": ["72,5"], "fr": ["72,5"], "es": ["72,5"]}
_RATING = {
    "en": ["7", "Good"],
    "de": ["7", "Gut"],
    "fr": ["7", "Bien"],
    "es": ["7", "Bien"],
}
_SPORT = {"en": ["Ride"], "de": ["Rad"], "fr": ["Vélo"], "es": ["Bici"]}
_RACE = {
    "en": ["race, half marathon, 12 April"],
    "de": ["Wettkampf, Halbmarathon, 12. April"],
    "fr": ["compétition, semi-marathon, 12 avril"],
    "es": ["competición, media maratón, 12 de abril"],
}

ANSWERS: dict[str, dict[str, list[str]]] = {
    "training": {
        "en": ["how is my form"],
        "de": ["wie ist meine Form"],
        "fr": ["comment est ma forme"],
        "es": ["cómo está mi forma"],
    },
    "training-menu": {key: [FIRST] for key in ("en", "de", "fr", "es")},
    "my-training-weight": _WEIGHT,
    "training-weigh-in": _WEIGHT,
    "training-check-in": {
        "en": ["Good", "Low", "High", "Average", "Excellent"],
        "de": ["Gut", "Niedrig", "Hoch", "Mittel", "Ausgezeichnet"],
        "fr": ["Bon", "Faible", "Élevé", "Moyen", "Excellent"],
        "es": ["Bueno", "Bajo", "Alto", "Normal", "Excelente"],
    },
    "rate-my-session": _RATING,
    "after-my-workout": _RATING,
    "race-or-note": _RACE,
    "move-my-workout": {
        "en": ["Saturday"],
        "de": ["Samstag"],
        "fr": ["samedi"],
        "es": ["sábado"],
    },
    "plan-a-workout": {
        "en": ["ride 90 minutes easy on Saturday"],
        "de": ["Samstag 90 Minuten locker Rad"],
        "fr": ["vélo 90 minutes facile samedi"],
        "es": ["bici 90 minutos suave el sábado"],
    },
    "my-training-bests": _SPORT,
    "my-zones": _SPORT,
    "look-up-an-activity": {key: ["tempo"] for key in ("en", "de", "fr", "es")},
    "save-activity-data": {
        "en": ["Second by second"],
        "de": ["Sekunde für Sekunde"],
        "fr": ["Seconde par seconde"],
        "es": ["Segundo a segundo"],
    },
    "training-card": {
        "en": ["Form"],
        "de": ["Form"],
        "fr": ["Forme"],
        "es": ["Forma"],
    },
    "training-zones": {
        "en": ["Ride", "FTP in watts", "288", "OK"],
        "de": ["Rad", "FTP in Watt", "288", "OK"],
        "fr": ["Vélo", "FTP en watts", "288", "OK"],
        "es": ["Bici", "FTP en vatios", "288", "OK"],
    },
}
"""Slug to language to answers, in the order in which the shortcut asks."""

BY_HAND: dict[str, dict[str, list[str]]] = {
    "training-check-in": {
        "en": ["mood good, soreness low, slept 7 hours 20"],
        "de": ["Stimmung gut, Muskelkater niedrig, 7 Stunden 20 geschlafen"],
        "fr": ["humeur bonne, courbatures faibles, dormi 7 heures 20"],
        "es": ["ánimo bueno, fatiga baja, he dormido 7 horas 20"],
    },
    "rate-my-session": {
        "en": ["RPE 7, felt strong"],
        "de": ["RPE 7, stark gefühlt"],
        "fr": ["RPE 7, sensations bonnes"],
        "es": ["RPE 7, me sentí fuerte"],
    },
    "training-zones": {
        "en": ["threshold is 288 now"],
        "de": ["Schwelle ist jetzt 288"],
        "fr": ["le seuil est à 288"],
        "es": ["el umbral es ahora 288"],
    },
}
BY_HAND["after-my-workout"] = BY_HAND["rate-my-session"]
"""The same for the short form, where it asks another question."""


_NOT_BY_HAND = {"save-activity-data", "training-card"}


def answers_to(slug: str, language: str, *, by_hand: bool = False) -> list[str]:
    """Return what the owner answers to a shortcut, or to its short form."""
    table = BY_HAND if by_hand and slug in BY_HAND else ANSWERS
    given = table.get(slug, {}).get(language, [])
    # By hand it is the one table, the one card.
    return [] if by_hand and slug in _NOT_BY_HAND else given


def recorded() -> dict[str, list[Sample]]:
    """Return one reading of every kind, the night's twice: two apps wrote it."""
    at = datetime.fromisoformat
    samples = {
        label: [Sample(at(start), at(end), value, unit)]
        for label, (start, end, value, unit) in _READINGS.items()
    }
    samples["Sleep"] *= 2
    return samples


def owner_of(slug: str, language: str = "en") -> Phone:
    """Return a phone with all that a shortcut of this name wants of its owner."""
    shared = [RUN] if slug == "send-to-training" else []
    return Phone(language=language, health=recorded(), shared=shared)
