"""What the phone hears of a week: planned against done, by sport."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import AUCKLAND_MOMENTS, auckland, phone_of, refused, told

MONDAY = date(2026, 11, 23)
SESSIONS = {"WORKOUT", "RACE_A", "RACE_B", "RACE_C"}


def in_week(rows: Any, monday: date) -> list[dict[str, Any]]:
    first, last = str(monday), str(monday + timedelta(days=6))
    return [row for row in rows if first <= row["start_date_local"][:10] <= last]


def done_in(world: World, monday: date) -> list[dict[str, Any]]:
    return in_week(world.activities.values(), monday)


def planned_in(world: World, monday: date) -> list[dict[str, Any]]:
    rows = in_week(world.events.values(), monday)
    return [row for row in rows if row["category"] in SESSIONS]


def total(rows: list[dict[str, Any]], key: str) -> float:
    return sum(row.get(key) or 0 for row in rows)


def load(rows: list[dict[str, Any]]) -> float:
    """Upstream shows the load of what it has analysed only."""
    return total([row for row in rows if row.get("analyzed")], "icu_training_load")


def test_last_week_is_planned_against_done(phone: FlaskClient, world: World) -> None:
    monday = MONDAY - timedelta(days=7)
    done, planned = done_in(world, monday), planned_in(world, monday)
    before = done_in(world, monday - timedelta(days=7))
    body = told(phone, "/v1/week?day=2026-11-18")
    assert (body["from"], body["to"]) == ("2026-11-16", "2026-11-22")
    assert body["done_load"] == load(done)
    assert body["done_s"] == total(done, "moving_time")
    assert body["distance_km"] == pytest.approx(
        total(done, "distance") / 1000, abs=0.11
    )
    assert body["sessions_done"] == len(done)
    assert body["planned_load"] == total(planned, "icu_training_load")
    assert body["planned_s"] == total(planned, "moving_time")
    assert body["sessions_planned"] == len(planned)
    assert body["left_sessions"] == 0
    assert body["strava_sessions"] == sum(1 for row in done if row.get("_stub")) == 2
    assert body["last_done_load"] == load(before)
    assert body["last_done_s"] == total(before, "moving_time")
    assert body["last_sessions_done"] == len(before)
    assert body["speech"].startswith("Last week: ")


def test_this_week_is_still_all_ahead_on_a_monday_morning(
    phone: FlaskClient, world: World
) -> None:
    planned = planned_in(world, MONDAY)
    body = told(phone, "/v1/week")
    assert body["from"] == "2026-11-23"
    assert body["left_sessions"] == len(planned) == body["sessions_planned"]
    assert body["left_load"] == total(planned, "icu_training_load")
    assert body["done_s"] == 0
    assert body["speech"].startswith(f"This week: {len(planned)} sessions, ")


def test_what_was_missed_is_not_left_to_do(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    clock.advance(days=3)
    planned = planned_in(world, MONDAY)
    left = [row for row in planned if row["start_date_local"] >= "2026-11-26"]
    body = told(phone, "/v1/week")
    assert body["left_sessions"] == len(left) < len(planned)
    assert body["left_s"] == total(left, "moving_time")
    open_ = [row for row in planned if not row.get("paired_activity_id")]
    assert body["missed_count"] == len(open_) - len(left)


def test_the_sports_add_up_to_the_week(phone: FlaskClient, world: World) -> None:
    body = told(phone, "/v1/week?day=2026-11-16")
    rows = {row["sport"]: row for row in body["items"]}
    assert {"Ride", "Run", "WeightTraining"} <= set(rows)
    for key in ("done_load", "done_s", "planned_load", "planned_s", "sessions_planned"):
        assert sum(row.get(key, 0) for row in rows.values()) == body[key], key
    assert "planned_load" not in rows["WeightTraining"]  # its plan has no load
    done = done_in(world, MONDAY - timedelta(days=7))
    rides = [row for row in done if str(row.get("type")).endswith("Ride")]
    assert rows["Ride"]["sessions_done"] == len(rides)
    assert rows["Ride"]["done_s"] == total(rides, "moving_time")
    times = [row["done_s"] for row in body["items"]]
    assert times == sorted(times, reverse=True)


def test_a_week_begins_on_monday_and_ends_on_sunday(
    phone: FlaskClient, world: World
) -> None:
    world.activities.clear()
    for moment in ("2026-11-16T00:00:00", "2026-11-22T23:59:59"):
        world.add_activity(type="Walk", moving_time=600, start_date_local=moment)
    for moment in ("2026-11-15T23:59:59", "2026-11-23T00:00:00"):
        world.add_activity(type="Walk", moving_time=77, start_date_local=moment)
    for day in ("2026-11-16", "2026-11-22"):
        body = told(phone, f"/v1/week?day={day}")
        assert (body["sessions_done"], body["done_s"]) == (2, 1200)
        assert body["last_done_s"] == 77


def test_a_beginners_week_is_empty(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    phone = phone_of(make_app, World.empty(now=clock, api_key=world.api_key))
    body = told(phone, "/v1/week")
    assert body["speech"] == "This week: nothing planned or done."
    assert (body["items"], body["done_load"]) == ([], 0)
    refused(phone, "/v1/week?week=3", 400, "unknown_parameter")


@pytest.mark.parametrize(("day", "now"), AUCKLAND_MOMENTS)
def test_the_week_is_that_of_the_athletes_day(
    make_app: Callable[..., Flask],
    world: World,
    clock: Clock,
    day: str,
    now: datetime,
) -> None:
    local = date.fromisoformat(day)
    monday = local - timedelta(days=local.weekday())
    body = told(phone_of(make_app, auckland(clock, now, world)), "/v1/week")
    assert (body["from"], body["to"]) == (str(monday), str(monday + timedelta(days=6)))
