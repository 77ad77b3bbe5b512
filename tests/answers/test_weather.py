"""What the phone hears of the weather, against upstream's own forecast."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from bridge.simulator.athlete.account import forecasts
from bridge.simulator.world import World
from tests.support.asking import told


def forecast_of(world: World, day: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = forecasts(world)[0]["daily"]
    return next(row for row in rows if row["id"] == day)


@pytest.mark.parametrize(
    ("query", "day"), [("?day=today", "2026-11-23"), ("?day=wednesday", "2026-11-25")]
)
def test_the_forecast_has_degrees_rain_and_kilometres_an_hour(
    phone: FlaskClient, world: World, query: str, day: str
) -> None:
    row = forecast_of(world, day)
    body = told(phone, f"/v1/weather{query}")
    assert (body["date"], body["place"]) == (day, "Home")
    assert body["low_c"] == round(row["temp"]["min"])
    assert body["high_c"] == round(row["temp"]["max"])
    assert body["rain_mm"] == row["rain"]
    assert body["wind_km_per_h"] == round(row["wind_speed"] * 3.6)


def test_the_weather_is_that_of_the_next_session_outdoors(phone: FlaskClient) -> None:
    body = told(phone, "/v1/weather")
    # today are strength and the trainer, tomorrow is the trainer again
    assert (body["session"], body["date"]) == ("Forest Run", "2026-11-25")
    assert body["speech"].startswith(
        "Next outdoors: Forest Run. The weather on Wednesday: "
    )


def test_a_day_beyond_the_forecast_has_none(phone: FlaskClient) -> None:
    body = told(phone, "/v1/weather?day=2026-12-24")
    assert body["speech"] == (
        "There's no forecast for Thursday 24 December yet. "
        "Ask again nearer the day, or set one up in Intervals."
    )
