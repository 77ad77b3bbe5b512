"""What each shortcut may say: shown in the gallery until somebody tries it."""

from __future__ import annotations

from collections.abc import Mapping

SAMPLES: Mapping[str, Mapping[str, str]] = {
    "my-training-form": {
        "en": "Form is minus 12, optimal training. Fitness 60, fatigue 72.",
        "de": "Form minus 12, optimales Training. Fitness 60, Ermüdung 72.",
    },
    "morning-brief": {
        "en": "Good morning. Form minus 12, slept 7 hours 20. Today: threshold.",
        "de": "Guten Morgen. Form minus 12, 7 Stunden 20 geschlafen. Heute: Schwelle.",
    },
    "last-activity": {
        "en": "Morning ride yesterday: 42 kilometres in 1 hour 31. Load 78.",
        "de": "Morgenrunde gestern: 42 Kilometer in 1 Stunde 31. Belastung 78.",
    },
    "todays-workout": {
        "en": "Today: threshold, 4 times 8 minutes. 1 hour 10, load 82.",
        "de": "Heute: Schwelle, 4 mal 8 Minuten. 1 Stunde 10, Belastung 82.",
    },
    "my-training-week": {
        "en": "3 of 5 workouts done, load 240 of 410. Last week it was 380.",
        "de": "3 von 5 Einheiten geschafft, Belastung 240 von 410.",
    },
    "run-splits": {
        "en": "8 laps. Fastest is lap 6: 4:12 per kilometre.",
        "de": "8 Runden. Am schnellsten Runde 6: 4:12 pro Kilometer.",
    },
    "race-countdown": {
        "en": "Berlin half marathon in 23 days, on Sunday, 4 April.",
        "de": "Halbmarathon Berlin in 23 Tagen, am Sonntag, 4. April.",
    },
    "gear-check": {
        "en": "The chain has 2,900 of 3,000 kilometres. Time to change it soon.",
        "de": "Die Kette hat 2.900 von 3.000 Kilometern. Bald wechseln.",
    },
    "training-streak": {
        "en": "6 days in a row, and 14 weeks.",
        "de": "6 Tage in Folge, und 14 Wochen.",
    },
    "my-training-weight": {
        "en": "72.5 kilograms, noted. That is 0.4 less than last week.",
        "de": "72,5 Kilogramm, notiert. Das sind 0,4 weniger als letzte Woche.",
    },
    "training-check-in": {
        "en": "Noted: slept well, legs a little sore, motivation high.",
        "de": "Notiert: gut geschlafen, Beine etwas müde, Motivation hoch.",
    },
    "rate-my-session": {
        "en": "Morning ride: effort 7 of 10, felt good. Noted.",
        "de": "Morgenrunde: Anstrengung 7 von 10, fühlte sich gut an. Notiert.",
    },
    "sync-health": {
        "en": "Sleep, resting heart rate and weight are up to date.",
        "de": "Schlaf, Ruhepuls und Gewicht sind auf dem neuesten Stand.",
    },
    "move-my-workout": {
        "en": "Threshold is moved to tomorrow.",
        "de": "Schwelle ist auf morgen verschoben.",
    },
    "finish-my-workout": {
        "en": "Threshold is marked as done.",
        "de": "Schwelle ist als erledigt markiert.",
    },
    "plan-a-workout": {
        "en": "Planned for Thursday: easy run, 45 minutes, load 38.",
        "de": "Für Donnerstag geplant: lockerer Lauf, 45 Minuten, Belastung 38.",
    },
    "training-zones": {
        "en": "Threshold 265 watts. Zone 2 goes from 146 to 199 watts.",
        "de": "Schwelle 265 Watt. Zone 2 geht von 146 bis 199 Watt.",
    },
    "what-changed": {
        "en": "Since this morning: a new ride, and Friday's workout was moved.",
        "de": "Seit heute Morgen: eine neue Fahrt, und Freitag wurde verschoben.",
    },
    "save-activity-file": {
        "en": "Saved: Morning ride, as a FIT file.",
        "de": "Gesichert: Morgenrunde, als FIT-Datei.",
    },
    "training-export": {
        "en": "Saved: all your activities as one CSV file.",
        "de": "Gesichert: alle deine Aktivitäten als eine CSV-Datei.",
    },
    "training-card": {
        "en": "Your form as a picture, ready to share.",
        "de": "Deine Form als Bild, fertig zum Teilen.",
    },
    "bridge-check": {
        "en": "All is well: 8 checks passed.",
        "de": "Alles in Ordnung: 8 Prüfungen bestanden.",
    },
}
