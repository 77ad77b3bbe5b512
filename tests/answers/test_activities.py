"""What the phone hears of activities, against the world's own numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.conftest import Clock
from tests.support.asking import (
    AUCKLAND_MOMENTS,
    Told,
    auckland,
    items,
    phone_of,
    refused,
    told,
)

TODAY = date(2026, 11, 23)
NO_STRAVA = "came through Strava"


def newest(world: World, kind: str) -> dict[str, Any]:
    """Return the newest native activity of a type, as upstream has it."""
    rows = [row for row in world.activities.values() if row.get("type") == kind]
    return max(rows, key=lambda row: str(row["start_date_local"]))


def one(phone: FlaskClient, row: dict[str, Any]) -> Told:
    return told(phone, f"/v1/activities/{row['id']}")


# units and rounding


def test_a_ride_has_kilometres_watts_and_speed(
    phone: FlaskClient, world: World
) -> None:
    row = newest(world, "Ride")
    body = one(phone, row)
    assert body["activity_id"] == row["id"]
    assert body["distance_km"] == round(row["distance"] / 1000, 2)
    assert body["moving_s"] == row["moving_time"]
    assert body["elapsed_s"] == row["elapsed_time"]
    speed = row["distance"] / row["moving_time"] * 3.6
    assert body["speed_km_per_h"] == pytest.approx(speed, abs=0.051)
    assert body["power_w"] == row["icu_average_watts"]
    assert body["normalized_power_w"] == row["icu_weighted_avg_watts"]
    assert body["training_load"] == row["icu_training_load"]
    assert body["intensity_percent"] == round(row["icu_intensity"], 1)
    assert body["heart_rate_bpm"] == row["average_heartrate"]
    assert body["climb_m"] == round(row["total_elevation_gain"])
    assert body["calories_kcal"] == row["calories"]
    assert body["gear"] == row["gear"]["name"]
    assert body["start_local"] == row["start_date_local"]
    assert body["date"] == row["start_date_local"][:10]
    assert "pace_s_per_km" not in body
    assert "cadence_spm" not in body


def test_a_run_has_a_pace_and_the_steps_of_both_feet(
    phone: FlaskClient, world: World
) -> None:
    row = newest(world, "Run")
    body = one(phone, row)
    pace = row["moving_time"] / row["distance"] * 1000
    assert body["pace_s_per_km"] == pytest.approx(pace, abs=0.051)
    assert body["pace_text"] == f"{round(pace) // 60}:{round(pace) % 60:02d} /km"
    assert body["cadence_spm"] == round(row["average_cadence"] * 2) == 168
    assert "cadence_rpm" not in body
    assert "power_w" not in body


def test_a_swim_has_a_pace_for_a_hundred_metres(
    phone: FlaskClient, world: World
) -> None:
    row = newest(world, "Swim")
    body = one(phone, row)
    pace = row["moving_time"] / row["distance"] * 100
    assert body["pace_s_per_100m"] == pytest.approx(pace, abs=0.051)
    assert "pace_s_per_km" not in body
    assert body["cadence_rpm"] == round(row["average_cadence"])


def test_strength_has_neither_distance_nor_pace(
    phone: FlaskClient, world: World
) -> None:
    body = one(phone, newest(world, "WeightTraining"))
    assert body["moving_s"] > 0
    assert not {"distance_km", "pace_s_per_km", "speed_km_per_h"} & set(body)
    assert body["speech"].startswith("On 16 November, Strength: ")


def test_rpe_and_feel_are_there_when_given(phone: FlaskClient, world: World) -> None:
    row = world.add_activity(type="Run", icu_rpe=7, feel=2, icu_training_load=50)
    body = one(phone, row)
    assert (body["rpe"], body["feel"]) == (7, 2)


def test_a_cleared_number_is_unknown_not_minus_one(
    phone: FlaskClient, world: World
) -> None:
    row = world.add_activity(type="Run")
    row |= {"average_heartrate": -1, "icu_rpe": -1, "calories": 0, "distance": 0}
    body = one(phone, row)
    assert not {"heart_rate_bpm", "rpe", "calories_kcal", "distance_km"} & set(body)


def test_the_sentence_says_sport_distance_time_and_day(
    phone: FlaskClient, world: World
) -> None:
    world.add_activity(
        type="Run",
        name="Lunch Loop",
        start_date_local="2026-11-23T06:00:00",
        moving_time=2400,
        distance=8000.0,
        icu_training_load=42,
        average_heartrate=151,
        total_elevation_gain=20,
    )
    body = told(phone, "/v1/activities/latest")
    assert body["speech"] == (
        "Today, Lunch Loop: 8 kilometres in 40 minutes. "
        "5 minutes per kilometre, heart rate 151. About usual: load 42."
    )


def test_imperial_units_change_the_words_never_the_keys(
    phone: FlaskClient, world: World
) -> None:
    world.athlete["measurement_preference"] = "feet"
    world.add_activity(
        type="Run",
        start_date_local="2026-11-23T06:00:00",
        moving_time=3000,
        distance=16093.44,
    )
    body = told(phone, "/v1/activities/latest")
    assert body["distance_km"] == 16.09
    assert body["distance_text"] == "10 mi"
    assert body["pace_text"] == "5:00 /mi"
    assert "10 miles in 50 minutes" in body["speech"]


# lists


def days_back(world: World, days: int) -> list[dict[str, Any]]:
    """Return what was done in the last so many days, today included."""
    first = str(TODAY - timedelta(days=days - 1))
    rows = [
        row for row in world.activities.values() if first <= row["start_date_local"]
    ]
    return sorted(rows, key=lambda row: str(row["start_date_local"]), reverse=True)


def test_the_list_is_the_last_thirty_days_newest_first(
    phone: FlaskClient, world: World
) -> None:
    expected = days_back(world, 30)
    body = told(phone, "/v1/activities")
    assert [row["activity_id"] for row in body["items"]] == [
        row["id"] for row in expected
    ]
    assert body["count"] == len(expected)
    load = sum(
        row.get("icu_training_load") or 0 for row in expected if row.get("analyzed")
    )
    assert f"load {load:,}" in body["speech"]
    stubs = sum(1 for row in expected if row.get("_stub"))
    assert f"{stubs} of them came through Strava" in body["speech"]


def test_a_range_includes_its_first_and_last_day(
    phone: FlaskClient, world: World
) -> None:
    world.add_activity(type="Walk", start_date_local="2026-11-10T00:00:00")
    world.add_activity(type="Walk", start_date_local="2026-11-12T23:59:59")
    world.add_activity(type="Walk", start_date_local="2026-11-13T00:00:00")
    rows = items(phone, "/v1/activities?oldest=2026-11-10&newest=2026-11-12&type=Walk")
    assert [row["start_local"] for row in rows] == [
        "2026-11-12T23:59:59",
        "2026-11-10T00:00:00",
    ]


def test_one_day_can_be_asked_for(phone: FlaskClient, world: World) -> None:
    expected = {
        row["id"]
        for row in world.activities.values()
        if row["start_date_local"].startswith("2026-11-22")
    }
    for day in ("yesterday", "2026-11-22", "-1d", "sunday"):
        rows = items(phone, f"/v1/activities?day={day}")
        assert {row["activity_id"] for row in rows} == expected


def test_a_limit_keeps_the_newest(phone: FlaskClient, world: World) -> None:
    body = told(phone, "/v1/activities?limit=3")
    assert body["count"] == 3
    assert [row["activity_id"] for row in body["items"]] == [
        row["id"] for row in days_back(world, 30)[:3]
    ]


def test_a_type_and_a_limit_together_keep_the_newest_of_the_type(
    phone: FlaskClient, world: World
) -> None:
    runs = [row["id"] for row in days_back(world, 30) if row.get("type") == "Run"]
    rows = items(phone, "/v1/activities?type=Run&limit=2")
    assert [row["activity_id"] for row in rows] == runs[:2]


def test_fifty_come_at_once_and_from_goes_on(phone: FlaskClient, world: World) -> None:
    expected = [row["id"] for row in days_back(world, 200)]
    oldest = TODAY - timedelta(days=199)
    seen: list[str] = []
    for start in range(1, len(expected) + 1, 50):
        body = told(phone, f"/v1/activities?oldest={oldest}&from={start}")
        assert body["count"] == len(expected) > 100
        assert len(body["items"]) <= 50
        assert body.get("from", 1) == start
        seen += [row["activity_id"] for row in body["items"]]
    assert seen == expected
    beyond = told(phone, f"/v1/activities?oldest={oldest}&from={len(expected) + 1}")
    assert (beyond["items"], beyond["count"]) == ([], len(expected))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("oldest=2025-11-21&newest=2026-11-23", "range_too_long"),  # 368 days
        ("oldest=2026-11-23&newest=2026-11-22", "bad_range"),
        ("oldest=2026-02-30", "bad_parameter"),
        ("limit=0", "bad_parameter"),
        ("from=0", "bad_parameter"),
        ("limit=ten", "bad_parameter"),
        ("typ=Run", "unknown_parameter"),
    ],
)
def test_a_list_that_cannot_be_is_refused_before_upstream_is_asked(
    phone: FlaskClient, world: World, query: str, code: str
) -> None:
    refused(phone, f"/v1/activities?{query}", 400, code)
    assert {seen.path for seen in world.requests} <= {"/api/v1/athlete/0"}


def test_a_year_and_a_day_can_be_asked_for(phone: FlaskClient) -> None:
    body = told(phone, "/v1/activities?oldest=2025-11-23&newest=2026-11-23")
    assert body["count"] > 200


# the latest, and by id


def test_the_latest_can_be_of_a_type(phone: FlaskClient, world: World) -> None:
    for kind in ("Ride", "Run", "Swim", "WeightTraining"):
        body = told(phone, f"/v1/activities/latest?type={kind}")
        assert body["activity_id"] == newest(world, kind)["id"]


def test_the_latest_may_be_months_ago(phone: FlaskClient, world: World) -> None:
    world.add_activity(type="Kayaking", start_date_local="2026-03-01T10:00:00")
    body = told(phone, "/v1/activities/latest?type=Kayaking")
    assert (body["date"], body["date_text"]) == ("2026-03-01", "1 March")


def test_a_flight_east_may_end_tomorrow(phone: FlaskClient, world: World) -> None:
    row = world.add_activity(type="Run", start_date_local="2026-11-24T06:00:00")
    assert told(phone, "/v1/activities/latest")["activity_id"] == row["id"]


def test_no_activity_of_a_kind_is_an_answer_not_an_error(phone: FlaskClient) -> None:
    body = told(phone, "/v1/activities/latest?type=Kitesurf")
    assert body == {
        "status": "ok",
        "speech": "There's no activity of this kind in the last twelve months.",
        "count": 0,
    }


def test_an_id_is_taken_as_it_is(phone: FlaskClient, world: World) -> None:
    row = newest(world, "Run")
    digits = str(row["id"]).removeprefix("i")
    body = refused(phone, f"/v1/activities/{digits}", 404, "other_id")  # none is added
    assert f"Did you mean {row['id']}?" in body["speech"]
    assert told(phone, f"/v1/activities/{row['id']}")["activity_id"] == row["id"]
    stub = next(key for key, value in world.activities.items() if value.get("_stub"))
    assert told(phone, f"/v1/activities/{stub}")["activity_id"] == stub
    refused(phone, f"/v1/activities/i{stub}", 404, "other_id")  # none is stripped


# Strava, analysis, beginners


def test_both_kinds_of_strava_stub_are_explained_with_the_cure(
    phone: FlaskClient, world: World
) -> None:
    stubs = [row for row in world.activities.values() if row.get("_stub")]
    kinds = {"_note" in row for row in stubs}
    assert kinds == {True, False}
    for row in stubs:
        body = one(phone, row)
        assert body["strava_only"] == "yes"
        assert body["source"] == "STRAVA"
        assert NO_STRAVA in body["speech"]
        assert "older activities can be imported there" in body["speech"]
        assert body["start_local"] == row["start_date_local"]
        assert not {"distance_km", "name", "type", "training_load"} & set(body)


def test_the_latest_may_be_a_stub(phone: FlaskClient, world: World) -> None:
    world.add_activity(source="STRAVA", start_date_local="2026-11-23T06:30:00")
    body = told(phone, "/v1/activities/latest")
    assert body["speech"].startswith("An activity came through Strava today")
    assert NO_STRAVA in body["speech"]


def test_what_is_not_analysed_yet_says_so(phone: FlaskClient, world: World) -> None:
    row = next(
        row
        for row in world.activities.values()
        if not row.get("_stub") and not row["analyzed"]
    )
    body = one(phone, row)
    assert body["analyzed"] == "no"
    assert body["speech"].endswith(" It's still being analysed; ask again in a minute.")
    assert "training_load" not in body


def test_a_beginner_has_no_activities_and_is_told_so(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    beginner = World.empty(now=clock, api_key=world.api_key)
    phone = phone_of(make_app, beginner)
    listed = told(phone, "/v1/activities")
    assert (listed["count"], listed["items"]) == (0, [])
    assert listed["speech"] == "No activities in the last 30 days."
    latest = told(phone, "/v1/activities/latest")
    assert latest["speech"] == "There's no activity in the last twelve months."


@pytest.mark.parametrize(("day", "now"), AUCKLAND_MOMENTS)
def test_days_are_those_of_the_athlete(
    make_app: Callable[..., Flask],
    world: World,
    clock: Clock,
    day: str,
    now: datetime,
) -> None:
    there = auckland(clock, now, world)
    row = there.add_activity(type="Walk", start_date_local=f"{day}T00:00:01")
    phone = phone_of(make_app, there)
    ids = [found["activity_id"] for found in items(phone, "/v1/activities?day=today")]
    assert row["id"] in ids
    assert told(phone, "/v1/activities/latest?type=Walk")["speech"].startswith(
        "Today, "
    )


def test_a_search_says_when_nothing_is_called_so(phone: FlaskClient) -> None:
    body = told(phone, "/v1/activities/search?q=zzz")
    assert (body["count"], body["speech"]) == (0, "There's nothing called zzz.")


def test_a_search_finds_by_a_part_of_the_name(phone: FlaskClient, world: World) -> None:
    rows = world.activities.values()
    named = [row for row in rows if "lake" in (row.get("name") or "").casefold()]
    named.sort(key=lambda row: row["start_date_local"], reverse=True)
    body = told(phone, "/v1/activities/search?q=lake&limit=100")
    assert [row["activity_id"] for row in body["items"]] == [
        row["id"] for row in named
    ][:50]
    assert body["speech"].startswith(f"{len(named)} activities. The newest is Lake ")


def test_a_search_that_reaches_its_limit_says_so(
    phone: FlaskClient, world: World
) -> None:
    body = told(phone, "/v1/activities/search?q=lake&limit=2")
    assert body["count"] == 2
    newest = body["items"][0]
    assert body["speech"].startswith(
        f"At least 2 activities. The newest is {newest['name']}, "
    )
    assert "In all" not in body["speech"]
