"""What the phone hears of the plan for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import AUCKLAND_MOMENTS, auckland, phone_of, refused, told

TODAY = "2026-11-23"
PATH = "/v1/workouts/today"


@pytest.mark.parametrize("category", ["SICK", "INJURED"])
def test_who_is_to_rest_is_told_what_stands_and_no_main_set(
    phone: FlaskClient, world: World, category: str
) -> None:
    plan(world, category=category, end_date_local="2026-11-26T00:00:00")
    said = {path: told(phone, path)["speech"] for path in (PATH, "/v1/workouts/next")}
    assert "Threshold 4 times 8 and Strength are still planned today." in said[PATH]
    assert said["/v1/workouts/next"].endswith("4 times 8 is still planned today.")
    tomorrow = told(phone, f"{PATH}?day=tomorrow")["speech"]
    assert "VO2 Max 5 times 4 is still planned tomorrow." in tomorrow
    assert "watts" not in tomorrow


@pytest.fixture
def bare(world: World) -> World:
    """An athlete without any plan."""
    world.events.clear()
    world.touch()
    return world


def plan(world: World, **fields: Any) -> Any:
    return world.add_event(**{"start_date_local": f"{TODAY}T00:00:00", **fields})


def test_a_planned_workout_has_load_time_steps_and_its_sport(
    phone: FlaskClient, bare: World
) -> None:
    event = plan(
        bare,
        name="Over-unders",
        type="VirtualRide",
        description="- 10m 55%\n\n3x\n- 8m 100%\n- 4m 50%\n\n- 10m 50%",
    )
    body = told(phone, PATH)
    (row,) = body["items"]
    seconds = (10 + 3 * 12 + 10) * 60
    assert row["event_id"] == str(event["id"])
    assert (row["category"], row["type"]) == ("WORKOUT", "VirtualRide")
    assert (row["planned_s"], row["planned_load"]) == (
        seconds,
        event["icu_training_load"],
    )
    assert (row["done"], row["date"]) == ("no", TODAY)
    assert row["planned_text"] == "56 min"
    assert "3" in row["workout_steps"]
    assert body["count"] == 1
    assert body["speech"].startswith("Today: Over-unders, 56 minutes. Main set: ")
    assert "56 minutes" in body["speech"]


def test_the_time_of_day_is_said_where_there_is_one(
    phone: FlaskClient, bare: World
) -> None:
    plan(bare, name="Track", type="Run", start_date_local=f"{TODAY}T18:30:00")
    body = told(phone, PATH)
    assert "at 18:30" in body["speech"]
    assert body["items"][0]["start_local"] == f"{TODAY}T18:30:00"
    assert body["items"][0]["start_text"] == "23 November, 18:30"


def test_what_is_done_is_told_apart_from_what_is_left(
    phone: FlaskClient, bare: World
) -> None:
    plan(bare, name="Swim first", type="Swim", paired_activity_id="i1")
    plan(bare, name="Run second", type="Run")
    body = told(phone, PATH)
    assert {row["name"]: row["done"] for row in body["items"]} == {
        "Swim first": "yes",
        "Run second": "no",
    }
    assert body["speech"].startswith("Today: Run second.")
    assert "Done today: Swim first." in body["speech"]


def test_text_upstream_could_not_parse_promises_neither_time_nor_load(
    phone: FlaskClient, bare: World
) -> None:
    plan(bare, name="Freestyle", type="Ride", description="just enjoy yourself")
    (row,) = told(phone, PATH)["items"]
    assert not {"planned_s", "planned_load", "workout_steps"} & set(row)
    assert row["description"] == "just enjoy yourself"


def test_a_race_is_called_a_race(phone: FlaskClient, bare: World) -> None:
    plan(bare, category="RACE_A", name="City Marathon", type="Run")
    assert told(phone, PATH)["speech"].startswith("Race today: City Marathon.")


def test_a_block_of_several_days_counts_on_each_of_them(
    phone: FlaskClient, bare: World
) -> None:
    plan(
        bare,
        category="HOLIDAY",
        name="Sicily",
        start_date_local="2026-11-20T00:00:00",
        end_date_local="2026-11-24T00:00:00",
    )
    for day, says in (("2026-11-23", True), ("2026-11-24", False)):
        body = told(phone, f"{PATH}?day={day}")
        assert ("Holiday: Sicily." in body["speech"]) == says, day


@pytest.mark.parametrize(
    ("asked", "when"),
    [
        ("tomorrow", "Tomorrow: "),
        ("2026-11-25", "On Wednesday: "),
        ("2026-12-24", "On Thursday 24 December: "),
    ],
)
def test_another_day_can_be_asked_for(
    phone: FlaskClient, bare: World, asked: str, when: str
) -> None:
    for day in ("2026-11-24", "2026-11-25", "2026-12-24"):
        plan(bare, name="Easy", type="Run", start_date_local=f"{day}T00:00:00")
    assert told(phone, f"{PATH}?day={asked}")["speech"].startswith(f"{when}Easy.")


def test_nothing_planned_is_said(phone: FlaskClient, bare: World) -> None:
    body = told(phone, PATH)
    assert body["speech"] == "No workout is planned today."
    assert (body["count"], body["items"]) == (0, [])
    refused(phone, f"{PATH}?day=someday", 400, "bad_parameter")


def test_a_beginner_has_no_plan(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    phone = phone_of(make_app, World.empty(now=clock, api_key=world.api_key))
    assert told(phone, PATH)["speech"] == "No workout is planned today."


@pytest.mark.parametrize(("day", "now"), AUCKLAND_MOMENTS)
def test_today_is_the_athletes_day(
    make_app: Callable[..., Flask],
    world: World,
    clock: Clock,
    day: str,
    now: datetime,
) -> None:
    there = auckland(clock, now, world)
    there.events.clear()
    there.add_event(name="Here", type="Run", start_date_local=f"{day}T00:00:00")
    body = told(phone_of(make_app, there), PATH)
    assert [row["name"] for row in body["items"]] == ["Here"]
    assert body["speech"].startswith("Today: Here.")
