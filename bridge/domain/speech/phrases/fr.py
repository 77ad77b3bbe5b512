"""French. Written for the ear: the most important first, whole words, tu.

The plural form ``one`` also serves 0 and 1.5 ("0 watt"): a written-out "une" stands
only where there is always something to count; ``many`` is for whole millions ("1 000
000 de pas"). Nothing agrees with a name that is filled in. Days come whole
("aujourd'hui", "vendredi", "le 4 décembre"), dates bare ("4 décembre").
"""

from __future__ import annotations

from bridge.domain.speech.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    # numbers, measures, days
    "number.minus": "moins {number}",
    "number.plus": "plus {number}",
    "number.range": "{low} à {high}",
    "number.two_units": "{large} {small}",
    "percent": "{number} pour cent",
    "pace.per_km": "{time} au kilomètre",
    "pace.per_mile": "{time} au mile",
    "pace.per_100m": "{time} aux 100 mètres",
    "pace.per_100y": "{time} aux 100 yards",
    "temperature.degrees": {
        "one": "{n} degré",
        "many": "{n} de degrés",
        "other": "{n} degrés",
    },
    "time.pattern": "H'h'mm",
    "time.pattern_12_h": "H'h'mm",
    "day.yesterday": "hier",
    "day.today": "aujourd'hui",
    "day.tomorrow": "demain",
    "day.coming": "{day}",
    "day.on": "le {day}",
    "day.last": "{day} dernier",
    "day.first": "1er",
    "word.yes": "oui",
    "word.no": "non",
    # words of examples
    "example.or": "ou",
    "example.today": "aujourd'hui",
    "example.yesterday": "hier",
    "example.tomorrow": "demain",
    "example.saturday": "samedi",
    "example.good": "bien",
    "example.average": "moyen",
    "example.niggle": "gêne",
    "example.okay": "correct",
    "example.slightly": "un peu",
    "example.challenging": "difficile",
    "example.workout": "séance",
    "example.note": "note",
    "example.holiday": "vacances",
    "example.green": "vert",
    "example.the": "les",
    "example.last": "derniers",
    "example.days": "jours",
    # fitness
    "fitness.none": "Pas encore de données de forme pour ce jour.",
    "fitness.form": "Ta forme est à {form}, {zone}.",
    "fitness.form_past": "Ta forme était à {form}, {zone}.",
    "fitness.form_before_plan": "Ta forme est à {form}, {zone}; à {planned} après le "
    "plan du jour.",
    "fitness.now": "Condition physique {ctl}, fatigue {atl}.",
    "form_zone.high_risk": "gros risque d'en faire trop",
    "form_zone.optimal": "zone d'entraînement optimal",
    "form_zone.grey": "zone grise",
    "form_zone.fresh": "en pleine fraîcheur",
    "form_zone.transition": "très bonne fraîcheur, mais la condition physique baisse",
    "form_zone.unknown": "sans zone",
    # activities
    "load": "{n} de charge",
    "activity.done": "{distance} en {time}",
    "activity.pace": "Allure {pace}.",
    "activity.power": {
        "one": "Puissance {n} watt.",
        "many": "Puissance {n} de watts.",
        "other": "Puissance {n} watts.",
    },
    "activity.heart_rate": "Fréquence cardiaque {n}.",
    "activity.load": "Charge {n}.",
    "activity.climb": "{climb} de dénivelé.",
    "activity.not_analyzed": "L'analyse est en cours; redemande dans une minute.",
    "strava.day": "Une activité est arrivée par Strava {day}, sans ses données.",
    "strava.some_day": "Une activité est arrivée par Strava, sans ses données.",
    "strava.cure": (
        "Strava interdit à Intervals I C U de la transmettre. Connecte ta montre ou "
        "ton compteur directement à Intervals I C U; pour les anciennes activités, "
        "choisis Import all Strava data dans ses réglages."
    ),
    "activities.none": "Il n'y a pas d'activité sur cette période.",
    "activities.count": {
        "one": "Une activité.",
        "many": "{n} d'activités.",
        "other": "{n} activités.",
    },
    "activities.total": "Au total, {what}.",
    "activities.strava": {
        "one": "Une activité est arrivée par Strava, sans ses données.",
        "many": "{n} d'activités sont arrivées par Strava, sans leurs données.",
        "other": "{n} activités sont arrivées par Strava, sans leurs données.",
    },
    "search.none": "Rien ne s'appelle {words}.",
    "search.none_tagged": "Rien ne porte l'étiquette {words}.",
    "search.cut": {
        "one": "Au moins une activité.",
        "many": "Au moins {n} d'activités.",
        "other": "Au moins {n} activités.",
    },
    "search.newest": "La plus récente est {name}, {day}.",
    # laps
    "watts": {"one": "{n} watt", "many": "{n} de watts", "other": "{n} watts"},
    "beats": {
        "one": "{n} battement par minute",
        "many": "{n} de battements par minute",
        "other": "{n} battements par minute",
    },
    "laps.none": "Cette activité n'a pas de tours.",
    "laps.not_analyzed": (
        "Il n'y a pas encore de tours: Intervals I C U analyse encore cette activité. "
        "Redemande dans une minute."
    ),
    "laps.manual": "Cette activité a été saisie à la main, elle n'a donc pas de tours.",
    "laps.count": {"one": "Un tour.", "many": "{n} de tours.", "other": "{n} tours."},
    "laps.work": {
        "one": "Dont {n} fraction.",
        "many": "Dont {n} de fractions.",
        "other": "Dont {n} fractions.",
    },
    "laps.fastest": "Le plus rapide est le tour {lap}: {effort}.",
    "laps.slowest": "Le plus lent est le tour {lap}: {effort}.",
    "laps.hardest": "Le plus dur est le tour {lap}: {effort}.",
    "laps.easiest": "Le plus facile est le tour {lap}: {effort}.",
    "laps.each": "Tour {lap}: {what}.",
    "laps.paces": "Allure tour par tour: {efforts}.",
    "laps.powers": "Watts tour par tour: {efforts}.",
    "laps.beats": "Fréquence cardiaque tour par tour: {efforts}.",
    "laps.work_paces": "Les fractions: {efforts}.",
    "laps.work_powers": "Watts des fractions: {efforts}.",
    "laps.work_beats": "Fréquence cardiaque des fractions: {efforts}.",
    "laps.unknown": "pas de données",
    # wellness
    "wellness.none": "Il n'y a pas de données de bien-être pour le {day}.",
    "wellness.none_near": "Il n'y a pas encore de données de bien-être pour {day}.",
    "wellness.none_in_range": "Il n'y a pas de données de bien-être sur cette période.",
    "wellness.days": {
        "one": "Un jour.",
        "many": "{n} de jours.",
        "other": "{n} jours.",
    },
    "wellness.average_of": {
        "one": "Moyenne sur {n} jour.",
        "many": "Moyenne sur {n} de jours.",
        "other": "Moyenne sur {n} jours.",
    },
    "wellness.average_sleep": "Sommeil {time}.",
    "wellness.average_hrv": {
        "one": "Variabilité cardiaque {n} milliseconde.",
        "many": "Variabilité cardiaque {n} de millisecondes.",
        "other": "Variabilité cardiaque {n} millisecondes.",
    },
    "wellness.average_pulse": "Fréquence cardiaque au repos {n}.",
    "wellness.sleep_s": "Tu as dormi {time}.",
    "wellness.sleep_score": "Score de sommeil {number}.",
    "wellness.hrv_ms": {
        "one": "Variabilité cardiaque {number} milliseconde.",
        "many": "Variabilité cardiaque {number} de millisecondes.",
        "other": "Variabilité cardiaque {number} millisecondes.",
    },
    "wellness.hrv_sdnn_ms": {
        "one": "Variabilité cardiaque, S D N N, {number} milliseconde.",
        "many": "Variabilité cardiaque, S D N N, {number} de millisecondes.",
        "other": "Variabilité cardiaque, S D N N, {number} millisecondes.",
    },
    "wellness.resting_hr_bpm": "Fréquence cardiaque au repos {number}.",
    "wellness.avg_sleeping_hr_bpm": "Fréquence cardiaque pendant le sommeil {number}.",
    "wellness.readiness": "Niveau de récupération {number}.",
    "wellness.weight_kg": "Poids {weight}.",
    "wellness.spo2_percent": "Saturation en oxygène {number} pour cent.",
    "wellness.respiration_per_min": {
        "one": "{number} respiration par minute.",
        "many": "{number} de respirations par minute.",
        "other": "{number} respirations par minute.",
    },
    "wellness.systolic_mmhg": "Pression systolique {number}.",
    "wellness.diastolic_mmhg": "Pression diastolique {number}.",
    "wellness.soreness": "Courbatures {word}.",
    "wellness.soreness.0": "Pas de courbatures.",
    "wellness.fatigue.0": "Pas de fatigue.",
    "wellness.stress.0": "Pas de stress.",
    "wellness.injury.1": "Pas de blessure.",
    "wellness.fatigue": "Fatigue {word}.",
    "wellness.stress": "Stress {word}.",
    "wellness.mood": "Humeur: {word}.",
    "wellness.motivation": "Motivation: {word}.",
    "wellness.injury": "Blessure: {word}.",
    "wellness.hydration": "Hydratation: {word}.",
    "wellness.sleep_quality": "Sommeil: {word}.",
    "wellness.hydration_volume_l": {
        "one": "Tu as bu {number} litre.",
        "many": "Tu as bu {number} de litres.",
        "other": "Tu as bu {number} litres.",
    },
    "wellness.steps": {
        "one": "{number} pas.",
        "many": "{number} de pas.",
        "other": "{number} pas.",
    },
    "wellness.eaten_kcal": {
        "one": "Tu as consommé {number} kilocalorie.",
        "many": "Tu as consommé {number} de kilocalories.",
        "other": "Tu as consommé {number} kilocalories.",
    },
    "wellness.carbohydrates_g": {
        "one": "{number} gramme de glucides.",
        "many": "{number} de grammes de glucides.",
        "other": "{number} grammes de glucides.",
    },
    "wellness.protein_g": {
        "one": "{number} gramme de protéines.",
        "many": "{number} de grammes de protéines.",
        "other": "{number} grammes de protéines.",
    },
    "wellness.fat_g": {
        "one": "{number} gramme de lipides.",
        "many": "{number} de grammes de lipides.",
        "other": "{number} grammes de lipides.",
    },
    "wellness.body_fat_percent": "Masse grasse {number} pour cent.",
    "wellness.abdomen_cm": {
        "one": "Tour de taille {number} centimètre.",
        "many": "Tour de taille {number} de centimètres.",
        "other": "Tour de taille {number} centimètres.",
    },
    "wellness.vo2max": "Consommation maximale d'oxygène {number}.",
    "wellness.blood_glucose_mmol_per_l": {
        "one": "Glycémie {number} millimole par litre.",
        "many": "Glycémie {number} de millimoles par litre.",
        "other": "Glycémie {number} millimoles par litre.",
    },
    "wellness.lactate_mmol_per_l": {
        "one": "Lactate {number} millimole par litre.",
        "many": "Lactate {number} de millimoles par litre.",
        "other": "Lactate {number} millimoles par litre.",
    },
    "wellness.baevsky_index": "Indice de stress {number}.",
    "wellness.menstrual_phase": "Phase du cycle: {words}",
    "wellness.menstrual_phase_predicted": "Phase du cycle prévue: {words}",
    "wellness.comments": "{words}",
    "phase.PERIOD": "règles",
    "phase.FOLLICULAR": "folliculaire",
    "phase.OVULATING": "ovulation",
    "phase.LUTEAL": "lutéale",
    "phase.NONE": "aucune",
    "scale.sleep_quality.1": "excellent",
    "scale.sleep_quality.2": "bon",
    "scale.sleep_quality.3": "moyen",
    "scale.sleep_quality.4": "mauvais",
    "scale.mood.1": "excellente",
    "scale.mood.2": "bonne",
    "scale.mood.3": "moyenne",
    "scale.mood.4": "mauvaise",
    "scale.motivation.1": "excellente",
    "scale.motivation.2": "bonne",
    "scale.motivation.3": "moyenne",
    "scale.motivation.4": "faible",
    "scale.soreness.0": "aucune",
    "scale.soreness.1": "légères",
    "scale.soreness.2": "modérées",
    "scale.soreness.3": "fortes",
    "scale.soreness.4": "extrêmes",
    "scale.fatigue.0": "aucune",
    "scale.fatigue.1": "faible",
    "scale.fatigue.2": "modérée",
    "scale.fatigue.3": "élevée",
    "scale.fatigue.4": "extrême",
    "scale.stress.0": "aucun",
    "scale.stress.1": "faible",
    "scale.stress.2": "moyen",
    "scale.stress.3": "élevé",
    "scale.stress.4": "extrême",
    "scale.injury.1": "aucune",
    "scale.injury.2": "une gêne",
    "scale.injury.3": "une douleur nette",
    "scale.injury.4": "sérieuse",
    "scale.hydration.1": "bonne",
    "scale.hydration.2": "correcte",
    "scale.hydration.3": "faible",
    "scale.hydration.4": "très faible",
    # names of fields
    "field.weight_kg": "poids",
    "field.resting_hr_bpm": "fréquence cardiaque au repos",
    "field.hrv_ms": "variabilité cardiaque",
    "field.hrv_sdnn_ms": "variabilité cardiaque, S D N N",
    "field.sleep_s": "sommeil",
    "field.sleep_score": "score de sommeil",
    "field.sleep_quality": "qualité du sommeil",
    "field.avg_sleeping_hr_bpm": "fréquence cardiaque pendant le sommeil",
    "field.spo2_percent": "saturation en oxygène",
    "field.respiration_per_min": "fréquence respiratoire",
    "field.systolic_mmhg": "pression systolique",
    "field.diastolic_mmhg": "pression diastolique",
    "field.soreness": "courbatures",
    "field.fatigue": "fatigue",
    "field.stress": "stress",
    "field.mood": "humeur",
    "field.motivation": "motivation",
    "field.injury": "blessure",
    "field.hydration": "hydratation",
    "field.hydration_volume_l": "volume bu",
    "field.readiness": "niveau de récupération",
    "field.steps": "nombre de pas",
    "field.eaten_kcal": "calories consommées",
    "field.carbohydrates_g": "glucides",
    "field.protein_g": "protéines",
    "field.fat_g": "lipides",
    "field.body_fat_percent": "masse grasse",
    "field.abdomen_cm": "tour de taille",
    "field.vo2max": "consommation maximale d'oxygène",
    "field.blood_glucose_mmol_per_l": "glycémie",
    "field.lactate_mmol_per_l": "lactate",
    "field.baevsky_index": "indice de stress",
    "field.menstrual_phase": "phase du cycle",
    "field.menstrual_phase_predicted": "phase du cycle prévue",
    "field.comments": "commentaire",
    "field.locked": "verrou",
    # calendar
    "plan.workout": "Au programme {day}: {name}.",
    "plan.race": "Compétition {day}: {name}.",
    "plan.many": {
        "one": "Une séance à faire: {names}.",
        "many": "{n} de séances à faire: {names}.",
        "other": "{n} séances à faire: {names}.",
    },
    "plan.done": "Fait {day}: {names}",
    "plan.nothing": "Aucune séance n'est prévue {day}.",
    "plan.nothing_past": "Aucune séance n'était prévue {day}.",
    "plan.block": "{category}: {name}",
    "plan.at": "à {time}",
    "events.none": "Il n'y a rien au calendrier sur cette période.",
    "events.count": {
        "one": "Une entrée au calendrier.",
        "many": "{n} d'entrées au calendrier.",
        "other": "{n} entrées au calendrier.",
    },
    "events.day": "{day}: {names}",
    "events.more": {
        "one": "Et une autre.",
        "many": "Et {n} d'autres.",
        "other": "Et {n} autres.",
    },
    "category.WORKOUT": "Séance",
    "category.RACE_A": "Compétition A",
    "category.RACE_B": "Compétition B",
    "category.RACE_C": "Compétition C",
    "category.NOTE": "Note",
    "category.PLAN": "Phase d'entraînement",
    "category.HOLIDAY": "Vacances",
    "category.SICK": "Maladie",
    "category.INJURED": "Blessure",
    "category.SET_EFTP": "Puissance au seuil estimée",
    "category.FITNESS_DAYS": "Réglages de la condition physique",
    "category.SEASON_START": "Début de saison",
    "category.TARGET": "Objectif",
    "category.SET_FITNESS": "Condition physique fixée à la main",
    "category.OTHER": "Entrée au calendrier",
    "steps.all": "Les étapes: {steps}.",
    "steps.first": "Ça commence par {steps}.",
    "steps.repeat": {
        "one": "une fois {steps}",
        "many": "{n} de fois {steps}",
        "other": "{n} fois {steps}",
    },
    "steps.zone": {
        "one": "en zone {zone}",
        "many": "en zones {zone}",
        "other": "en zones {zone}",
    },
    "steps.watts": {
        "one": "à {watts} watt",
        "many": "à {watts} de watts",
        "other": "à {watts} watts",
    },
    "steps.watts_between": "entre {low} et {high} watts",
    "steps.percent": "à {percent} pour cent",
    "steps.percent_between": "entre {low} et {high} pour cent",
    "steps.by_pace": "{held} d'allure",
    "steps.by_hr": "{held} de fréquence cardiaque",
    "steps.of_pace": "{held} de l'allure au seuil",
    "steps.of_hr": "{held} de la fréquence cardiaque maximale",
    "steps.of_lthr": "{held} de la fréquence cardiaque au seuil",
    "steps.unknown": "une étape sans cible",
    # zones and athlete
    "zones.none": "Il n'y a pas encore de zones pour ce sport: {sport}. Définis-les "
    "dans les réglages d'Intervals I C U.",
    "zones.sport": "{sport}.",
    "zones.ftp": {
        "one": "Puissance au seuil {n} watt.",
        "many": "Puissance au seuil {n} de watts.",
        "other": "Puissance au seuil {n} watts.",
    },
    "zones.pace": "Allure au seuil {pace}.",
    "zones.lthr": "Fréquence cardiaque au seuil {n}.",
    "zones.max_hr": "Fréquence cardiaque maximale {n}.",
    "zones.watts": "La zone {zone} va de {held} watts.",
    "zones.beats": "La zone cardiaque {zone} va de {held}.",
    "athlete.name": "Athlète: {name}.",
    "athlete.sports": "Sports: {sports}.",
    "athlete.zone": "Fuseau horaire: {zone}.",
    "athlete.no_zone": (
        "Ton fuseau horaire n'est pas connu, les jours commencent donc en temps "
        "universel. Règle-le dans Intervals I C U."
    ),
    # week
    "week.this": "Cette semaine",
    "week.next": "La semaine prochaine",
    "week.previous": "La semaine dernière",
    "week.other": "Semaine du {day}",
    "week.nothing": "{week}: rien de prévu, rien de fait.",
    "week.done": {
        "one": "{week}: {n} activité, {time}.",
        "many": "{week}: {n} d'activités, {time}.",
        "other": "{week}: {n} activités, {time}.",
    },
    "week.done_of_planned": "{week}: {done} sur un programme de {planned}.",
    "week.nothing_done": "{week}: encore rien de fait sur un programme de {planned}.",
    "week.nothing_was_done": "{week}: rien de fait sur un programme de {planned}.",
    "week.nothing_ahead": "{week}: rien de prévu.",
    "week.ahead": {
        "one": "{week}: une séance au programme.",
        "many": "{week}: {n} de séances au programme.",
        "other": "{week}: {n} séances au programme.",
    },
    "week.ahead_time": "{week}: {time} au programme.",
    "week.ahead_load": "{week}: {time} au programme, {load}.",
    "week.load": "Charge {n}.",
    "week.load_of": "Charge {done} sur {planned}.",
    "week.distance": "{distance}.",
    "week.left": {
        "one": "Il reste une séance.",
        "many": "Il reste {n} de séances.",
        "other": "Il reste {n} séances.",
    },
    "week.strava": {
        "one": "Une activité est arrivée par Strava, sans ses données.",
        "many": "{n} d'activités sont arrivées par Strava, sans leurs données.",
        "other": "{n} activités sont arrivées par Strava, sans leurs données.",
    },
    "week.last": "La semaine d'avant: {time}, charge {n}.",
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
    "show.bpm": "{number} bpm",
    "show.rpm": "{number} tr/min",
    "show.spm": "{number} pas/min",
    "show.ms": "{number} ms",
    "show.cm": "{number} cm",
    "show.w": "{number} W",
    "show.j": "{number} J",
    "show.g": "{number} g",
    "show.l": "{number} l",
    # gear
    "gear.none": "Il n'y a pas d'équipement en service.",
    "gear.count": {
        "one": "Un équipement en service.",
        "many": "{n} d'équipements en service.",
        "other": "{n} équipements en service.",
    },
    "gear.one": "{name}: {distance}.",
    "gear.nameless": "Équipement sans nom",
    "gear.retired": "Il n'est plus en service.",
    "gear.reminder": "un entretien",
    "gear.due": "À faire pour {gear}: {name}.",
    "gear.soon": "Bientôt à faire pour {gear}: {name}.",
    # race
    "race.none": "Il n'y a pas de compétition au calendrier.",
    "race.today": "C'est le jour de la compétition: {name}.",
    "race.tomorrow": "Demain, c'est la compétition: {name}.",
    "race.days": {
        "one": "{name} dans un jour.",
        "many": "{name} dans {n} de jours.",
        "other": "{name} dans {n} jours.",
    },
    "race.weeks": {
        "one": "{name} dans une semaine.",
        "many": "{name} dans {n} de semaines.",
        "other": "{name} dans {n} semaines.",
    },
    "race.weeks_part": {
        "one": "une semaine",
        "many": "{n} de semaines",
        "other": "{n} semaines",
    },
    "race.weeks_and_days": {
        "one": "{name} dans {weeks} et un jour.",
        "many": "{name} dans {weeks} et {n} de jours.",
        "other": "{name} dans {weeks} et {n} jours.",
    },
    "race.day": "C'est le {weekday} {day}.",
    "race.phase": "Phase d'entraînement: {name}.",
    # streak
    "streak.none": "Pas encore de série. Aujourd'hui peut être le premier jour.",
    "streak.days": {
        "one": "Un jour d'entraînement pour l'instant.",
        "many": "{n} de jours d'entraînement d'affilée.",
        "other": "{n} jours d'entraînement d'affilée.",
    },
    "streak.days_or_more": {
        "one": "Au moins un jour d'entraînement.",
        "many": "Au moins {n} de jours d'entraînement d'affilée.",
        "other": "Au moins {n} jours d'entraînement d'affilée.",
    },
    "streak.weeks": {
        "one": "Une semaine d'entraînement pour l'instant.",
        "many": "{n} de semaines d'entraînement d'affilée.",
        "other": "{n} semaines d'entraînement d'affilée.",
    },
    "streak.weeks_or_more": {
        "one": "Au moins une semaine d'entraînement.",
        "many": "Au moins {n} de semaines d'entraînement d'affilée.",
        "other": "Au moins {n} semaines d'entraînement d'affilée.",
    },
    "streak.today_counts": "Entraîne-toi aujourd'hui pour prolonger la série.",
    # bests
    "bests.none": "Il n'y a pas encore de records: {sport}.",
    "bests.sport": "{sport}.",
    "bests.one": "{extent}: {value}.",
    "bests.eftp": {
        "one": "Puissance au seuil estimée {n} watt.",
        "many": "Puissance au seuil estimée {n} de watts.",
        "other": "Puissance au seuil estimée {n} watts.",
    },
    "bests.up": {
        "one": "{n} watt de plus que le {day}.",
        "many": "{n} de watts de plus que le {day}.",
        "other": "{n} watts de plus que le {day}.",
    },
    "bests.down": {
        "one": "{n} watt de moins que le {day}.",
        "many": "{n} de watts de moins que le {day}.",
        "other": "{n} watts de moins que le {day}.",
    },
    "bests.same": "Autant que le {day}.",
    # morning brief
    "brief.no_sleep": "Les données de sommeil de la nuit dernière ne sont pas encore "
    "arrivées.",
    "brief.slept": "Sommeil: {time}.",
    "brief.slept_more": "Sommeil: {time}, {difference} de plus que d'habitude.",
    "brief.slept_less": "Sommeil: {time}, {difference} de moins que d'habitude.",
    "brief.hrv": "Variabilité cardiaque {n}.",
    "brief.hrv_low": "Variabilité cardiaque {n}, basse pour toi.",
    "brief.hrv_normal": "Variabilité cardiaque {n}, normale.",
    "brief.hrv_high": "Variabilité cardiaque {n}, élevée pour toi.",
    "brief.nothing_planned": "Rien n'est prévu {day}.",
    "brief.nothing_was_planned": "Rien n'était prévu {day}.",
    "brief.planned": "Encore au programme: {names}.",
    "brief.planned_on": "Prévu {day}: {names}.",
    "brief.together": "{names}, {time} en tout",
    "brief.left_undone": "Pas fait {day}: {names}.",
    "brief.done": "Fait: {names}.",
    "brief.done_on": "Fait {day}: {names}.",
    # sports
    "sport.Ride": "Vélo",
    "sport.Run": "Course à pied",
    "sport.Swim": "Natation",
    "sport.WeightTraining": "Musculation",
    "sport.Hike": "Randonnée",
    "sport.Walk": "Marche",
    "sport.AlpineSki": "Ski alpin",
    "sport.BackcountrySki": "Ski de randonnée",
    "sport.Badminton": "Badminton",
    "sport.Canoeing": "Canoë",
    "sport.Crossfit": "Crossfit",
    "sport.EBikeRide": "Vélo électrique",
    "sport.EMountainBikeRide": "VTT électrique",
    "sport.Elliptical": "Vélo elliptique",
    "sport.Golf": "Golf",
    "sport.GravelRide": "Gravel",
    "sport.TrackRide": "Vélo sur piste",
    "sport.Handcycle": "Handbike",
    "sport.HighIntensityIntervalTraining": "Fractionné à haute intensité",
    "sport.Hockey": "Hockey",
    "sport.IceSkate": "Patin à glace",
    "sport.InlineSkate": "Roller",
    "sport.Kayaking": "Kayak",
    "sport.Kitesurf": "Kitesurf",
    "sport.MountainBikeRide": "VTT",
    "sport.Cyclocross": "Cyclo-cross",
    "sport.NordicSki": "Ski de fond",
    "sport.OpenWaterSwim": "Nage en eau libre",
    "sport.Padel": "Padel",
    "sport.Pilates": "Pilates",
    "sport.Pickleball": "Pickleball",
    "sport.Racquetball": "Racquetball",
    "sport.Rugby": "Rugby",
    "sport.RockClimbing": "Escalade",
    "sport.RollerSki": "Ski-roues",
    "sport.Rowing": "Aviron",
    "sport.Sail": "Voile",
    "sport.Skateboard": "Skateboard",
    "sport.Snowboard": "Snowboard",
    "sport.Snowshoe": "Raquettes à neige",
    "sport.Soccer": "Football",
    "sport.Squash": "Squash",
    "sport.StairStepper": "Simulateur d'escalier",
    "sport.StandUpPaddling": "Stand-up paddle",
    "sport.Surfing": "Surf",
    "sport.TableTennis": "Tennis de table",
    "sport.Tennis": "Tennis",
    "sport.TrailRun": "Trail",
    "sport.Transition": "Transition",
    "sport.Velomobile": "Vélomobile",
    "sport.VirtualRide": "Vélo virtuel",
    "sport.VirtualRow": "Aviron virtuel",
    "sport.VirtualRun": "Course à pied virtuelle",
    "sport.VirtualSki": "Ski virtuel",
    "sport.WaterSport": "Sport nautique",
    "sport.Wheelchair": "Fauteuil roulant",
    "sport.Windsurf": "Planche à voile",
    "sport.Workout": "Entraînement",
    "sport.Yoga": "Yoga",
    "sport.Other": "Activité",
    "zones.none_at_all": "Tu n'as pas encore de réglages de sport dans Intervals I C "
    "U. Crée-les d'abord sur son site.",
    "activity.none": "Il n'y a pas d'activité sur les douze derniers mois.",
    "activity.none_of_type": "Il n'y a pas d'activité de ce type sur les douze "
    "derniers mois.",
    # an old answer, while Intervals.icu is silent
    "stale.today": "Réponse de {time}; Intervals I C U ne répond pas pour l'instant.",
    "stale.earlier": "Réponse lue {day} à {time}; Intervals I C U ne répond pas pour "
    "l'instant.",
    "workout.none_ahead": "Rien n'est prévu dans les quatre prochaines semaines.",
    "update.available": "Il y a une nouvelle version de ce raccourci. Ajoute-le de "
    "nouveau depuis la page de configuration.",
    # writing
    "stored.noted": "C'est noté.",
    "stored.noted_for": "C'est noté pour le {day}.",
    "stored.mean": "En moyenne {value} sur les 7 jours précédents.",
    "stored.not_kept": "Intervals I C U n'a pas gardé ceci: {names}. Saisis-le à la "
    "main sur son site.",
    "stored.lost": "La réponse s'est perdue, mais j'ai vérifié: c'est enregistré.",
    "stored.preview": "Rien n'est encore enregistré. Pour le {day}, je noterais:",
    "stored.now": "Pour l'instant: {value}",
    "stored.locked": "Le {day} est verrouillé, Intervals I C U risque de ne rien "
    "accepter. Déverrouille d'abord ce jour sur son site.",
    "stored.empty": "Aucune valeur: {name}.",
    "wellness.locked.yes": "Le jour est verrouillé.",
    "wellness.locked.no": "Le jour n'est pas verrouillé.",
    "health.nothing": "Il n'y a pas de données de santé à ajouter. Si le téléphone "
    "était verrouillé, déverrouille-le et réessaie.",
    "health.all_known": "Intervals I C U a déjà tout.",
    "health.none_taken": "Rien n'a été ajouté.",
    "health.taken": "Ajouté pour le {day}:",
    "health.would_take": "Rien n'est encore enregistré. Pour le {day}, j'ajouterais:",
    "health.others": {
        "one": "Et une valeur pour un autre jour.",
        "many": "Et {n} de valeurs pour d'autres jours.",
        "other": "Et {n} valeurs pour d'autres jours.",
    },
    "health.of_day": "{name} du {day}",
    "health.other_source": "Laissé tel quel, car cela vient d'une autre source: "
    "{values}.",
    "health.smaller": "Laissé tel quel, car Intervals I C U a une valeur plus élevée: "
    "{values}.",
    "health.cut_off": "Laissé de côté, car le début de la journée n'a pas été envoyé: "
    "{values}.",
    "health.not_kept": "Intervals I C U n'a pas gardé ceci: {values}. Saisis-le à la "
    "main sur son site.",
    "health.only_in_bed": "Il y a le temps passé au lit, mais pas de sommeil: pour "
    "cela, il faut une montre.",
    "undo.nothing": "Il n'y a rien à annuler: cet appareil n'a rien enregistré depuis "
    "une heure.",
    "undo.already": "La dernière modification de cet appareil est déjà annulée.",
    "undo.done": "C'est annulé.",
    "undo.restored": "Comme avant: {values}",
    "undo.preview": "Rien n'est encore enregistré. Ce serait de nouveau:",
    "undo.never_arrived": "Il n'y a rien à annuler: tout est comme avant.",
    "undo.changed": "Pas annulé: {names}. Cela a changé depuis, en dehors de cette "
    "passerelle.",
    "undo.changed_by": "Pas annulé: {names}. Cela a été changé depuis par {device}.",
    "undo.stuck": "Je ne peux pas vider ceci d'ici, il reste donc: {value} Supprime-le "
    "dans Intervals I C U.",
    "undo.gone": "Pas annulé: ce qui avait été changé a été supprimé depuis.",
    "undo.removed": "Ce qui avait été ajouté est supprimé.",
    # weather
    "weather.none": "Il n'y a pas de prévisions météo pour {day}. Configure-les dans "
    "Intervals I C U, ou demande un autre jour.",
    "weather.session": "Prochaine séance: {name}.",
    "weather.range": "La météo pour {day}: de {low} à {high}.",
    "weather.dry": "Pas de pluie.",
    "weather.wet": "Un peu de pluie.",
    "weather.very_wet": "Beaucoup de pluie.",
    "weather.windy": "Vent: {speed}.",
    # health and raw answers
    "alive": "La passerelle fonctionne.",
    "ready": "La passerelle est prête.",
    "flat.answer": "Voici ce qu'Intervals I C U a sous {path}.",
    # the doctor
    "doctor.fine": {
        "one": "Tout va bien. J'ai vérifié un point.",
        "many": "Tout va bien. J'ai vérifié {n} de points.",
        "other": "Tout va bien. J'ai vérifié {n} points.",
    },
    "doctor.problem": {
        "one": "Il y a un problème. {first}",
        "many": "Il y a {n} de problèmes. Le premier: {first}",
        "other": "Il y a {n} problèmes. Le premier: {first}",
    },
    "doctor.warning": {
        "one": "Ça marche, avec une remarque. {first}",
        "many": "Ça marche, avec {n} de remarques. La première: {first}",
        "other": "Ça marche, avec {n} remarques. La première: {first}",
    },
    "doctor.key.ok": "Intervals I C U accepte la clé API.",
    "doctor.key.missing": "La passerelle n'a pas de clé API. Connecte ton compte sur "
    "sa page de configuration.",
    "doctor.key.locked": "La passerelle ne peut pas ouvrir la clé API qu'elle garde, "
    "car sa clé secrète a changé. Reconnecte ton compte sur sa page de configuration.",
    "doctor.key.refused": "Intervals I C U ne connaît pas cette clé API. Recopie-la "
    "depuis ses réglages, sous Developer Settings.",
    "doctor.key.forbidden": "Intervals I C U refuse l'accès. La clé API a sans doute "
    "été recréée depuis. Recopie-la depuis ses réglages.",
    "doctor.id.ok": "L'identifiant d'athlète {id} va avec la clé.",
    "doctor.id.foreign": "La clé est bonne, mais l'identifiant d'athlète {id} n'est "
    "pas celui de son propriétaire. Mets à 0 l'identifiant d'athlète de la passerelle.",
    "doctor.id.unknown": "Intervals I C U ne connaît pas d'athlète {id}. Mets à 0 "
    "l'identifiant d'athlète de la passerelle.",
    "doctor.tls.ok": "La connexion à Intervals I C U est chiffrée et vérifiée.",
    "doctor.tls.loopback": "La passerelle parle à un simulateur sur cette machine, pas "
    "à Intervals I C U.",
    "doctor.tls.untrusted": "La connexion à Intervals I C U n'est pas sûre: son "
    "certificat n'est pas reconnu ici. Vérifie l'horloge et tout proxy sur le chemin.",
    "doctor.reach.down": "La passerelle ne peut pas joindre Intervals I C U. Vérifie "
    "son réseau, puis réessaie dans quelques minutes.",
    "doctor.quota.used": "Le quota de la clé API est épuisé. Attends {wait}.",
    "doctor.clock.ok": "L'horloge est à l'heure.",
    "doctor.clock.unknown": "Je n'ai pas pu vérifier l'horloge, car Intervals I C U "
    "n'a pas envoyé l'heure.",
    "doctor.clock.wrong": "L'horloge de la passerelle est décalée de {time}. Règle-la "
    "sur l'heure du réseau.",
    "doctor.strava.none": "Strava ne retient aucune activité récente.",
    "doctor.strava.empty": "Il n'y a pas d'activité récente à vérifier.",
    "doctor.strava.unknown": "Je n'ai pas pu lire les activités récentes. Réessaie "
    "dans une minute.",
    "doctor.strava.some": "Sur les {all} activités des {days} derniers jours, Strava "
    "en retient {stubs}: il interdit de les lire. Connecte ta montre directement à "
    "Intervals I C U.",
    "doctor.strava.all": "Strava retient toutes les activités des {days} derniers "
    "jours, {all} en tout: il interdit de les lire. Connecte ta montre directement à "
    "Intervals I C U.",
    "doctor.phone.ok": "Le téléphone joint la passerelle à l'adresse {address}.",
    "doctor.phone.unset": "L'adresse publique de la passerelle n'est pas réglée, je ne "
    "peux donc pas dire si un téléphone la joint. Indique l'adresse que le téléphone "
    "utilise.",
    "doctor.phone.loopback": "L'adresse {address} ne désigne que cette machine: aucun "
    "téléphone ne peut la joindre. Donne à la passerelle une adresse publique que le "
    "téléphone peut joindre.",
    "doctor.phone.plain": "L'adresse {address} n'est pas chiffrée: le jeton peut être "
    "intercepté. Utilise https en dehors de ton propre réseau.",
    "doctor.phone.home": "Le téléphone ne joint {address} qu'à la maison, pas en "
    "déplacement.",
    "doctor.database.ok": "La base de données est sur un disque persistant.",
    "doctor.database.file": "Les appareils sont enregistrés dans {path}.",
    "doctor.database.server": "Les appareils sont enregistrés sur un serveur de base "
    "de données.",
    "doctor.database.wiped": "Cette plateforme perd son disque à chaque démarrage, et "
    "tous les appareils avec. Utilise un serveur PostgreSQL comme base de données.",
    "doctor.database.temporary": "Les appareils sont enregistrés dans {path}, qui ne "
    "survit pas à un redémarrage. Mets la base de données sur un disque persistant.",
    "doctor.scope.read": "Cet appareil peut lire.",
    "doctor.scope.write": "Cet appareil peut lire et écrire.",
    "doctor.scope.raw": "Cet appareil peut faire tout ce que permet la clé API.",
    # failures: what happened and what to do
    "error.bridge_error": "Une erreur s'est produite dans la passerelle. C'est noté "
    "dans son journal. Réessaie, s'il te plaît.",
    "hint.bridge_error": "Regarde dans le journal de la passerelle à l'heure de cette "
    "réponse.",
    "error.bad_request": "La passerelle n'a pas compris cette adresse. Vérifie qu'elle "
    "n'a pas de caractères bizarres.",
    "hint.bad_request": "Toutes les adresses sont sous /docs.",
    "error.bad_parameter": "Je ne comprends pas la valeur de {name}. Essaie par "
    "exemple {example}.",
    "hint.bad_parameter": "Par exemple {name}={example}",
    "error.unknown_parameter": "Je ne connais pas le paramètre {name}. Tu voulais dire "
    "{nearest}?",
    "hint.unknown_parameter": "Connus ici: {known}",
    "error.unknown_column": "Il n'y a pas de colonne {column}. Tu voulais dire "
    "{nearest}?",
    "hint.unknown_column": "Connues ici: {known}",
    "error.repeated_column": "La colonne {column} est nommée deux fois. Nomme-la une "
    "seule fois.",
    "hint.repeated_column": "Garde un seul {column} dans columns=…",
    "error.parameters_clash": "Envoie {name} ou {other}, pas les deux.",
    "hint.parameters_clash": "Un seul jour: day=2026-11-23. Plusieurs jours: "
    "oldest=2026-11-01&newest=2026-11-23",
    "error.repeated_parameter": "Le paramètre {name} est arrivé deux fois. Envoie-le "
    "une seule fois.",
    "hint.repeated_parameter": "Garde un seul {name}=… dans l'adresse.",
    "error.bad_range": "Les dates sont inversées. Le premier jour doit venir avant le "
    "dernier.",
    "hint.bad_range": "Par exemple oldest=2026-11-01&newest=2026-11-23",
    "error.range_too_long": "Cette période est trop longue: {days} jours au plus à la "
    "fois.",
    "hint.range_too_long": "Demande une année, puis la suivante.",
    "error.bad_body": "La passerelle n'a pas pu lire ce qui a été envoyé. Envoie un "
    "seul objet JSON.",
    "hint.bad_body": 'Par exemple {{"weight_kg": 72.5}}',
    "error.bad_field": "Je ne comprends pas la valeur de {name}. Essaie par exemple "
    "{example}.",
    "hint.bad_field": "Par exemple {name}: {example}",
    "error.unknown_field": "Je ne connais pas le champ {name}. Tu voulais dire "
    "{nearest}?",
    "hint.unknown_field": "Le plus proche: {nearest}",
    "error.read_only_field": "Intervals I C U calcule {name} tout seul. Ne l'envoie "
    "pas.",
    "hint.read_only_field": "Enlève {name} et renvoie le reste.",
    "error.nothing_to_write": "Il n'y a rien à noter. Envoie un champ, par exemple "
    "{example}.",
    "hint.nothing_to_write": "Par exemple {example}",
    "error.bad_idempotency_key": "Cette Idempotency-Key ne convient pas. Envoie de 1 à "
    "255 caractères simples.",
    "hint.bad_idempotency_key": "Un nouveau texte aléatoire à chaque modification, "
    "comme un UUID.",
    "error.key_reused": "Cette Idempotency-Key a déjà servi à autre chose, rien n'a "
    "donc été enregistré. Envoies-en une nouvelle.",
    "hint.key_reused": "Envoie une nouvelle Idempotency-Key à chaque nouvelle "
    "modification.",
    "error.still_writing": "La même demande est déjà en cours d'enregistrement. "
    "Redemande dans quelques secondes.",
    "hint.still_writing": "Renvoie la même requête: elle n'est enregistrée qu'une "
    "fois.",
    "error.not_kept": "Intervals I C U n'a pas signalé d'erreur, mais n'a pas gardé "
    "ceci: {names}. Saisis-le à la main sur son site.",
    "hint.not_kept": "Pas gardé: {names}. Saisis-le sur le site Intervals.icu.",
    "error.day_locked": "Les données de bien-être du {day} sont verrouillées, "
    "Intervals I C U n'a donc rien accepté. Rien n'est enregistré. Déverrouille "
    "d'abord ce jour sur son site.",
    "hint.day_locked": "Dans Intervals.icu, ouvre le bien-être du {day} et "
    "déverrouille-le.",
    "error.body_too_large": "C'est trop à la fois. Envoies-en moins.",
    "hint.body_too_large": "Un objet avec les quelques champs qui changent suffit.",
    "error.unsupported_body": "La passerelle ne lit pas ce type de contenu. Choisis "
    "JSON comme corps de la requête.",
    "hint.unsupported_body": "Envoie Content-Type: application/json",
    "error.token_missing": "La passerelle ne connaît pas cet appareil. Réinstalle le "
    "raccourci avec un code de configuration de la passerelle.",
    "hint.token_missing": "Envoie Authorization: Bearer suivi du jeton de l'appareil.",
    "error.token_invalid": "La passerelle ne connaît pas le jeton de cet appareil. "
    "Crée un nouveau code de configuration sur la passerelle et réinstalle le "
    "raccourci.",
    "hint.token_invalid": "Un jeton commence par icb_ et doit être copié en entier.",
    "error.token_expired": "Le jeton de cet appareil a expiré. Crée un nouveau code de "
    "configuration sur la passerelle et réinstalle le raccourci.",
    "hint.token_expired": "Lance: bridge devices add NAME",
    "error.token_revoked": "L'accès de cet appareil a été révoqué. Pour le rétablir, "
    "crée un nouveau code de configuration sur la passerelle et réinstalle le "
    "raccourci.",
    "hint.token_revoked": "Lance: bridge devices add NAME",
    "error.scope_too_small": "Cet appareil n'en a pas le droit. Crée sur la "
    "passerelle un nouveau code de configuration avec l'autorisation {scope}, et "
    "réinstalle le raccourci avec lui.",
    "hint.scope_too_small": "Lance: bridge devices add NAME --scope {scope}",
    "error.not_found": "Intervals I C U n'a rien sous cet identifiant. Vérifie-le, ou "
    "demande le plus récent avec latest.",
    "hint.not_found": "/v1/activities donne la liste, avec les identifiants.",
    "error.bad_id": "Ce n'est pas l'identifiant d'une activité. Un identifiant "
    "ressemble à i 1 2 3 4 5 6. Ou dis latest.",
    "hint.bad_id": "Par exemple i123456789 ou latest; copie-le tel quel.",
    "error.unknown_path": "Cette adresse n'existe pas sur la passerelle. Essaie "
    "{nearest}.",
    "hint.unknown_path": "Toutes les adresses sont sous /docs.",
    "error.no_latest": "Il n'y a pas d'activité sur les douze derniers mois. "
    "Synchronise d'abord ta montre.",
    "hint.no_latest": "/v1/activities donne la liste, avec les identifiants.",
    "error.no_latest_of_type": "Il n'y a pas d'activité de ce type sur les douze "
    "derniers mois. Demande un autre type.",
    "hint.no_latest_of_type": "/v1/activities donne la liste, avec les types.",
    "error.unknown_upstream_path": "Cette adresse n'existe pas chez Intervals I C U: "
    "{path}. Vérifie-la, avec l'identifiant qu'elle contient.",
    "hint.unknown_upstream_path": "Ses adresses sont sous intervals.icu/api-docs.html; "
    "un identifiant peut aussi être faux.",
    "error.wrong_method": "Cette adresse attend une autre méthode: {allowed}.",
    "hint.wrong_method": "Choisis {allowed} dans « Obtenir le contenu de l'URL ».",
    "error.strava_only": "Cette activité est arrivée par Strava, qui interdit de la "
    "lire. Pour les prochaines, connecte ta montre directement à Intervals I C U.",
    "hint.strava_only": "Dans Intervals.icu: Settings, Connections.",
    "error.secret_field": "Le champ {name} contient un mot de passe ou une clé, que la "
    "passerelle n'écrit pas. Enlève-le.",
    "hint.secret_field": "Enlève {name} et renvoie le reste.",
    "error.not_flat": "Cette adresse d'Intervals I C U répond par un fichier. Demande "
    "le fichier lui-même.",
    "hint.not_flat": "/v1/flat lit le JSON; /api/v1 transmet les fichiers tels quels.",
    "error.store_down": "La base de données de la passerelle ne répond pas. Réessaie "
    "dans une minute.",
    "hint.store_down": "Regarde le journal de la passerelle; vérifie DATABASE_URL.",
    "error.no_api_key": "La passerelle n'a pas encore de clé pour Intervals I C U. "
    "Ouvre sa page de configuration et connecte ton compte.",
    "hint.no_api_key": "Ou définis INTERVALS_API_KEY et redémarre la passerelle.",
    "error.vault_closed": "La passerelle ne peut pas ouvrir la clé qu'elle garde. "
    "Reconnecte ton compte sur sa page de configuration.",
    "hint.vault_closed": "La BRIDGE_SECRET_KEY qui l'a scellée n'est plus là.",
    "error.upstream_error": "Intervals I C U n'a pas pu répondre. Réessaie plus tard.",
    "hint.upstream_error": "Demande à /v1/doctor ce qui ne va pas.",
    "error.upstream_refused": "Intervals I C U a refusé la clé API. Recopie-la depuis "
    "ses réglages dans la passerelle.",
    "hint.upstream_refused": "Lance: bridge doctor",
    "error.upstream_forbidden": "Intervals I C U a refusé l'accès. Recopie la clé API "
    "dans la passerelle. Si le refus persiste, ce que tu demandes appartient à un "
    "autre compte.",
    "hint.upstream_forbidden": "Lance: bridge doctor",
    "error.upstream_rejected": "Intervals I C U n'a pas accepté ta demande. "
    "Modifie-la et réessaie. Sa réponse: {reason}",
    "hint.upstream_rejected": "Change ce qui a été envoyé, puis réessaie.",
    "error.upstream_busy": "Intervals I C U demande une pause. Attends {wait}, puis "
    "réessaie.",
    "hint.upstream_busy": "Le quota de la clé API est épuisé pour l'instant.",
    "error.upstream_down": "Intervals I C U ne répond pas. Réessaie dans quelques "
    "minutes.",
    "hint.upstream_down": "Si ça dure, demande à /v1/doctor.",
    "error.upstream_slow": "Intervals I C U est trop lent en ce moment. Réessaie dans "
    "une minute.",
    "hint.upstream_slow": "Si ça dure, demande à /v1/doctor.",
    "error.upstream_garbage": "Intervals I C U a répondu quelque chose d'illisible. "
    "Réessaie plus tard.",
    "hint.upstream_garbage": "Si ça dure, demande à /v1/doctor.",
    "error.write_lost": "La réponse d'Intervals I C U s'est perdue. J'ai vérifié: rien "
    "n'a été enregistré. Redis-le, s'il te plaît.",
    "hint.write_lost": "Renvoie la même requête.",
    "error.write_unknown": "Intervals I C U n'a pas répondu, je ne sais donc pas si "
    "c'est enregistré. Regarde, ou redis-le dans une minute: ce ne sera enregistré "
    "qu'une fois.",
    "hint.write_unknown": "Renvoie la même requête dans une minute.",
    # writing the calendar, sessions, files and zones
    "error.missing_field": "Il manque {name}. Par exemple {example}.",
    "hint.missing_field": "Par exemple {name}: {example}",
    "error.fields_clash": "Envoie {name} ou {other}, pas les deux.",
    "hint.fields_clash": "Enlève {other}, ou {name}.",
    "error.out_of_bounds": "Pour {name}, il faut une valeur entre {low} et {high}. "
    "Rien n'a été enregistré.",
    "hint.out_of_bounds": "Entre {low} et {high}",
    "error.not_rising": "Les limites de {name} doivent être croissantes, mais {value} "
    "vient après {after}. Rien n'a été enregistré.",
    "hint.not_rising": "Chaque limite haute est plus grande que la précédente.",
    "error.open_end": "La dernière valeur de {name} doit être {last}. Rien n'a été "
    "enregistré.",
    "hint.open_end": "999 veut dire sans limite; les zones cardiaques finissent par "
    "max_hr_bpm.",
    "error.wrong_count": "Pour {name}, il faut {count} valeurs, une par zone. Rien n'a "
    "été enregistré.",
    "hint.wrong_count": "Envoie les limites et les noms ensemble, en même nombre.",
    "error.watts_as_percent": "{name} s'exprime en pourcentage de ta puissance au "
    "seuil, mais {value} ressemble à des watts. Envoie des pourcentages. Rien n'a été "
    "enregistré.",
    "hint.watts_as_percent": "Une limite en watts: zone=2&to_w={value}",
    "error.unclear_workout": "Je n'ai pas compris {part} dans cette séance. Dis-le en "
    "anglais, par exemple: {sentence}.",
    "hint.unclear_workout": "{sentence}",
    "error.no_zones": "Il n'y a pas encore de zones de ce type pour ce sport: {sport}. "
    "Envoie d'abord {name} en entier.",
    "hint.no_zones": "Envoie {name} sous forme de liste.",
    "error.unknown_file": "Ce fichier n'est ni FIT, ni TCX, ni GPX, je ne l'ai donc "
    "pas transmis. Envoie l'enregistrement lui-même.",
    "hint.unknown_file": "Envoie le fichier lui-même, pas un lien ni une archive.",
    "error.nothing_planned": "Il ne reste aucune séance à faire {day}. Choisis un "
    "autre jour.",
    "hint.nothing_planned": "/v1/events donne la liste, avec les identifiants.",
    "change.done": "C'est fait.",
    "change.preview": "Rien n'est encore enregistré.",
    "change.value": "{name} {value}.",
    "change.from": "{name} {value}, contre {before} avant.",
    "change.limit": "{name} {zone} jusqu'à {value}, contre {before} avant.",
    "change.empty": "rien",
    "change.percent_and_watts": "{percent}, soit {watts}",
    "change.field.power_zones_percent": "Zones de puissance jusqu'à",
    "change.field.hr_zones_bpm": "Zones cardiaques jusqu'à",
    "change.field.pace_zones_percent": "Zones d'allure jusqu'à",
    "change.field.power_zone_names": "Noms des zones de puissance:",
    "change.field.hr_zone_names": "Noms des zones cardiaques:",
    "change.field.pace_zone_names": "Noms des zones d'allure:",
    "change.limit.power": "Zone de puissance",
    "change.limit.heart_rate": "Zone cardiaque",
    "change.limit.pace": "Zone d'allure",
    "change.heart_rate_stays": "Les zones cardiaques ne changent pas.",
    "change.past": "Les activités passées gardent leurs zones.",
    "apply.preview": {
        "one": "Rien n'est encore enregistré. Les zones d'une activité passée, "
        "{sport}, seraient recalculées. C'est irréversible.",
        "many": "Rien n'est encore enregistré. Les zones de {n} d'activités passées, "
        "{sport}, seraient recalculées. C'est irréversible.",
        "other": "Rien n'est encore enregistré. Les zones des {n} activités passées, "
        "{sport}, seraient recalculées. C'est irréversible.",
    },
    "apply.none": "Il n'y a pas d'activité passée de ce type: {sport}.",
    "apply.asked": {
        "one": "C'est parti. Intervals I C U recalcule maintenant les zones d'une "
        "activité passée, {sport}. Cela prend un moment.",
        "many": "C'est parti. Intervals I C U recalcule maintenant les zones de {n} "
        "d'activités passées, {sport}. Cela prend un moment.",
        "other": "C'est parti. Intervals I C U recalcule maintenant les zones de {n} "
        "activités passées, {sport}. Cela prend un moment.",
    },
    "undo.made": "C'est de nouveau là, sous un nouvel identifiant.",
    "day.soon": "dans les quatre prochaines semaines",
    "event.entry": "{category} {when}: {name}.",
    "event.nameless": "{category} {when}.",
    "event.days": "du {first} au {last}",
    "event.not_understood": "Intervals I C U n'a trouvé aucune étape dans le texte, la "
    "charge compte donc pour 0. Écris chaque étape sur sa propre ligne: un tiret, la "
    "durée, l'intensité.",
    "event.removed": "Supprimé: {name}, {day}.",
    "event.would_go": "Rien n'est encore supprimé. Je supprimerais {name}, {day}.",
    "event.moved": "C'est déplacé. Nouvelle date pour {name}: {day}.",
    "event.would_move": "Rien n'est encore enregistré. Nouvelle date pour {name}: "
    "{day}.",
    "event.skipped": "Séance sautée: {name}, {day}. Elle reste sous forme de note et "
    "ne compte plus.",
    "event.would_skip": "Rien n'est encore enregistré. {name}, {day}, resterait sous "
    "forme de note et ne compterait plus.",
    "event.skipped_name": "Séance sautée: {name}",
    "event.done": "Fait: {name}, {day}.",
    "event.would_be_done": "Rien n'est encore enregistré. Je marquerais comme fait: "
    "{name}, {day}.",
    "event.done_already": "C'était déjà fait: {name}.",
    "event.field": "{name}: {value}",
    "event.field.start_local": "Date",
    "dictation.sport": "le sport",
    "dictation.work": "la durée ou la distance",
    "dictation.intensity": "l'intensité, comme easy ou hard",
    "dictation.day": "le jour",
    "dictation.recovery": "la récupération",
    "dictation.warm_up": "l'échauffement",
    "dictation.cool_down": "le retour au calme",
    "dictation.repeats": "les répétitions",
    "dictation.duration": "la durée",
    "error.workout_part_missing": "Je n'ai pas entendu {part}. Dis-le en anglais, par "
    "exemple: {sentence}.",
    "hint.workout_part_missing": "{sentence}",
    "error.known_file": "Intervals I C U a déjà ce fichier. Rien n'a été ajouté.",
    "hint.known_file": "/v1/activities/{activity}: voilà ce qu'il est devenu.",
    "error.no_activity": "Il n'y a pas d'activité sur les douze derniers mois, rien "
    "n'a donc été enregistré. Synchronise d'abord ta montre.",
    "hint.no_activity": "/v1/activities donne la liste, avec les identifiants.",
    "session.of": "{name}, {day}.",
    "session.grams": {
        "one": "{n} gramme",
        "many": "{n} de grammes",
        "other": "{n} grammes",
    },
    "session.rpe": "{n} sur 10",
    "scale.rpe.1": "aucun effort",
    "scale.rpe.2": "très facile",
    "scale.rpe.3": "facile",
    "scale.rpe.4": "confortable",
    "scale.rpe.5": "un peu difficile",
    "scale.rpe.6": "difficile",
    "scale.rpe.7": "dur",
    "scale.rpe.8": "très dur",
    "scale.rpe.9": "extrêmement dur",
    "scale.rpe.10": "effort maximal",
    "scale.feel.1": "excellentes",
    "scale.feel.2": "bonnes",
    "scale.feel.3": "normales",
    "scale.feel.4": "mauvaises",
    "scale.feel.5": "très mauvaises",
    "upload.new": "Envoyé.",
    "upload.several": {
        "one": "Le fichier a donné une activité.",
        "many": "Le fichier a donné {n} d'activités.",
        "other": "Le fichier a donné {n} activités.",
    },
    "upload.known": "Rien n'a été ajouté: Intervals I C U a déjà ce fichier.",
    "upload.preview": {
        "one": "Rien n'est encore envoyé. C'est un fichier {kind} de {n} kilooctet.",
        "many": "Rien n'est encore envoyé. C'est un fichier {kind} de {n} de "
        "kilooctets.",
        "other": "Rien n'est encore envoyé. C'est un fichier {kind} de {n} kilooctets.",
    },
    "undo.lasting": "Si des activités passées ont été recalculées, elles gardent ces "
    "zones.",
    "error.bare_pace": "Dis pour quelle distance vaut {name}: un kilomètre, un mile ou "
    "100 mètres. Par exemple {example}.",
    "hint.bare_pace": "Par exemple {name}: {example}",
    "undo.unlinked": "Il n'y a plus de lien avec l'activité.",
    "error.already_done": "C'est déjà fait, je n'y touche donc pas. Choisis une autre "
    "séance.",
    "hint.already_done": "/v1/events/{event} modifie aussi une séance déjà faite.",
    "change.already": "{name} déjà à {value}.",
    "change.as_before": "{name} {value}, comme avant.",
    "change.so_already": "C'était déjà comme ça.",
    "stored.already": "C'était déjà noté.",
    "stored.already_for": "C'était déjà noté pour le {day}.",
    "event.there_already": "La séance {name} est déjà prévue {day}.",
    "error.no_fields_taken": "Aucun champ n'est accepté ici. Enlève {name}.",
    "hint.no_fields_taken": "N'envoie rien avec, ou seulement preview.",
    "error.beyond_bounds": "Cette valeur de {name} ne peut pas être juste. Essaie par "
    "exemple {example}.",
    "hint.beyond_bounds": "Par exemple {name}: {example}",
    "error.end_before_start": "La fin doit venir après le début. Par exemple "
    "{example}.",
    "hint.end_before_start": "Par exemple {name}: {example}",
    "error.day_to_come": "Ce jour n'est pas encore venu. Choisis aujourd'hui ou un "
    "jour passé.",
    "hint.day_to_come": "Par exemple day: hier",
    "error.needs_value": "Ce type d'entrée a besoin d'une valeur que je ne peux pas "
    "écrire. Saisis-la sur le site d'Intervals I C U.",
    "hint.needs_value": "Choisis une autre catégorie, par exemple note ou plan.",
    "error.no_event": "Le calendrier n'a pas d'entrée avec cet identifiant. "
    "Vérifie-le.",
    "hint.no_event": "/v1/events donne la liste, avec les identifiants.",
    "field.rpe": "effort",
    "field.feel": "sensations",
    "field.gear": "équipement",
    "field.gear_id": "équipement",
    "field.name": "nom",
    "field.type": "sport",
    "field.description": "description",
    "field.tags": "étiquettes",
    "field.carbs_g": "glucides",
    "field.category": "type",
    "field.start_local": "début",
    "field.end_local": "fin",
    "field.colour": "couleur",
    "field.indoor": "en intérieur",
    "field.planned_s": "durée",
    "field.planned_load": "charge",
    "field.planned_distance_km": "distance",
    "field.target_s": "temps visé",
    "field.target_load": "charge visée",
    "field.target_distance_km": "distance visée",
    "field.ftp_w": "puissance au seuil",
    "field.indoor_ftp_w": "puissance au seuil en intérieur",
    "field.lthr_bpm": "fréquence cardiaque au seuil",
    "field.max_hr_bpm": "fréquence cardiaque maximale",
    "field.threshold_pace_m_per_s": "allure au seuil",
    "field.power_zones_percent": "zones de puissance",
    "field.hr_zones_bpm": "zones cardiaques",
    "field.pace_zones_percent": "zones d'allure",
    "field.power_zone_names": "noms des zones de puissance",
    "field.hr_zone_names": "noms des zones cardiaques",
    "field.pace_zone_names": "noms des zones d'allure",
}
