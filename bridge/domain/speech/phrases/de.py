"""German. Written for the ear: the most important first, whole words, du.

One is a word wherever a voice would say "eins": "eine Runde". Days come whole
("heute", "am Freitag", "letzten Freitag"), dates bare ("4. Dezember").
"""

from __future__ import annotations

from bridge.domain.speech.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    # numbers, measures, days
    "number.minus": "minus {number}",
    "number.plus": "plus {number}",
    "number.range": "{low} bis {high}",
    "number.two_units": "{large} {small}",
    "percent": "{number} Prozent",
    "pace.per_km": "{time} pro Kilometer",
    "pace.per_mile": "{time} pro Meile",
    "pace.per_100m": "{time} pro 100 Meter",
    "pace.per_100y": "{time} pro 100 Yards",
    "temperature.degrees": "{n} Grad",
    "time.pattern": "H:mm 'Uhr'",
    "time.pattern_12_h": "H:mm 'Uhr'",
    "day.yesterday": "gestern",
    "day.today": "heute",
    "day.tomorrow": "morgen",
    "day.coming": "am {day}",
    "day.on": "am {day}",
    "day.last": "letzten {day}",
    "day.first": "1",
    "day.soon": "in den nächsten vier Wochen",
    "word.yes": "ja",
    "word.no": "nein",
    # words of examples
    "example.or": "oder",
    "example.today": "heute",
    "example.yesterday": "gestern",
    "example.tomorrow": "morgen",
    "example.saturday": "Samstag",
    "example.good": "gut",
    "example.average": "mittel",
    "example.niggle": "Zwicken",
    "example.okay": "mittel",
    "example.slightly": "etwas",
    "example.challenging": "anstrengend",
    "example.workout": "Training",
    "example.note": "Notiz",
    "example.holiday": "Urlaub",
    "example.green": "grün",
    "example.the": "die",
    "example.last": "letzten",
    "example.days": "Tage",
    # fitness
    "fitness.none": "Für diesen Tag gibt es noch keine Fitnessdaten.",
    "fitness.form": "Deine Form ist {form}, {zone}.",
    "fitness.form_past": "Deine Form war {form}, {zone}.",
    "fitness.form_before_plan": "Deine Form ist {form}, {zone}; nach dem heutigen "
    "Plan {planned}.",
    "fitness.now": "Fitness {ctl}, Ermüdung {atl}.",
    "form_zone.high_risk": "hohes Risiko der Überlastung",
    "form_zone.optimal": "optimaler Trainingsbereich",
    "form_zone.grey": "Grauzone",
    "form_zone.fresh": "frisch",
    "form_zone.transition": "sehr ausgeruht, die Fitness sinkt",
    "form_zone.unknown": "ohne Zone",
    # activities
    "load": "Belastung {n}",
    "activity.done": "{distance} in {time}",
    "activity.pace": "Tempo {pace}.",
    "activity.power": "Leistung {n} Watt.",
    "activity.heart_rate": "Puls {n}.",
    "activity.load": "Belastung {n}.",
    "activity.climb": "{climb} bergauf.",
    "activity.not_analyzed": "Die Auswertung läuft noch; frag in einer Minute noch "
    "einmal.",
    "strava.day": "Über Strava kam {day} eine Aktivität, ohne ihre Daten.",
    "strava.some_day": "Über Strava kam eine Aktivität, ohne ihre Daten.",
    "strava.cure": (
        "Strava erlaubt Intervals I C U nicht, sie weiterzugeben. Verbinde deine Uhr "
        "oder deinen Radcomputer direkt mit Intervals I C U. Für ältere Aktivitäten "
        "wähle dort in den Einstellungen Import all Strava data."
    ),
    "activities.none": "In diesem Zeitraum gibt es keine Aktivitäten.",
    "activities.count": {"one": "Eine Aktivität.", "other": "{n} Aktivitäten."},
    "activities.total": "Zusammen {what}.",
    "activities.strava": {
        "one": "Eine Aktivität kam über Strava, ohne ihre Daten.",
        "other": "{n} Aktivitäten kamen über Strava, ohne ihre Daten.",
    },
    "search.none": "Es gibt nichts mit dem Namen {words}.",
    "search.none_tagged": "Es gibt nichts mit dem Schlagwort {words}.",
    "search.cut": {
        "one": "Mindestens eine Aktivität.",
        "other": "Mindestens {n} Aktivitäten.",
    },
    "search.newest": "Die neueste ist {name}, {day}.",
    # laps
    "watts": "{n} Watt",
    "beats": {"one": "ein Schlag pro Minute", "other": "{n} Schläge pro Minute"},
    "laps.none": "Diese Aktivität hat keine Runden.",
    "laps.not_analyzed": (
        "Es gibt noch keine Runden: Intervals I C U wertet diese Aktivität noch aus. "
        "Frag in einer Minute noch einmal."
    ),
    "laps.manual": "Diese Aktivität wurde von Hand eingetragen und hat keine Runden.",
    "laps.count": {"one": "Eine Runde.", "other": "{n} Runden."},
    "laps.work": {
        "one": "Eine davon ist ein Intervall.",
        "other": "{n} davon sind Intervalle.",
    },
    "laps.fastest": "Am schnellsten war Runde {lap}: {effort}.",
    "laps.slowest": "Am langsamsten war Runde {lap}: {effort}.",
    "laps.hardest": "Am härtesten war Runde {lap}: {effort}.",
    "laps.easiest": "Am leichtesten war Runde {lap}: {effort}.",
    "laps.each": "Runde {lap}: {what}.",
    "laps.paces": "Tempo Runde für Runde: {efforts}.",
    "laps.powers": "Watt Runde für Runde: {efforts}.",
    "laps.beats": "Puls Runde für Runde: {efforts}.",
    "laps.work_paces": "Die Intervalle: {efforts}.",
    "laps.work_powers": "Watt der Intervalle: {efforts}.",
    "laps.work_beats": "Puls der Intervalle: {efforts}.",
    "laps.unknown": "keine Daten",
    # wellness
    "wellness.none": "Für den {day} gibt es keine Wellness-Daten.",
    "wellness.none_near": "Für {day} gibt es noch keine Wellness-Daten.",
    "wellness.none_in_range": "In diesem Zeitraum gibt es keine Wellness-Daten.",
    "wellness.days": {"one": "Ein Tag.", "other": "{n} Tage."},
    "wellness.average_of": {
        "one": "Der Schnitt von einem Tag.",
        "other": "Der Schnitt von {n} Tagen.",
    },
    "wellness.average_sleep": "Schlaf {time}.",
    "wellness.average_hrv": {
        "one": "Herzfrequenzvariabilität eine Millisekunde.",
        "other": "Herzfrequenzvariabilität {n} Millisekunden.",
    },
    "wellness.average_pulse": "Ruhepuls {n}.",
    "wellness.sleep_s": "Du hast {time} geschlafen.",
    "wellness.sleep_score": "Schlafwert {number}.",
    "wellness.hrv_ms": {
        "one": "Herzfrequenzvariabilität eine Millisekunde.",
        "other": "Herzfrequenzvariabilität {number} Millisekunden.",
    },
    "wellness.hrv_sdnn_ms": {
        "one": "Herzfrequenzvariabilität, S D N N, eine Millisekunde.",
        "other": "Herzfrequenzvariabilität, S D N N, {number} Millisekunden.",
    },
    "wellness.resting_hr_bpm": "Ruhepuls {number}.",
    "wellness.avg_sleeping_hr_bpm": "Puls im Schlaf {number}.",
    "wellness.readiness": "Bereitschaft {number}.",
    "wellness.weight_kg": "Gewicht {weight}.",
    "wellness.spo2_percent": "Sauerstoffsättigung {number} Prozent.",
    "wellness.respiration_per_min": {
        "one": "Ein Atemzug pro Minute.",
        "other": "{number} Atemzüge pro Minute.",
    },
    "wellness.systolic_mmhg": "Oberer Blutdruck {number}.",
    "wellness.diastolic_mmhg": "Unterer Blutdruck {number}.",
    "wellness.soreness": "Muskelkater {word}.",
    "wellness.soreness.0": "Kein Muskelkater.",
    "wellness.fatigue.0": "Keine Müdigkeit.",
    "wellness.stress.0": "Kein Stress.",
    "wellness.injury.1": "Keine Verletzung.",
    "wellness.fatigue": "Müdigkeit {word}.",
    "wellness.stress": "Stress {word}.",
    "wellness.mood": "Stimmung {word}.",
    "wellness.motivation": "Motivation {word}.",
    "wellness.injury": "Verletzung: {word}.",
    "wellness.hydration": "Flüssigkeitshaushalt {word}.",
    "wellness.sleep_quality": "Der Schlaf war {word}.",
    "wellness.hydration_volume_l": {
        "one": "Du hast einen Liter getrunken.",
        "other": "Du hast {number} Liter getrunken.",
    },
    "wellness.steps": {"one": "Ein Schritt.", "other": "{number} Schritte."},
    "wellness.eaten_kcal": {
        "one": "Du hast eine Kilokalorie gegessen.",
        "other": "Du hast {number} Kilokalorien gegessen.",
    },
    "wellness.carbohydrates_g": "{number} Gramm Kohlenhydrate.",
    "wellness.protein_g": "{number} Gramm Eiweiß.",
    "wellness.fat_g": "{number} Gramm Fett.",
    "wellness.body_fat_percent": "Körperfett {number} Prozent.",
    "wellness.abdomen_cm": "Bauchumfang {number} Zentimeter.",
    "wellness.vo2max": "Maximale Sauerstoffaufnahme {number}.",
    "wellness.blood_glucose_mmol_per_l": "Blutzucker {number} Millimol pro Liter.",
    "wellness.lactate_mmol_per_l": "Laktat {number} Millimol pro Liter.",
    "wellness.baevsky_index": "Stressindex {number}.",
    "wellness.menstrual_phase": "Zyklusphase: {words}",
    "wellness.menstrual_phase_predicted": "Erwartete Zyklusphase: {words}",
    "wellness.comments": "{words}",
    "phase.PERIOD": "Periode",
    "phase.FOLLICULAR": "Follikelphase",
    "phase.OVULATING": "Eisprung",
    "phase.LUTEAL": "Lutealphase",
    "phase.NONE": "keine",
    "scale.sleep_quality.1": "ausgezeichnet",
    "scale.sleep_quality.2": "gut",
    "scale.sleep_quality.3": "mittelmäßig",
    "scale.sleep_quality.4": "schlecht",
    "scale.rpe.1": "gar nicht anstrengend",
    "scale.rpe.2": "sehr leicht",
    "scale.rpe.3": "leicht",
    "scale.rpe.4": "angenehm",
    "scale.rpe.5": "etwas anstrengend",
    "scale.rpe.6": "anstrengend",
    "scale.rpe.7": "hart",
    "scale.rpe.8": "sehr hart",
    "scale.rpe.9": "extrem hart",
    "scale.rpe.10": "volle Kraft",
    "scale.mood.1": "ausgezeichnet",
    "scale.mood.2": "gut",
    "scale.mood.3": "durchschnittlich",
    "scale.mood.4": "schlecht",
    "scale.motivation.1": "ausgezeichnet",
    "scale.motivation.2": "gut",
    "scale.motivation.3": "durchschnittlich",
    "scale.motivation.4": "schlecht",
    "scale.soreness.0": "keiner",
    "scale.soreness.1": "leicht",
    "scale.soreness.2": "mäßig",
    "scale.soreness.3": "stark",
    "scale.soreness.4": "extrem",
    "scale.fatigue.0": "keine",
    "scale.fatigue.1": "gering",
    "scale.fatigue.2": "mittel",
    "scale.fatigue.3": "hoch",
    "scale.fatigue.4": "extrem",
    "scale.stress.0": "keiner",
    "scale.stress.1": "gering",
    "scale.stress.2": "mittel",
    "scale.stress.3": "hoch",
    "scale.stress.4": "extrem",
    "scale.injury.1": "keine",
    "scale.injury.2": "ein Zwicken",
    "scale.injury.3": "stark",
    "scale.injury.4": "schwer",
    "scale.hydration.1": "gut",
    "scale.hydration.2": "mäßig",
    "scale.hydration.3": "schlecht",
    "scale.hydration.4": "sehr schlecht",
    # names of fields
    "field.weight_kg": "Gewicht",
    "field.resting_hr_bpm": "Ruhepuls",
    "field.hrv_ms": "Herzfrequenzvariabilität",
    "field.hrv_sdnn_ms": "Herzfrequenzvariabilität, S D N N",
    "field.sleep_s": "Schlaf",
    "field.sleep_score": "Schlafwert",
    "field.sleep_quality": "Schlafqualität",
    "field.avg_sleeping_hr_bpm": "Puls im Schlaf",
    "field.spo2_percent": "Sauerstoffsättigung",
    "field.respiration_per_min": "Atemfrequenz",
    "field.systolic_mmhg": "oberer Blutdruck",
    "field.diastolic_mmhg": "unterer Blutdruck",
    "field.soreness": "Muskelkater",
    "field.fatigue": "Müdigkeit",
    "field.stress": "Stress",
    "field.mood": "Stimmung",
    "field.motivation": "Motivation",
    "field.injury": "Verletzung",
    "field.hydration": "Flüssigkeitshaushalt",
    "field.hydration_volume_l": "Trinkmenge",
    "field.readiness": "Bereitschaft",
    "field.steps": "Schritte",
    "field.eaten_kcal": "gegessene Kalorien",
    "field.carbohydrates_g": "Kohlenhydrate",
    "field.protein_g": "Eiweiß",
    "field.fat_g": "Fett",
    "field.body_fat_percent": "Körperfett",
    "field.abdomen_cm": "Bauchumfang",
    "field.vo2max": "maximale Sauerstoffaufnahme",
    "field.blood_glucose_mmol_per_l": "Blutzucker",
    "field.lactate_mmol_per_l": "Laktat",
    "field.baevsky_index": "Stressindex",
    "field.menstrual_phase": "Zyklusphase",
    "field.menstrual_phase_predicted": "erwartete Zyklusphase",
    "field.comments": "Kommentar",
    "field.locked": "Sperre",
    # calendar
    "plan.workout": "Geplant {day}: {name}.",
    "plan.race": "Wettkampf {day}: {name}.",
    "plan.many": {
        "one": "Noch eine Einheit: {names}.",
        "other": "Noch {n} Einheiten: {names}.",
    },
    "plan.done": "Geschafft hast du {day}: {names}",
    "plan.nothing": "Es ist {day} kein Training geplant.",
    "plan.nothing_past": "Es war {day} kein Training geplant.",
    "plan.block": "{category}: {name}",
    "plan.at": "um {time}",
    "events.none": "In diesem Zeitraum steht nichts im Kalender.",
    "events.count": {"one": "Ein Kalendereintrag.", "other": "{n} Kalendereinträge."},
    "events.day": "{day}: {names}",
    "events.more": {"one": "Und noch einer.", "other": "Und noch {n}."},
    "category.WORKOUT": "Training",
    "category.RACE_A": "A-Wettkampf",
    "category.RACE_B": "B-Wettkampf",
    "category.RACE_C": "C-Wettkampf",
    "category.NOTE": "Notiz",
    "category.PLAN": "Trainingsphase",
    "category.HOLIDAY": "Urlaub",
    "category.SICK": "Krank",
    "category.INJURED": "Verletzt",
    "category.SET_EFTP": "Geschätzte Schwellenleistung",
    "category.FITNESS_DAYS": "Fitness-Einstellungen",
    "category.SEASON_START": "Saisonbeginn",
    "category.TARGET": "Ziel",
    "category.SET_FITNESS": "Fitness von Hand gesetzt",
    "category.OTHER": "Kalendereintrag",
    "steps.all": "Die Schritte: {steps}.",
    "steps.first": "Es beginnt mit: {steps}.",
    "steps.repeat": {"one": "einmal {steps}", "other": "{n} mal {steps}"},
    "steps.zone": "in Zone {zone}",
    "steps.watts": "bei {watts} Watt",
    "steps.watts_between": "bei {low} bis {high} Watt",
    "steps.percent": "bei {percent} Prozent",
    "steps.percent_between": "bei {low} bis {high} Prozent",
    "steps.by_pace": "{held} nach Tempo",
    "steps.by_hr": "{held} nach Puls",
    "steps.of_pace": "{held} des Schwellentempos",
    "steps.of_hr": "{held} des Maximalpulses",
    "steps.of_lthr": "{held} des Schwellenpulses",
    "steps.unknown": "ein Schritt ohne Vorgabe",
    # zones and athlete
    "zones.none": "Für diese Sportart gibt es noch keine Zonen: {sport}. Leg sie in "
    "den Einstellungen von Intervals I C U an.",
    "zones.sport": "{sport}.",
    "zones.ftp": "Schwellenleistung {n} Watt.",
    "zones.pace": "Schwellentempo {pace}.",
    "zones.lthr": "Schwellenpuls {n}.",
    "zones.max_hr": "Maximalpuls {n}.",
    "zones.watts": "Zone {zone} liegt bei {held} Watt.",
    "zones.beats": "Pulszone {zone} liegt bei {held}.",
    "athlete.name": "Das ist das Training von {name}.",
    "athlete.sports": "Sportarten: {sports}.",
    "athlete.zone": "Zeitzone {zone}.",
    "athlete.no_zone": (
        "Deine Zeitzone ist nicht bekannt, deshalb beginnen die Tage nach Weltzeit. "
        "Stell sie in Intervals I C U ein."
    ),
    # week
    "week.this": "Diese Woche",
    "week.next": "Nächste Woche",
    "week.previous": "Letzte Woche",
    "week.other": "Woche vom {day}",
    "week.nothing": "{week}: nichts geplant und nichts gemacht.",
    "week.done": {
        "one": "{week}: eine Aktivität, {time}.",
        "other": "{week}: {n} Aktivitäten, {time}.",
    },
    "week.done_of_planned": "{week}: {done} von {planned} geschafft.",
    "week.nothing_done": "{week}: noch nichts von {planned} geschafft.",
    "week.nothing_was_done": "{week}: nichts von {planned} geschafft.",
    "week.nothing_ahead": "{week}: nichts geplant.",
    "week.ahead": {
        "one": "{week}: eine Einheit geplant.",
        "other": "{week}: {n} Einheiten geplant.",
    },
    "week.ahead_time": "{week}: {time} geplant.",
    "week.ahead_load": "{week}: {time} geplant, {load}.",
    "week.load": "Belastung {n}.",
    "week.load_of": "Belastung {done} von {planned}.",
    "week.distance": "{distance}.",
    "week.left": {
        "one": "Eine Einheit ist noch offen.",
        "other": "{n} Einheiten sind noch offen.",
    },
    "week.strava": {
        "one": "Eine Aktivität kam über Strava, ohne ihre Daten.",
        "other": "{n} Aktivitäten kamen über Strava, ohne ihre Daten.",
    },
    "week.last": "Die Woche davor: {time}, Belastung {n}.",
    # numbers for the eye
    "show.percent": "{number} %",
    "show.moment": "{day}, {time}",
    "show.km_per_h": "{number} km/h",
    "show.mi_per_h": "{number} mi/h",
    "show.mmol_per_l": "{number} mmol/l",
    "show.w_per_kg": "{number} W/kg",
    "show.per_min": "{number} /min",
    "show.kcal": "{number} kcal",
    "show.mmhg": "{number} mmHg",
    "show.bpm": "{number} S/min",
    "show.rpm": "{number} U/min",
    "show.spm": "{number} Schritte/min",
    "show.ms": "{number} ms",
    "show.cm": "{number} cm",
    "show.w": "{number} W",
    "show.j": "{number} J",
    "show.g": "{number} g",
    "show.l": "{number} l",
    # gear
    "gear.none": "Es ist kein Material in Gebrauch.",
    "gear.count": {
        "one": "Ein Teil ist in Gebrauch.",
        "other": "{n} Teile sind in Gebrauch.",
    },
    "gear.one": "{name}: {distance}.",
    "gear.nameless": "Material ohne Namen",
    "gear.retired": "Es ist ausgemustert.",
    "gear.reminder": "Wartung",
    "gear.due": "Fällig bei {gear}: {name}.",
    "gear.soon": "Bald fällig bei {gear}: {name}.",
    # race
    "race.none": "Im Kalender steht kein Wettkampf.",
    "race.today": "Heute ist Wettkampftag: {name}.",
    "race.tomorrow": "Morgen ist Wettkampftag: {name}.",
    "race.days": {
        "one": "Noch ein Tag bis {name}.",
        "other": "Noch {n} Tage bis {name}.",
    },
    "race.weeks": {
        "one": "Noch eine Woche bis {name}.",
        "other": "Noch {n} Wochen bis {name}.",
    },
    "race.weeks_part": {"one": "eine Woche", "other": "{n} Wochen"},
    "race.weeks_and_days": {
        "one": "Noch {weeks} und ein Tag bis {name}.",
        "other": "Noch {weeks} und {n} Tage bis {name}.",
    },
    "race.day": "Das ist am {weekday}, dem {day}.",
    "race.phase": "Trainingsphase: {name}.",
    # streak
    "streak.none": "Es läuft noch keine Serie. Heute kann der erste Tag sein.",
    "streak.days": {
        "one": "Bisher ein Tag Training.",
        "other": "{n} Tage Training in Folge.",
    },
    "streak.days_or_more": {
        "one": "Mindestens ein Tag Training in Folge.",
        "other": "Mindestens {n} Tage Training in Folge.",
    },
    "streak.weeks": {
        "one": "Bisher eine Woche mit Training.",
        "other": "{n} Wochen in Folge mit Training.",
    },
    "streak.weeks_or_more": {
        "one": "Mindestens eine Woche in Folge mit Training.",
        "other": "Mindestens {n} Wochen in Folge mit Training.",
    },
    "streak.today_counts": "Trainier heute, sonst endet die Serie der Tage.",
    # bests
    "bests.none": "Es gibt noch keine Bestwerte: {sport}.",
    "bests.sport": "{sport}.",
    "bests.one": "{extent}: {value}.",
    "bests.eftp": "Geschätzte Schwellenleistung {n} Watt.",
    "bests.up": "{n} Watt mehr als am {day}.",
    "bests.down": "{n} Watt weniger als am {day}.",
    "bests.same": "Genauso viel wie am {day}.",
    # morning brief
    "brief.no_sleep": "Der Schlaf der letzten Nacht ist noch nicht da.",
    "brief.slept": "Schlaf: {time}.",
    "brief.slept_more": "Schlaf: {time}, {difference} mehr als sonst.",
    "brief.slept_less": "Schlaf: {time}, {difference} weniger als sonst.",
    "brief.hrv": "Herzfrequenzvariabilität {n}.",
    "brief.hrv_low": "Herzfrequenzvariabilität {n}, niedrig für dich.",
    "brief.hrv_normal": "Herzfrequenzvariabilität {n}, normal.",
    "brief.hrv_high": "Herzfrequenzvariabilität {n}, hoch für dich.",
    "brief.nothing_planned": "Es ist {day} nichts geplant.",
    "brief.nothing_was_planned": "Es war {day} nichts geplant.",
    "brief.planned": "Noch geplant: {names}.",
    "brief.planned_on": "Geplant {day}: {names}.",
    "brief.together": "{names}, zusammen {time}",
    "brief.left_undone": "Nicht geschafft {day}: {names}.",
    "brief.done": "Geschafft: {names}.",
    "brief.done_on": "Geschafft hast du {day}: {names}.",
    # sports
    "sport.Ride": "Radfahrt",
    "sport.Run": "Lauf",
    "sport.Swim": "Schwimmen",
    "sport.WeightTraining": "Krafttraining",
    "sport.Hike": "Wanderung",
    "sport.Walk": "Spaziergang",
    "sport.AlpineSki": "Ski alpin",
    "sport.BackcountrySki": "Skitour",
    "sport.Badminton": "Badminton",
    "sport.Canoeing": "Kanufahren",
    "sport.Crossfit": "Crossfit",
    "sport.EBikeRide": "E-Bike-Fahrt",
    "sport.EMountainBikeRide": "E-Mountainbike-Fahrt",
    "sport.Elliptical": "Crosstrainer",
    "sport.Golf": "Golf",
    "sport.GravelRide": "Gravelfahrt",
    "sport.TrackRide": "Bahnradfahrt",
    "sport.Handcycle": "Handbike",
    "sport.HighIntensityIntervalTraining": "Hochintensives Intervalltraining",
    "sport.Hockey": "Hockey",
    "sport.IceSkate": "Eislaufen",
    "sport.InlineSkate": "Inlineskaten",
    "sport.Kayaking": "Kajakfahren",
    "sport.Kitesurf": "Kitesurfen",
    "sport.MountainBikeRide": "Mountainbike-Fahrt",
    "sport.Cyclocross": "Querfeldeinfahrt",
    "sport.NordicSki": "Skilanglauf",
    "sport.OpenWaterSwim": "Freiwasserschwimmen",
    "sport.Padel": "Padel",
    "sport.Pilates": "Pilates",
    "sport.Pickleball": "Pickleball",
    "sport.Racquetball": "Racquetball",
    "sport.Rugby": "Rugby",
    "sport.RockClimbing": "Klettern",
    "sport.RollerSki": "Rollski",
    "sport.Rowing": "Rudern",
    "sport.Sail": "Segeln",
    "sport.Skateboard": "Skateboarden",
    "sport.Snowboard": "Snowboarden",
    "sport.Snowshoe": "Schneeschuhwandern",
    "sport.Soccer": "Fußball",
    "sport.Squash": "Squash",
    "sport.StairStepper": "Treppensteigen",
    "sport.StandUpPaddling": "Stand-up-Paddeln",
    "sport.Surfing": "Surfen",
    "sport.TableTennis": "Tischtennis",
    "sport.Tennis": "Tennis",
    "sport.TrailRun": "Traillauf",
    "sport.Transition": "Wechsel",
    "sport.Velomobile": "Velomobil",
    "sport.VirtualRide": "Virtuelle Radfahrt",
    "sport.VirtualRow": "Virtuelles Rudern",
    "sport.VirtualRun": "Virtueller Lauf",
    "sport.VirtualSki": "Virtuelles Skifahren",
    "sport.WaterSport": "Wassersport",
    "sport.Wheelchair": "Rollstuhl",
    "sport.Windsurf": "Windsurfen",
    "sport.Workout": "Training",
    "sport.Yoga": "Yoga",
    "sport.Other": "Aktivität",
    "zones.none_at_all": "Du hast in Intervals I C U noch keine Sporteinstellungen. "
    "Leg sie dort zuerst an.",
    "activity.none": "In den letzten zwölf Monaten gibt es keine Aktivität.",
    "activity.none_of_type": "In den letzten zwölf Monaten gibt es keine Aktivität "
    "dieser Art.",
    # an old answer, while Intervals.icu is silent
    "stale.today": "Das ist von {time}; Intervals I C U antwortet gerade nicht.",
    "stale.earlier": "Gelesen habe ich das {day} um {time}; Intervals I C U antwortet "
    "gerade nicht.",
    "workout.none_ahead": "In den nächsten vier Wochen ist nichts geplant.",
    "update.available": "Für diesen Kurzbefehl gibt es eine neue Version. Füge ihn "
    "auf der Einrichtungsseite neu hinzu.",
    # writing
    "stored.noted": "Notiert.",
    "stored.noted_for": "Notiert für den {day}.",
    "stored.mean": "In den 7 Tagen davor im Schnitt {value}.",
    "stored.not_kept": "Das hat Intervals I C U nicht behalten: {names}. Trag es dort "
    "von Hand ein.",
    "stored.lost": "Die Antwort ging verloren, aber ich habe nachgesehen: Es ist "
    "gespeichert.",
    "stored.preview": "Noch ist nichts gespeichert. Für den {day} würde ich notieren:",
    "stored.now": "Jetzt steht da: {value}",
    "stored.locked": "Der {day} ist gesperrt, vielleicht nimmt Intervals I C U es "
    "nicht an. Entsperre dort zuerst den Tag.",
    "stored.empty": "Kein Eintrag für {name}.",
    "wellness.locked.yes": "Der Tag ist gesperrt.",
    "wellness.locked.no": "Der Tag ist nicht gesperrt.",
    "undo.nothing": "Es gibt nichts rückgängig zu machen: Dieses Gerät hat in der "
    "letzten Stunde nichts gespeichert.",
    "undo.already": "Die letzte Änderung dieses Geräts ist schon rückgängig gemacht.",
    "undo.done": "Rückgängig gemacht.",
    "undo.restored": "Wieder wie vorher: {values}",
    "undo.preview": "Noch ist nichts gespeichert. Es wäre wieder wie vorher:",
    "undo.never_arrived": "Es gibt nichts rückgängig zu machen: Es ist alles wie "
    "vorher.",
    "undo.changed": "Nicht rückgängig gemacht: {names}. Das wurde seitdem außerhalb "
    "dieser Bridge geändert.",
    "undo.changed_by": "Nicht rückgängig gemacht: {names}. Das hat {device} seitdem "
    "geändert.",
    "undo.stuck": "Von hier aus lässt sich das nicht leeren, deshalb steht da noch: "
    "{value} Lösch es in Intervals I C U.",
    "undo.gone": "Nicht rückgängig gemacht: Was geändert wurde, ist inzwischen "
    "gelöscht.",
    "undo.removed": "Was neu war, ist wieder entfernt.",
    "undo.made": "Es ist wieder da, unter einer neuen ID.",
    # changed calendar entries
    "event.entry": "{category} {when}: {name}.",
    "event.nameless": "{category} {when}.",
    "event.days": "vom {first} bis zum {last}",
    "event.not_understood": "Intervals I C U hat im Text keine Schritte gefunden, "
    "deshalb zählt das mit Belastung 0. Schreib jeden Schritt in eine eigene Zeile: "
    "Bindestrich, Dauer, Intensität.",
    "event.removed": "Entfernt: {name}, {day}.",
    "event.would_go": "Noch ist nichts entfernt. Ich würde entfernen: {name}, {day}.",
    "event.moved": "Verschoben. {name} ist jetzt {day}.",
    "event.would_move": "Noch ist nichts gespeichert. {name} wäre {day}.",
    "event.skipped": "Ausgelassen: {name}, {day}. Es bleibt als Notiz und zählt nicht "
    "mehr.",
    "event.would_skip": "Noch ist nichts gespeichert. {name}, {day}, bliebe als "
    "Notiz, die nicht zählt.",
    "event.skipped_name": "Ausgelassen: {name}",
    "event.done": "Erledigt: {name}, {day}.",
    "event.would_be_done": "Noch ist nichts gespeichert. {name}, {day}, würde als "
    "erledigt abgehakt.",
    "event.done_already": "Das war schon erledigt: {name}.",
    "event.field": "{name} {value}",
    "event.field.start_local": "Es ist",
    "dictation.sport": "die Sportart",
    "dictation.work": "die Dauer oder die Strecke",
    "dictation.intensity": "die Intensität",
    "dictation.day": "den Tag",
    "dictation.recovery": "die Pause",
    "dictation.warm_up": "das Aufwärmen",
    "dictation.cool_down": "das Cool-down",
    "dictation.repeats": "die Wiederholungen",
    "dictation.duration": "die Dauer",
    # activities written to, files sent
    "session.of": "{name}, {day}.",
    "session.grams": "{n} Gramm",
    "session.rpe": "{n} von 10",
    "scale.feel.1": "stark",
    "scale.feel.2": "gut",
    "scale.feel.3": "normal",
    "scale.feel.4": "schlecht",
    "scale.feel.5": "schwach",
    "upload.new": "Hochgeladen.",
    "upload.several": {
        "one": "Daraus wurde eine Aktivität.",
        "other": "Daraus wurden {n} Aktivitäten.",
    },
    "upload.known": "Es wurde nichts hinzugefügt: Intervals I C U hat diese Datei "
    "schon.",
    "upload.preview": "Noch ist nichts geschickt. Das ist eine {kind}-Datei von {n} "
    "Kilobyte.",
    # health samples
    "health.nothing": "Es gibt keine Gesundheitsdaten zu übernehmen. Wenn das Telefon "
    "gesperrt war, entsperre es und versuche es noch einmal.",
    "health.all_known": "Intervals I C U hat schon alles.",
    "health.none_taken": "Es wurde nichts übernommen.",
    "health.taken": "Übernommen für den {day}:",
    "health.would_take": "Noch ist nichts gespeichert. Für den {day} würde ich "
    "übernehmen:",
    "health.others": {
        "one": "Und ein Wert von anderen Tagen.",
        "other": "Und {n} Werte von anderen Tagen.",
    },
    "health.of_day": "{name} vom {day}",
    "health.other_source": "Beibehalten, weil es aus einer anderen Quelle kommt: "
    "{values}.",
    "health.smaller": "Beibehalten, weil Intervals I C U einen höheren Wert hat: "
    "{values}.",
    "health.cut_off": "Ausgelassen, weil der Anfang des Tages nicht mitkam: {values}.",
    "health.not_kept": "Das hat Intervals I C U nicht behalten: {values}. Trag es "
    "dort von Hand ein.",
    "health.only_in_bed": "Es gibt die Zeit im Bett, aber keinen Schlaf: Dafür braucht "
    "es eine Uhr.",
    # changed thresholds and zones
    "change.done": "Erledigt.",
    "change.preview": "Noch ist nichts gespeichert.",
    "change.value": "{name} {value}.",
    "change.from": "{name} {value}, vorher {before}.",
    "change.limit": "{name} {zone} bis {value}, vorher {before}.",
    "change.empty": "nichts",
    "change.percent_and_watts": "{percent} oder {watts}",
    "change.field.power_zones_percent": "Leistungszonen bis",
    "change.field.hr_zones_bpm": "Pulszonen bis",
    "change.field.pace_zones_percent": "Tempozonen bis",
    "change.field.power_zone_names": "Die Leistungszonen heißen",
    "change.field.hr_zone_names": "Die Pulszonen heißen",
    "change.field.pace_zone_names": "Die Tempozonen heißen",
    "change.limit.power": "Leistungszone",
    "change.limit.heart_rate": "Pulszone",
    "change.limit.pace": "Tempozone",
    "change.heart_rate_stays": "Die Pulszonen bleiben, wie sie sind.",
    "change.past": "Vergangene Aktivitäten behalten ihre Zonen.",
    "apply.preview": {
        "one": "Noch ist nichts gespeichert. Die Zonen einer vergangenen Aktivität, "
        "{sport}, würden neu berechnet. Das lässt sich nicht rückgängig machen.",
        "other": "Noch ist nichts gespeichert. Die Zonen aller {n} vergangenen "
        "Aktivitäten, {sport}, würden neu berechnet. Das lässt sich nicht rückgängig "
        "machen.",
    },
    "apply.none": "Es gibt keine vergangene Aktivität dieser Art: {sport}.",
    "apply.asked": {
        "one": "Gestartet. Intervals I C U berechnet jetzt die Zonen einer "
        "vergangenen Aktivität, {sport}. Das dauert eine Weile.",
        "other": "Gestartet. Intervals I C U berechnet jetzt die Zonen von {n} "
        "vergangenen Aktivitäten, {sport}. Das dauert eine Weile.",
    },
    # weather
    "weather.none": "Es gibt {day} keine Wettervorhersage. Richte sie in Intervals I "
    "C U ein, oder frag nach einem anderen Tag.",
    "weather.session": "Als Nächstes kommt {name}.",
    "weather.range": "Das Wetter {day}: {low} bis {high}.",
    "weather.dry": "Es bleibt trocken.",
    "weather.wet": "Etwas Regen.",
    "weather.very_wet": "Viel Regen.",
    "weather.windy": "Wind {speed}.",
    # health and raw answers
    "alive": "Die Bridge läuft.",
    "ready": "Die Bridge ist bereit.",
    "flat.answer": "Das steht in Intervals I C U unter {path}.",
    # the doctor
    "doctor.fine": {
        "one": "Alles in Ordnung. Ich habe eine Sache geprüft.",
        "other": "Alles in Ordnung. Ich habe {n} Dinge geprüft.",
    },
    "doctor.problem": {
        "one": "Eine Sache stimmt nicht. {first}",
        "other": "{n} Dinge stimmen nicht. Das Erste: {first}",
    },
    "doctor.warning": {
        "one": "Es läuft, mit einer Anmerkung. {first}",
        "other": "Es läuft, mit {n} Anmerkungen. Die erste: {first}",
    },
    "doctor.key.ok": "Intervals I C U nimmt den API-Schlüssel an.",
    "doctor.key.missing": "Die Bridge hat keinen API-Schlüssel. Verbinde dein Konto "
    "auf ihrer Einrichtungsseite.",
    "doctor.key.locked": "Die Bridge kann den API-Schlüssel nicht öffnen, den sie "
    "aufbewahrt, weil ihr eigener geheimer Schlüssel geändert wurde. Verbinde dein "
    "Konto auf ihrer Einrichtungsseite neu.",
    "doctor.key.refused": "Intervals I C U kennt den API-Schlüssel nicht. Kopiere ihn "
    "dort noch einmal aus den Einstellungen, unter Developer Settings.",
    "doctor.key.forbidden": "Intervals I C U verweigert den Zugang. Vermutlich wurde "
    "der API-Schlüssel neu erstellt. Kopiere ihn dort noch einmal aus den "
    "Einstellungen.",
    "doctor.id.ok": "Die Athleten-ID {id} gehört zum Schlüssel.",
    "doctor.id.foreign": "Der Schlüssel ist gut, aber die Athleten-ID {id} gehört "
    "nicht dazu. Setze die Athleten-ID der Bridge auf 0.",
    "doctor.id.unknown": "Intervals I C U kennt keinen Athleten {id}. Setze die "
    "Athleten-ID der Bridge auf 0.",
    "doctor.tls.ok": "Die Verbindung zu Intervals I C U ist verschlüsselt und geprüft.",
    "doctor.tls.loopback": "Die Bridge spricht mit einem Simulator auf diesem "
    "Rechner, nicht mit Intervals I C U.",
    "doctor.tls.untrusted": "Die Verbindung zu Intervals I C U ist nicht sicher: Dem "
    "Zertifikat wird hier nicht vertraut. Prüfe die Uhr und jeden Proxy dazwischen.",
    "doctor.reach.down": "Die Bridge erreicht Intervals I C U nicht. Prüfe ihr Netz "
    "und versuche es in ein paar Minuten noch einmal.",
    "doctor.quota.used": "Das Kontingent des API-Schlüssels ist aufgebraucht. Warte "
    "{wait}.",
    "doctor.clock.ok": "Die Uhr geht richtig.",
    "doctor.clock.unknown": "Die Uhr ließ sich nicht prüfen, weil Intervals I C U "
    "keine Zeit geschickt hat.",
    "doctor.clock.wrong": "Die Uhr der Bridge geht um {time} falsch. Stell sie nach "
    "der Netzwerkzeit.",
    "doctor.strava.none": "Keine Aktivität der letzten Zeit wird von Strava "
    "zurückgehalten.",
    "doctor.strava.empty": "Aus der letzten Zeit gibt es keine Aktivität.",
    "doctor.strava.unknown": "Die letzten Aktivitäten ließen sich nicht lesen. "
    "Versuche es in einer Minute noch einmal.",
    "doctor.strava.some": "{stubs} von {all} Aktivitäten der letzten {days} Tage "
    "kamen über Strava und lassen sich deshalb nicht lesen. Verbinde deine Uhr direkt "
    "mit Intervals I C U.",
    "doctor.strava.all": "Alle {all} Aktivitäten der letzten {days} Tage kamen über "
    "Strava und lassen sich deshalb nicht lesen. Verbinde deine Uhr direkt mit "
    "Intervals I C U.",
    "doctor.phone.ok": "Das Telefon erreicht die Bridge unter {address}.",
    "doctor.phone.unset": "Die öffentliche Adresse der Bridge ist nicht gesetzt, "
    "deshalb weiß ich nicht, ob ein Telefon sie erreicht. Setze sie auf die Adresse, "
    "die das Telefon benutzt.",
    "doctor.phone.loopback": "{address} meint nur diesen Rechner: Kein Telefon "
    "erreicht das. Setze die öffentliche Adresse der Bridge auf eine, die das Telefon "
    "erreicht.",
    "doctor.phone.plain": "{address} ist nicht verschlüsselt: Der Zugang lässt sich "
    "mitlesen. Nimm außerhalb deines eigenen Netzes https.",
    "doctor.phone.home": "Das Telefon erreicht {address} nur daheim, nicht unterwegs.",
    "doctor.database.ok": "Die Datenbank liegt auf einem Datenträger, der bleibt.",
    "doctor.database.file": "Die Geräte stehen in {path}.",
    "doctor.database.server": "Die Geräte stehen auf einem Datenbankserver.",
    "doctor.database.wiped": "Diese Plattform verliert bei jedem Start ihren "
    "Datenträger und damit alle Geräte. Nimm einen PostgreSQL-Server als Datenbank.",
    "doctor.database.temporary": "Die Geräte stehen in {path}, das einen Neustart "
    "nicht übersteht. Leg die Datenbank auf einen Datenträger, der bleibt.",
    "doctor.scope.read": "Dieses Gerät darf lesen.",
    "doctor.scope.write": "Dieses Gerät darf lesen und schreiben.",
    "doctor.scope.raw": "Dieses Gerät darf alles, was der API-Schlüssel darf.",
    # failures: what happened and what to do
    "error.bridge_error": "In der Bridge ist etwas schiefgegangen. Es steht in ihrem "
    "Protokoll. Bitte versuche es noch einmal.",
    "hint.bridge_error": "Sieh im Protokoll der Bridge zur Zeit dieser Antwort nach.",
    "error.bad_request": "Die Bridge hat diese Adresse nicht verstanden. Prüfe sie auf "
    "seltsame Zeichen.",
    "hint.bad_request": "Alle Adressen stehen unter /docs.",
    "error.bad_parameter": "Ich verstehe den Wert von {name} nicht. Nimm zum Beispiel "
    "{example}.",
    "hint.bad_parameter": "Zum Beispiel {name}={example}",
    "error.unknown_parameter": "Den Parameter {name} kenne ich nicht. Meinst du "
    "{nearest}?",
    "hint.unknown_parameter": "Hier bekannt: {known}",
    "error.unknown_column": "Eine Spalte {column} gibt es nicht. Meinst du {nearest}?",
    "hint.unknown_column": "Hier bekannt: {known}",
    "error.repeated_column": "Die Spalte {column} steht zweimal da. Nenn sie einmal.",
    "hint.repeated_column": "Lass ein {column} in columns=… stehen.",
    "error.parameters_clash": "Schick {name} oder {other}, nicht beides.",
    "hint.parameters_clash": "Ein einzelner Tag: day=2026-11-23. Mehrere Tage: "
    "oldest=2026-11-01&newest=2026-11-23",
    "error.repeated_parameter": "Der Parameter {name} kam zweimal. Schick ihn einmal.",
    "hint.repeated_parameter": "Lass ein {name}=… in der Adresse.",
    "error.bad_range": "Die Tage laufen rückwärts. Der erste Tag muss vor dem letzten "
    "liegen.",
    "hint.bad_range": "Zum Beispiel oldest=2026-11-01&newest=2026-11-23",
    "error.range_too_long": "Diese Spanne ist zu lang. Mehr als {days} Tage auf "
    "einmal gehen nicht.",
    "hint.range_too_long": "Frag erst nach einem Jahr, dann nach dem nächsten.",
    "error.bad_body": "Die Bridge konnte nicht lesen, was geschickt wurde. Schick ein "
    "JSON-Objekt.",
    "hint.bad_body": 'Zum Beispiel {{"weight_kg": 72.5}}',
    "error.bad_field": "Ich verstehe den Wert von {name} nicht. Nimm zum Beispiel "
    "{example}.",
    "hint.bad_field": "Zum Beispiel {name}: {example}",
    "error.unknown_field": "Das Feld {name} kenne ich nicht. Meinst du {nearest}?",
    "hint.unknown_field": "Am nächsten: {nearest}",
    "error.read_only_field": "Intervals I C U rechnet {name} selbst aus. Lass es weg.",
    "hint.read_only_field": "Lass {name} weg und schick den Rest noch einmal.",
    "error.nothing_to_write": "Es gibt nichts einzutragen. Schick ein Feld, zum "
    "Beispiel {example}.",
    "hint.nothing_to_write": "Zum Beispiel {example}",
    "error.bad_idempotency_key": "Dieser Idempotency-Key geht nicht. Schick 1 bis 255 "
    "einfache Zeichen.",
    "hint.bad_idempotency_key": "Für jede Änderung ein neuer, zufälliger Text.",
    "error.key_reused": "Dieser Idempotency-Key wurde schon für etwas anderes "
    "benutzt, deshalb wurde nichts gespeichert. Schick einen neuen.",
    "hint.key_reused": "Schick mit jeder neuen Änderung einen neuen Idempotency-Key.",
    "error.still_writing": "Dasselbe wird gerade gespeichert. Frag in ein paar "
    "Sekunden noch einmal.",
    "hint.still_writing": "Schick dieselbe Anfrage noch einmal: Es wird nur einmal "
    "gespeichert.",
    "error.not_kept": "Intervals I C U hat es ohne Fehler genommen, aber das nicht "
    "behalten: {names}. Trag es dort von Hand ein.",
    "hint.not_kept": "Nicht behalten: {names}. Trag es auf der Seite von Intervals.icu "
    "ein.",
    "error.day_locked": "Die Wellness-Daten vom {day} sind gesperrt, deshalb hat "
    "Intervals I C U nichts angenommen. Es wurde nichts gespeichert. Entsperre dort "
    "zuerst den Tag.",
    "hint.day_locked": "Öffne in Intervals.icu die Wellness vom {day} und entsperre "
    "sie.",
    "error.missing_field": "Es fehlt {name}. Zum Beispiel {example}.",
    "hint.missing_field": "Zum Beispiel {name}: {example}",
    "error.fields_clash": "Schick {name} oder {other}, nicht beides.",
    "hint.fields_clash": "Lass {other} weg, oder {name}.",
    "error.out_of_bounds": "{name} muss zwischen {low} und {high} liegen. Es wurde "
    "nichts gespeichert.",
    "hint.out_of_bounds": "Zwischen {low} und {high}",
    "error.not_rising": "Die Grenzen von {name} müssen steigen, aber {value} kommt "
    "nach {after}. Es wurde nichts gespeichert.",
    "hint.not_rising": "Jede obere Grenze ist größer als die davor.",
    "error.open_end": "Der letzte Wert von {name} muss {last} sein. Es wurde nichts "
    "gespeichert.",
    "hint.open_end": "999 heißt: keine Grenze. Pulszonen enden mit max_hr_bpm.",
    "error.wrong_count": "{name} braucht {count} Werte, einen für jede Zone. Es wurde "
    "nichts gespeichert.",
    "hint.wrong_count": "Schick Grenzen und Namen zusammen, gleich viele.",
    "error.watts_as_percent": "{name} ist in Prozent deiner Schwellenleistung, aber "
    "{value} sieht nach Watt aus. Schick Prozent. Es wurde nichts gespeichert.",
    "hint.watts_as_percent": "Eine Grenze in Watt: zone=2&to_w={value}",
    "error.unclear_workout": "Ich habe {part} in diesem Training nicht verstanden. "
    "Sag zum Beispiel: {sentence}.",
    "hint.unclear_workout": "{sentence}",
    "error.workout_part_missing": "Ich habe {part} nicht gehört. Sag zum Beispiel: "
    "{sentence}.",
    "hint.workout_part_missing": "{sentence}",
    "error.no_zones": "Für {sport} gibt es noch keine Zonen dieser Art. Schick zuerst "
    "{name} vollständig.",
    "hint.no_zones": "Schick {name} als Liste.",
    "error.unknown_file": "Diese Datei ist weder FIT noch TCX noch GPX, deshalb habe "
    "ich sie nicht weitergereicht. Schick die Aufzeichnung selbst.",
    "hint.unknown_file": "Schick die Datei selbst, keinen Link und kein Archiv.",
    "error.known_file": "Intervals I C U hat diese Datei schon. Es wurde nichts "
    "hinzugefügt.",
    "hint.known_file": "/v1/activities/{activity} ist daraus geworden.",
    "error.no_activity": "In den letzten zwölf Monaten gibt es keine Aktivität, "
    "deshalb wurde nichts gespeichert. Synchronisiere zuerst deine Uhr.",
    "hint.no_activity": "/v1/activities nennt alles, was es gibt, mit IDs.",
    "error.nothing_planned": "Es ist {day} kein Training mehr offen. Nenn einen "
    "anderen Tag.",
    "hint.nothing_planned": "/v1/events nennt alles, was es gibt, mit IDs.",
    "error.body_too_large": "Das ist zu viel auf einmal. Schick weniger.",
    "hint.body_too_large": "Es genügt ein Objekt mit den Feldern, die sich ändern.",
    "error.unsupported_body": "Diese Art von Inhalt liest die Bridge nicht. Wähle JSON "
    "als Anfragetext.",
    "hint.unsupported_body": "Schick Content-Type: application/json",
    "error.token_missing": "Die Bridge kennt dieses Gerät nicht. Installiere den "
    "Kurzbefehl neu, mit einem Einrichtungscode von der Bridge.",
    "hint.token_missing": "Schick Authorization: Bearer und dahinter den Gerätetoken.",
    "error.token_invalid": "Die Bridge kennt den Token dieses Geräts nicht. Mach auf "
    "der Bridge einen neuen Einrichtungscode und installiere den Kurzbefehl neu.",
    "hint.token_invalid": "Ein Token beginnt mit icb_ und muss ganz kopiert sein.",
    "error.token_expired": "Der Token dieses Geräts ist abgelaufen. Mach auf der "
    "Bridge einen neuen Einrichtungscode und installiere den Kurzbefehl neu.",
    "hint.token_expired": "Starte: bridge devices add NAME",
    "error.token_revoked": "Dieses Gerät wurde ausgesperrt. Soll es zurückkommen, "
    "mach auf der Bridge einen neuen Einrichtungscode und installiere den Kurzbefehl "
    "neu.",
    "hint.token_revoked": "Starte: bridge devices add NAME",
    "error.scope_too_small": "Dieses Gerät darf das nicht. Mach auf der Bridge einen "
    "neuen Einrichtungscode mit der Berechtigung {scope}, und installiere den "
    "Kurzbefehl damit neu.",
    "hint.scope_too_small": "Starte: bridge devices add NAME --scope {scope}",
    "error.not_found": "Unter dieser ID hat Intervals I C U nichts. Prüfe sie, oder "
    "frag nach der letzten Aktivität.",
    "hint.not_found": "/v1/activities nennt alles, was es gibt, mit IDs.",
    "error.bad_id": "Das kann keine ID einer Aktivität sein. Eine ID sieht aus wie i "
    "1 2 3 4 5 6. Oder sag latest.",
    "hint.bad_id": "Zum Beispiel i123456789 oder latest; kopiere sie, wie sie ist.",
    "error.unknown_path": "Diese Adresse hat die Bridge nicht. Nimm zum Beispiel "
    "{nearest}.",
    "hint.unknown_path": "Alle Adressen stehen unter /docs.",
    "error.no_latest": "In den letzten zwölf Monaten gibt es keine Aktivität. "
    "Synchronisiere zuerst deine Uhr.",
    "hint.no_latest": "/v1/activities listet auf, was es gibt, mit IDs.",
    "error.no_latest_of_type": "In den letzten zwölf Monaten gibt es keine Aktivität "
    "dieser Art. Frag nach einer anderen.",
    "hint.no_latest_of_type": "/v1/activities listet auf, was es gibt, mit Arten.",
    "error.unknown_upstream_path": "Intervals I C U kennt diese Adresse nicht: "
    "{path}. Prüfe sie und die ID darin.",
    "hint.unknown_upstream_path": "Alle Adressen stehen unter "
    "intervals.icu/api-docs.html; auch eine ID kann falsch sein.",
    "error.wrong_method": "Diese Adresse will eine andere Methode: {allowed}.",
    "hint.wrong_method": "Wähle {allowed} in „Inhalte von URL abrufen“.",
    "error.strava_only": "Diese Aktivität kam über Strava und lässt sich deshalb "
    "nicht lesen. Verbinde deine Uhr direkt mit Intervals I C U, für die nächsten.",
    "hint.strava_only": "In Intervals.icu: Settings, Connections.",
    "error.secret_field": "Im Feld {name} steht ein Passwort oder Schlüssel, das "
    "schreibt die Bridge nicht. Lass es weg.",
    "hint.secret_field": "Lass {name} weg und schick den Rest noch einmal.",
    "error.not_flat": "Diese Adresse von Intervals I C U antwortet mit einer Datei. "
    "Frag nach der Datei selbst.",
    "hint.not_flat": "/v1/flat liest JSON; /api/v1 reicht Dateien durch, wie sie sind.",
    "error.store_down": "Die Datenbank der Bridge antwortet nicht. Versuche es in "
    "einer Minute noch einmal.",
    "hint.store_down": "Sieh im Protokoll der Bridge nach; prüfe DATABASE_URL.",
    "error.no_api_key": "Die Bridge hat noch keinen Schlüssel für Intervals I C U. "
    "Öffne ihre Einrichtungsseite und verbinde dein Konto.",
    "hint.no_api_key": "Oder setze INTERVALS_API_KEY und starte die Bridge neu.",
    "error.vault_closed": "Die Bridge kann den Schlüssel nicht öffnen, den sie "
    "aufbewahrt. Verbinde dein Konto auf ihrer Einrichtungsseite neu.",
    "hint.vault_closed": "Der BRIDGE_SECRET_KEY, der ihn versiegelt hat, ist weg.",
    "error.upstream_error": "Intervals I C U konnte nicht antworten. Versuche es "
    "später noch einmal.",
    "hint.upstream_error": "Frag /v1/doctor, was los ist.",
    "error.upstream_refused": "Intervals I C U hat den API-Schlüssel abgelehnt. "
    "Kopiere ihn noch einmal aus den Einstellungen dort auf die Bridge.",
    "hint.upstream_refused": "Starte: bridge doctor",
    "error.upstream_forbidden": "Intervals I C U verweigert den Zugang. Kopiere den "
    "API-Schlüssel noch einmal auf die Bridge. Bleibt es dabei, gehört das Gefragte "
    "zu einem anderen Konto.",
    "hint.upstream_forbidden": "Starte: bridge doctor",
    "error.upstream_rejected": "Intervals I C U hat das nicht angenommen. Ändere es "
    "und versuche es noch einmal. Die Antwort war: {reason}",
    "hint.upstream_rejected": "Ändere, was geschickt wurde, und versuche es noch "
    "einmal.",
    "error.upstream_busy": "Intervals I C U bittet um eine Pause. Warte {wait}, dann "
    "versuche es noch einmal.",
    "hint.upstream_busy": "Das Kontingent des API-Schlüssels ist gerade aufgebraucht.",
    "error.upstream_down": "Intervals I C U antwortet nicht. Versuche es in ein paar "
    "Minuten noch einmal.",
    "hint.upstream_down": "Wenn es so bleibt, frag /v1/doctor.",
    "error.upstream_slow": "Intervals I C U ist gerade zu langsam. Versuche es in "
    "einer Minute noch einmal.",
    "hint.upstream_slow": "Wenn es so bleibt, frag /v1/doctor.",
    "error.upstream_garbage": "Intervals I C U hat etwas geantwortet, das sich nicht "
    "lesen lässt. Versuche es später noch einmal.",
    "hint.upstream_garbage": "Wenn es so bleibt, frag /v1/doctor.",
    "error.write_lost": "Die Antwort von Intervals I C U ging verloren. Ich habe "
    "nachgesehen: Es wurde nicht gespeichert. Bitte sag es noch einmal.",
    "hint.write_lost": "Schick dieselbe Anfrage noch einmal.",
    "error.write_unknown": "Intervals I C U hat nicht geantwortet, deshalb weiß ich "
    "nicht, ob es gespeichert ist. Sieh nach, oder sag es in einer Minute noch einmal: "
    "Es wird nur einmal gespeichert.",
    "hint.write_unknown": "Schick dieselbe Anfrage in einer Minute noch einmal.",
    "undo.lasting": "Wurden vergangene Aktivitäten neu berechnet, behalten sie diese "
    "Zonen.",
    "error.bare_pace": "Sag dazu, für welche Strecke {name} gemeint ist: einen "
    "Kilometer, eine Meile oder 100 Meter. Zum Beispiel {example}.",
    "hint.bare_pace": "Zum Beispiel {name}: {example}",
    "undo.unlinked": "Mit der Aktivität ist es nicht mehr verknüpft.",
    "error.already_done": "Das ist schon erledigt, deshalb bleibt es, wie es ist. "
    "Wähl ein anderes Training.",
    "hint.already_done": "/v1/events/{event} ändert auch ein erledigtes Training.",
    "change.already": "{name} war schon {value}.",
    "change.as_before": "{name} {value}, wie bisher.",
    "change.so_already": "Das war schon so.",
    "stored.already": "Das war schon notiert.",
    "stored.already_for": "Das war für den {day} schon notiert.",
    "event.there_already": "{name} ist schon {day} geplant.",
    "error.no_fields_taken": "Hier gibt es keine Felder. Lass {name} weg.",
    "hint.no_fields_taken": "Schick nichts mit, oder nur preview.",
    "error.beyond_bounds": "Dieser Wert von {name} kann nicht stimmen. Nimm zum "
    "Beispiel {example}.",
    "hint.beyond_bounds": "Zum Beispiel {name}: {example}",
    "error.end_before_start": "Das Ende muss nach dem Anfang liegen. Zum Beispiel "
    "{example}.",
    "hint.end_before_start": "Zum Beispiel {name}: {example}",
    "error.day_to_come": "Dieser Tag kommt erst noch. Nimm heute oder einen Tag davor.",
    "hint.day_to_come": "Zum Beispiel day: gestern",
    "error.needs_value": "Ein solcher Eintrag braucht einen eigenen Wert, den ich "
    "nicht schreiben kann. Trag ihn auf der Seite von Intervals I C U ein.",
    "hint.needs_value": "Nimm eine andere Kategorie, etwa note oder plan.",
    "error.no_event": "Im Kalender gibt es keinen Eintrag mit dieser ID. Prüfe die ID.",
    "hint.no_event": "/v1/events zählt auf, was es gibt, mit IDs.",
    "field.rpe": "Anstrengung",
    "field.feel": "Gefühl",
    "field.gear": "Material",
    "field.gear_id": "Material",
    "field.name": "Name",
    "field.type": "Sportart",
    "field.description": "Beschreibung",
    "field.tags": "Schlagwörter",
    "field.carbs_g": "Kohlenhydrate",
    "field.category": "Art",
    "field.start_local": "Beginn",
    "field.end_local": "Ende",
    "field.colour": "Farbe",
    "field.indoor": "drinnen",
    "field.planned_s": "Dauer",
    "field.planned_load": "Belastung",
    "field.planned_distance_km": "Strecke",
    "field.target_s": "Zielzeit",
    "field.target_load": "Zielbelastung",
    "field.target_distance_km": "Zielstrecke",
    "field.ftp_w": "Schwellenleistung",
    "field.indoor_ftp_w": "Schwellenleistung drinnen",
    "field.lthr_bpm": "Schwellenpuls",
    "field.max_hr_bpm": "Maximalpuls",
    "field.threshold_pace_m_per_s": "Schwellentempo",
    "field.power_zones_percent": "Leistungszonen",
    "field.hr_zones_bpm": "Pulszonen",
    "field.pace_zones_percent": "Tempozonen",
    "field.power_zone_names": "Namen der Leistungszonen",
    "field.hr_zone_names": "Namen der Pulszonen",
    "field.pace_zone_names": "Namen der Tempozonen",
}
