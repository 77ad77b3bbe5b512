"""Serve the workout library: folders, plans, workouts, files."""

from __future__ import annotations

from flask import Blueprint, Response

from bridge.simulator.calendar import library, plans
from bridge.simulator.door import (
    flag,
    json_body,
    number,
    reply,
    reply_file,
    the_world,
    uploaded_file,
    wanted,
)
from bridge.simulator.fields.bodies import Record, read_record, read_records
from bridge.simulator.fields.plan import FOLDER, WORKOUT
from bridge.simulator.files import downloads
from bridge.simulator.refusals import semantic

bp = Blueprint("library", __name__)

A = "/athlete/<athlete_id>"
EXTENSIONS = "<any('.zwo','.mrc','.erg','.fit'):ext>"


def _folder(folder_id: str) -> Record:
    return library.find_folder(the_world(), number("folderId", folder_id))


def _workout(workout_id: str) -> Record:
    return library.find_workout(the_world(), number("workoutId", workout_id))


@bp.get(f"{A}/folders")
def folders() -> Response:
    """Return folders and plans with their workouts."""
    world = the_world()
    return reply([library.folder_body(world, row) for row in world.folders.values()])


@bp.post(f"{A}/folders")
def create_folder() -> Response:
    """Create a folder, or copy one with its workouts."""
    table = FOLDER | {"copy_folder_id": "i"}
    world, fields = the_world(), read_record(table, json_body())
    source = fields.pop("copy_folder_id", None)
    folder = library.create_folder(world, fields)
    for workout in list(world.workouts.values()):
        if source is not None and workout["folder_id"] == source:
            library.create_workout(world, workout | {"folder_id": folder["id"]})
    return reply(library.folder_body(world, world.folders[folder["id"]]))


@bp.put(f"{A}/folders/<folder_id>")
def update_folder(folder_id: str) -> Response:
    """Change sent fields of a folder."""
    record, fields = _folder(folder_id), read_record(FOLDER, json_body())
    record |= {key: fields[key] for key in fields if key not in library.COMPUTED}
    return reply(library.folder_body(the_world(), record))


@bp.delete(f"{A}/folders/<folder_id>")
def remove_folder(folder_id: str) -> Response:
    """Delete a folder and the workouts in it."""
    world, record = the_world(), _folder(folder_id)
    for workout in list(world.workouts.values()):
        if workout["folder_id"] == record["id"]:
            del world.workouts[workout["id"]]
    del world.folders[record["id"]]
    return reply({"id": record["id"]})


@bp.get(f"{A}/folders/<folder_id>/shared-with")
def shared_with(folder_id: str) -> Response:
    """Return the athletes a folder is shared with."""
    return reply(_folder(folder_id).get("shared_with") or [])


@bp.put(f"{A}/folders/<folder_id>/shared-with")
def share(folder_id: str) -> Response:
    """Share a folder with athletes."""
    table = {"id": "s", "name": "s", "canEdit": "b"}
    record, rows = _folder(folder_id), read_records(table, json_body())
    record |= {"shared_with": rows, "sharedWithCount": len(rows)}
    return reply(rows)


@bp.put(f"{A}/folders/<folder_id>/workouts")
def update_folder_workouts(folder_id: str) -> Response:
    """Change the plan's workouts whose day lies in a range of day numbers."""
    world, folder = the_world(), _folder(folder_id)
    low, high = number("oldest", wanted("oldest")), number("newest", wanted("newest"))
    fields = read_record(WORKOUT, json_body())
    rows = [
        row
        for row in world.workouts.values()
        if row["folder_id"] == folder["id"] and low <= (row.get("day") or 0) <= high
    ]
    return reply([library.write_workout(world, row, fields) for row in rows])


@bp.post(f"{A}/folders/<folder_id>/import-workout")
def import_workout(folder_id: str) -> Response:
    """Read a workout file into a folder; its text is what we understand of it."""
    world, folder, kind = the_world(), _folder(folder_id), wanted("type")
    name, data = uploaded_file()
    fields = {"name": name.rsplit(".", 1)[0], "type": kind, "folder_id": folder["id"]}
    text = downloads.text_of_file(name, data)
    return reply(library.create_workout(world, fields | {"description": text}))


