"""The words of all languages in which workouts are dictated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from bridge.domain.calendar.dictated import (
    Aim,
    Unit,
)
from bridge.domain.inputs.durations import about_words
from bridge.domain.inputs.quantities import MEASURES, Dimension
from bridge.domain.inputs.sports import indoor_words, sport_words
from bridge.domain.inputs.tokens import (
    Phrases,
    Tokens,
    folded,
    phrases_meaning,
    tokenize,
)
from bridge.domain.speech.phrases import LANGUAGES, understood, words_of

Label = Literal["warm_up", "cool_down", "recovery"]
ABSENCES = frozenset({"SICK", "INJURED", "HOLIDAY"})
_LANGUAGE_TABLES = (
    "times", "recovery", "intervals", "warm_up", "cool_down", "fillers", "race",
    "rest_day", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all languages in which workouts are dictated."""

    marks_before: Phrases[Label]
    marks_behind: Phrases[Label]
    no_recovery: Phrases[str]
    about: Phrases[str]
    lengths: Phrases[float]
    named_lengths: Phrases[float]
    times: Phrases[str]
    times_endings: tuple[str, ...]
    twice: Phrases[float]
    intervals: Phrases[str]
    of: Phrases[str]
    intensities: Phrases[Aim]
    styles: Phrases[Aim]
    run_styles: Phrases[str]
    aims: Phrases[Unit]
    aims_behind: Phrases[Unit]
    beats_before: Phrases[str]
    bare_pace: Phrases[str]
    pace_per_km: Phrases[str]
    to: Phrases[str]
    fillers: Phrases[str]
    false_friends: dict[str, frozenset[str]]
    short_days: dict[str, dict[str, str]]
    brick: Phrases[str]
    rest_day: Phrases[str]
    race: Phrases[str]
    absence: Phrases[str]
    note: Phrases[str]
    until: Phrases[str]
    entries: frozenset[str]  # what begins the word of an entry that is no workout
    leads: frozenset[str]  # what may stand before a length or a target
    measured: frozenset[str]  # what one begins with that is no number or duration
    named: frozenset[str]  # what begins the word for how, what or where
    behind_aim: frozenset[str]  # what follows the number of watts, beats, percent
    unusual: frozenset[str]  # "brick", "without rest"


@cache
def words_of_dictation() -> Words:
    """Read the tables ``dictation`` of the languages, once."""
    said = understood("dictation")
    labels: dict[Label, tuple[str, ...]] = {
        part: said[part] for part in get_args(Label)
    }
    behind = {**labels, "recovery": (*said["recovery"], *said["recovery_behind"])}
    metres = MEASURES[Dimension.DISTANCE].units
    named = understood("dictation", "lengths")
    categories = understood("categories")
    marks_before, of = phrases_meaning(labels), _all(said["of"])
    named_lengths = phrases_meaning({float(m): named[m] for m in named})
    twice = phrases_meaning({2.0: said["twice"]})
    beats_before = _all(said["beats_before"])
    aims = phrases_meaning(_units_of_aims())
    to = _all((*said["to"], "-", "\u2013"))
    intensities, styles = _aims("intensities"), _aims("styles")
    brick, no_recovery = _all(said["brick"]), _all(said["no_recovery"])
    rest_day = phrases_meaning({"REST": said["rest_day"]})
    race = phrases_meaning(
        {
            "RACE_A": (*said["race"], *categories["RACE_A"]),
            "RACE_B": categories["RACE_B"],
            "RACE_C": categories["RACE_C"],
            "RACE_OR_RUN": said["race_or_run"],
        }
    )
    absence = phrases_meaning(
        {name: (name.lower(), *categories[name]) for name in ABSENCES}
    )
    return Words(
        marks_before=marks_before,
        marks_behind=phrases_meaning(behind),
        no_recovery=no_recovery,
        about=about_words(),
        # "m" is minutes or metres: see take_extent.
        lengths=Phrases({unit: metres[unit] for unit in metres if unit != "m"}),
        named_lengths=named_lengths,
        times=_all(("x", "\u00d7", "*", *said["times"])),
        times_endings=said["times_ending"],
        twice=twice,
        intervals=_all(said["intervals"]),
        of=of,
        intensities=intensities,
        styles=styles,
        run_styles=_all(said["run_styles"]),
        aims=aims,
        aims_behind=phrases_meaning(_percent_of()),
        beats_before=beats_before,
        bare_pace=_all(said["bare_pace"]),
        pace_per_km=_all(said["pace_per_km"]),
        to=to,
        fillers=_all(said["fillers"]),
        short_days={language: _short_days(language) for language in LANGUAGES},
        false_friends={
            language: frozenset(words_of(language, "dictation")["false_friends"])
            for language in LANGUAGES
        },
        brick=brick,
        rest_day=rest_day,
        race=race,
        absence=absence,
        note=_all(said["note"]),
        until=_all(said["until"]),
        entries=rest_day.first | race.first | absence.first,
        leads=marks_before.first | of.first,
        measured=named_lengths.first | twice.first | beats_before.first,
        named=intensities.first
        | styles.first
        | sport_words().first
        | indoor_words().first,
        behind_aim=aims.first | to.first | beats_before.first,
        unusual=brick.first | no_recovery.first,
    )


