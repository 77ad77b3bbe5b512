"""The simulator against the published description: routes and key sets."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from werkzeug.exceptions import HTTPException

from bridge.simulator.app import create_simulator
from bridge.simulator.fields import activity as keys_activity
from bridge.simulator.fields import athlete as keys_athlete
from bridge.simulator.fields import plan as keys_plan
from bridge.simulator.world import World
from tests.simulator.api import Api, api

__all__ = ["api"]

RENAMED = {"iseFTPSupported": "eFTPSupported"}
LIVE_INTERVAL = {
    "average_impact_loading_rate",
    "average_leg_spring_stiffness",
    "average_stance_time_balance",
    "average_stance_time_percent",
    "average_vertical_speed",
}
# No client of tests/clients, no test of the bridge and no shortcut asks for these.
NOT_SERVED = """
put /activity/{id}/delete-intervals
get /activity/{id}/interval-stats
put /activity/{id}/intervals/{intervalId}
get /activity/{id}/power-spike-model
put /activity/{id}/split-interval
put /activity/{id}/streams
put /activity/{id}/streams.csv
get /activity/{id}/time-at-hr
delete /activity/{id}/tombstone
put /athlete-plans
post /athlete/{athleteId}/sport-settings
put /athlete/{athleteId}/sport-settings
delete /athlete/{athleteId}/sport-settings/{id}
get /athlete/{athleteId}/sport-settings/{id}/pace_distances
get /athlete/{id}/activities-around
post /athlete/{id}/activities/manual/bulk
get /athlete/{id}/activity-tags
put /athlete/{id}/apply-plan-changes
get /athlete/{id}/chats
get /athlete/{id}/connections
post /athlete/{id}/custom-item
put /athlete/{id}/custom-item-indexes
delete /athlete/{id}/custom-item/{itemId}
get /athlete/{id}/custom-item/{itemId}
put /athlete/{id}/custom-item/{itemId}
post /athlete/{id}/custom-item/{itemId}/image
post /athlete/{id}/download-workout{ext}
post /athlete/{id}/duplicate-events
post /athlete/{id}/duplicate-workouts
get /athlete/{id}/event-tags
delete /athlete/{id}/events
put /athlete/{id}/events
get /athlete/{id}/fitness-model-events
delete /athlete/{id}/folders/{folderId}
put /athlete/{id}/folders/{folderId}
post /athlete/{id}/folders/{folderId}/import-workout
get /athlete/{id}/folders/{folderId}/shared-with
put /athlete/{id}/folders/{folderId}/shared-with
put /athlete/{id}/folders/{folderId}/workouts
post /athlete/{id}/gear/{gearId}/replace
get /athlete/{id}/groups
get /athlete/{id}/mmp-model
get /athlete/{id}/routes/{route_id}
put /athlete/{id}/routes/{route_id}
get /athlete/{id}/routes/{route_id}/similarity/{other_id}
get /athlete/{id}/settings/{deviceClass}
post /athlete/{id}/wellness
get /athlete/{id}/workout-tags
post /athlete/{id}/workouts/bulk
post /chats/send-message
get /chats/{id}
get /chats/{id}/messages
delete /chats/{id}/messages/{msgId}
put /chats/{id}/messages/{msgId}
put /chats/{id}/messages/{msgId}/seen
post /download-workout{ext}
get /shared-event/{id}
"""
TABLES = {
    "Activity": (keys_activity.ACTIVITY, set[str]()),
    "Interval": (keys_activity.INTERVAL, LIVE_INTERVAL),
    "IntervalGroup": (keys_activity.GROUP, LIVE_INTERVAL),
    "ActivityStream": (keys_activity.STREAM, {"valueType"}),
    "ActivitySearchResult": (keys_activity.SEARCH_RESULT, set[str]()),
    "Message": (keys_activity.MESSAGE, set[str]()),
    "PowerCurve": (keys_activity.POWER_CURVE, set[str]()),
    "HRCurve": (keys_activity.HR_CURVE, set[str]()),
    "PaceCurve": (keys_activity.PACE_CURVE, set[str]()),
    "Athlete": (keys_athlete.ATHLETE, set[str]()),
    "AthleteUpdateDTO": (keys_athlete.ATHLETE_UPDATE, set[str]()),
    "AthleteForProfile": (keys_athlete.PROFILE, set[str]()),
    "SummaryWithCats": (keys_athlete.SUMMARY, set[str]()),
    "CategorySummary": (keys_athlete.CATEGORY_SUMMARY, set[str]()),
    "Wellness": (keys_plan.WELLNESS, set[str]()),
    "Event": (keys_plan.EVENT, {"plan_name", "paired_activity_id"}),
    "Workout": (keys_plan.WORKOUT, set[str]()),
    "Folder": (keys_plan.FOLDER, set[str]()),
    "SportSettings": (keys_plan.SPORT_SETTINGS, set[str]()),
    "Gear": (keys_plan.GEAR, set[str]()),
    "GearReminder": (keys_plan.GEAR_REMINDER, set[str]()),
    "CustomItem": (keys_plan.CUSTOM_ITEM, set[str]()),
}


@pytest.fixture
def spec(shared: Path) -> Any:
    path = shared / "reference" / "intervals-openapi.json"
    return json.loads(path.read_text())


@pytest.mark.parametrize("schema", TABLES)
def test_a_table_has_the_keys_of_the_schema(spec: Any, schema: str) -> None:
    properties = spec["components"]["schemas"][schema]["properties"]
    table, extra = TABLES[schema]
    assert set(table) == {RENAMED.get(name, name) for name in properties} | extra


def test_every_operation_has_a_route_or_is_named_here(spec: Any, world: World) -> None:
    adapter = create_simulator(world).url_map.bind("upstream.test")
    missing = []
    for path, methods in spec["paths"].items():
        bare = re.sub(r"\{(ext|format)\}", "", path)
        filled = re.sub(
            r"\{[^}]+\}", "410001", re.sub(r"/download$", "/download.zwo", bare)
        )
        for method in methods:
            try:
                adapter.match(filled, method=method.upper())
            except HTTPException:
                missing.append(f"{method} {path.removeprefix('/api/v1')}")
    assert sorted(missing) == sorted(NOT_SERVED.strip().splitlines())


def keys_of(shared: Path, name: str) -> Any:
    return json.loads((shared / "reference" / "fixtures" / name).read_text())


def test_bodies_have_the_keys_of_recorded_ones(shared: Path, api: Api) -> None:
    names = keys_of(shared, "activity_field_names_178.json")
    rows = api.get("/athlete/0/activities", oldest="2026-11-22")
    assert set(rows[0]) == set(names if isinstance(names, list) else names["fields"])
    sports = keys_of(shared, "sport_settings_list.json")
    shown = api.get("/athlete/0/sport-settings")
    assert [set(row) for row in shown] == [set(row) for row in sports]
    for name in ("run", "ride"):
        laps = keys_of(shared, f"activity_intervals_{name}.json")
        own = api.get(f"/activity/{rows[0]['id']}/intervals")
        assert set(own["icu_intervals"][0]) == set(laps["icu_intervals"][0])
        assert set(own["icu_groups"][0]) == set(laps["icu_groups"][0])
    note = keys_of(shared, "event_note_create.json")["response"][0]
    event = api.get("/athlete/0/events", category="NOTE")[0]
    assert set(event) == {*note, "paired_activity_id"}
    row = api.get("/athlete/0/wellness/2026-11-22")
    assert set(row) >= set(keys_of(shared, "wellness_row_full_nulls.json"))


def test_the_stub_has_the_keys_of_the_recorded_one(shared: Path, api: Api) -> None:
    recorded = keys_of(shared, "activity_strava_stub.json")
    rows = api.get("/athlete/0/activities", oldest="2026-10-01")
    assert any(set(row) == set(recorded) for row in rows)


def test_refusals_have_the_bodies_of_recorded_ones(shared: Path, api: Api) -> None:
    recorded = {
        entry["body"]["error"]
        for entry in keys_of(shared, "errors.json")
        if isinstance(entry["body"], dict) and entry["status"] == 422
    }
    folder = api.get("/athlete/0/folders")[0]["id"]
    stub = next(
        row["id"]
        for row in api.get("/athlete/0/activities", oldest="2026-10-01")
        if "_note" in row
    )
    note = {"category": "NOTE", "start_date_local": "2026-05-25T00:00:00"}
    day = {"category": "NOTE", "name": "x", "start_date_local": "2026-05-25"}
    asked: list[tuple[str, str, Any]] = [
        ("GET", f"/activity/{stub}/streams", None),
        ("GET", f"/activity/{next(iter(api.world.sessions))}/map?bounds=1,2", None),
        ("PUT", "/athlete/0/sport-settings/Ride", {"hr_zone_names": []}),
        ("POST", "/athlete/0/events", note),
        ("POST", "/athlete/0/events", day),
        ("POST", "/athlete/0/workouts", {"name": "x", "type": "Ride"}),
        ("POST", "/athlete/0/workouts", {"name": "x", "folder_id": folder}),
    ]
    answers = [api.refused(method, path, json=body) for method, path, body in asked]
    assert {status for status, _ in answers} == {422}
    assert {body["error"] for _, body in answers} <= recorded


def test_the_workout_samples_become_what_was_recorded(shared: Path, api: Api) -> None:
    recorded = keys_of(shared, "workout_description_to_doc_samples.json")
    settings = "/athlete/0/sport-settings/Ride"
    for sample in recorded["samples"]:
        if sample["type"] != "Ride":
            continue
        # The athlete's FTP grew between the samples; each tells which one it knew.
        ftp = round(sample["normalized_power"] / sample["icu_intensity"] * 100, -1)
        api.put(settings, {"ftp": int(ftp)}, recalcHrZones="false")
        names = ("name", "type", "description")
        sent = {name: sample[name] for name in names} | {"category": "WORKOUT"}
        sent["start_date_local"] = "2026-11-30T00:00:00"
        event = api.post("/athlete/0/events", sent)
        assert event["moving_time"] == pytest.approx(sample["moving_time"], abs=1)
        load = event["icu_training_load"]
        assert load == pytest.approx(sample["icu_training_load"], abs=1)
