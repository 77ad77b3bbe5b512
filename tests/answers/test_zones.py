"""What the phone hears of zones: percent, watts, beats and pace at once."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.support.asking import Told, refused, told


def zones(phone: FlaskClient, sport: str, kind: str) -> list[Told]:
    rows = told(phone, f"/v1/zones?type={sport}")["items"]
    return [row for row in rows if row["kind"] == kind]


def test_power_zones_are_in_percent_and_watts(phone: FlaskClient, world: World) -> None:
    ride = world.sports[0]
    rows = zones(phone, "Ride", "power")
    bounds, names = ride["power_zones"], ride["power_zone_names"]
    assert [row["name"] for row in rows] == names
    assert [row["zone"] for row in rows] == [str(n + 1) for n in range(len(names))]
    for row, bound in zip(rows[:-1], bounds, strict=False):
        assert row["to_percent"] == bound
        assert row["to_w"] == math.floor(bound * ride["ftp"] / 100)
    for below, row in pairwise(rows):
        assert row["from_w"] == below["to_w"] + 1
        assert row["from_percent"] == below["to_percent"] + 1
    assert not {"to_w", "to_percent"} & set(rows[-1])  # 999 is no bound
    assert rows[1]["to_text"] == f"{rows[1]['to_w']} W"


def test_heart_rate_zones_are_in_beats_and_percent(
    phone: FlaskClient, world: World
) -> None:
    run = world.sports[1]
    rows = zones(phone, "Run", "heart_rate")
    assert [row["to_bpm"] for row in rows] == run["hr_zones"]
    assert "from_bpm" not in rows[0]
    for below, row in pairwise(rows):
        assert row["from_bpm"] == below["to_bpm"] + 1
    percents = [round(bound / run["lthr"] * 100) for bound in run["hr_zones"]]
    assert [row["to_percent"] for row in rows] == percents


@pytest.mark.parametrize(
    ("index", "unit", "metres"),
    [(1, "pace_s_per_km", 1000), (2, "pace_s_per_100m", 100)],
)
def test_pace_zones_go_from_slow_to_fast(
    phone: FlaskClient, world: World, index: int, unit: str, metres: int
) -> None:
    settings = world.sports[index]
    rows = zones(phone, settings["types"][0], "pace")
    speed = settings["threshold_pace"]
    for row, percent in zip(rows[:-1], settings["pace_zones"], strict=False):
        assert row["to_percent"] == percent
        expected = metres / (speed * percent / 100)
        assert row[f"to_{unit}"] == pytest.approx(expected, abs=0.051)
    for below, row in pairwise(rows):
        assert row[f"from_{unit}"] == below[f"to_{unit}"]
    assert f"from_{unit}" not in rows[0]
    assert f"to_{unit}" not in rows[-1]


def test_the_thresholds_come_with_the_zones(phone: FlaskClient, world: World) -> None:
    body = told(phone, "/v1/zones")
    assert (body["sport"], body["ftp_w"]) == ("Ride", 265)
    assert (body["lthr_bpm"], body["max_hr_bpm"]) == (168, 189)
    assert body["settings_id"] == str(world.sports[0]["id"])
    assert body["sweet_spot_from_w"] == math.floor(265 * 0.84)
    assert body["count"] == len(body["items"]) == 14
    assert body["speech"].startswith("Cycling: FTP 265 watts. Zone 2 is ")
    run = told(phone, "/v1/zones?type=Run")
    pace = 1000 / world.sports[1]["threshold_pace"]
    assert run["threshold_pace_s_per_km"] == pytest.approx(pace, abs=0.051)
    assert run["threshold_pace_text"] == "4:05 /km"


@pytest.mark.parametrize(
    ("asked", "sport"),
    [("VirtualRide", "Ride"), ("trailrun", "Run"), ("Kitesurf", "Other")],
)
def test_every_type_has_the_zones_of_its_sport(
    phone: FlaskClient, asked: str, sport: str
) -> None:
    assert told(phone, f"/v1/zones?type={asked}")["sport"] == sport


def test_an_athlete_without_ftp_has_percent_only(
    phone: FlaskClient, world: World
) -> None:
    world.sports[0] |= {"ftp": None}
    rows = zones(phone, "Ride", "power")
    assert rows[1]["to_percent"] == 75
    assert not any("to_w" in row for row in rows)


def test_an_athlete_without_any_sport_is_told_so(
    phone: FlaskClient, world: World
) -> None:
    world.sports.clear()
    body = told(phone, "/v1/zones")
    assert "no sport settings" in body["speech"]
    assert (body["count"], body["items"]) == (0, [])


def test_what_is_no_type_is_refused(phone: FlaskClient) -> None:
    for odd in ("R", "Run;", "../Run", "Run,Ride"):
        refused(phone, f"/v1/zones?type={odd}", 400, "bad_parameter")
