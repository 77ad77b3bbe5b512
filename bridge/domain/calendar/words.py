"""Categories, sports and colours of the calendar by their words."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from bridge.domain.inputs import InputError, parse_sport
from bridge.domain.inputs.tokens import folded
from bridge.domain.speech.phrases import LANGUAGES, phrases_of
from bridge.errors import BadField

_CATEGORIES: Final = (
    ("WORKOUT", "training session trainingseinheit einheit séance entraînement"),
    ("WORKOUT", "entrenamiento sesión"),
    ("RACE_A", "race rennen wettkampf arace arennen rennena wettkampfa awettkampf"),
    ("RACE_A", "course compétition coursea compétitiona"),
    ("RACE_A", "carrera competición carreraa competicióna"),
    ("RACE_B", "brace brennen rennenb wettkampfb bwettkampf courseb compétitionb"),
    ("RACE_B", "carrerab competiciónb"),
    ("RACE_C", "crace crennen rennenc wettkampfc cwettkampf coursec compétitionc"),
    ("RACE_C", "carrerac competiciónc"),
    ("NOTE", "notiz memo nota"),
    ("PLAN", "phase trainingphase trainingsphase block trainingblock trainingsblock"),
    ("PLAN", "phased'entraînement bloc fase fasedeentrenamiento bloque"),
    ("HOLIDAY", "holidays vacation urlaub ferien vacances congé congés vacaciones"),
    ("SICK", "ill illness sickness krank krankheit malade maladie"),
    ("SICK", "enfermo enferma enfermedad"),
    ("INJURED", "injury verletzt verletzung blessé blessée blessure"),
    ("INJURED", "lesionado lesionada lesión"),
    ("TARGET", "goal ziel objectif objetivo"),
    ("SEASON_START", "startoftheseason saisonstart saisonbeginn débutdesaison"),
    ("SEASON_START", "iniciodelatemporada iniciodetemporada"),
    ("SET_EFTP", "eftp"),
    ("FITNESS_DAYS", ""),
    ("SET_FITNESS", ""),
)
_COLOURS: Final = {
    "grün": "green", "gruen": "green", "rot": "red", "blau": "blue",
    "gelb": "yellow", "lila": "purple", "violett": "purple", "rosa": "pink",
    "grau": "gray", "grey": "gray", "schwarz": "black", "weiß": "white",
    "weiss": "white", "türkis": "teal", "braun": "brown", "vert": "green",
    "rouge": "red", "bleu": "blue", "jaune": "yellow", "violet": "purple",
    "rose": "pink", "gris": "gray", "noir": "black", "blanc": "white",
    "turquoise": "teal", "marron": "brown", "verde": "green", "rojo": "red",
    "azul": "blue", "amarillo": "yellow", "morado": "purple", "violeta": "purple",
    "negro": "black", "blanco": "white", "turquesa": "teal", "marrón": "brown",
    "naranja": "orange",
}  # fmt: skip
_KNOWN_COLOURS: Final = frozenset(
    {"red", "orange", "yellow", "green", "blue", "purple", "pink", "gray", "black"}
    | {"white", "teal", "cyan", "brown"}
)
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_BLANKS: Final = re.compile(r"[\s_\-.]+")
_LONGEST_WORD: Final = 60


def read_category(value: object) -> str:
    """Return upstream's category: "note", "Race A" and "Rennen" are known.

    Raises
    ------
    BadField
        If it is none of them.
    """
    found = _category_words().get(_squeezed(value))
    if found is None:
        example = "workout, note, race a, holiday or plan"
        raise BadField("category", name="category", example=example)
    return found


def read_type(value: object) -> str:
    """Return upstream's type of activity: "ride", "Krafttraining", "laufen".

    Raises
    ------
    BadField
        If it is none of them.
    """
    found = _type_words().get(_squeezed(value))
    try:
        return found or parse_sport(value)
    except InputError as error:
        example = "Ride, Run, Swim or WeightTraining"
        raise BadField("type", name="type", example=example) from error


def read_colour(value: object) -> str:
    """Return a colour by its English name, or as #rrggbb.

    Raises
    ------
    BadField
        If it is neither.
    """
    short = isinstance(value, str) and len(value) <= _LONGEST_WORD
    word = str(value).strip() if short else ""
    plain = _colour_words().get(folded(word), folded(word))
    if plain in _KNOWN_COLOURS or _HEX.fullmatch(word):
        return plain
    raise BadField("colour", name="colour", example="green or #ff7f0e")


def _squeezed(value: object) -> str:
    """Return a word as the tables have it: lower case, without blanks."""
    if not isinstance(value, str) or len(value) > _LONGEST_WORD:
        return ""
    return folded(_BLANKS.sub("", value))


@cache
def _colour_words() -> dict[str, str]:
    return {folded(name): colour for name, colour in _COLOURS.items()}


@cache
def _category_words() -> dict[str, str]:
    words = {_squeezed(category): category for category, _ in _CATEGORIES}
    return words | {
        folded(word): category
        for category, also in _CATEGORIES
        for word in also.split()
    }


@cache
def _type_words() -> dict[str, str]:
    """Return every type by upstream's name and by its name in every language."""
    words: dict[str, str] = {}
    for language in LANGUAGES:
        for key, phrase in phrases_of(language).items():
            family, _, name = key.partition(".")
            if family == "sport" and isinstance(phrase, str):
                words.setdefault(_squeezed(phrase), name)
    types = [key for key in phrases_of("en") if key.startswith("sport.")]
    names = [key.removeprefix("sport.") for key in types]
    return words | {_squeezed(name): name for name in names}
