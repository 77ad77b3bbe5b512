"""The questions: one request, and its answer is spoken. One row a shortcut.

What asks the athlete for a sport or a name stands below the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bridge.shortcuts.actions import (
    ask_for_text,
    show_notification,
    show_result,
    url_encode,
)
from bridge.shortcuts.blocks import (
    TITLE,
    WHICH_SPORT,
    ask_bridge,
    ask_by_hand,
    notify_answer,
    request_by_hand,
    setup_code,
    speak_answer,
    sport_menu,
)
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate


def _question(
    slug: str,
    path: str,
    glyph: Glyph,
    colour: Colour,
    *triggers: str,
    **languages: tuple[str, str],
) -> ShortcutTemplate:
    """Return the shortcut that asks ``path``; each language has its name and about."""
    return ShortcutTemplate(
        slug=slug,
        names={language: name for language, (name, _) in languages.items()},
        about={language: about for language, (_, about) in languages.items()},
        glyph=glyph,
        colour=colour,
        triggers=triggers,
        steps=(*setup_code(), *ask_bridge(path), *speak_answer()),
    )


_ROWS = (
    _question(
        "my-training-form",
        "/v1/fitness",
        Glyph.HEART,
        Colour.RED,
        en=("My training form", "Speaks today's form, fitness and fatigue."),
        de=("Meine Trainingsform", "Sagt dir Form, Fitness und Ermüdung von heute."),
        fr=("Ma forme du jour", "Dit la forme, la condition et la fatigue du jour."),
        es=(
            "Mi forma de hoy",
            "Te dice la forma, el estado físico y la fatiga de hoy.",
        ),
    ),
    _question(
        "morning-brief",
        "/v1/today",
        Glyph.SUN,
        Colour.YELLOW,
        en=("Morning brief", "Form, sleep, the plan and the next race."),
        de=("Mein Morgenbriefing", "Form, Schlaf, Plan und der nächste Wettkampf."),
        fr=("Mon point du matin", "Forme, sommeil, programme et prochaine course."),
        es=("Mi resumen matutino", "Forma, sueño, plan y la próxima carrera."),
    ),
    _question(
        "run-splits",
        "/v1/activities/latest/laps?type=Run",
        Glyph.RUNNER,
        Colour.ORANGE,
        en=("My lap times", "Reads the splits of your last run."),
        de=("Meine Laufrunden", "Liest die Runden deines letzten Laufs vor."),
        fr=("Mes temps au tour", "Lit les tours de ta dernière course à pied."),
        es=("Mis parciales", "Lee las vueltas de tu última carrera a pie."),
    ),
    _question(
        "last-activity",
        "/v1/activities/latest",
        Glyph.BICYCLE,
        Colour.GREEN,
        en=("Last activity", "Tells how the last activity went."),
        de=("Letzte Aktivität", "Sagt dir, wie die letzte Aktivität war."),
        fr=("Ma dernière activité", "Raconte ta dernière activité."),
        es=("Mi última actividad", "Te cuenta cómo fue tu última actividad."),
    ),
    _question(
        "todays-workout",
        "/v1/workouts/today",
        Glyph.CALENDAR,
        Colour.BLUE,
        "gym",
        "nfc",
        en=("Today's workout", "Tells what is planned for today."),
        de=("Mein Training heute", "Sagt dir, was heute geplant ist."),
        fr=("Ma séance du jour", "Dit ce qui est prévu aujourd’hui."),
        es=("Mi entreno de hoy", "Te dice qué hay planeado para hoy."),
    ),
    _question(
        "my-next-workout",
        "/v1/workouts/next",
        Glyph.STRENGTH,
        Colour.BLUE,
        "gym",
        en=("My next workout", "Tells which workout comes next, and its steps."),
        de=(
            "Mein nächstes Training",
            "Sagt dir, welches Training als Nächstes kommt, mit seinen Schritten.",
        ),
        fr=("Ma prochaine séance", "Dit quelle séance vient ensuite, avec ses étapes."),
        es=("Mi próximo entreno", "Te dice qué entreno viene después, con sus pasos."),
    ),
    _question(
        "training-weather",
        "/v1/weather",
        Glyph.SUN,
        Colour.ORANGE,
        en=("Training weather", "Tells the weather of the day of your next workout."),
        de=(
            "Mein Trainingswetter",
            "Sagt dir das Wetter am Tag deines nächsten Trainings.",
        ),
        fr=("Ma météo sportive", "Dit la météo du jour de ta prochaine séance."),
        es=(
            "El tiempo para entrenar",
            "Te dice el tiempo del día de tu próximo entreno.",
        ),
    ),
    _question(
        "my-training-calendar",
        "/v1/events",
        Glyph.CALENDAR,
        Colour.TEAL,
        en=(
            "My training calendar",
            "Reads what stands in the calendar for the next seven days.",
        ),
        de=(
            "Mein Trainingskalender",
            "Liest vor, was in den nächsten sieben Tagen im Kalender steht.",
        ),
        fr=(
            "Mon agenda sportif",
            "Lit ce qui est au calendrier des sept prochains jours.",
        ),
        es=(
            "Mi calendario de entrenos",
            "Lee lo que hay en el calendario de los próximos siete días.",
        ),
    ),
    _question(
        "my-training-week",
        "/v1/week",
        Glyph.CHART,
        Colour.TEAL,
        en=("My training week", "Compares the week's plan with what is done."),
        de=(
            "Meine Trainingswoche",
            "Vergleicht den Plan der Woche mit dem, was geschafft ist.",
        ),
        fr=(
            "Ma semaine sportive",
            "Compare le programme de la semaine avec ce qui est fait.",
        ),
        es=("Mi semana de entreno", "Compara el plan de la semana con lo hecho."),
    ),
    _question(
        "race-countdown",
        "/v1/race",
        Glyph.FLAG,
        Colour.RED,
        en=("Race countdown", "Counts the days to your next race."),
        de=(
            "Mein nächster Wettkampf",
            "Zählt die Tage bis zu deinem nächsten Wettkampf.",
        ),
        fr=("Ma prochaine course", "Compte les jours jusqu’à ta prochaine course."),
        es=("Mi próxima carrera", "Cuenta los días hasta tu próxima carrera."),
    ),
    _question(
        "training-streak",
        "/v1/streak",
        Glyph.FLAME,
        Colour.ORANGE,
        en=("Training streak", "Says how many days and weeks in a row you trained."),
        de=(
            "Meine Trainingsserie",
            "Sagt dir, wie viele Tage und Wochen in Folge du trainiert hast.",
        ),
        fr=(
            "Ma série sportive",
            "Dit combien de jours et de semaines de suite tu t’entraînes.",
        ),
        es=(
            "Mi racha de entreno",
            "Te dice cuántos días y semanas seguidos has entrenado.",
        ),
    ),
    _question(
        "my-recovery",
        "/v1/wellness",
        Glyph.HEART,
        Colour.PINK,
        en=(
            "My recovery",
            "Tells sleep, heart rate variability and resting heart rate.",
        ),
        de=(
            "Meine Erholung",
            "Sagt dir Schlaf, Herzfrequenzvariabilität und Ruhepuls.",
        ),
        fr=(
            "Ma récupération",
            "Dit le sommeil, la variabilité et la fréquence de repos.",
        ),
        es=(
            "Mi recuperación",
            "Te dice el sueño, la variabilidad y el pulso en reposo.",
        ),
    ),
    _question(
        "gear-check",
        "/v1/gear",
        Glyph.GEAR,
        Colour.GRAY,
        en=("Gear check", "Says which gear is worn or due for service."),
        de=(
            "Material prüfen",
            "Sagt dir, welches Material verschlissen oder fällig ist.",
        ),
        fr=("Mon matériel", "Dit quel matériel est usé ou à réviser."),
        es=("Mi material", "Te dice qué material está gastado o toca revisar."),
    ),
    _question(
        "what-changed",
        "/v1/changes?since=last",
        Glyph.PAGE,
        Colour.TEAL,
        en=("What changed", "Tells what is new, edited or deleted since last time."),
        de=(
            "Was hat sich geändert",
            "Sagt dir, was seit dem letzten Mal neu, geändert oder gelöscht ist.",
        ),
        fr=(
            "Ce qui a changé",
            "Dit ce qui est nouveau, modifié ou supprimé depuis la dernière fois.",
        ),
        es=(
            "Qué ha cambiado",
            "Te dice qué hay nuevo, cambiado o borrado desde la última vez.",
        ),
    ),
    _question(
        "bridge-check",
        "/v1/doctor",
        Glyph.STETHOSCOPE,
        Colour.GRAY,
        en=("Bridge check", "Tests key, network and data, and says what to do."),
        de=(
            "Bridge prüfen",
            "Prüft Schlüssel, Netz und Daten und sagt, was zu tun ist.",
        ),
        fr=(
            "Vérifier le bridge",
            "Teste la clé, le réseau et les données, et dit quoi faire.",
        ),
        es=("Comprobar el bridge", "Comprueba clave, red y datos, y dice qué hacer."),
    ),
)

QUESTIONS: Mapping[str, ShortcutTemplate] = {row.slug: row for row in _ROWS}
"""By their slugs."""

# For an automation: a message that waits for nobody and can be read later.
QUIET_BRIEF = replace(
    QUESTIONS["morning-brief"],
    slug="quiet-brief",
    names={
        "en": "Quiet brief",
        "de": "Stilles Briefing",
        "fr": "Mon point silencieux",
        "es": "Mi resumen silencioso",
    },
    about={
        "en": "The morning brief as a notification: for automations, also when locked.",
        "de": "Das Morgenbriefing als Mitteilung: für Automationen, auch gesperrt.",
        "fr": "Le point du matin en notification : pour les automatisations.",
        "es": "El resumen matutino como notificación: para automatizaciones.",
    },
    colour=Colour.GRAY,
    triggers=("time", "alarm", "sleep_focus"),
    steps=(*setup_code(), *ask_bridge("/v1/today"), *notify_answer()),
    short=(
        request_by_hand("/v1/today?format=text"),
        show_notification(TITLE, "{Contents of URL}"),
    ),
)

MY_TRAINING_BESTS = ShortcutTemplate(
    slug="my-training-bests",
    names={
        "en": "My training bests",
        "de": "Meine Bestleistungen",
        "fr": "Mes records",
        "es": "Mis mejores marcas",
    },
    about={
        "en": "Reads your best efforts of the last year in one sport.",
        "de": "Liest deine besten Leistungen des letzten Jahres in einer Sportart vor.",
        "fr": "Lit tes meilleurs efforts de l’année dans un sport.",
        "es": "Lee tus mejores esfuerzos del último año en un deporte.",
    },
    glyph=Glyph.STOPWATCH,
    colour=Colour.YELLOW,
    translated=True,
    examples={"Sport": "Ride"},
    steps=(
        *setup_code(),
        *sport_menu(),
        *ask_bridge("/v1/bests?type={Sport}"),
        *speak_answer(),
    ),
    short=ask_by_hand(
        WHICH_SPORT,
        {
            "en": "my bests {Provided Input}",
            "de": "meine Bestleistungen {Provided Input}",
            "fr": "mes records {Provided Input}",
            "es": "mis mejores marcas {Provided Input}",
        },
    ),
)

MY_ZONES = ShortcutTemplate(
    slug="my-zones",
    names={"en": "My zones", "de": "Meine Zonen", "fr": "Mes zones", "es": "Mis zonas"},
    about={
        "en": "Reads thresholds and zone 2 of one sport.",
        "de": "Liest Schwellen und Zone 2 einer Sportart vor.",
        "fr": "Lit les seuils et la zone 2 d’un sport.",
        "es": "Lee los umbrales y la zona 2 de un deporte.",
    },
    glyph=Glyph.CHART,
    colour=Colour.GREEN,
    translated=True,
    examples={"Sport": "Ride"},
    steps=(
        *setup_code(),
        *sport_menu(),
        *ask_bridge("/v1/zones?type={Sport}"),
        *speak_answer(),
    ),
    short=ask_by_hand(
        WHICH_SPORT,
        {
            "en": "my zones {Provided Input}",
            "de": "meine Zonen {Provided Input}",
            "fr": "mes zones {Provided Input}",
            "es": "mis zonas {Provided Input}",
        },
    ),
)

_WHICH_NAME = {
    "en": "Which name, or part of it? For example: tempo",
    "de": "Welcher Name, oder ein Teil davon? Zum Beispiel: Tempo",
    "fr": "Quel nom, ou quelle partie ? Par exemple : tempo",
    "es": "¿Qué nombre, o qué parte? Por ejemplo: tempo",
}
# What was typed does not stand at the end of the address: a phone takes a full stop
# there for the end of a sentence.
LOOK_UP_AN_ACTIVITY = ShortcutTemplate(
    slug="look-up-an-activity",
    names={
        "en": "Look up an activity",
        "de": "Aktivität nachschlagen",
        "fr": "Chercher une activité",
        "es": "Buscar una actividad",
    },
    about={
        "en": "Finds activities by a part of their name.",
        "de": "Findet Aktivitäten nach einem Teil ihres Namens.",
        "fr": "Trouve des activités par une partie de leur nom.",
        "es": "Encuentra actividades por una parte de su nombre.",
    },
    glyph=Glyph.PAGE,
    colour=Colour.VIOLET,
    version=2,
    translated=True,
    examples={"Encoded words": "tempo"},
    steps=(
        *setup_code(),
        ask_for_text(_WHICH_NAME, name="Words"),
        url_encode("{Words}", name="Encoded words"),
        *ask_bridge("/v1/activities/search?q={Encoded words}&format=json"),
        *speak_answer(),
    ),
    short=(
        ask_for_text(_WHICH_NAME, name=""),
        url_encode("{Provided Input}", name=""),
        request_by_hand("/v1/activities/search?q={URL Encoded Text}&format=text"),
        show_result("{Contents of URL}"),
    ),
)
