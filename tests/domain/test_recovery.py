"""A morning against what is usual, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH, Voice, known_locale
from bridge.domain.wellness.day import Wellness, say_wellness
from bridge.domain.wellness.recovery import recovery_of, say_recovery, week_means

TODAY = date(2026, 11, 23)
SIXTY = [
    Wellness(
        date=str(TODAY - timedelta(days=age)),
        sleep_s=26400 + 600 * (age % 3),
        hrv_ms=60 + 5 * (age % 3),
        resting_hr_bpm=48 + age % 3,
        weight_kg=71.3 if age < 4 else None,
    )
    for age in range(1, 61)
]

MORNING = {
    "en": "You slept 6 hours, over an hour less than usual. HRV 65, normal for you. "
    "Resting heart rate 46, 3 below your normal.",
    "de": "6 Stunden Schlaf, gut eine Stunde weniger als sonst. HRV 65, normal für "
    "dich. Ruhepuls 46, 3 unter deinem Schnitt.",
    "fr": "6 heures de sommeil, largement une heure de moins que d'habitude. VFC 65, "
    "normale pour toi. Pouls au repos 46, 3 en dessous de ta moyenne.",
    "es": "6 horas de sueño, una hora y pico menos que de costumbre. VFC 65, normal "
    "para ti. Pulso en reposo 46, 3 por debajo de tu media.",
}


def morning(**values: object) -> Wellness:
    known: dict[str, object] = {"sleep_s": 27000, "hrv_ms": 65, "resting_hr_bpm": 49}
    return Wellness(date=str(TODAY), **{**known, **values})  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize("language", list(MORNING))
def test_each_value_is_told_against_the_usual(language: str) -> None:
    days = [morning(sleep_s=22320, resting_hr_bpm=46), *SIXTY]
    voice = Voice(str(known_locale(language)))
    said = say_recovery(recovery_of(days, TODAY), voice, TODAY)
    assert said.replace("\u00a0", " ") == MORNING[language]


def test_where_nothing_is_off_somebody_is_recovered() -> None:
    recovery = recovery_of([morning(), *SIXTY], TODAY)
    assert recovery.recovered
    assert say_recovery(recovery, ENGLISH, TODAY) == (
        "You slept 7 and a half hours, as usual. HRV 65, normal for you. "
        "Resting heart rate 49, as usual. You're recovered."
    )
    later = say_recovery(recovery, ENGLISH, TODAY + timedelta(days=1))
    assert "recovered" not in later


def test_a_pulse_alone_is_no_verdict_while_the_night_is_missing() -> None:
    recovery = recovery_of([morning(sleep_s=None, hrv_ms=None), *SIXTY], TODAY)
    assert recovery.recovered is None
    assert say_recovery(recovery, ENGLISH, TODAY) == (
        "No sleep data yet. Resting heart rate 49, as usual."
    )


def test_a_low_hrv_is_no_recovery() -> None:
    recovery = recovery_of([morning(hrv_ms=40), *SIXTY], TODAY)
    assert recovery.recovered is False
    assert "HRV 40, low for you." in say_recovery(recovery, ENGLISH, TODAY)


def test_without_a_history_the_values_stand_alone() -> None:
    recovery = recovery_of([morning()], TODAY)
    assert recovery.recovered is None
    assert say_recovery(recovery, ENGLISH, TODAY) == (
        "You slept 7 hours 30. HRV 65. Resting heart rate 49."
    )


def test_a_day_without_values_has_nothing_to_compare() -> None:
    assert plain(recovery_of(SIXTY, TODAY)) == {"date": "2026-11-23"}


def test_who_asks_for_one_value_hears_it_with_its_mean() -> None:
    day = morning(weight_kg=72.5)
    means = week_means([day, *SIXTY], TODAY)
    said = say_wellness(day, ENGLISH, TODAY, asked=["weight_kg"], means=means)
    assert said == ("Weight 72.5 kilograms. Your 7-day average is 71.3 kilograms.")
    assert "weight_kg" not in week_means(SIXTY[3:], TODAY)
