"""Activities that no device recorded, told in fields."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import let_in
from tests.writes.writing import done, writes

PATH = "/v1/activities/manual"


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


def test_without_a_time_it_ended_just_now_or_began_at_noon(
    writer: FlaskClient,
    world: World,
) -> None:
    now = {"type": "strength", "moving_s": "45 min"}
    told = done(writer.post(PATH, json=now), 201)
    assert (told["type"], told["moving_s"]) == ("WeightTraining", 2700)
    assert world.activities[told["activity_id"]]["start_date_local"] == (
        "2026-11-23T06:20:00"
    )
    before = {"type": "Run", "distance_km": "10 km", "day": "yesterday"}
    told = done(writer.post(PATH, json=before), 201)
    row = world.activities[told["activity_id"]]
    assert (row["start_date_local"], row["distance"]) == ("2026-11-22T12:00:00", 10_000)
    own = {"type": "Ride", "moving_s": 3600, "start_local": "2026-11-21T09:30"}
    told = done(writer.post(PATH, json={**own, "name": "To the lake"}), 201)
    assert (told["name"], told["start_local"]) == ("To the lake", "2026-11-21T09:30:00")


def test_what_is_longer_than_the_day_begins_with_it(
    writer: FlaskClient,
    world: World,
) -> None:
    told = done(writer.post(PATH, json={"type": "Hike", "moving_s": "8 h"}), 201)
    row = world.activities[told["activity_id"]]
    assert row["start_date_local"] == "2026-11-23T00:00:00"


def test_a_preview_writes_nothing(writer: FlaskClient, world: World) -> None:
    sent = {"type": "Yoga", "moving_s": "1 h"}
    told = done(writer.post(f"{PATH}?preview=yes", json=sent))
    assert told["speech"].endswith("I'd add: Yoga, today, 1 hour.")
    assert writes(world) == []


def test_an_undo_leaves_what_was_rated_since(
    writer: FlaskClient,
    world: World,
) -> None:
    told = done(writer.post(PATH, json={"type": "Yoga", "moving_s": "1 h"}), 201)
    world.activities[told["activity_id"]]["icu_rpe"] = 4
    writer.post("/v1/undo")
    assert told["activity_id"] in world.activities


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"moving_s": "1 h"}, 422, "missing_field"),
        ({"type": "Yoga"}, 422, "missing_field"),
        ({"type": "Yogurt", "moving_s": "1 h"}, 422, "bad_field"),
        ({"type": "Yoga", "moving_s": "long"}, 422, "bad_field"),
        ({"type": "Yoga", "moving_s": "30 h"}, 422, "beyond_bounds"),
        ({"type": "Run", "distance_km": "0"}, 422, "bad_field"),
        ({"type": "Run", "distance_km": "9000 km"}, 422, "beyond_bounds"),
        ({"type": "Run", "moving_s": "1 h", "day": "tomorrow"}, 422, "day_to_come"),
        (
            {"type": "Run", "moving_s": "1 h", "start_local": "2026-11-23T23:00"},
            422,
            "day_to_come",
        ),
        (
            {
                "type": "Run",
                "moving_s": "1 h",
                "day": "today",
                "start_local": "2026-11-22",
            },
            422,
            "fields_clash",
        ),
        ({"type": "Run", "moving_s": {}}, 422, "bad_field"),
        ({"type": "Run", "moving_s": "1 h", "name": "\u202e"}, 422, "bad_field"),
    ],
)
def test_what_makes_no_activity_is_refused(
    writer: FlaskClient,
    world: World,
    sent: dict[str, object],
    status: int,
    code: str,
) -> None:
    answer = writer.post(PATH, json=sent)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code), (
        answer.text
    )
    assert writes(world) == []
