"""What the owner of the phone answers when a shortcut asks something."""

from __future__ import annotations

ANSWERS: dict[str, dict[str, list[str]]] = {
    "my-training-weight": {"en": ["72.5"], "de": ["72,5"]},
    "training-check-in": {
        "en": ["Good", "Low", "High", "Average", "Excellent"],
        "de": ["Gut", "Niedrig", "Hoch", "Mittel", "Ausgezeichnet"],
    },
    "rate-my-session": {"en": ["7", "Good"], "de": ["7", "Gut"]},
    "move-my-workout": {"en": ["Saturday"], "de": ["Samstag"]},
    "plan-a-workout": {
        "en": ["ride 90 minutes easy on Saturday"],
        "de": ["Samstag 90 Minuten locker Rad"],
    },
    "my-training-bests": {"en": ["Ride"], "de": ["Rad"]},
    "my-zones": {"en": ["Ride"], "de": ["Rad"]},
    "look-up-an-activity": {"en": ["tempo"], "de": ["tempo"]},
    "save-activity-data": {"en": ["Second by second"], "de": ["Sekunde für Sekunde"]},
    "training-zones": {
        "en": ["Ride", "FTP in watts", "288", "OK"],
        "de": ["Rad", "FTP in Watt", "288", "OK"],
    },
}
"""Slug to language to answers, in the order in which the shortcut asks."""
