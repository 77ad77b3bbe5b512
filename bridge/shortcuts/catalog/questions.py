"""The questions: one request, and its answer is spoken. One row a shortcut.

What asks the athlete anything, writes, or saves a file has a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bridge.shortcuts.blocks import ask_bridge, setup_code, speak_answer
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate


def _question(
    slug: str,
    path: str,
    glyph: Glyph,
    colour: Colour,
    **languages: tuple[str, str],
) -> ShortcutTemplate:
    """Return the shortcut that asks ``path``; each language has its name and about."""
    return ShortcutTemplate(
        slug=slug,
        names={language: name for language, (name, _) in languages.items()},
        about={language: about for language, (_, about) in languages.items()},
        glyph=glyph,
        colour=colour,
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
    ),
    _question(
        "morning-brief",
        "/v1/today",
        Glyph.SUN,
        Colour.YELLOW,
        en=("Morning brief", "Form, sleep, the plan and the next race."),
        de=("Mein Morgenbriefing", "Form, Schlaf, Plan und der nächste Wettkampf."),
    ),
    _question(
        "run-splits",
        "/v1/activities/latest/laps?type=Run",
        Glyph.RUNNER,
        Colour.ORANGE,
        en=("Run splits", "Reads the splits of your last run."),
        de=("Meine Laufrunden", "Liest die Runden deines letzten Laufs vor."),
    ),
    _question(
        "last-activity",
        "/v1/activities/latest",
        Glyph.BICYCLE,
        Colour.GREEN,
        en=("Last activity", "Tells how the last activity went."),
        de=("Letzte Aktivität", "Sagt dir, wie die letzte Aktivität war."),
    ),
    _question(
        "todays-workout",
        "/v1/workouts/today",
        Glyph.CALENDAR,
        Colour.BLUE,
        en=("Today's workout", "Tells what is planned for today."),
        de=("Mein Training heute", "Sagt dir, was heute geplant ist."),
    ),
    _question(
        "my-next-workout",
        "/v1/workouts/next",
        Glyph.STRENGTH,
        Colour.BLUE,
        en=("My next workout", "Tells which workout comes next, and its steps."),
        de=(
            "Mein nächstes Training",
            "Sagt dir, welches Training als Nächstes kommt, mit seinen Schritten.",
        ),
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
    ),
)

QUESTIONS: Mapping[str, ShortcutTemplate] = {row.slug: row for row in _ROWS}
"""By their slugs."""
