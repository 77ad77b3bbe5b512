"""What the phone hears of bests, against every second of every session."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate

import pytest
from flask.testing import FlaskClient

from bridge.simulator.athlete.sports import RIDES
from bridge.simulator.world import World
from tests.support.asking import Told, told

TODAY = date(2026, 11, 23)


def best_mean_w(world: World, seconds: int, days: int) -> float:
    """Return the highest mean power over whole seconds, ride by ride."""
    since = str(TODAY - timedelta(days=days - 1))
    best = 0.0
    for key, (session, athlete) in world.sessions.items():
        row = world.activities[key]
        if session.type not in RIDES or row["start_date_local"][:10] < since:
            continue
        watts = [
            piece.effort * athlete.ftp
            for piece in session.pieces
            for _ in range(piece.seconds)
        ]
        sums = [0.0, *accumulate(watts)]
        for start in range(len(watts) - seconds + 1):
            best = max(best, (sums[start + seconds] - sums[start]) / seconds)
    return best


def power_of(body: Told, seconds: int) -> Told:
    found: Told = next(
        row
        for row in body["items"]
        if row["kind"] == "power" and row["duration_s"] == seconds
    )
    return found


@pytest.mark.parametrize("seconds", [60, 300, 1200])
def test_power_is_the_best_mean_of_the_time_asked_for(
    phone: FlaskClient, world: World, seconds: int
) -> None:
    row = power_of(told(phone, "/v1/bests?type=Ride&period=42d"), seconds)
    assert row["power_w"] == pytest.approx(best_mean_w(world, seconds, 42), abs=1)
    assert row["relative_power_w_per_kg"] == pytest.approx(
        row["power_w"] / world.athlete["icu_weight"], abs=0.011
    )
    owner = world.activities[row["activity_id"]]
    assert row["date"] == owner["start_date_local"][:10]


def test_the_sentence_leaves_the_pulse_out(phone: FlaskClient) -> None:
    body = told(phone, "/v1/bests?type=Ride&period=42d")
    watts = power_of(body, 1200)["power_w"]
    assert any(row["kind"] == "heart_rate" for row in body["items"])
    assert body["speech"].startswith("Cycling: estimated FTP ")
    assert f"{watts} watts for 20 minutes" in body["speech"]
    assert "beats" not in body["speech"]


def test_race_distances_keep_their_names_in_miles(
    phone: FlaskClient, world: World
) -> None:
    world.athlete["measurement_preference"] = "feet"
    body = told(phone, "/v1/bests?type=Run")
    assert "10 kilometres in " in body["speech"]
    assert "5 kilometres in " in body["speech"]
    five = next(row for row in body["items"] if row.get("distance_m") == 5000)
    assert five["distance_text"] == "5 km"
    assert five["pace_s_per_km"] == pytest.approx(five["time_s"] / 5, abs=0.06)
