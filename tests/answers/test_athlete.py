"""What the phone hears of the athlete, and nothing that is not its business."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import phone_of, refused, told


def test_the_athlete_has_name_zone_and_units(phone: FlaskClient, world: World) -> None:
    body = told(phone, "/v1/athlete")
    assert body["athlete_id"] == world.athlete_id
    assert (body["name"], body["timezone"]) == ("Robin Falk", "Europe/Berlin")
    assert (body["timezone_is_known"], body["units"]) == ("yes", "metric")
    assert body["form_as_percent"] == "no"
    assert body["weight_kg"] == world.athlete["icu_weight"]
    assert body["resting_hr_bpm"] == 48
    assert body["sports"] == "Ride, Run, Swim, Other"
    assert body["speech"] == (
        "Robin Falk: cycling, running and swimming. Time zone Berlin."
    )


def test_the_athletes_private_things_stay_upstream(
    phone: FlaskClient, world: World
) -> None:
    answer = phone.get("/v1/athlete").text
    for key in ("email", "city", "icu_date_of_birth", "icu_api_key"):
        assert str(world.athlete[key]) not in answer
    assert "71" not in told(phone, "/v1/athlete")["speech"]


@pytest.mark.parametrize("zone", ["Mars/Phobos", "Europe", "", None, 7, "../etc"])
def test_an_unknown_time_zone_is_said_and_universal_time_counts(
    phone: FlaskClient, world: World, zone: object
) -> None:
    world.athlete["timezone"] = zone
    body = told(phone, "/v1/athlete")
    assert (body["timezone"], body["timezone_is_known"]) == ("UTC", "no")
    assert "universal time" in body["speech"]
    assert told(phone, "/v1/fitness")["date"] == "2026-11-23"


@pytest.mark.parametrize(
    ("preference", "units"),
    [("feet", "imperial"), ("meters", "metric"), (None, "metric"), (3, "metric")],
)
def test_the_units_are_those_of_the_athletes_site(
    phone: FlaskClient, world: World, preference: object, units: str
) -> None:
    world.athlete["measurement_preference"] = preference
    assert told(phone, "/v1/athlete")["units"] == units


def test_a_beginner_is_an_athlete_too(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    beginner = World.empty(now=clock, api_key=world.api_key)
    beginner.athlete |= {"name": None, "icu_weight": None, "icu_resting_hr": None}
    beginner.sports.clear()
    body = told(phone_of(make_app, beginner), "/v1/athlete")
    assert body["speech"].startswith(f"{world.athlete_id}.")
    assert not {"name", "weight_kg", "resting_hr_bpm", "sports"} & set(body)


def test_a_number_for_an_id_becomes_text(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    old = World.empty(now=clock, api_key=world.api_key, athlete_id="1046")
    old.athlete["id"] = 1046
    assert told(phone_of(make_app, old), "/v1/athlete")["athlete_id"] == "1046"


def test_the_athlete_is_never_the_one_a_request_names(phone: FlaskClient) -> None:
    refused(phone, "/v1/athlete?athlete_id=i999", 400, "unknown_parameter")
    refused(phone, "/v1/athlete/i999", 404, "unknown_path")
    body = phone.get("/v1/athlete", headers={"X-Athlete-Id": "i999"}).get_json()
    assert body["athlete_id"] == "i424242"
