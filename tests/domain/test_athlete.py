from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.athlete.athlete import (
    AthleteSettings,
    RawAthlete,
    flatten_athlete,
    read_settings,
    say_athlete,
)
from bridge.domain.flat import plain
from bridge.domain.raw import fields_of
from bridge.domain.speech.voice import ENGLISH
from bridge.errors import UpstreamGarbage
from tests.domain.odd import VOICES, assert_speakable, odd_records

ATHLETE = RawAthlete(
    id="i1",
    name="Ada",
    timezone="Europe/Berlin",
    locale="de",
    measurement_preference="meters",
    icu_weight=61.5,
    icu_resting_hr=48,
    icu_form_as_percent=True,
    sport_settings=[{"types": ["Ride", "VirtualRide"]}, {"types": ["Run"]}, None],
)


def test_the_athlete_is_flat() -> None:
    assert plain(flatten_athlete(ATHLETE)) == {
        "athlete_id": "i1",
        "name": "Ada",
        "timezone": "Europe/Berlin",
        "timezone_is_known": "yes",
        "locale": "de",
        "units": "metric",
        "form_as_percent": "yes",
        "weight_kg": 61.5,
        "resting_hr_bpm": 48,
        "sports": "Ride, Run",
    }


def test_no_secret_is_ever_asked_for() -> None:
    names = fields_of(RawAthlete)
    for secret in ("api_key", "token", "password", "email", "birth"):
        assert secret not in names


def test_the_athlete_is_introduced_without_the_weight() -> None:
    assert say_athlete(flatten_athlete(ATHLETE), ENGLISH) == (
        "Ada: cycling and running. Time zone Berlin."
    )


def test_a_bare_number_is_an_athlete_id_too() -> None:
    assert flatten_athlete(RawAthlete(id=12345)).athlete_id == "12345"
    with pytest.raises(UpstreamGarbage):
        flatten_athlete(RawAthlete(name="Ada"))


@pytest.mark.parametrize(
    "name", [None, "", "Europe", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", 5]
)
def test_an_unknown_time_zone_is_utc_and_says_so(name: object) -> None:
    settings = read_settings(RawAthlete(id="i1", timezone=name))
    assert (settings.timezone, settings.timezone_is_known) == ("UTC", False)
    assert settings.zone.key == "UTC"
    athlete = flatten_athlete(RawAthlete(id="i1", timezone=name))
    assert "time zone isn't known" in say_athlete(athlete, ENGLISH)


@pytest.mark.parametrize(
    ("preference", "units"),
    [
        ("meters", "metric"),
        ("feet", "imperial"),
        ("MILES", "imperial"),
        ("Imperial", "imperial"),
        (None, "metric"),
        (5, "metric"),
    ],
)
def test_units_follow_the_measurement_preference(
    preference: object, units: str
) -> None:
    raw = RawAthlete(id="i1", measurement_preference=preference)
    assert read_settings(raw).units == units


def test_odd_preferences_are_the_usual_ones() -> None:
    raw = RawAthlete(id="i1", icu_form_as_percent="yes", fahrenheit=1)
    assert read_settings(raw) == AthleteSettings()


@given(odd_records(RawAthlete, id=st.just("i1")))
def test_any_athlete_is_flat_and_speakable(raw: RawAthlete) -> None:
    try:
        athlete = flatten_athlete(raw)
    except UpstreamGarbage:
        return
    plain(athlete)
    for voice in VOICES:
        assert_speakable(say_athlete(athlete, voice))
