from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.calendar.event import Event
from bridge.domain.calendar.race import flatten_race, phase_on, say_race
from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH
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
        "12 days to Worlds. It's on Saturday, 5 December. Ride. Training phase: Base."
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Race day: Worlds. Ride."),
        (1, "Tomorrow is race day: Worlds. Ride."),
        (2, "2 days to Worlds. "),
        (20, "20 days to Worlds. "),
        (21, "3 weeks to Worlds. "),
        (22, "3 weeks and 1 day to Worlds. "),
        (40, "5 weeks and 5 days to Worlds. "),
    ],
)
def test_a_near_race_is_counted_in_days_a_far_one_in_weeks(
    days: int, said: str
) -> None:
    race = flatten_race([race_in(days)], TODAY)
    assert say_race(race, ENGLISH, TODAY).startswith(said)


def test_a_race_of_yesterday_is_over() -> None:
    assert flatten_race([race_in(-1)], TODAY) is None
    assert say_race(None, ENGLISH, TODAY) == "There's no race in the calendar."


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
