"""What is said of days and bodies that nobody plans for: each is a kind of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.support.asking import told

Row = dict[str, Any]


def latest(world: World) -> Row:
    newest = max(world.activities.values(), key=lambda row: row["start_date_local"])
    assert isinstance(newest, dict)
    return newest


def planned(world: World, day: date, **fields: object) -> None:
    start, end = f"{day}T00:00:00", f"{day + timedelta(days=1)}T00:00:00"
    dates = {"start_date_local": start, "end_date_local": end}
    world.add_event(**{**dates, **fields})
    world.touch()


def said(phone: FlaskClient, path: str) -> str:
    return str(told(phone, f"/v1/{path}")["speech"])


def test_what_nobody_can_have_done_is_not_told(
    phone: FlaskClient, world: World
) -> None:
    huge = ("distance", "moving_time", "elapsed_time", "icu_training_load")
    latest(world).update(dict.fromkeys((*huge, "average_heartrate"), 1e9))
    world.touch()
    answer = told(phone, "/v1/activities/latest")
    assert not {"distance_km", "moving_s", "training_load"} & answer.keys()
    assert "000" not in answer["speech"]
    assert "277" not in said(phone, "week")


@pytest.mark.parametrize(
    "body",
    [
        {"type": "Swim", "distance": 1828.8, "moving_time": 2100},
        {"type": "Rowing", "distance": 8000, "moving_time": 2100},
        {"type": "Run", "trainer": True, "distance": 0, "moving_time": 2700},
        {"type": "Yoga", "distance": 0, "icu_distance": 0, "moving_time": 3600},
    ],
)
def test_climbing_is_told_only_where_one_climbs(
    phone: FlaskClient, world: World, body: Row
) -> None:
    latest(world).update(body, total_elevation_gain=600)
    world.touch()
    assert "climbing" not in said(phone, "activities/latest")


def test_a_sleep_score_of_nought_is_none(phone: FlaskClient, world: World) -> None:
    world.set_wellness(world.today(), sleepScore=0)
    answer = told(phone, "/v1/wellness")
    assert "sleep_score" not in answer
    assert "Sleep score" not in answer["speech"]


def test_of_a_day_to_come_no_night_is_told(phone: FlaskClient, world: World) -> None:
    night = dict(world.wellness[str(world.today())])
    tomorrow = world.today() + timedelta(days=1)
    world.wellness[str(tomorrow)] = night | {"id": str(tomorrow), "sleepSecs": 9000}
    world.touch()
    tomorrows = said(phone, "today?day=tomorrow")
    assert "slept" not in tomorrows
    assert "HRV" not in tomorrows


def test_a_race_without_a_name_is_told_by_its_category(
    phone: FlaskClient, world: World
) -> None:
    tomorrow = world.today() + timedelta(days=1)
    planned(world, tomorrow, category="RACE_A", name=None, type="Run")
    assert said(phone, "events").startswith("Race tomorrow: Race A.")
    assert said(phone, "today").startswith("Tomorrow is race day: Race A.")


def test_the_same_name_twice_is_said_once(phone: FlaskClient, world: World) -> None:
    for _ in range(2):
        planned(
            world, world.today(), category="WORKOUT", name="Twice", type="Ride",
            moving_time=3600, icu_training_load=50,
        )  # fmt: skip
    for path in ("today", "workouts/today"):
        assert said(phone, path).count("Twice") == 1
        assert said(phone, path).startswith("4 sessions today, 3 hours 56: ")


def test_a_tag_is_read_as_a_word(phone: FlaskClient, world: World) -> None:
    planned(world, world.today(), category="WORKOUT", name="Long #base", type="Ride",
            moving_time=36_000, icu_training_load=1e9)  # fmt: skip
    assert "Long base" in said(phone, "workouts/today")


def test_numbers_written_as_text_judge_as_numbers_do(
    phone: FlaskClient, world: World
) -> None:
    world.set_wellness(world.today(), hrv="38", restingHR="61", sleepSecs="14400")
    for path in ("today", "workouts/next", "fitness"):
        assert said(phone, path).startswith("Better ")
