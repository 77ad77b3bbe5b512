"""Keep the workout library: folders, plans and the workouts in them."""

from __future__ import annotations

from datetime import date, timedelta

from bridge.simulator.fields.bodies import Record, render
from bridge.simulator.fields.plan import FOLDER, WORKOUT
from bridge.simulator.refusals import no_record, semantic
from bridge.simulator.state import State
from bridge.simulator.workouts.planned import parsed_fields

NAME_LIMIT = 80
COMPUTED = ("id", "athlete_id", "updated", "children", "shareToken", "owner")


def create_folder(state: State, fields: Record) -> Record:
    """Create a folder or plan; it carries a secret share token."""
    if not fields.get("name"):
        raise semantic("Name is required")
    number = state.next_id("folder")
    record: Record = {
        "id": number,
        "athlete_id": state.athlete_id,
        "type": "FOLDER",
        "visibility": "PRIVATE",
        "shareToken": f"canary-share-token-{number}",
        "canEdit": True,
        "sharedWithCount": 0,
    }
    record |= {name: fields[name] for name in fields if name not in COMPUTED}
    state.folders[number] = record
    return folder_body(state, record)


def folder_body(state: State, record: Record) -> Record:
    """Return a folder with its workouts as children."""
    children = [
        workout_body(workout)
        for workout in state.workouts.values()
        if workout["folder_id"] == record["id"]
    ]
    shown = render(FOLDER, record) | {"children": children}
    shown |= {"num_workouts": len(children), "owner": None}
    kinds = sorted({child["type"] for child in children})
    return shown | {"activity_types": record.get("activity_types") or kinds}


def create_workout(state: State, fields: Record) -> Record:
    """Create a library workout in an own folder."""
    if not fields.get("type"):
        raise semantic("Missing type")
    folder_id = fields.get("folder_id")
    if folder_id not in state.folders:
        raise semantic("Folder is required")
    number = state.next_id("workout")
    record: Record = {
        "id": number,
        "athlete_id": state.athlete_id,
        "hide_from_athlete": False,
        "for_week": False,
    }
    write_workout(state, record, fields)
    state.workouts[number] = record
    return workout_body(record)


def write_workout(state: State, record: Record, fields: Record) -> Record:
    """Apply sent fields and work out again what follows from the text."""
    name = fields.get("name") or record.get("name")
    if not name:
        raise semantic("Name is required")
    if len(name) > NAME_LIMIT:
        raise semantic("Name is too long")
    record |= {key: fields[key] for key in fields if key not in COMPUTED}
    if {"description", "type"} & set(fields):
        record |= parsed_fields(state, record, fields)
        record["targets"] = _targets(record["workout_doc"])
    record["updated"] = state.stamp()
    return workout_body(record)


def _targets(doc: Record) -> list[str]:
    text = str(doc.get("steps", ""))
    kinds = (("'power'", "POWER"), ("'hr'", "HR"), ("'pace'", "PACE"))
    return [name for mark, name in kinds if mark in text]


def workout_body(record: Record) -> Record:
    """Return a library workout with all keys."""
    return render(WORKOUT, record)


def find_workout(state: State, number: int) -> Record:
    """Return a stored workout or refuse with 404."""
    if number not in state.workouts:
        raise no_record("Workout")
    return state.workouts[number]


def find_folder(state: State, number: int) -> Record:
    """Return a stored folder or refuse with 404."""
    if number not in state.folders:
        raise no_record("Folder")
    return state.folders[number]


def as_events(state: State, folder: Record, start: date) -> list[Record]:
    """Return the events that applying a plan from a day would create."""
    keep = ("type", "name", "indoor", "description", "tags")
    fields = []
    for workout in state.workouts.values():
        if workout["folder_id"] == folder["id"]:
            day = start + timedelta(days=workout.get("day") or 0)
            event: Record = {"category": "WORKOUT"}
            event["start_date_local"] = f"{day}T00:00:00"
            event |= {"plan_applied": state.stamp(), "plan_folder_id": folder["id"]}
            event |= {"plan_workout_id": workout["id"]}
            fields.append(event | {key: workout.get(key) for key in keep})
    return fields
