"""What each shortcut says: shown in the gallery until somebody tries it.

Every sentence was heard from the shortcut itself, in a made-up athlete's world.
Written by `make docs`; do not change it by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

SAMPLES: Mapping[str, Mapping[str, str]] = {
    "my-training-form": {
        "en": (
            "Form is minus 2, the grey zone; minus 11 after today's plan. Fitness 58, "
            "fatigue 60."
        ),
        "de": (
            "Deine Form ist minus 2, Grauzone; nach dem heutigen Plan minus 11. "
            "Fitness 58, Ermüdung 60."
        ),
    },
    "morning-brief": {
        "en": (
            "Form is minus 2, the grey zone; minus 11 after today's plan. You slept 6 "
            "hours 2 minutes, 1 hour 18 minutes less than usual. Heart rate "
            "variability 65, normal. Planned today: Strength and Threshold 4x8, "
            "together 1 hour 56 minutes. 13 days to Park Run 10k."
        ),
        "de": (
            "Deine Form ist minus 2, Grauzone; nach dem heutigen Plan minus 11. "
            "Schlaf: 6 Stunden 2 Minuten, 1 Stunde 18 Minuten weniger als sonst. "
            "Herzfrequenzvariabilität 65, normal. Geplant heute: Strength und "
            "Threshold 4x8, zusammen 1 Stunde 56 Minuten. Noch 13 Tage bis Park Run "
            "10k."
        ),
    },
    "run-splits": {
        "en": (
            "12 laps. 7 of them are work laps. Fastest is lap 8: 4 minutes 5 seconds "
            "per kilometre. Slowest is lap 12: 5 minutes 50 seconds per kilometre. "
            "The work laps: 5 26, 5 times 4 05, 5 50."
        ),
        "de": (
            "12 Runden. 7 davon sind Intervalle. Am schnellsten war Runde 8: 4 "
            "Minuten 5 Sekunden pro Kilometer. Am langsamsten war Runde 12: 5 Minuten "
            "50 Sekunden pro Kilometer. Die Intervalle: 5 26, 5 mal 4 05, 5 50."
        ),
    },
    "last-activity": {
        "en": (
            "Ride, 82.3 kilometres in 3 hours 6 minutes, yesterday. Lake Loop. Power "
            "180 watts. Heart rate 139. Load 145. Climb 600 metres."
        ),
        "de": (
            "Radfahrt, 82,3 Kilometer in 3 Stunden 6 Minuten, gestern. Lake Loop. "
            "Leistung 180 Watt. Puls 139. Belastung 145. 600 Meter bergauf."
        ),
    },
    "todays-workout": {
        "en": (
            "2 workouts to do: Strength and Threshold 4x8. Together 1 hour 56 minutes "
            "and load 81. Training phase: Build 2."
        ),
        "de": (
            "Noch 2 Einheiten: Strength und Threshold 4x8. Zusammen 1 Stunde 56 "
            "Minuten und Belastung 81. Trainingsphase: Build 2."
        ),
    },
    "my-next-workout": {
        "en": "Planned today: Strength. Weight training, 45 minutes.",
        "de": "Geplant heute: Strength. Krafttraining, 45 Minuten.",
    },
    "training-weather": {
        "en": (
            "Next is Strength. The weather today: 2 to 10 degrees. Some rain. Wind 20 "
            "kilometres per hour."
        ),
        "de": (
            "Als Nächstes kommt Strength. Das Wetter heute: 2 bis 10 Grad. Etwas "
            "Regen. Wind 20 Kilometer pro Stunde."
        ),
    },
    "my-training-calendar": {
        "en": (
            "11 calendar entries. Today: Strength and Threshold 4x8. Tomorrow: VO2 "
            "Max 5x4 and Bike service. On Wednesday: Pool Swim and Forest Run. On "
            "Thursday: Threshold 4x8. On Saturday: Long Run and Family weekend. On "
            "Sunday: Hills and Coffee. Training phase: Build 2."
        ),
        "de": (
            "11 Kalendereinträge. Heute: Strength und Threshold 4x8. Morgen: VO2 Max "
            "5x4 und Bike service. Am Mittwoch: Pool Swim und Forest Run. Am "
            "Donnerstag: Threshold 4x8. Am Samstag: Long Run und Family weekend. Am "
            "Sonntag: Hills and Coffee. Trainingsphase: Build 2."
        ),
    },
    "my-training-week": {
        "en": (
            "This week: nothing done yet of 9 hours 38 minutes planned. Load 0 of "
            "521. 8 workouts are left. The week before: 7 hours 56 minutes, load 439."
        ),
        "de": (
            "Diese Woche: noch nichts von 9 Stunden 38 Minuten geschafft. Belastung 0 "
            "von 521. 8 Einheiten sind noch offen. Die Woche davor: 7 Stunden 56 "
            "Minuten, Belastung 439."
        ),
    },
    "race-countdown": {
        "en": (
            "13 days to Park Run 10k. It is on Sunday, 6 December. Run. Training "
            "phase: Build 2."
        ),
        "de": (
            "Noch 13 Tage bis Park Run 10k. Das ist am Sonntag, dem 6. Dezember. "
            "Lauf. Trainingsphase: Build 2."
        ),
    },
    "training-streak": {
        "en": (
            "2 days of training in a row. 4 weeks in a row with training. Train today "
            "to keep the streak going."
        ),
        "de": (
            "2 Tage Training in Folge. 4 Wochen in Folge mit Training. Trainier "
            "heute, sonst endet die Serie der Tage."
        ),
    },
    "my-recovery": {
        "en": (
            "Slept 6 hours 2 minutes. Sleep score 66. Heart rate variability 65 "
            "milliseconds. Resting heart rate 47."
        ),
        "de": (
            "Du hast 6 Stunden 2 Minuten geschlafen. Schlafwert 66. "
            "Herzfrequenzvariabilität 65 Millisekunden. Ruhepuls 47."
        ),
    },
    "my-training-bests": {
        "en": (
            "Ride. Estimated threshold power 261 watts. The same as on 12 October. 5 "
            "seconds: 504 watts. 1 minute: 292 watts. 5 minutes: 262 watts. 20 "
            "minutes: 245 watts."
        ),
        "de": (
            "Radfahrt. Geschätzte Schwellenleistung 261 Watt. Genauso viel wie am 12. "
            "Oktober. 5 Sekunden: 504 Watt. 1 Minute: 292 Watt. 5 Minuten: 262 Watt. "
            "20 Minuten: 245 Watt."
        ),
    },
    "my-zones": {
        "en": (
            "Ride. Threshold power 265 watts. Threshold heart rate 168. Maximum heart "
            "rate 189. Zone 2 is 146 to 198 watts. Heart rate zone 2 is 136 to 149."
        ),
        "de": (
            "Radfahrt. Schwellenleistung 265 Watt. Schwellenpuls 168. Maximalpuls "
            "189. Zone 2 liegt bei 146 bis 198 Watt. Pulszone 2 liegt bei 136 bis "
            "149."
        ),
    },
    "look-up-an-activity": {
        "en": (
            "20 activities. The newest is Tempo Ride, on 24 September. Together 806 "
            "kilometres and 29 hours 11 minutes."
        ),
        "de": (
            "20 Aktivitäten. Die neueste ist Tempo Ride, am 24. September. Zusammen "
            "806 Kilometer und 29 Stunden 11 Minuten."
        ),
    },
    "gear-check": {
        "en": (
            "Due for Road Bike: Wax the chain. Due soon for Cloud Trainers: New "
            "shoes. 5 pieces of gear in use. Road Bike: 13,100 kilometres. Trainer "
            "Bike: 4,710 kilometres. Cloud Trainers: 944 kilometres."
        ),
        "de": (
            "Fällig bei Road Bike: Wax the chain. Bald fällig bei Cloud Trainers: New "
            "shoes. 5 Teile sind in Gebrauch. Road Bike: 13.100 Kilometer. Trainer "
            "Bike: 4.710 Kilometer. Cloud Trainers: 944 Kilometer."
        ),
    },
    "bridge-check": {
        "en": (
            "It works, with one remark. 5 of 82 activities of the last 90 days came "
            "through Strava, which does not let them be read. Connect your watch to "
            "Intervals dot I C U directly."
        ),
        "de": (
            "Es läuft, mit einer Anmerkung. 5 von 82 Aktivitäten der letzten 90 Tage "
            "kamen über Strava und lassen sich deshalb nicht lesen. Verbinde deine "
            "Uhr direkt mit Intervals I C U."
        ),
    },
    "my-training-weight": {
        "en": (
            "Noted. Weight 72.5 kilograms. On average 71.3 kilograms in the 7 days "
            "before."
        ),
        "de": (
            "Notiert. Gewicht 72,5 Kilogramm. In den 7 Tagen davor im Schnitt 71,3 "
            "Kilogramm."
        ),
    },
    "training-check-in": {
        "en": (
            "Noted. Mood good. Soreness low. Fatigue high. Stress average. Motivation "
            "excellent."
        ),
        "de": (
            "Notiert. Stimmung gut. Muskelkater leicht. Müdigkeit hoch. Stress "
            "mittel. Motivation ausgezeichnet."
        ),
    },
    "rate-my-session": {
        "en": "Done. Lake Loop, yesterday. Effort 7 of 10. Feeling good.",
        "de": "Erledigt. Lake Loop, gestern. Anstrengung 7 von 10. Gefühl gut.",
    },
    "sync-health": {
        "en": "Added for 23 November: Slept 7 hours 20 minutes. Resting heart rate 48.",
        "de": (
            "Übernommen für den 23. November: Du hast 7 Stunden 20 Minuten "
            "geschlafen. Ruhepuls 48."
        ),
    },
    "move-my-workout": {
        "en": "Moved. Strength is now on Saturday.",
        "de": "Verschoben. Strength ist jetzt am Samstag.",
    },
    "finish-my-workout": {
        "en": "Done: Strength, today.",
        "de": "Erledigt: Strength, heute.",
    },
    "plan-a-workout": {
        "en": (
            "Done. Planned on Saturday: Ride. 1 hour 30 minutes, load 63. The steps: "
            "1 hour 30 minutes in zone 2."
        ),
        "de": (
            "Erledigt. Geplant am Samstag: Radfahrt. 1 Stunde 30 Minuten, Belastung "
            "63. Die Schritte: 1 Stunde 30 Minuten in Zone 2."
        ),
    },
    "training-zones": {
        "en": (
            "Done. Threshold power 288 watts, before 265 watts. Past activities keep "
            "the zones they had."
        ),
        "de": (
            "Erledigt. Schwellenleistung 288 Watt, vorher 265 Watt. Vergangene "
            "Aktivitäten behalten ihre Zonen."
        ),
    },
}
