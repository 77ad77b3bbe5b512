"""The library, gear, chats, custom items and routes."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest

from bridge.simulator.fields.activity import MESSAGE
from bridge.simulator.fields.plan import CHAT, CUSTOM_ITEM, FOLDER, GEAR, ROUTE, WORKOUT
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.simulator_door import Door, door

__all__ = ["door"]

A = "/athlete/0"
ZWO = b"""<workout_file><workout>
<Ramp Duration="600" PowerLow="0.5" PowerHigh="0.75"/>
<SteadyState Duration="1200" Power="0.9"/>
</workout></workout_file>"""


# The library.


def folder_id(door: Door) -> int:
    return int(door.get(f"{A}/folders")[0]["id"])


def workout(door: Door, **changes: Any) -> dict[str, Any]:
    sent = {"name": "Tempo", "type": "Ride", "description": "- 30m 85%"}
    return sent | {"folder_id": folder_id(door)} | changes


def test_folders_hold_their_workouts(door: Door) -> None:
    folders = door.get(f"{A}/folders")
    assert {row["type"] for row in folders} == {"FOLDER", "PLAN"}
    assert all(set(row) == set(FOLDER) for row in folders)
    children = [child for row in folders for child in row["children"]]
    assert children == door.get(f"{A}/workouts")
    assert all(set(child) == set(WORKOUT) for child in children)


def test_a_workout_is_made_from_text(door: Door) -> None:
    made = door.post(f"{A}/workouts", workout(door))
    assert (made["moving_time"], made["targets"]) == (1800, ["POWER"])
    assert made["icu_training_load"] == round(0.5 * 0.85**2 * 100)
    assert door.get(f"{A}/workouts/{made['id']}") == made
    after = door.put(f"{A}/workouts/{made['id']}", {"description": "- 20m 85%"})
    assert (after["moving_time"], after["name"]) == (1200, "Tempo")
    assert door.delete(f"{A}/workouts/{made['id']}") == [made["id"]]
    assert door.refused("GET", f"{A}/workouts/{made['id']}")[0] == 404


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
    door: Door, changes: dict[str, Any], error: str
) -> None:
    sent = workout(door, **changes)
    answer = door.refused("POST", f"{A}/workouts", json=sent)
    assert answer == (422, {"status": 422, "error": error})


def test_a_workout_is_made_from_a_file(door: Door) -> None:
    content = base64.b64encode(ZWO).decode()
    sent = workout(door, description=None, filename="a.zwo")
    made = door.post(f"{A}/workouts", sent | {"file_contents_base64": content})
    assert made["moving_time"] == 1800
    path = f"{A}/folders/{folder_id(door)}/import-workout?type=Ride"
    data = {"file": (io.BytesIO(ZWO), "b.zwo")}
    status, body = door.refused("POST", path, data=data)
    assert (status, body["name"], body["moving_time"]) == (200, "b", 1800)


def test_folders_are_made_copied_shared_and_deleted(door: Door) -> None:
    source = folder_id(door)
    made = door.post(f"{A}/folders", {"name": "Copy", "copy_folder_id": source})
    assert made["num_workouts"] == door.get(f"{A}/folders")[0]["num_workouts"]
    path = f"{A}/folders/{made['id']}"
    assert door.put(path, {"name": "Renamed"})["name"] == "Renamed"
    assert door.put(f"{path}/shared-with", [{"id": "i5", "canEdit": False}])
    assert door.get(f"{path}/shared-with")[0]["id"] == "i5"
    assert door.put(f"{path}/workouts?oldest=0&newest=9", {"color": "red"})
    door.delete(path)
    assert made["id"] not in {row["id"] for row in door.get(f"{A}/folders")}
    assert made["id"] not in {row["folder_id"] for row in door.get(f"{A}/workouts")}


def test_several_workouts_are_made_and_copied(door: Door) -> None:
    rows = door.post(f"{A}/workouts/bulk", [workout(door), workout(door, day=3)])
    asked = {"numCopies": 1, "weeksBetween": 2, "workoutIds": [rows[1]["id"]]}
    assert door.post(f"{A}/duplicate-workouts", asked)[0]["day"] == 17
    assert door.get(f"{A}/workout-tags") == ["base"]


def test_a_sent_workout_comes_back_as_a_file(door: Door) -> None:
    sent = {"name": "Now", "type": "Ride", "description": "- 10m 60%"}
    for path in ("/download-workout.zwo", f"{A}/download-workout.zwo"):
        response = door.ask("POST", path, json=sent)
        assert b'<SteadyState Duration="600" Power="0.600"' in response.data


def test_changed_plan_workouts_reach_the_calendar(door: Door) -> None:
    plan = door.get(f"{A}/folders")[1]
    asked = {"start_date_local": "2027-03-01T00:00:00", "folder_id": plan["id"]}
    door.post(f"{A}/events/apply-plan", asked)
    first = plan["children"][0]["id"]
    door.put(f"{A}/workouts/{first}", {"name": "Changed"})
    door.put(f"{A}/apply-plan-changes")
    rows = door.get(f"{A}/events", oldest="2027-03-01", newest="2027-03-31")
    assert "Changed" in {row["name"] for row in rows}


# Gear.


def piece(door: Door, name: str) -> Any:
    return next(row for row in door.get(f"{A}/gear") if row["name"] == name)


def test_gear_adds_up_from_the_activities(door: Door) -> None:
    rows = door.get(f"{A}/gear.json")
    assert all(set(row) == set(GEAR) for row in rows)
    shoes = piece(door, "Cloud Trainers")
    runs = [
        row
        for row in door.get(f"{A}/activities", oldest="2024-01-01")
        if (row.get("gear") or {}).get("id") == shoes["id"]
    ]
    assert shoes["activities"] == len(runs) > 50
    assert shoes["distance"] == pytest.approx(sum(r["distance"] for r in runs), abs=1)
    calc = door.get(f"{A}/gear/{shoes['id']}/calc")
    assert calc["distance"] == shoes["distance"]


def test_one_pair_is_retired_and_reminders_count(door: Door) -> None:
    assert piece(door, "Old Trainers")["retired"] == "2025-11-23"
    service = piece(door, "Road Bike")["reminders"][1]
    assert (service["name"], service["days_used"]) == ("Service", 60)
    assert service["percent_used"] == pytest.approx(60 / 365 * 100, abs=0.01)


def test_gear_is_made_changed_replaced_and_deleted(door: Door) -> None:
    made = door.post(f"{A}/gear", {"type": "Shoes", "name": "Racers"})
    path = f"{A}/gear/{made['id']}"
    assert door.put(path, {"notes": "fast"})["notes"] == "fast"
    old, new = door.post(f"{path}/replace", {"name": "Racers 2"})
    assert (old["retired"], new["name"]) == ("2026-11-23", "Racers 2")
    assert door.ask("DELETE", path).data == b""
    assert made["id"] not in {row["id"] for row in door.get(f"{A}/gear")}
    assert door.refused("POST", f"{A}/gear", json={"gear_type": "SHOE"})[0] == 422
    assert door.refused("POST", f"{A}/gear", json={"type": "SHOE"})[0] == 400


def test_a_reminder_is_reset_and_snoozed(door: Door, clock: Clock) -> None:
    bike = piece(door, "Road Bike")
    path = f"{A}/gear/{bike['id']}/reminder"
    made = door.post(path, {"name": "Tyres", "days": 10})["reminders"][-1]
    clock.advance(days=5)
    used = piece(door, "Road Bike")["reminders"][-1]["percent_used"]
    assert used == 50
    after = door.put(f"{path}/{made['id']}", {}, reset="true", snoozeDays="3")
    assert after["reminders"][-1]["percent_used"] == 0
    assert after["reminders"][-1]["snoozed_until"].startswith("2026-12-01")
    door.delete(f"{path}/{made['id']}")
    assert len(piece(door, "Road Bike")["reminders"]) == 2


# Chats.


def test_comments_open_a_chat_once(door: Door, world: World) -> None:
    made = world.add_activity(name="Mine")
    path = f"/activity/{made['id']}/messages"
    assert door.get(path) == []
    first = door.post(path, {"content": "One"})
    second = door.post(path, {"content": "Two"})
    assert first["new_chat"]["activity_id"] == made["id"]
    assert second["new_chat"] is None
    rows = door.get(path, sinceId=first["id"])
    assert [row["content"] for row in rows] == ["Two"]
    assert set(rows[0]) == set(MESSAGE)
    assert door.refused("POST", path, json={"content": ""})[0] == 422


def test_a_chat_is_read_written_and_seen(door: Door) -> None:
    chat = door.get(f"{A}/chats")[0]
    assert set(chat) == set(CHAT)
    path = f"/chats/{chat['id']}"
    assert chat["new_message_count"] == 1
    sent = door.post("/chats/send-message", {"chat_id": chat["id"], "content": "Hi"})
    newest = door.get(f"{path}/messages")[0]
    assert (newest["content"], sent["new_chat"]) == ("Hi", None)
    door.put(f"{path}/messages/{newest['id']}/seen")
    assert door.get(path)["new_message_count"] == 0
    door.put(f"{path}/messages/{newest['id']}", {"content": "Hello"})
    door.delete(f"{path}/messages/{newest['id']}")
    gone = door.get(f"{path}/messages", limit=1)[0]
    assert (gone["content"], gone["deleted_by_id"]) == (None, "i424242")
    older = door.get(f"{path}/messages", beforeId=newest["id"])
    assert len(older) == 1


def test_a_message_may_go_to_an_athlete_or_an_activity(door: Door) -> None:
    path = "/chats/send-message"
    made = door.post(path, {"to_athlete_id": "i7", "content": "Ride?"})
    assert made["new_chat"]["other_athlete_id"] == "i7"
    again = door.post(path, {"to_athlete_id": "i7", "content": "Now?"})
    assert again["new_chat"] is None
    activity = next(reversed(door.world.sessions))
    assert door.post(path, {"to_activity_id": activity, "content": "Nice"})["id"]
    assert door.refused("POST", path, json={"content": "To whom?"})[0] == 422
    assert door.get(f"{A}/groups") == []


# Custom items and routes.


def test_custom_items_are_made_changed_and_deleted(door: Door) -> None:
    made = door.post(f"{A}/custom-item", {"name": "Coffee", "type": "INPUT_FIELD"})
    assert set(made) == {*CUSTOM_ITEM, "required_items_created"}
    path = f"{A}/custom-item/{made['id']}"
    assert door.put(path, {"name": "Tea"})["name"] == "Tea"
    door.put(f"{A}/custom-item-indexes", [{"id": made["id"], "index": 0}])
    data = {"file": (io.BytesIO(b"png"), "cup.png")}
    assert door.refused("POST", f"{path}/image", data=data)[1]["image"]
    assert made["id"] in {row["id"] for row in door.get(f"{A}/custom-item")}
    door.delete(path)
    assert door.refused("GET", path)[0] == 404


def test_routes_know_how_often_they_were_ridden(door: Door) -> None:
    rows = door.get(f"{A}/routes")
    path = f"{A}/routes/{rows[0]['route_id']}"
    ridden = door.get(
        f"{A}/activities", oldest="2024-01-01", route_id=rows[0]["route_id"]
    )
    assert rows[0]["activity_count"] == len(ridden) > 1
    assert set(door.get(path)) == set(ROUTE)
    assert len(door.get(path, includePath="true")["latlngs"]) > 50
    assert door.put(path, {"commute": True})["commute"] is True
    alike = door.get(f"{path}/similarity/{rows[1]['route_id']}")
    assert 0 < alike["similarity"] <= 1
    assert door.refused("GET", "/shared-event/5")[0] == 404
