from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.calendar.event import Event
from bridge.domain.calendar.race import Race, flatten_race, phase_on, say_race
from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH, Voice, known_locale
from tests.domain.odd import VOICES, assert_speakable

TODAY = date(2026, 11, 23)


def entry(category: str, day: date, name: str, days: int = 1) -> Event:
    return Event(
        event_id="1",
        category=category,
        name=name,
        type="Ride" if category.startswith("RACE") else None,
        date=day.isoformat(),
        end_local=f"{day + timedelta(days=days)}T00:00:00",
    )


def race_in(days: int, category: str = "RACE_A") -> Event:
    return entry(category, TODAY + timedelta(days=days), "Worlds")


BASE = entry("PLAN", date(2026, 11, 16), "Base", days=28)


def test_the_next_race_is_counted_down_with_the_phase() -> None:
    race = flatten_race([race_in(40), race_in(12, "RACE_C"), BASE], TODAY)
    assert race is not None
    assert plain(race) == {
        "event_id": "1",
        "name": "Worlds",
        "date": "2026-12-05",
        "days": 12,
        "weeks": 1,
        "type": "Ride",
        "category": "RACE_C",
        "phase": "Base",
        "phase_until": "2026-12-13",
        "phase_days_left": 20,
    }
    assert say_race(race, ENGLISH, TODAY) == (
        "Worlds in 12 days: Saturday, 5 December. "
        "Training phase Base until 13 December."
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Race day: Worlds. Good luck."),
        (1, "Tomorrow is race day: Worlds."),
        (2, "Worlds in 2 days: "),
        (20, "Worlds in 20 days: "),
        (21, "Worlds in 3 weeks: Monday, 14 "),
        (22, "Worlds in 3 weeks: Tuesday, 15 "),
        (40, "Worlds in 5 weeks: Saturday, 2 "),
    ],
)
def test_a_near_race_is_counted_in_days_a_far_one_in_weeks(
    days: int, said: str
) -> None:
    race = flatten_race([race_in(days)], TODAY)
    assert say_race(race, ENGLISH, TODAY).startswith(said)


def test_a_race_of_yesterday_is_over() -> None:
    assert flatten_race([race_in(-1)], TODAY) is None
    assert say_race(None, ENGLISH, TODAY) == "No race in the next twelve months."


def test_only_races_of_a_category_count_when_asked() -> None:
    rows = [race_in(5, "RACE_B"), race_in(30)]
    race = flatten_race(rows, TODAY, category="RACE_A")
    assert race is not None
    assert race.days == 30


def test_of_two_races_on_a_day_the_more_important_counts() -> None:
    race = flatten_race([race_in(5, "RACE_B"), race_in(5, "RACE_A")], TODAY)
    assert race is not None
    assert race.category == "RACE_A"


def test_of_two_phases_the_one_that_began_later_counts() -> None:
    rows = [BASE, entry("PLAN", date(2026, 11, 20), "Build", days=7)]
    phase = phase_on(rows, TODAY)
    assert phase is not None
    assert (phase.name, phase.until, phase.days_left) == ("Build", "2026-11-26", 3)
    assert phase_on(rows, date(2026, 12, 30)) is None


@given(
    st.lists(
        st.builds(
            Event,
            event_id=st.just("1"),
            category=st.sampled_from(["RACE_A", "PLAN", "NOTE"]),
            name=st.none() | st.just("Worlds") | st.just("x" * 200),
            type=st.sampled_from([None, "Run"]),
            date=st.none()
            | st.dates(date(1900, 1, 1), date(2900, 1, 1)).map(date.isoformat),
        )
    )
)
def test_any_calendar_is_speakable(events: list[Event]) -> None:
    race = flatten_race(events, TODAY)
    for voice in VOICES:
        assert_speakable(say_race(race, voice, TODAY))


RACES = {
    "en": "Worlds in 13 days: Sunday, 6 December, start at 9:00, 10 kilometres. "
    "Training phase Build 2 until 13 December.",
    "de": "Worlds in 13 Tagen: Sonntag, 6. Dezember, Start um 9 Uhr, 10 Kilometer. "
    "Trainingsphase Build 2 bis zum 13. Dezember.",
    "fr": "Worlds dans 13 jours : dimanche 6 décembre, départ à 9 heures, 10 "
    "kilomètres. Phase Build 2 jusqu'au 13 décembre.",
    "es": "Worlds en 13 días: domingo 6 de diciembre, salida a las 9, 10 "
    "kilómetros. Fase Build 2 hasta el 13 de diciembre.",
}


@pytest.mark.parametrize("language", list(RACES))
def test_a_race_is_told_with_its_start_its_distance_and_the_phase(
    language: str,
) -> None:
    race = Race(
        event_id="1",
        name="Worlds",
        date="2026-12-06",
        days=13,
        weeks=1,
        category="RACE_A",
        start_local="2026-12-06T09:00:00",
        planned_distance_km=10.0,
        phase="Build 2",
        phase_until="2026-12-13",
    )
    said = say_race(race, Voice(str(known_locale(language))), TODAY)
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == RACES[language]