def _short_days(language: str) -> dict[str, str]:
    """Return "mon" and the like with the whole word; what is a filler is no day."""
    days = words_of(language, "days")
    fillers = {folded(word) for word in words_of(language, "dictation")["fillers"]}
    return {
        folded(short): days["weekdays"][day][0]
        for day, words in days["short"].items()
        for short in words
        if folded(short) not in fillers
    }


def _units_of_aims() -> dict[Unit, Iterable[str]]:
    return {
        "w": MEASURES[Dimension.POWER].units,
        "bpm": MEASURES[Dimension.HEART_RATE].units,
        "%": MEASURES[Dimension.PERCENT].units,
    }


def _percent_of() -> dict[Unit, tuple[str, ...]]:
    said = understood("dictation")
    return {
        "%": said["percent_of"],
        "%hr": said["percent_of_max_hr"],
        "%lthr": said["percent_of_lthr"],
    }


def _aims(table: str) -> Phrases[Aim]:
    """Return words with their zone, or with the percents of a range ("88-94")."""
    aims: dict[str, Aim] = {}
    for name, words in understood("dictation", table).items():
        low, _, high = name.partition("-")
        aim = Aim(int(low), int(high), "%") if high else Aim.in_zone(int(low))
        aims |= dict.fromkeys(words, aim)
    if table == "intensities":
        names = understood("dictation")["zone"]
        for zone in range(1, 8):
            said = (str(zone), *understood("numbers", "small")[str(zone)])
            aims |= {
                f"{name} {number}": Aim.in_zone(zone)
                for name in names
                for number in said
            }
    return Phrases(aims)


def _all(words: Iterable[str]) -> Phrases[str]:
    return phrases_meaning({"": words})


def language_of(tokens: Tokens, otherwise: str) -> str:
    """Return the language most of the words are of, else the phone's own."""
    counts = {
        language: sum(token in words for token in tokens)
        for language, words in _vocabularies().items()
    }
    most = max(counts.values())
    if counts.get(otherwise, 0) == most or not most:
        return otherwise if otherwise in LANGUAGES else LANGUAGES[0]
    return next(language for language in LANGUAGES if counts[language] == most)


@cache
def _vocabularies() -> dict[str, frozenset[str]]:
    vocabularies = {}
    for language in LANGUAGES:
        said = words_of(language, "dictation")
        phrases = [word for name in _LANGUAGE_TABLES for word in said[name]]
        phrases += [word for row in said["intensities"].values() for word in row]
        phrases += [w for row in words_of(language, "sports").values() for w in row]
        lengths = words_of(language, "durations")
        phrases += [*lengths["hour"], *lengths["minute"], *lengths["second"]]
        days = words_of(language, "days")
        phrases += [w for row in days["weekdays"].values() for w in row]
        phrases += [w for row in days["near"].values() for w in row]
        phrases += [w for row in days["months"].values() for w in row]
        tokens = {token for phrase in phrases for token in tokenize(phrase)}
        vocabularies[language] = frozenset(
            token for token in tokens if len(token) > 1 and token.isalpha()
        )
    return vocabularies
