"""Forecasts: units, the day that is meant, and how a day is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.athlete.weather import (
    RawForecasts,
    Weather,
    flatten_weather,
    say_weather,
)
from bridge.domain.flat import plain
from bridge.domain.speech.voice import ENGLISH, Voice
from tests.domain.odd import VOICES, assert_speakable, odd_json

TODAY = date(2026, 11, 23)


def forecast(**values: Any) -> RawForecasts:
    day = {"id": "2026-11-23", "temp": {"min": 1.9, "max": 9.6}, **values}
    later = {"id": "2026-11-24", "temp": {"min": 20, "max": 30}}
    here = {"label": "Home", "daily": [later, day]}
    return RawForecasts(forecasts=[here, {"label": "Away", "daily": [later]}])


def test_metres_a_second_become_kilometres_an_hour() -> None:
    raw = forecast(wind_speed=5.6, rain=1.14)
    assert plain(flatten_weather(raw, TODAY, session="Long Run")) == {
        "date": "2026-11-23",
        "place": "Home",
        "low_c": 2.0,
        "high_c": 10.0,
        "rain_mm": 1.1,
        "wind_km_per_h": 20,  # 5.6 * 3.6 = 20.16
        "session": "Long Run",
    }


def test_a_day_without_a_forecast_has_only_its_date() -> None:
    weather = flatten_weather(forecast(), date(2026, 12, 24))
    assert weather == Weather(date="2026-12-24")
    said = say_weather(weather, ENGLISH, TODAY)
    assert said == (
        "There's no forecast for Thursday 24 December yet. "
        "Ask again nearer the day, or set one up in Intervals."
    )


@pytest.mark.parametrize(
    ("rain_mm", "wind", "said"),
    [
        (0.2, 19, " It stays dry."),
        (0.3, None, " Some rain."),
        (5, 20, " A lot of rain. Wind 20 kilometres per hour."),
        (None, None, ""),
    ],
)
def test_rain_and_wind_are_said_from_where_they_matter(
    rain_mm: float | None, wind: int | None, said: str
) -> None:
    weather = Weather(
        date="2026-11-24", low_c=2, high_c=10, rain_mm=rain_mm, wind_km_per_h=wind
    )
    assert say_weather(weather, ENGLISH, TODAY) == (
        f"The weather tomorrow: 2 to 10 degrees.{said}"
    )


def test_another_land_hears_fahrenheit_and_miles() -> None:
    weather = Weather(date="2026-11-23", low_c=0, high_c=10, wind_km_per_h=40)
    voice = Voice("en_US", "imperial")
    assert say_weather(weather, voice, TODAY) == (
        "The weather today: 32 to 50 degrees. Wind 25 miles per hour."
    )


@given(odd_json, st.none() | st.just("Long Run"))
def test_any_forecast_is_flat_and_speakable(row: object, session: str | None) -> None:
    raw = RawForecasts(forecasts=[{"label": row, "daily": [row, {"temp": row}]}])
    weather = flatten_weather(raw, TODAY, session=session)
    plain(weather)
    for voice in VOICES:
        assert_speakable(say_weather(weather, voice, TODAY))
