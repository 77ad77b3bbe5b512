"""The calendar: plan, move, skip and finish workouts; a race or a note."""

from __future__ import annotations

from bridge.shortcuts.actions import ask_for_text
from bridge.shortcuts.blocks import (
    ask_bridge,
    ask_by_hand,
    ask_in_words,
    setup_code,
    speak_answer,
)
from bridge.shortcuts.template import Colour, Glyph, ShortcutTemplate, Words

PLAN_A_WORKOUT = ShortcutTemplate(
    slug="plan-a-workout",
    names={
        "en": "Plan a workout",
        "de": "Ein Training planen",
        "fr": "Planifier une séance",
        "es": "Planear un entreno",
    },
    about={
        "en": "Puts the workout you dictate into your calendar.",
        "de": "Trägt das Training, das du diktierst, in den Kalender ein.",
        "fr": "Met la séance que tu dictes dans ton calendrier.",
        "es": "Pone en tu calendario el entreno que dictas.",
    },
    glyph=Glyph.MIC,
    colour=Colour.VIOLET,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        ask_for_text(
            {
                "en": "Which workout? For example: ride 90 minutes easy on Saturday",
                "de": "Welches Training? Zum Beispiel: Samstag 90 Minuten locker Rad",
                "fr": "Quelle séance ? Par exemple : vélo 90 minutes facile samedi",
                "es": "¿Qué entreno? Por ejemplo: bici 90 minutos suave el sábado",
            },
            name="Sentence",
        ),
        *ask_bridge("/v1/workouts", method="POST", body={"text": "{Sentence}"}),
        *speak_answer(),
    ),
)

MOVE_MY_WORKOUT = ShortcutTemplate(
    slug="move-my-workout",
    names={
        "en": "Move my workout",
        "de": "Mein Training verschieben",
        "fr": "Déplacer ma séance",
        "es": "Mover mi entreno",
    },
    about={
        "en": "Moves your next workout to the day you name.",
        "de": "Verschiebt dein nächstes Training auf den Tag, den du nennst.",
        "fr": "Déplace ta prochaine séance au jour que tu dis.",
        "es": "Mueve tu próximo entreno al día que digas.",
    },
    glyph=Glyph.SHUFFLE,
    colour=Colour.BLUE,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        ask_for_text(
            {
                "en": "To which day? For example tomorrow, or Saturday",
                "de": "Auf welchen Tag? Zum Beispiel morgen oder Samstag",
                "fr": "À quel jour ? Par exemple demain, ou samedi",
                "es": "¿A qué día? Por ejemplo mañana, o el sábado",
            },
            name="Day",
        ),
        *ask_bridge("/v1/workouts/next/move", method="POST", body={"day": "{Day}"}),
        *speak_answer(),
    ),
)

SKIP_MY_WORKOUT = ShortcutTemplate(
    slug="skip-my-workout",
    names={
        "en": "Skip my workout",
        "de": "Training auslassen",
        "fr": "Sauter ma séance",
        "es": "Saltar mi entreno",
    },
    about={
        "en": "Marks your next workout as skipped.",
        "de": "Lässt dein nächstes Training ausfallen.",
        "fr": "Marque ta prochaine séance comme sautée.",
        "es": "Marca tu próximo entreno como saltado.",
    },
    glyph=Glyph.FLAG,
    colour=Colour.GRAY,
    scope="write",
    steps=(
        *setup_code(),
        *ask_bridge("/v1/workouts/next/skip", method="POST"),
        *speak_answer(),
    ),
)

# Siri has an "end my workout" of her own, so none of the names says that.
FINISH_MY_WORKOUT = ShortcutTemplate(
    slug="finish-my-workout",
    names={
        "en": "Training done",
        "de": "Training erledigt",
        "fr": "Séance faite",
        "es": "Entreno hecho",
    },
    about={
        "en": "Marks today's workout as done.",
        "de": "Hakt das Training von heute ab.",
        "fr": "Marque la séance du jour comme faite.",
        "es": "Marca como hecho el entreno de hoy.",
    },
    glyph=Glyph.CHECKMARK,
    colour=Colour.GREEN,
    scope="write",
    steps=(
        *setup_code(),
        *ask_bridge("/v1/workouts/today/done", method="POST"),
        *speak_answer(),
    ),
)

WHICH_DAY: Words = {
    "en": "What, and when? For example: race, half marathon, 12 April",
    "de": "Was und wann? Zum Beispiel: Wettkampf, Halbmarathon, 12. April",
    "fr": "Quoi et quand ? Par exemple : compétition, semi-marathon, 12 avril",
    "es": "¿Qué y cuándo? Por ejemplo: competición, media maratón, 12 de abril",
}
RACE_OR_NOTE = ShortcutTemplate(
    slug="race-or-note",
    names={
        "en": "Race or note",
        "de": "Wettkampf oder Notiz",
        "fr": "Compétition ou note",
        "es": "Competición o nota",
    },
    about={
        "en": "Puts a race, a note or a rest day into your calendar.",
        "de": "Trägt einen Wettkampf, eine Notiz oder einen Ruhetag ein.",
        "fr": "Met une course, une note ou un jour de repos au calendrier.",
        "es": "Pone una carrera, una nota o un día de descanso en el calendario.",
    },
    glyph=Glyph.FLAG,
    colour=Colour.VIOLET,
    scope="write",
    translated=True,
    steps=(
        *setup_code(),
        ask_for_text(WHICH_DAY, name="Sentence"),
        *ask_in_words("{Sentence}"),
    ),
    short=ask_by_hand(WHICH_DAY),
)
