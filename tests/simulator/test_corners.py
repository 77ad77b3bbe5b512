"""The library, gear, comments, own fields and routes."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.simulator.fields.activity import MESSAGE
from bridge.simulator.fields.plan import CUSTOM_ITEM, FOLDER, GEAR, WORKOUT
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.simulator.api import Api, api

__all__ = ["api"]

A = "/athlete/0"


# The library.


def folder_id(api: Api) -> int:
    return int(api.get(f"{A}/folders")[0]["id"])


def workout(api: Api, **changes: Any) -> dict[str, Any]:
    sent = {"name": "Tempo", "type": "Ride", "description": "- 30m 85%"}
    return sent | {"folder_id": folder_id(api)} | changes


def test_folders_hold_their_workouts(api: Api) -> None:
    folders = api.get(f"{A}/folders")
    assert {row["type"] for row in folders} == {"FOLDER", "PLAN"}
    assert all(set(row) == set(FOLDER) for row in folders)
    children = [child for row in folders for child in row["children"]]
    assert children == api.get(f"{A}/workouts")
    assert all(set(child) == set(WORKOUT) for child in children)


def test_a_workout_is_made_from_text(api: Api) -> None:
    made = api.post(f"{A}/workouts", workout(api))
    assert (made["moving_time"], made["targets"]) == (1800, ["POWER"])
    assert made["icu_training_load"] == round(0.5 * 0.85**2 * 100)
    assert api.get(f"{A}/workouts/{made['id']}") == made
    after = api.put(f"{A}/workouts/{made['id']}", {"description": "- 20m 85%"})
    assert (after["moving_time"], after["name"]) == (1200, "Tempo")
    assert api.delete(f"{A}/workouts/{made['id']}") == [made["id"]]
    assert api.refused("GET", f"{A}/workouts/{made['id']}")[0] == 404


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"type": None}, "Missing type"),
        ({"folder_id": None}, "Folder is required"),
        ({"folder_id": 1}, "Folder is required"),
        ({"name": None}, "Name is required"),
        ({"name": "x" * 81}, "Name is too long"),
    ],
)
def test_a_senseless_workout_is_refused(
    api: Api, changes: dict[str, Any], error: str
) -> None:
    sent = workout(api, **changes)
    answer = api.refused("POST", f"{A}/workouts", json=sent)
    assert answer == (422, {"status": 422, "error": error})


def test_a_folder_is_made(api: Api) -> None:
    made = api.post(f"{A}/folders", {"name": "Hills"})
    assert (made["type"], made["num_workouts"]) == ("FOLDER", 0)
    assert made in api.get(f"{A}/folders")
    assert api.refused("POST", f"{A}/folders", json={})[0] == 422


# Gear.


def piece(api: Api, name: str) -> Any:
    return next(row for row in api.get(f"{A}/gear") if row["name"] == name)


def test_gear_adds_up_from_the_activities(api: Api) -> None:
    rows = api.get(f"{A}/gear.json")
    assert all(set(row) == set(GEAR) for row in rows)
    shoes = piece(api, "Cloud Trainers")
    runs = [
        row
        for row in api.get(f"{A}/activities", oldest="2024-01-01")
        if (row.get("gear") or {}).get("id") == shoes["id"]
    ]
    assert shoes["activities"] == len(runs) > 50
    assert shoes["distance"] == pytest.approx(sum(r["distance"] for r in runs), abs=1)


def test_one_pair_is_retired_and_reminders_count(api: Api) -> None:
    assert piece(api, "Old Trainers")["retired"] == "2025-11-23"
    service = piece(api, "Road Bike")["reminders"][1]
    assert (service["name"], service["days_used"]) == ("Service", 60)
    assert service["percent_used"] == pytest.approx(60 / 365 * 100, abs=0.01)


def test_gear_is_made_changed_and_deleted(api: Api) -> None:
    made = api.post(f"{A}/gear", {"type": "Shoes", "name": "Racers"})
    path = f"{A}/gear/{made['id']}"
    assert api.put(path, {"notes": "fast"})["notes"] == "fast"
    assert api.ask("DELETE", path).data == b""
    assert made["id"] not in {row["id"] for row in api.get(f"{A}/gear")}
    assert api.refused("POST", f"{A}/gear", json={"gear_type": "SHOE"})[0] == 422
    assert api.refused("POST", f"{A}/gear", json={"type": "SHOE"})[0] == 400


def test_a_reminder_is_reset_and_snoozed(api: Api, clock: Clock) -> None:
    bike = piece(api, "Road Bike")
    path = f"{A}/gear/{bike['id']}/reminder"
    made = api.post(path, {"name": "Tyres", "days": 10})["reminders"][-1]
    clock.advance(days=5)
    used = piece(api, "Road Bike")["reminders"][-1]["percent_used"]
    assert used == 50
    after = api.put(f"{path}/{made['id']}", {}, reset="true", snoozeDays="3")
    assert after["reminders"][-1]["percent_used"] == 0
    assert after["reminders"][-1]["snoozed_until"].startswith("2026-12-01")
    api.delete(f"{path}/{made['id']}")
    assert len(piece(api, "Road Bike")["reminders"]) == 2


# Comments, own fields and routes.


def test_comments_stay_with_their_activity(api: Api, world: World) -> None:
    made = world.add_activity(name="Mine")
    path = f"/activity/{made['id']}/messages"
    assert api.get(path) == []
    first = api.post(path, {"content": "One"})
    api.post(path, {"content": "Two"})
    rows = api.get(path, sinceId=first["id"])
    assert [row["content"] for row in rows] == ["Two"]
    assert set(rows[0]) == set(MESSAGE)
    assert api.refused("POST", path, json={"content": ""})[0] == 422


def test_own_fields_are_listed(api: Api) -> None:
    rows = api.get(f"{A}/custom-item")
    assert [row["name"] for row in rows] == ["Sleep and form"]
    assert set(rows[0]) == set(CUSTOM_ITEM)


def test_routes_know_how_often_they_were_ridden(api: Api) -> None:
    route = api.get(f"{A}/routes")[0]
    ridden = api.get(f"{A}/activities", oldest="2024-01-01", route_id=route["route_id"])
    assert route["activity_count"] == len(ridden) > 1
