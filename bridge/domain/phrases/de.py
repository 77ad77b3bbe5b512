"""German. Written for the ear: the most important first, whole words, du.

One is a word wherever a voice would say "eins": "eine Runde". Days come whole
("heute", "am Freitag", "letzten Freitag"), dates bare ("4. Dezember").
"""

from __future__ import annotations

from bridge.domain.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    # numbers, measures, days
    "number.minus": "minus {number}",
    "number.plus": "plus {number}",
    "number.range": "{low} bis {high}",
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
    "day.on": "am {day}",
    "day.last": "letzten {day}",
    "day.soon": "in den nächsten vier Wochen",
    "word.yes": "ja",
    "word.no": "nein",
    # fitness
    "fitness.none": "Für diesen Tag gibt es noch keine Fitnessdaten.",
    "fitness.form": "Deine Form ist {form}, {zone}.",
    "fitness.form_past": "Deine Form war {form}, {zone}.",
    "fitness.form_before_plan": "Deine Form ist {form}, {zone}; nach dem Plan von "
    "heute {planned}.",
    "fitness.now": "Fitness {ctl}, Ermüdung {atl}.",
    "form_zone.high_risk": "hohes Risiko",
    "form_zone.optimal": "optimales Training",
    "form_zone.grey": "Grauzone",
    "form_zone.fresh": "frisch",
    "form_zone.transition": "Übergang",
    "form_zone.unknown": "ohne Zone",
    # activities
    "load": "Belastung {n}",
    "activity.done": "{distance} in {time}",
    "activity.pace": "Tempo {pace}.",
    "activity.power": "Leistung {n} Watt.",
    "activity.heart_rate": "Puls {n}.",
    "activity.load": "Belastung {n}.",
    "activity.climb": "{climb} bergauf.",
    "activity.not_analyzed": "Die Auswertung läuft noch.",
    "strava.day": "Über Strava kam {day} eine Aktivität, ohne ihre Daten.",
    "strava.some_day": "Über Strava kam eine Aktivität, ohne ihre Daten.",
    "strava.cure": (
        "Strava erlaubt Intervals I C U nicht, sie weiterzugeben. Verbinde deine Uhr "
        "oder deinen Radcomputer direkt mit Intervals I C U. Für ältere Aktivitäten "
        "wähle dort in den Einstellungen Import all Strava data."
    ),
    "activities.none": "In dieser Zeit gibt es keine Aktivitäten.",
    "activities.count": {"one": "Eine Aktivität.", "other": "{n} Aktivitäten."},
    "activities.total": "Zusammen {what}.",
    "activities.strava": {
        "one": "Eine kam über Strava, ohne ihre Daten.",
        "other": "{n} kamen über Strava, ohne ihre Daten.",
    },
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
        "one": "Eine davon ist eine Belastungsrunde.",
        "other": "{n} davon sind Belastungsrunden.",
    },
    "laps.fastest": "Am schnellsten war Runde {lap}: {effort}.",
    "laps.slowest": "Am langsamsten war Runde {lap}: {effort}.",
    "laps.hardest": "Am härtesten war Runde {lap}: {effort}.",
    "laps.easiest": "Am leichtesten war Runde {lap}: {effort}.",
    "laps.each": "Runde {lap}: {what}.",
    "laps.paces": "Tempo Runde für Runde: {efforts}.",
    "laps.powers": "Watt Runde für Runde: {efforts}.",
    "laps.beats": "Puls Runde für Runde: {efforts}.",
    "laps.work_paces": "Die schnellen Runden: {efforts}.",
    "laps.work_powers": "Watt der harten Runden: {efforts}.",
    "laps.work_beats": "Puls der harten Runden: {efforts}.",
    "laps.unknown": "keine Daten",
    # wellness
    "wellness.none": "Für den {day} gibt es keine Wellness-Daten.",
    "wellness.none_near": "Für {day} gibt es noch keine Wellness-Daten.",
    "wellness.none_in_range": "In dieser Zeit gibt es keine Wellness-Daten.",
    "wellness.days": {"one": "Ein Tag.", "other": "{n} Tage."},
    "wellness.average_sleep": "Im Schnitt {time} Schlaf.",
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
        "one": "Streuung der Herzschläge eine Millisekunde.",
        "other": "Streuung der Herzschläge {number} Millisekunden.",
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
    "scale.sleep_quality.3": "mittel",
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
    "scale.mood.3": "mittel",
    "scale.mood.4": "schlecht",
    "scale.motivation.1": "ausgezeichnet",
    "scale.motivation.2": "gut",
    "scale.motivation.3": "mittel",
    "scale.motivation.4": "schlecht",
    "scale.soreness.0": "keiner",
    "scale.soreness.1": "niedrig",
    "scale.soreness.2": "mittel",
    "scale.soreness.3": "hoch",
    "scale.soreness.4": "extrem",
    "scale.fatigue.0": "keine",
    "scale.fatigue.1": "niedrig",
    "scale.fatigue.2": "mittel",
    "scale.fatigue.3": "hoch",
    "scale.fatigue.4": "extrem",
    "scale.stress.0": "keiner",
    "scale.stress.1": "niedrig",
    "scale.stress.2": "mittel",
    "scale.stress.3": "hoch",
    "scale.stress.4": "extrem",
    "scale.injury.1": "keine",
    "scale.injury.2": "ein Zwicken",
    "scale.injury.3": "angeschlagen",
    "scale.injury.4": "verletzt",
    "scale.hydration.1": "gut",
    "scale.hydration.2": "ausreichend",
    "scale.hydration.3": "niedrig",
    "scale.hydration.4": "sehr niedrig",
    # names of fields
    "field.weight_kg": "Gewicht",
    "field.resting_hr_bpm": "Ruhepuls",
    "field.hrv_ms": "Herzfrequenzvariabilität",
    "field.hrv_sdnn_ms": "Streuung der Herzschläge",
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
    "plan.workout": "Geplant ist {day}: {name}.",
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
    "events.none": "Für diese Zeit steht nichts im Kalender.",
    "events.count": {"one": "Ein Kalendereintrag.", "other": "{n} Kalendereinträge."},
    "events.entry": "{name} {day}",
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
    "category.SET_FITNESS": "Fitness gesetzt",
    "category.OTHER": "Kalendereintrag",
    "steps.all": "Die Schritte: {steps}.",
    "steps.first": "Es beginnt mit: {steps}.",
    "steps.repeat": {"one": "einmal {steps}", "other": "{n} mal {steps}"},
    "steps.zone": "in Zone {zone}",
    "steps.watts": "bei {watts} Watt",
    "steps.percent": "bei {percent} Prozent",
    "steps.unknown": "ein freier Schritt",
    # zones and athlete
    "zones.none": "Für diese Sportart gibt es noch keine Zonen: {sport}.",
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
    "gear.reminder": "eine Erinnerung",
    "gear.due": "{name}, jetzt fällig.",
    "gear.soon": "{name}, bald fällig.",
    # race
    "race.none": "Im Kalender steht kein Wettkampf.",
    "race.today": "Heute ist Wettkampftag: {name}.",
    "race.tomorrow": "Morgen ist Wettkampftag: {name}.",
    "race.days": {
        "one": "Noch ein Tag bis zum Wettkampf: {name}.",
        "other": "Noch {n} Tage bis zum Wettkampf: {name}.",
    },
    "race.weeks": {
        "one": "Noch eine Woche bis zum Wettkampf: {name}.",
        "other": "Noch {n} Wochen bis zum Wettkampf: {name}.",
    },
    "race.weeks_part": {"one": "eine Woche", "other": "{n} Wochen"},
    "race.weeks_and_days": {
        "one": "Noch {weeks} und ein Tag bis zum Wettkampf: {name}.",
        "other": "Noch {weeks} und {n} Tage bis zum Wettkampf: {name}.",
    },
    "race.day": "Das ist am {weekday}, {day}.",
    "race.phase": "Trainingsphase: {name}.",
    # streak
    "streak.none": "Es läuft noch keine Serie. Heute kann der erste Tag sein.",
    "streak.days": {
        "one": "Ein Tag Training in Folge.",
        "other": "{n} Tage Training in Folge.",
    },
    "streak.days_or_more": {
        "one": "Mindestens ein Tag Training in Folge.",
        "other": "Mindestens {n} Tage Training in Folge.",
    },
    "streak.weeks": {
        "one": "Eine Woche in Folge mit Training.",
        "other": "{n} Wochen in Folge mit Training.",
    },
    "streak.weeks_or_more": {
        "one": "Mindestens eine Woche in Folge mit Training.",
        "other": "Mindestens {n} Wochen in Folge mit Training.",
    },
    "streak.today_counts": "Trainier heute, damit die Serie der Tage weitergeht.",
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
    "brief.slept": "Du hast {time} geschlafen.",
    "brief.slept_more": "Du hast {time} geschlafen, {difference} mehr als sonst.",
    "brief.slept_less": "Du hast {time} geschlafen, {difference} weniger als sonst.",
    "brief.hrv": "Herzfrequenzvariabilität {n}.",
    "brief.hrv_low": "Herzfrequenzvariabilität {n}, niedrig für dich.",
    "brief.hrv_normal": "Herzfrequenzvariabilität {n}, normal für dich.",
    "brief.hrv_high": "Herzfrequenzvariabilität {n}, hoch für dich.",
    "brief.nothing_planned": "Es ist {day} nichts geplant.",
    "brief.nothing_was_planned": "Es war {day} nichts geplant.",
    "brief.planned": "Noch geplant: {names}.",
    "brief.planned_on": "Geplant ist {day}: {names}.",
    "brief.left_undone": "Offen geblieben ist {day}: {names}.",
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
    "zones.none_at_all": "Du hast in Intervals I C U noch keine Sporteinstellungen.",
    "activity.none": "Im letzten Jahr gibt es keine Aktivität.",
    "activity.none_of_type": "Im letzten Jahr gibt es keine Aktivität dieser Art.",
    # an old answer, while Intervals.icu is silent
    "stale.today": "Das ist von {time}; Intervals I C U antwortet gerade nicht.",
    "stale.earlier": "Gelesen habe ich das {day} um {time}; Intervals I C U antwortet "
    "gerade nicht.",
    "workout.none_ahead": "In den nächsten vier Wochen ist nichts geplant.",
    "update.available": "Für diesen Kurzbefehl gibt es auf deiner Bridge eine neue "
    "Version.",
    # writing
    "stored.noted": "Notiert.",
    "stored.noted_for": "Notiert für den {day}.",
    "stored.mean": "In den 7 Tagen davor im Schnitt {value}.",
    "stored.not_kept": "Intervals I C U hat nicht behalten: {names}.",
    "stored.lost": "Die Antwort ging verloren, aber ich habe nachgesehen: Es ist "
    "gespeichert.",
    "stored.preview": "Noch ist nichts geschrieben. Für den {day} würde ich notieren:",
    "stored.now": "Jetzt steht da: {value}",
    "stored.locked": "Der {day} ist gesperrt, vielleicht nimmt Intervals I C U es "
    "nicht an.",
    "stored.empty": "Kein Eintrag für {name}.",
    "wellness.locked": "Gesperrt: {words}",
    "undo.nothing": "Es gibt nichts zurückzunehmen: Dieses Gerät hat in der letzten "
    "Stunde nichts geschrieben.",
    "undo.already": "Die letzte Änderung dieses Geräts ist schon zurückgenommen.",
    "undo.done": "Zurückgenommen.",
    "undo.preview": "Noch ist nichts geschrieben. Es wäre wieder wie vorher:",
    "undo.never_arrived": "Es gibt nichts zurückzunehmen: Es ist alles wie vorher.",
    "undo.changed": "Nicht angerührt habe ich {names}: Das wurde seitdem geändert, und "
    "nicht von einem Gerät dieser Bridge.",
    "undo.changed_by": "Nicht angerührt habe ich {names}: {device} hat das seitdem "
    "geändert.",
    "undo.stuck": "Intervals I C U lässt sich das nicht leeren, deshalb steht da noch: "
    "{value} Entferne es dort auf der Seite.",
    "undo.gone": "Das gibt es nicht mehr.",
    "undo.removed": "Es ist wieder entfernt.",
    "undo.made": "Es ist wieder da, unter einer neuen ID.",
    # changed calendar entries
    "event.entry": "{category} {when}: {name}.",
    "event.nameless": "{category} {when}.",
    "event.days": "vom {first} bis zum {last}",
    "event.not_understood": "Intervals I C U hat im Text keine Schritte gefunden, "
    "deshalb zählt das mit Belastung 0. Jeder Schritt ist eine Zeile wie: minus, 20m, "
    "80 Prozent.",
    "event.removed": "Entfernt: {name} {day}.",
    "event.would_go": "Noch ist nichts entfernt. Ich würde entfernen: {name} {day}.",
    "event.moved": "Verschoben. {name} ist jetzt {day}.",
    "event.would_move": "Noch ist nichts geschrieben. {name} wäre {day}.",
    "event.skipped": "Ausgelassen: {name} {day} ist nur noch eine Notiz und zählt "
    "nicht mehr.",
    "event.would_skip": "Noch ist nichts geschrieben. {name} {day} würde eine Notiz, "
    "die nicht zählt.",
    "event.skipped_name": "Ausgelassen: {name}",
    "event.done": "Erledigt: {name}, {day}.",
    "event.would_be_done": "Noch ist nichts geschrieben. {name}, {day}, würde als "
    "erledigt abgehakt.",
    "event.done_already": "Das war schon erledigt: {name}.",
    "event.field": "{name} {value}",
    "event.field.category": "Art",
    "event.field.name": "Name",
    "event.field.type": "Sportart",
    "event.field.start_local": "Es ist",
    "event.field.description": "Beschreibung",
    "event.field.colour": "Farbe",
    "event.field.indoor": "Drinnen",
    "event.field.planned_s": "Dauer",
    "event.field.planned_load": "Belastung",
    "event.field.planned_distance_km": "Strecke",
    "event.field.target_s": "Zeit",
    "event.field.target_load": "Belastung",
    "event.field.target_distance_km": "Strecke",
    "dictation.sport": "die Sportart",
    "dictation.work": "die Dauer oder die Strecke",
    "dictation.intensity": "die Intensität, etwa locker oder hart",
    "dictation.day": "den Tag",
    "dictation.recovery": "die Pause",
    "dictation.warm_up": "das Aufwärmen",
    "dictation.cool_down": "das Auslaufen",
    "dictation.repeats": "die Wiederholungen",
    "dictation.duration": "die Dauer",
    # activities written to, files sent
    "session.of": "{name}, {day}.",
    "session.grams": "{n} Gramm",
    "session.field.name": "Name",
    "session.field.description": "Beschreibung",
    "session.field.type": "Sportart",
    "session.field.gear_id": "Material",
    "session.field.tags": "Schlagwörter",
    "session.field.carbs_g": "Kohlenhydrate",
    "session.field.rpe": "Anstrengung",
    "session.field.feel": "Gefühl",
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
    "upload.known": "Nichts kam dazu: Intervals I C U hat diese Datei schon.",
    "upload.preview": "Noch ist nichts geschickt. Das ist eine Datei der Art {kind}, "
    "{n} Kilobyte groß.",
    # health samples
    "health.nothing": "Es gibt keine Gesundheitsdaten zu übernehmen. Wenn das Telefon "
    "gesperrt war, entsperre es und versuche es noch einmal.",
    "health.all_known": "Intervals I C U hat schon alles.",
    "health.none_taken": "Es wurde nichts übernommen.",
    "health.taken": "Übernommen für den {day}:",
    "health.would_take": "Noch ist nichts geschrieben. Für den {day} würde ich "
    "übernehmen:",
    "health.others": {
        "one": "Und ein Wert anderer Tage.",
        "other": "Und {n} Werte anderer Tage.",
    },
    "health.of_day": "{name} vom {day}",
    "health.other_source": "Nicht angerührt, weil eine andere Quelle es geschrieben "
    "hat: {values}.",
    "health.smaller": "Nicht angerührt, weil es vorher mehr war: {values}.",
    "health.cut_off": "Ausgelassen, weil die Daten mitten am Tag beginnen: {values}.",
    "health.not_kept": "Intervals I C U hat nicht behalten: {values}.",
    "health.only_in_bed": "Es gibt die Zeit im Bett, aber keinen Schlaf: Dafür braucht "
    "es eine Uhr.",
    # changed thresholds and zones
    "change.done": "Erledigt.",
    "change.preview": "Noch ist nichts geschrieben.",
    "change.value": "{name} {value}.",
    "change.from": "{name} {value}, vorher {before}.",
    "change.limit": "{name} {zone} bis {value}, vorher {before}.",
    "change.empty": "nichts",
    "change.percent_and_watts": "{percent} oder {watts}",
    "change.field.ftp_w": "Schwellenleistung",
    "change.field.indoor_ftp_w": "Schwellenleistung drinnen",
    "change.field.lthr_bpm": "Schwellenpuls",
    "change.field.max_hr_bpm": "Maximalpuls",
    "change.field.threshold_pace_m_per_s": "Schwellentempo",
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
        "one": "Noch ist nichts geschrieben. Die Zonen einer vergangenen Aktivität, "
        "{sport}, würden neu berechnet. Das lässt sich nicht zurücknehmen.",
        "other": "Noch ist nichts geschrieben. Die Zonen aller {n} vergangenen "
        "Aktivitäten, {sport}, würden neu berechnet. Das lässt sich nicht "
        "zurücknehmen.",
    },
    "apply.none": "Es gibt keine vergangene Aktivität dieser Art: {sport}.",
    "apply.asked": {
        "one": "Beauftragt. Intervals I C U berechnet jetzt die Zonen einer "
        "vergangenen Aktivität, {sport}. Das dauert eine Weile.",
        "other": "Beauftragt. Intervals I C U berechnet jetzt die Zonen von {n} "
        "vergangenen Aktivitäten, {sport}. Das dauert eine Weile.",
    },
    # weather
    "weather.none": "Zum Wetter {day} hat Intervals I C U keine Vorhersage.",
    "weather.session": "Als Nächstes kommt {name}.",
    "weather.range": "Das Wetter {day}: {low} bis {high}.",
    "weather.dry": "Es bleibt trocken.",
    "weather.wet": "Etwas Regen.",
    "weather.very_wet": "Viel Regen.",
    "weather.windy": "Wind {speed}.",
    # health and raw answers
    "health.alive": "Die Bridge läuft.",
    "health.ready": "Die Bridge ist bereit.",
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
    "auf ihrer Einrichtungsseite, oder setze INTERVALS_API_KEY und starte sie neu.",
    "doctor.key.locked": "Die Bridge kann den API-Schlüssel nicht öffnen, den sie "
    "aufbewahrt, weil ihr Geheimnis geändert wurde. Verbinde dein Konto auf ihrer "
    "Einrichtungsseite neu.",
    "doctor.key.refused": "Intervals I C U kennt den API-Schlüssel nicht. Kopiere ihn "
    "dort noch einmal aus den Einstellungen, unter Developer Settings.",
    "doctor.key.forbidden": "Intervals I C U verweigert den Zugang. Vermutlich wurde "
    "der API-Schlüssel neu erstellt. Kopiere ihn dort noch einmal aus den "
    "Einstellungen.",
    "doctor.id.ok": "Die Athleten-ID {id} gehört zum Schlüssel.",
    "doctor.id.foreign": "Der Schlüssel ist gut, aber die Athleten-ID {id} gehört "
    "nicht dazu. Setze INTERVALS_ATHLETE_ID auf 0.",
    "doctor.id.unknown": "Intervals I C U kennt keinen Athleten {id}. Setze "
    "INTERVALS_ATHLETE_ID auf 0.",
    "doctor.tls.ok": "Die Verbindung zu Intervals I C U ist verschlüsselt und geprüft.",
    "doctor.tls.loopback": "Die Gegenstelle ist ein Simulator auf diesem Rechner.",
    "doctor.tls.untrusted": "Die Verbindung zu Intervals I C U ist nicht sicher: Ihrem "
    "Zertifikat wird hier nicht vertraut. Prüfe die Uhr und jeden Proxy dazwischen.",
    "doctor.reach.down": "Die Bridge erreicht Intervals I C U nicht. Prüfe ihr Netz "
    "und versuche es in ein paar Minuten noch einmal.",
    "doctor.quota.used": "Das Kontingent des API-Schlüssels ist aufgebraucht. Warte "
    "{wait}.",
    "doctor.clock.ok": "Die Uhr geht richtig.",
    "doctor.clock.unknown": "Intervals I C U hat nicht gesagt, wie spät es ist.",
    "doctor.clock.wrong": "Die Uhr der Bridge geht um {time} falsch. Stell sie nach "
    "der Netzwerkzeit.",
    "doctor.strava.none": "Keine Aktivität der letzten Zeit wird von Strava "
    "zurückgehalten.",
    "doctor.strava.empty": "Aus der letzten Zeit gibt es keine Aktivität.",
    "doctor.strava.unknown": "Die letzten Aktivitäten ließen sich nicht lesen.",
    "doctor.strava.some": "{stubs} von {all} Aktivitäten der letzten {days} Tage kamen "
    "über Strava, das sie nicht lesen lässt. Verbinde deine Uhr direkt.",
    "doctor.strava.all": "Alle Aktivitäten der letzten {days} Tage, {all} an der Zahl, "
    "kamen über Strava, das sie nicht lesen lässt. Verbinde deine Uhr direkt mit "
    "Intervals I C U.",
    "doctor.phone.ok": "Das Telefon erreicht die Bridge unter {address}.",
    "doctor.phone.unset": "BRIDGE_PUBLIC_URL ist nicht gesetzt, deshalb weiß ich "
    "nicht, ob ein Telefon die Bridge erreicht. Setze es auf die Adresse, die das "
    "Telefon benutzt.",
    "doctor.phone.loopback": "{address} meint nur diesen Rechner: Kein Telefon "
    "erreicht das. Setze BRIDGE_PUBLIC_URL auf eine Adresse, die das Telefon erreicht.",
    "doctor.phone.plain": "{address} ist nicht verschlüsselt: Der Zugang lässt sich "
    "mitlesen. Nimm außerhalb deines eigenen Netzes https.",
    "doctor.phone.home": "Das Telefon erreicht {address} nur daheim, nicht unterwegs.",
    "doctor.database.ok": "Die Datenbank liegt auf einem Datenträger, der bleibt.",
    "doctor.database.file": "Die Geräte stehen in {path}.",
    "doctor.database.server": "Die Geräte stehen auf einem Datenbankserver.",
    "doctor.database.wiped": "Diese Plattform vergisst bei jedem Start ihren "
    "Datenträger und damit alle Geräte. Setze DATABASE_URL auf einen "
    "PostgreSQL-Server.",
    "doctor.database.temporary": "Die Geräte stehen in {path}, das einen Neustart "
    "nicht übersteht. Setze DATABASE_URL auf eine Datei, die bleibt.",
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
    "error.bad_range": "Diese Spanne von Tagen läuft rückwärts: oldest muss vor "
    "newest liegen.",
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
    "hint.unknown_field": "Hier bekannt: {nearest}",
    "error.read_only_field": "Intervals I C U rechnet {name} selbst aus. Lass es weg.",
    "hint.read_only_field": "Lass {name} weg und schick den Rest noch einmal.",
    "error.nothing_to_write": "Es gibt nichts einzutragen. Schick ein Feld, zum "
    "Beispiel {example}.",
    "hint.nothing_to_write": "Zum Beispiel {example}",
    "error.bad_idempotency_key": "Dieser Idempotency-Key geht nicht. Schick 1 bis 255 "
    "einfache Zeichen.",
    "hint.bad_idempotency_key": "Für jede Änderung ein neuer, zufälliger Text.",
    "error.key_reused": "Dieser Idempotency-Key stand schon für etwas anderes. Es "
    "wurde nichts geschrieben.",
    "hint.key_reused": "Schick mit jeder neuen Änderung einen neuen Idempotency-Key.",
    "error.still_writing": "Dasselbe wird gerade geschrieben. Frag in ein paar "
    "Sekunden noch einmal.",
    "hint.still_writing": "Schick dieselbe Anfrage noch einmal: Es wird nur einmal "
    "geschrieben.",
    "error.not_kept": "Intervals I C U hat es ohne Fehler genommen, aber nicht "
    "behalten: {names}.",
    "hint.not_kept": "Nicht behalten: {names}. Trag es auf der Seite von Intervals.icu "
    "ein.",
    "error.day_locked": "Die Wellness-Daten vom {day} sind gesperrt, deshalb hat "
    "Intervals I C U nichts angenommen. Es ist nichts gespeichert. Entsperre zuerst "
    "dort den Tag.",
    "hint.day_locked": "Öffne in Intervals.icu die Wellness vom {day} und entsperre "
    "sie.",
    "error.missing_field": "Es fehlt {name}. Zum Beispiel {example}.",
    "hint.missing_field": "Zum Beispiel {name}: {example}",
    "error.fields_clash": "Schick {name} oder {other}, nicht beides.",
    "hint.fields_clash": "Lass {other} weg, oder {name}.",
    "error.out_of_bounds": "{name} muss zwischen {low} und {high} liegen. Es wurde "
    "nichts geschrieben.",
    "hint.out_of_bounds": "Zwischen {low} und {high}",
    "error.not_rising": "Die Grenzen von {name} müssen steigen, aber {value} kommt "
    "nach {after}. Es wurde nichts geschrieben.",
    "hint.not_rising": "Jede obere Grenze ist größer als die davor.",
    "error.open_end": "Der letzte Wert von {name} muss {last} sein. Es wurde nichts "
    "geschrieben.",
    "hint.open_end": "999 heißt: keine Grenze. Pulszonen enden mit max_hr_bpm.",
    "error.wrong_count": "{name} braucht {count} Werte, einen für jede Zone. Es wurde "
    "nichts geschrieben.",
    "hint.wrong_count": "Schick Grenzen und Namen zusammen, gleich viele.",
    "error.watts_as_percent": "{name} ist in Prozent deiner Schwellenleistung, aber "
    "{value} sieht nach Watt aus. Es wurde nichts geschrieben.",
    "hint.watts_as_percent": "Eine Grenze in Watt: zone=2&to_w={value}",
    "error.unclear_workout": "Ich habe {part} in diesem Training nicht verstanden. "
    "Sag zum Beispiel: {example}.",
    "hint.unclear_workout": "{example}",
    "error.workout_part_missing": "Ich habe {part} nicht gehört. Sag zum Beispiel: "
    "{example}.",
    "hint.workout_part_missing": "{example}",
    "error.no_zones": "Für {sport} gibt es noch keine Zonen dieser Art. Schick zuerst "
    "{name} vollständig.",
    "hint.no_zones": "Schick {name} als Liste.",
    "error.unknown_file": "Diese Datei ist weder FIT noch TCX noch GPX, deshalb habe "
    "ich sie nicht weitergereicht.",
    "hint.unknown_file": "Schick die Datei selbst, keinen Link und kein Archiv.",
    "error.known_file": "Intervals I C U hat diese Datei schon. Nichts kam dazu.",
    "hint.known_file": "/v1/activities/{activity} ist daraus geworden.",
    "error.no_activity": "Im letzten Jahr gibt es keine Aktivität, deshalb habe ich "
    "nichts geschrieben.",
    "hint.no_activity": "/v1/activities nennt alles, was es gibt, mit IDs.",
    "error.nothing_planned": "Es ist {day} kein Training mehr offen.",
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
    "Bridge einen neuen Einrichtungscode.",
    "hint.token_expired": "Starte: bridge devices add NAME",
    "error.token_revoked": "Dieses Gerät wurde ausgesperrt. Mach auf der Bridge einen "
    "neuen Einrichtungscode, wenn es zurückkommen soll.",
    "hint.token_revoked": "Starte: bridge devices add NAME",
    "error.scope_too_small": "Dieses Gerät darf das nicht. Es braucht die Berechtigung "
    "{scope}.",
    "hint.scope_too_small": "Starte: bridge devices add NAME --scope {scope}",
    "error.not_found": "Unter dieser ID hat Intervals I C U nichts. Prüfe sie, oder "
    "frag nach dem Letzten, mit latest.",
    "hint.not_found": "/v1/activities nennt alles, was es gibt, mit IDs.",
    "error.bad_id": "Das kann keine ID einer Aktivität sein. Sie sieht aus wie i 1 2 3 "
    "4 5 6, oder sag latest.",
    "hint.bad_id": "Zum Beispiel i123456789 oder latest; kopiere sie, wie sie ist.",
    "error.unknown_path": "Diese Adresse hat die Bridge nicht. Nimm zum Beispiel "
    "{nearest}.",
    "hint.unknown_path": "Alle Adressen stehen unter /docs.",
    "error.no_latest": "Im letzten Jahr gibt es keine Aktivität.",
    "hint.no_latest": "/v1/activities listet auf, was es gibt, mit IDs.",
    "error.no_latest_of_type": "Im letzten Jahr gibt es keine Aktivität dieser Art.",
    "hint.no_latest_of_type": "/v1/activities listet auf, was es gibt, mit Arten.",
    "error.unknown_upstream_path": "Intervals I C U kennt diese Adresse nicht: {path}.",
    "hint.unknown_upstream_path": "Alle Adressen stehen unter "
    "intervals.icu/api-docs.html; auch eine ID kann falsch sein.",
    "error.wrong_method": "Diese Adresse will eine andere Methode: {allowed}.",
    "hint.wrong_method": "Wähle {allowed} in „Inhalte von URL abrufen“.",
    "error.strava_only": "Diese Aktivität kam über Strava, das sie nicht lesen lässt. "
    "Verbinde deine Uhr direkt mit Intervals I C U, für die nächsten.",
    "hint.strava_only": "In Intervals.icu: Settings, Connections.",
    "error.secret_field": "Im Feld {name} steht ein Passwort oder Schlüssel. Die "
    "Bridge schreibt das nicht.",
    "hint.secret_field": "Lass {name} weg und schick den Rest noch einmal.",
    "error.not_flat": "Diese Adresse von Intervals I C U antwortet mit einer Datei. "
    "Frag stattdessen unter /api/v1 danach.",
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
    "error.upstream_forbidden": "Intervals I C U verweigert den Zugang. Entweder wurde "
    "der API-Schlüssel neu erstellt, oder das gehört jemand anderem.",
    "hint.upstream_forbidden": "Starte: bridge doctor",
    "error.upstream_rejected": "Intervals I C U hat das nicht angenommen. Die Antwort "
    "war: {reason}",
    "hint.upstream_rejected": "Ändere, was geschickt wurde, und versuche es noch "
    "einmal.",
    "error.upstream_busy": "Intervals I C U bittet um eine Pause. Versuche es in "
    "{wait} noch einmal.",
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
    "undo.lasting": "Die vergangenen Aktivitäten wurden neu berechnet; das lässt sich "
    "nicht zurücknehmen.",
    "error.bare_pace": "{name} kann für verschiedene Strecken gemeint sein, sag also "
    "für welche. Zum Beispiel {example}.",
    "hint.bare_pace": "Zum Beispiel {name}: {example}",
}
