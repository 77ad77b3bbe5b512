"""Words for days in English, German, French and Spanish."""

from __future__ import annotations

from collections.abc import Mapping

from bridge.domain.inputs.tokens import Phrases, all_mean

_WEEKDAYS = (
    "monday|mon|montag|lundi|lunes",
    "tuesday|tue|tues|dienstag|mardi|martes",
    "wednesday|wed|mittwoch|mercredi|miércoles|miercoles",
    "thursday|thu|thur|thurs|donnerstag|jeudi|jueves",
    "friday|fri|freitag|vendredi|viernes",
    "saturday|sat|samstag|sonnabend|samedi|sábado|sabado",
    "sunday|sun|sonntag|dimanche|domingo",
)
_ENDINGS = ("er", "en", "e", "es", "em")

TODAY_WORDS: Mapping[str, Mapping[int, str]] = {
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    "de": {-2: "vorgestern", -1: "gestern", 0: "heute", 1: "morgen", 2: "übermorgen"},
    "fr": {-1: "hier", 0: "aujourd'hui", 1: "demain"},
    "es": {-1: "ayer", 0: "hoy", 1: "mañana"},
}


def _inflected(stem: str, meaning: str) -> dict[str, str]:
    return {stem + ending: meaning for ending in _ENDINGS}


WEEKDAYS = Phrases(
    {word: day for day, words in enumerate(_WEEKDAYS) for word in words.split("|")}
)
RELATIVE_DAYS = Phrases(
    {word: days for words in TODAY_WORDS.values() for days, word in words.items()}
    | all_mean("the day after tomorrow|day after tomorrow|uebermorgen", 2)
    | all_mean("the day before yesterday|day before yesterday", -2)
    | all_mean("après-demain|pasado mañana", 2)
    | all_mean("avant-hier|anteayer", -2)
)
# "on Friday" says no more than "Friday".
PREPOSITIONS = Phrases(all_mean("on|for|am|für|le|el", ""))
NEXT = Phrases(all_mean("next|próximo", "next") | _inflected("nächst", "next"))
LAST = Phrases(
    all_mean("last", "last")
    | _inflected("letzt", "last")
    | _inflected("vergangen", "last")
)
NEXT_AFTER = Phrases(all_mean("prochain|próximo", "next"))
LAST_AFTER = Phrases(all_mean("dernier|passé|pasado", "last"))
THIS = Phrases(
    all_mean("this|coming|this coming|este", "this")
    | _inflected("dies", "this")
    | _inflected("kommend", "this")
)
AHEAD = Phrases(all_mean("+|in|dans|en", 1))
AGO_BEFORE = Phrases(all_mean("-|\u2212|vor|il y a|hace", -1))
AGO_AFTER = Phrases(all_mean("ago", -1))
SPANS = Phrases(
    all_mean("d|day|days|tag|tage|tagen|jour|jours|día|días|dia|dias", 1)
    | all_mean("w|week|weeks|woche|wochen|semaine|semaines|semana|semanas", 7)
)