@bp.get(f"{A}/workouts")
def workouts() -> Response:
    """Return all workouts of the library, flat."""
    rows = the_world().workouts.values()
    return reply([library.workout_body(row) for row in rows])


@bp.post(f"{A}/workouts")
def create_workout() -> Response:
    """Create a workout from text or a file."""
    return reply(_create(json_body()))


def _create(body: object) -> Record:
    files = {"file_contents": "s", "file_contents_base64": "s", "filename": "s"}
    fields = read_record(WORKOUT | files, body)
    text = downloads.sent_file_text(fields)
    if text and not fields.get("description"):
        fields["description"] = text
    kept = {name: fields[name] for name in fields if name in WORKOUT}
    return library.create_workout(the_world(), kept)


@bp.post(f"{A}/workouts/bulk")
def create_workouts() -> Response:
    """Create several workouts."""
    body = json_body()
    if not isinstance(body, list):
        raise semantic("Expected a list of workouts")
    return reply([_create(row) for row in body])


@bp.get(f"{A}/workouts/<workout_id>")
def workout(workout_id: str) -> Response:
    """Return one workout."""
    return reply(library.workout_body(_workout(workout_id)))


@bp.put(f"{A}/workouts/<workout_id>")
def update_workout(workout_id: str) -> Response:
    """Change sent fields of a workout."""
    record, fields = _workout(workout_id), read_record(WORKOUT, json_body())
    return reply(library.write_workout(the_world(), record, fields))


@bp.delete(f"{A}/workouts/<workout_id>")
def remove_workout(workout_id: str) -> Response:
    """Delete a workout, with its namesakes when asked; return their numbers."""
    world, record = the_world(), _workout(workout_id)
    gone = [record["id"]]
    if flag("others"):
        rows = world.workouts.values()
        gone = [row["id"] for row in rows if row["name"] == record["name"]]
    for key in gone:
        del world.workouts[key]
    return reply(gone)


@bp.post(f"{A}/duplicate-workouts")
def duplicate() -> Response:
    """Copy workouts some weeks on in their plan."""
    table = {"numCopies": "i", "weeksBetween": "i", "workoutIds": "l"}
    world, asked = the_world(), read_record(table, json_body())
    copies, weeks = asked.get("numCopies") or 1, asked.get("weeksBetween") or 1
    made = []
    for key in asked.get("workoutIds") or []:
        original = library.find_workout(world, key)
        for copy in range(1, copies + 1):
            day = (original.get("day") or 0) + 7 * weeks * copy
            made.append(library.create_workout(world, original | {"day": day}))
    return reply(made)


@bp.get(f"{A}/workout-tags")
def tags() -> Response:
    """Return all tags workouts carry."""
    rows = the_world().workouts.values()
    return reply(sorted({tag for row in rows for tag in row.get("tags") or []}))


@bp.put(f"{A}/apply-plan-changes")
def apply_plan_changes() -> Response:
    """Bring changed plan workouts to the calendar entries made from them."""
    world, changed = the_world(), 0
    for event in world.events.values():
        source = world.workouts.get(event.get("plan_workout_id") or 0)
        if source is not None:
            names = ("name", "description", "workout_doc", "icu_training_load")
            event |= {name: source.get(name) for name in names}
            event["updated"] = world.stamp()
            changed += 1
    world.touch()
    return reply({"eventsUpdated": changed})


@bp.post(f"/download-workout{EXTENSIONS}", endpoint="download_anonymous")
@bp.post(f"{A}/download-workout{EXTENSIONS}")
def download(ext: str) -> Response:
    """Return a workout that was sent as JSON as a file."""
    fields = read_record(WORKOUT, json_body())
    return reply_file(*downloads.workout_file(_parsed(fields), ext[1:]))


def _parsed(fields: Record) -> Record:
    """Return a sent workout with the steps its text stands for."""
    if fields.get("workout_doc") or not fields.get("description"):
        return fields
    kind = {"type": fields.get("type") or "Ride"}
    return fields | plans.parsed_fields(the_world(), fields | kind, fields)
